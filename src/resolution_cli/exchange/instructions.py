"""What a form says to who fills it in: its instructions, and a line beside each cell."""

from collections.abc import Mapping

from resolution_cli.domain.forms import Asked
from resolution_cli.i18n import _
from resolution_cli.reports.form import UnitForm
from resolution_cli.views import words
from resolution_cli.views.texts import clean


def lines(form: UnitForm) -> tuple[str, ...]:
    """Return the lines of the sheet of instructions, the first being its title."""
    return (
        _("How to fill in this form"),
        _("It is the report of {unit} for {period}.").format(
            unit=clean(form.unit), period=words.named_period(form.period)
        ),
        _("Fill in the yellow cells of the first sheet. An empty cell means: no news, as before."),
        _("Status: choose it from the list. “Cancelled” needs the document that decides it."),
        _(
            "Figure: of an item its progress in percent, such as 35; of a target its figure "
            "(1.6 or 1,6)."
        ),
        _("Done on: the day, such as 30/09/2026; of a target the day that its figure is of."),
        _(
            "Result: what was done in the period. Evidence: documents by number and date, a line "
            "each."
        ),
        _(
            "Difficulty: what stands in the way, with its cause; without a cause only where the "
            "status is “blocked”. A blocked item needs its difficulty."
        ),
        _("Proposal: what you ask of the superior level."),
        _("Rows may be sorted. Do not add any: write to the office about what is missing."),
        _(
            "Save it as .xlsx or .ods, without a password, and send it back. It must not "
            "have secrets of the State."
        ),
    )


def prompts() -> Mapping[Asked, str]:
    """Return what a cell takes, shown beside it; Excel shows 255 characters."""
    return {
        Asked.STATUS: _("Choose one from the list. Empty: as before."),
        Asked.FIGURE: _("Of an item its progress in percent, such as 35; of a target its figure."),
        Asked.DONE_ON: _(
            "Of what is done its day, such as 30/09/2026; of a figure the day it is of."
        ),
        Asked.RESULT: _("What was done in the period."),
        Asked.EVIDENCE: _("Documents by number and date, each on a line of its own (Alt+Enter)."),
        Asked.DIFFICULTY: _("What stands in the way. Give its cause too."),
        Asked.CAUSE: _("Choose one from the list, for a difficulty."),
        Asked.PROPOSAL: _("What you ask of the superior level."),
    }
