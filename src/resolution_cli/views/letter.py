"""What stands around the text of an official document: head, place and date, signature.

What the file does not say is dots, for a person to fill in.
"""

from collections.abc import Sequence
from datetime import date

from resolution_cli.domain.model import ReportTexts, Text
from resolution_cli.i18n import _
from resolution_cli.views.document import Letter
from resolution_cli.views.texts import clean, local

_DOTS = "…" * 12


def letter(texts: ReportTexts, subject: str) -> Letter:
    """Return what stands around a report on `subject`, as the table `[report]` has it."""
    number = clean(texts.number or "").removeprefix("Số").strip(" :") or "……-BC/……"
    heading = clean(local(texts.heading)) or _("Communist Party of Viet Nam")
    recipients = (clean(each).removeprefix("-").strip() for each in texts.recipients or (_DOTS,))
    return Letter(
        superior=clean(local(texts.superior)).upper() or _DOTS,
        committee=clean(local(texts.committee)).upper() or _DOTS,
        number=_("No. {number}").format(number=number),
        heading=heading.upper(),
        place_and_date=_place_and_date(clean(local(texts.place)) or "………………", texts.date),
        kind=_("REPORT"),
        subject=subject,
        recipients=(_("Recipients:"), *(f"- {each}" for each in recipients)),
        signature=tuple(clean(line).upper() for line in _lines(texts.signature) or [_DOTS]),
        signer=clean(texts.signer or "") or _DOTS,
    )


def _place_and_date(place: str, day: date | None) -> str:
    if day is None:
        return _("{place}, day …… month …… year 20……").format(place=place)
    return _("{place}, day {day} month {month} year {year}").format(
        place=place, day=f"{day.day:02}", month=f"{day.month:02}", year=day.year
    )


def _lines(text: Text | tuple[str, ...] | None) -> Sequence[str]:
    return text if isinstance(text, tuple) else local(text).splitlines()
