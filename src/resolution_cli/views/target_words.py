"""The words for targets: their verdicts, figures, plans, and how the two compare."""

from collections.abc import Iterator

from resolution_cli import i18n
from resolution_cli.domain.model import Target, TargetKind, Want
from resolution_cli.domain.target_verdict import TARGET_VERDICT_TITLES, TargetVerdict
from resolution_cli.domain.targets import Point, TargetJudgement, is_rising
from resolution_cli.domain.values import TITLES
from resolution_cli.i18n import _, ngettext
from resolution_cli.reports.targets import TargetFigures, TargetListing, TargetStanding
from resolution_cli.views.texts import clean, local

_SIGN = {Want.AT_LEAST: "≥", Want.AT_MOST: "≤", Want.ABOVE: ">", Want.BELOW: "<"}
_CLOSE_UNITS = ("%", "‰")


def verdict_name(value: TargetVerdict) -> str:
    """Return a verdict in words."""
    return _(TARGET_VERDICT_TITLES[value])


def verdict(judged: TargetJudgement) -> str:
    """Return a verdict in words; of data that are missing, for which year."""
    name = verdict_name(judged.verdict)
    if judged.verdict is TargetVerdict.NO_DATA and judged.year:
        return _("{verdict} for {year}").format(verdict=name, year=judged.year)
    return name


def kind(value: TargetKind) -> str:
    """Return what the figures of a target are."""
    return _(TITLES[value])


def want(value: Want) -> str:
    """Return how the figures of a target must stand to its plan."""
    return _(TITLES[value])


def unit(target: Target) -> str:
    """Return the unit of a target; empty if the file has none."""
    return clean(local(target.unit))


def plan(target: Target, point: Point | None) -> str:
    """Return a point of a plan and its year; empty for none."""
    return f"{planned(target, point)} ({point.year})" if point else ""


def planned(target: Target, point: Point) -> str:
    """Return the figure of a point of a plan, behind the sign of how figures must stand to it."""
    return f"{_SIGN[target.want]} {i18n.figure(point.value)}"


def compared(target: Target, judged: TargetJudgement) -> str:
    """Return how the figure stands to the plan; empty where the two are not compared.

    Where figures are to rise, it is the share of the way that is done; where they are to sink, the
    gap in the unit of the target.
    """
    if judged.gap is None:
        return ""
    if is_rising(target) and judged.share is not None:
        return f"{i18n.figure(judged.share)}%"
    size = with_unit(target, i18n.figure(abs(judged.gap)))
    if judged.gap > 0:
        return _("{gap} above the plan").format(gap=size)
    return _("{gap} below the plan").format(gap=size) if judged.gap else _("as planned")


def with_unit(target: Target, figure: str) -> str:
    """Return a figure with the unit of the target behind it."""
    name = unit(target)
    if not name:
        return figure
    return f"{figure}{name}" if name in _CLOSE_UNITS else f"{figure} {name}"


def achieved(figures: TargetFigures) -> Iterator[str]:
    """Yield the line "met or exceeded x of y", of the day and of each year that is over."""
    counted = figures.tally
    said = ngettext(
        "Met or exceeded: {achieved} of {total} target",
        "Met or exceeded: {achieved} of {total} targets",
        counted.total,
    )
    yield said.format(achieved=i18n.number(counted.achieved), total=i18n.number(counted.total))
    for year in figures.years:
        said = ngettext(
            "Year {year}: met or exceeded {achieved} of {total} target with a plan for it",
            "Year {year}: met or exceeded {achieved} of {total} targets with a plan for it",
            year.total,
        )
        yield said.format(
            year=year.year, achieved=i18n.number(year.achieved), total=i18n.number(year.total)
        )


def sentence(standing: TargetStanding) -> str:
    """Return how a target stands as a sentence of a report."""
    target, judged = standing.target, standing.judgement
    parts = [clean(local(target.title)) + ":"]
    if judged.latest:
        figure = with_unit(target, i18n.figure(judged.latest.value))
        said = _("{figure} on {day},").format(figure=figure, day=i18n.day(judged.latest.on))
        parts.append(said)
    if standing.point:
        figure = with_unit(target, i18n.figure(standing.point.value))
        said = _("plan for {year}: {sign} {figure};").format(
            year=standing.point.year, sign=_SIGN[target.want], figure=figure
        )
        parts.append(said)
    return " ".join([*parts, verdict(judged) + "."])


def no_target(listing: TargetListing) -> str:
    """Return why there is no target to list."""
    return _("No target matches.") if listing.total else _("The file has no targets yet.")
