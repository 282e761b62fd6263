"""What an office should correct about its targets before it reports.

The errors are contradictions in the plan of a target, or between plan and history; advice is what
is missing, so that the target cannot be judged. Each problem comes with the place of its target.
"""

from collections.abc import Iterator
from datetime import date

from resolution_cli import i18n
from resolution_cli.domain.facts import FACTS
from resolution_cli.domain.model import TARGET_FACTS, Resolution, TargetKind, effective
from resolution_cli.domain.target_history import TargetHistory, target_histories
from resolution_cli.domain.target_verdict import TargetVerdict
from resolution_cli.domain.targets import judgement_of_year, points
from resolution_cli.errors import Problem, did_you_mean
from resolution_cli.i18n import _
from resolution_cli.matching import nearest_id
from resolution_cli.shell import command_line

_FILL_IN = "…"
"""Placeholder in a command for a value that only the office knows; every option refuses it."""

_Finding = tuple[str, str, str]
"""The key, what is wrong with it, and what to do."""


def target_errors(resolution: Resolution, today: date) -> Iterator[Problem]:
    """Yield the errors of the targets on `today`."""
    for index, history in enumerate(target_histories(resolution, today).values()):
        findings = [
            *_item_findings(resolution, history),
            *_plan_findings(history, resolution.header.settings.cutoff_day),
            *_figure_findings(history),
            *_changes_by_hand(history),
        ]
        yield from _problems(index, history, findings)


def target_advice(resolution: Resolution, today: date) -> Iterator[Problem]:
    """Yield what is missing of the targets on `today`."""
    settings = resolution.header.settings
    year = min(today, resolution.header.term.end).year
    for index, history in enumerate(target_histories(resolution, today).values()):
        target = history.item
        findings = []
        if not target.lead:
            hint = _update_command(history, "--lead", _FILL_IN)
            findings.append(("lead", _("no lead unit"), hint))
        if not target.plan:
            hint = _edit_command(history, "--plan", f"{year}={_FILL_IN}")
            findings.append(("plan", _("no plan, so it cannot be judged"), hint))
        elif not target.base and target.kind is not TargetKind.YEARLY:
            message = _("no base, so it cannot be judged before the end of its first year")
            hint = _edit_command(history, "--base", f"{_FILL_IN}={_FILL_IN}")
            findings.append(("base", message, hint))
        for point in points(target, settings.cutoff_day):
            judged = judgement_of_year(history, settings, point.year, today)
            if point.end < today and judged.verdict is TargetVerdict.NO_DATA:
                message = _("the year {year} has ended without a figure for it")
                options = ("--value", _FILL_IN, "--on", point.end.isoformat())
                hint = _update_command(history, *options)
                findings.append((f"plan.{point.year}", message.format(year=point.year), hint))
        yield from _problems(index, history, findings)


def _problems(index: int, history: TargetHistory, findings: list[_Finding]) -> Iterator[Problem]:
    for key, message, hint in findings:
        place: tuple[str | int, ...] = ("targets", index, *key.split("."))
        yield Problem(place, history.item.id, key, message, hint)


def _item_findings(resolution: Resolution, history: TargetHistory) -> Iterator[_Finding]:
    """Yield a finding if the item that the target serves is not there."""
    wanted, ids = history.item.item, [item.id for item in resolution.items]
    if wanted and wanted.lower() not in {item_id.lower() for item_id in ids}:
        near = nearest_id(wanted, ids)
        hint = did_you_mean(near) if near else _("Correct the id, or delete the line.")
        yield "item", _("there is no such item"), hint


def _plan_findings(history: TargetHistory, cutoff_day: int) -> Iterator[_Finding]:
    """Yield the findings about years outside the term, and points that are not after the base."""
    target, term = history.item, history.term
    for point in points(target, cutoff_day):
        key = f"plan.{point.year}"
        if not term.start.year <= point.year <= term.end.year:
            message = _("{year} is outside the term, {start} to {end}").format(
                year=point.year, start=i18n.day(term.start), end=i18n.day(term.end)
            )
            yield key, message, _("Correct the year, or the term.")
        if target.base and target.base.on >= point.end:
            message = _("the base, of {base}, is not before the end of this year").format(
                base=i18n.day(target.base.on)
            )
            yield key, message, _("Correct base.on, or delete this figure.")


def _figure_findings(history: TargetHistory) -> Iterator[_Finding]:
    """Yield the findings about figures of days that cannot be."""
    target = history.item
    if target.on and target.on > history.today:
        message = _("{day} is in the future").format(day=i18n.day(target.on))
        yield "on", message, _("Correct the date.")
    days = {each.on for each in history.reported} | ({target.on} if target.on else set())
    early = min(days, default=date.max)
    if target.base and early < target.base.on:
        message = _("it has a figure of {day}, before the day of its base, {base}").format(
            day=i18n.day(early), base=i18n.day(target.base.on)
        )
        yield "base.on", message, _("Correct one of the two dates.")


def _changes_by_hand(history: TargetHistory) -> Iterator[_Finding]:
    """Yield what someone changed in the plan by hand; the hint is the command that records it."""
    for name in TARGET_FACTS:
        if not history.is_changed_by_hand(name):
            continue
        found, last = _shown(history, name, is_plan=True), _shown(history, name, is_plan=False)
        message = _("found {value}, but the history's latest value is {last}")
        options = [*_recording_options(history, name)]
        yield name, message.format(value=found, last=last), _update_command(history, *options)


def _recording_options(history: TargetHistory, name: str) -> Iterator[str]:
    """Yield the options of `update` that record what the plan has.

    A figure that was taken out of the plan is put back as the history has it.
    """
    target = history.item
    if name == "value":
        value = target.value if target.value is not None else history.recorded_value("value")
        on = target.on or history.recorded_value("on")
        # After an equals sign, a figure below zero is not taken for an option.
        yield from (f"--value={value:f}", "--on", str(on))
        return
    value = effective(name, getattr(target, name))
    if value is None:
        yield from ("--clear", name)
        return
    for part in value if isinstance(value, tuple) else [str(value)]:
        option = FACTS[name].option
        yield from [f"{option}={part}"] if part.startswith("-") else (option, part)


def _shown(history: TargetHistory, name: str, *, is_plan: bool) -> str:
    def value_of(key: str) -> object:
        return getattr(history.item, key) if is_plan else history.recorded_value(key)

    value = effective(name, value_of(name))
    if value is None:
        return _("nothing")
    if name == "value":
        on = value_of("on")
        day = i18n.day(on) if isinstance(on, date) else ""
        return _("{figure} on {day}").format(figure=f"{value:f}", day=day)
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _update_command(history: TargetHistory, *options: str) -> str:
    return command_line("tracker", "update", history.item.id, *options)


def _edit_command(history: TargetHistory, *options: str) -> str:
    return command_line("tracker", "edit", history.item.id, *options)
