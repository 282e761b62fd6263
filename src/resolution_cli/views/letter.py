"""What stands around the text of an official document: head, place and date, signature.

What the file does not say is dots, for a person to fill in.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from resolution_cli import i18n
from resolution_cli.domain.model import Form, ReportTexts, Text
from resolution_cli.i18n import N_, _
from resolution_cli.reports.word_template import WordTemplate
from resolution_cli.views.document import Letter
from resolution_cli.views.texts import clean, local

_DOTS = "…" * 12
_HEADINGS = {
    Form.PARTY_2026: N_("Communist Party of Viet Nam"),
    Form.DECREE_30: N_("Socialist Republic of Viet Nam"),
    Form.PLAIN: "",
}
_NO_NUMBERS = {
    Form.PARTY_2026: "……-BC/……",
    Form.DECREE_30: "……/BC-……",
    Form.PLAIN: "……",
}
_NO_NUMBERS_OF_LETTERS = {
    Form.PARTY_2026: "……-CV/……",
    Form.DECREE_30: "……/……-……",
    Form.PLAIN: "……",
}
_LAST_WITH_ZERO = 2
"""The last month that is written with a zero: 02, but 3."""

_AUTHORITY = re.compile(r"(T/M|K/T|T/L|T/U|Q|TM|KT|TL|TUQ)[. ]")
"""How a line begins that says for whom it is signed, and not as what."""

_ONE_DIGIT = re.compile(r"\d(?!\d)")
_FILED = ("lưu", "filed")
"""How the recipients' last line begins: who files it."""


def letter(texts: ReportTexts, subject: str, template: WordTemplate | None) -> Letter:
    """Return what stands around a report.

    Args:
        texts: the table `[report]`.
        subject: what the report is on.
        template: the office's own template, if it has one.

    """
    form, number = _form(texts), _number(texts)
    is_of_state = form is Form.DECREE_30
    heading = clean(local(texts.heading)) or (_(_HEADINGS[form]) if _HEADINGS[form] else "")
    authority, position = _signature(texts)
    numbered = _("No.: {number}") if is_of_state else _("No. {number}")
    return Letter(
        form=form,
        superior=clean(local(texts.superior)).upper() or _DOTS,
        committee=clean(local(texts.committee)).upper() or _DOTS,
        number=numbered.format(number=number),
        heading=heading.upper(),
        motto=_("Independence - Freedom - Happiness") if is_of_state else "",
        place_and_date=_place_and_date(clean(local(texts.place)) or "……", texts.date),
        kind=_("REPORT"),
        subject=subject,
        recipients_head=_("Recipients:"),
        recipients=tuple(_recipients(texts.recipients)),
        authority=authority,
        position=position,
        signer=clean(texts.signer or "") or _DOTS,
        annex_title=_("ANNEX"),
        annex_reference=_annex_reference(texts, number),
        template=template,
    )


def reminder(
    texts: ReportTexts, what: str, unit: str, day: date, template: WordTemplate | None
) -> Letter:
    """Return what stands around a letter to a unit, which has no kind.

    Number and recipients in `[report]` are those of reports, so they are left to be filled in; of
    the recipients it has who files it.

    Args:
        texts: the table `[report]`.
        what: what the letter is.
        unit: to whom it goes.
        day: the day on which it is written.
        template: the office's own template of a letter, if it has one.

    """
    form = _form(texts)
    is_of_state = form is Form.DECREE_30
    of_report = letter(
        replace(texts, number=_NO_NUMBERS_OF_LETTERS[form], date=day), what, template
    )
    filed = [each for each in of_report.recipients if each.lower().startswith(_FILED)]
    about = _("Re: {what}") if is_of_state else _("on the {what}")
    return replace(
        of_report,
        form=f"letter-{form}",
        kind="",
        subject=about.format(what=what),
        addressee=_("To: {unit}").format(unit=unit),
        recipients=(_("As above"), *filed),
        annex_title="",
        annex_reference="",
    )


def _form(texts: ReportTexts) -> Form:
    return texts.form or Form.PARTY_2026


def _number(texts: ReportTexts) -> str:
    """Return number and sign; a number of one digit has a zero before it."""
    number = clean(texts.number or "").removeprefix("Số").strip(" :")
    if not number:
        return _NO_NUMBERS[_form(texts)]
    return f"0{number}" if _ONE_DIGIT.match(number) and number[0] != "0" else number


def _signature(texts: ReportTexts) -> tuple[tuple[str, ...], str]:
    """Return the lines of the authority, and the position: the last line, if it is none of them."""
    lines = [clean(line).upper() for line in _lines(texts.signature) if line.strip()]
    if not lines:
        return (_DOTS,), _DOTS
    if _AUTHORITY.match(lines[-1]):
        return tuple(lines), ""
    return tuple(lines[:-1]), lines[-1]


def _recipients(known: Sequence[str]) -> Iterator[str]:
    """Yield the recipients; the last line says who files it."""
    lines = [clean(each).removeprefix("-").strip() for each in known or (_DOTS,)]
    yield from lines
    if not lines[-1].lower().startswith(_FILED):
        yield _("Filed: {dots}").format(dots=_DOTS)


def _annex_reference(texts: ReportTexts, number: str) -> str:
    if _form(texts) is Form.PLAIN and not texts.number:
        return ""
    day = i18n.day(texts.date) if texts.date else _("…/…/20…")
    return _("with Report No. {number} of {day}").format(number=number, day=day)


def _place_and_date(place: str, day: date | None) -> str:
    if day is None:
        return _("{place}, day …… month …… year 20……").format(place=place)
    month = f"{day.month:02}" if day.month <= _LAST_WITH_ZERO else day.month
    return _("{place}, day {day} month {month} year {year}").format(
        place=place, day=f"{day.day:02}", month=month, year=day.year
    )


def _lines(text: Text | tuple[str, ...] | None) -> Sequence[str]:
    return text if isinstance(text, tuple) else local(text).splitlines()
