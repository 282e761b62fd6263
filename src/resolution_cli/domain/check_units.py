"""What of the units of a file is doubtful: a name that nearly is another, a unit without items."""

from collections.abc import Iterator, Mapping, Sequence

from resolution_cli.domain.model import Place, Resolution
from resolution_cli.domain.units import Units, units_of
from resolution_cli.errors import Problem
from resolution_cli.i18n import _
from resolution_cli.shell import command_line

_MOST_IDS = 20
"""Ids that a command has at most; where there are more, the next `check` has them."""

_FILL_IN = "…"
"""Placeholder in a command for a value that only the office knows; every option refuses it."""

_Led = Mapping[str, Sequence[tuple[Place, str]]]
"""The places and ids of what each unit leads, by its main name."""


def unit_advice(resolution: Resolution) -> Iterator[Problem]:
    """Yield the leads that nearly are other units, and the units of `[units]` that lead nothing.

    A unit that is a partner is there for the spellings of its name. The hint is the command, or
    the change of the file, that settles it.
    """
    units = units_of(resolution)
    led = _led(resolution, units)
    for name in led:
        if near := _near(units, led, name):
            yield _near_lead(name, near, led[name])
    partners = {
        units.name_of(name) for _place, entry in resolution.placed for name in entry.partners or ()
    }
    for name in units.declared:
        if name not in led and name not in partners:
            message = _("this unit leads nothing")
            hint = _("Give it something with tracker update ID --lead, or delete the line.")
            yield Problem(("units", name), "[units]", name, message, hint)


def _led(resolution: Resolution, units: Units) -> _Led:
    led: dict[str, list[tuple[Place, str]]] = {}
    for place, entry in resolution.placed:
        if entry.lead:
            led.setdefault(units.name_of(entry.lead), []).append((place, entry.id))
    return led


def _near(units: Units, led: _Led, name: str) -> Sequence[str]:
    """Return the units that a lead nearly is, and that are more likely to be spelled right.

    Those are the units of `[units]`, and those that lead more or, of as many, come first. Who is
    in `[units]` is spelled as it is meant.
    """
    if units.is_declared(name):
        return ()
    order = [*led]

    def likelihood(unit: str) -> tuple[bool, int, int]:
        rank = -order.index(unit) if unit in led else -len(order)
        return units.is_declared(unit), len(led.get(unit, ())), rank

    return [unit for unit in units.nearest(name) if likelihood(unit) > likelihood(name)]


def _near_lead(name: str, near: Sequence[str], led: Sequence[tuple[Place, str]]) -> Problem:
    message = _(
        "{name!r} may be another spelling of {others}; if not, have both in [units]"
    ).format(name=name, others=_(" or ").join(map(repr, near)))
    ids = [entry_id for _place, entry_id in led][:_MOST_IDS]
    meant = near[0] if len(near) == 1 else _FILL_IN
    place, first_id = led[0]
    command = command_line("tracker", "update", *ids, "--lead", meant)
    return Problem((*place, "lead"), first_id, "lead", message, command)
