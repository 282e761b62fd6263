"""The texts of a report of a period, and what in its head may be that of another. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from msgspec.structs import asdict, replace

from resolution_cli.domain.model import Header, ReportTexts, Resolution
from resolution_cli.domain.period import Period, of_name
from resolution_cli.i18n import _, day

_ABSENT = (None, ())


class Doubt(NamedTuple):
    """What a reader of a report may question in its head.

    Attributes:
        key: the key concerned.
        message: what is doubtful.
        hint: how to correct it.

    """

    key: str
    message: str
    hint: str


def name_of(resolution: Resolution, period: Period) -> str | None:
    """Return under which name the file has texts for `period`; None where it has none.

    A period that was asked for by two days has the texts of one of these days.
    """
    if period.name in resolution.reports:
        return period.name
    for name in resolution.reports:
        known = of_name(name, resolution.header)
        if (known.start, known.end) == (period.start, period.end):
            return name
    return None


def texts_of(resolution: Resolution, name: str | None) -> ReportTexts:
    """Return the texts for the period that the file has under `name`, each over the constant one.

    The constant ones for a period without texts of its own, None.
    """
    if name is None:
        return resolution.report
    own = asdict(resolution.reports[name])
    return replace(
        resolution.report, **{key: text for key, text in own.items() if text not in _ABSENT}
    )


def doubts(resolution: Resolution, period: Period) -> Iterator[Doubt]:
    """Yield where number or date of signing of the report of `period` may be those of another."""
    name = name_of(resolution, period)
    others = [each for each in resolution.reports if each != name]
    yield from _doubts(resolution, period, name, others)


def all_doubts(resolution: Resolution) -> Iterator[tuple[str, Doubt]]:
    """Yield the doubts about each period with texts of its own, behind its name.

    A number that stands in two is doubted once.
    """
    names = [*resolution.reports]
    for index, name in enumerate(names):
        period = of_name(name, resolution.header)
        for doubt in _doubts(resolution, period, name, names[:index]):
            yield name, doubt


def _doubts(
    resolution: Resolution, period: Period, name: str | None, others: Sequence[str]
) -> Iterator[Doubt]:
    """Yield the doubts about the texts of `period`, which the file has under `name`.

    The `others` are the names of the periods whose numbers are compared.
    """
    texts = texts_of(resolution, name)
    called = name or period.name
    own = resolution.reports[name] if name else ReportTexts()
    if texts.date and (message := _wrong_date(resolution.header, period, texts.date)):
        yield Doubt("date", message, _hint(called, "date", is_own=own.date is not None))
    same = [
        each
        for each in others
        if texts.number and texts_of(resolution, each).number == texts.number
    ]
    if same:
        message = _("the number {number} is also that of the report of {periods}").format(
            number=texts.number, periods=", ".join(same)
        )
        yield Doubt("number", message, _hint(called, "number", is_own=own.number is not None))


def _wrong_date(header: Header, period: Period, signed: date) -> str:
    """Return what is doubtful about the day on which the report of `period` is signed, or ""."""
    following = period.following(header.term, header.settings.cutoff_day)
    if signed < period.end:
        message = _("the date of signing, {day}, is before the end of the period, {end}")
        return message.format(day=day(signed), end=day(period.end))
    if following and signed > following.end:
        message = _("the date of signing, {day}, is after the end of the next period, {end}")
        return message.format(day=day(signed), end=day(following.end))
    return ""


def _hint(name: str | None, key: str, *, is_own: bool) -> str:
    """Return what to do about a `key` in the texts of the period `name`, which may be its own."""
    table = f'[reports."{name}"]' if name else "[report]"
    message = (
        _("Correct `{key}` in {table}.")
        if is_own or not name
        else _("Write `{key}` of this report in {table}.")
    )
    return message.format(key=key, table=table)
