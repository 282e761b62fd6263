"""The history of each target: the figures that were reported of it, up to any day."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from resolution_cli.domain.histories import updates_by_item
from resolution_cli.domain.history import History
from resolution_cli.domain.model import Figure, Resolution, Target

_PAIR = ("value", "on")
"""The facts of a target that only change together: a figure and its day."""


class Measurement(Struct, frozen=True):
    """A figure that was reported, and its day."""

    on: date
    value: Figure


class TargetHistory(History[Target]):
    """One target with the entries of its history, giving its figures up to any day.

    A figure that someone changed in the plan by hand counts from `today` on.
    """

    @cached_property
    def reported(self) -> tuple[Measurement, ...]:
        """Return the figures that the history has, in the order of their days, one a day.

        Of several that were recorded for a day, the last one counts.
        """
        by_day = {update.on: update.value for update in self.updates if update.value is not None}
        return tuple(Measurement(on, value) for on, value in sorted(by_day.items()))

    def figures(self, day: date) -> tuple[Measurement, ...]:
        """Return the figures of the days up to and including `day`, in order.

        One that someone wrote into the plan by hand is the latest there is.
        """
        found = self.reported
        in_plan = self._in_plan
        if day >= self.today and in_plan and self.is_changed_by_hand("value"):
            found = (*(each for each in found if each.on < in_plan.on), in_plan)
        return tuple(each for each in found if each.on <= day)

    def on(self, day: date) -> Target:
        """Return the target as it stood at the end of `day`."""
        if day >= self.today:
            return self.item
        figures = self.figures(day)
        latest = figures[-1] if figures else None
        return replace(
            self.item,
            **self._assigned_on(day),
            value=latest.value if latest else None,
            on=latest.on if latest else None,
        )

    def recorded_value(self, name: str) -> object:
        """Return the value of a fact according to the history; of `on`, the day of its figure."""
        if name == "on":
            days = (each.on for each in reversed(self.reported))
            return next(days, self.beginning.get(name))
        return super().recorded_value(name)

    def is_changed_by_hand(self, name: str) -> bool:
        """Return whether the plan's value differs from the history's; of a figure, or its day."""
        if name in _PAIR:
            return any(super(TargetHistory, self).is_changed_by_hand(each) for each in _PAIR)
        return super().is_changed_by_hand(name)

    def changed(self, facts: Mapping[str, object]) -> dict[str, object]:
        """Return those of `facts` that differ from the history's: a figure always with its day."""
        changed = super().changed(facts)
        if not changed.keys().isdisjoint(_PAIR):
            changed |= {name: facts[name] for name in _PAIR}
        return changed

    @property
    def _in_plan(self) -> Measurement | None:
        target = self.item
        if target.value is None or target.on is None:
            return None
        return Measurement(target.on, target.value)


def target_histories(resolution: Resolution, today: date) -> Mapping[str, TargetHistory]:
    """Return the history of each target by its lower-cased id, in the order of the resolution.

    `today` is the day whose end the plan describes.
    """
    if not resolution.targets:
        return {}
    entries = updates_by_item(resolution)
    term = resolution.header.term
    return {
        target.id.lower(): TargetHistory(target, entries.get(target.id.lower(), ()), term, today)
        for target in resolution.targets
    }
