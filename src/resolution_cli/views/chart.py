"""A chart of progress over the term."""

from resolution_cli.domain.pace import Curve
from resolution_cli.i18n import _
from resolution_cli.views.document import Chart


def chart(curve: Curve) -> Chart:
    """Return the chart of planned and actual progress."""
    return Chart(
        curve.planned,
        curve.actual,
        planned_name=_("planned"),
        actual_name=_("actual"),
        scale=_("over the term"),
        caption=_("Progress over the term: planned (dashed) and actual"),
    )
