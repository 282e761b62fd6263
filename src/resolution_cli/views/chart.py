"""Charts over the term: of progress, and the years of any."""

from resolution_cli.domain.model import COMPLETE, Term
from resolution_cli.domain.pace import Curve
from resolution_cli.i18n import _
from resolution_cli.reports.timeline import years
from resolution_cli.views import words
from resolution_cli.views.document import Chart


def chart(curve: Curve, term: Term) -> Chart:
    """Return the chart of planned and actual progress over `term`."""
    return Chart(
        curve.planned,
        curve.actual,
        planned_name=_("planned"),
        actual_name=_("actual"),
        scale=_("over the term"),
        caption=_("Progress over the term: planned (dashed) and actual"),
        low=words.percent(0),
        high=words.percent(COMPLETE),
        years=scale_of(term),
    )


def scale_of(term: Term) -> tuple[tuple[str, float], ...]:
    """Return the calendar years of `term`, each with where it begins, in percent of it."""
    return tuple((str(year.year), year.start) for year in years(term))
