"""Decode the plain values of a data file: a `Resolution`, or all that is wrong with them."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any

import msgspec

from resolution_cli import i18n
from resolution_cli.domain.model import (
    ITEM_LISTS,
    MILESTONES,
    TRACKED_LISTS,
    Item,
    Milestone,
    Place,
    Resolution,
    Term,
)
from resolution_cli.domain.values import Word
from resolution_cli.errors import Problem, entry_name
from resolution_cli.i18n import _
from resolution_cli.matching import fold
from resolution_cli.storage.conversion import Finding, converted, cut, readable

_MOST_SHOWN = 100
"""The most problems that are reported at once; a file with more may be another kind of
file."""


def decoded(value: Mapping[str, Any]) -> Resolution | list[Problem]:
    """Return the resolution in the plain `value`, or its problems, `_MOST_SHOWN` at most."""
    try:
        resolution = converted(value, Resolution)
    except msgspec.ValidationError:
        # The quick way names only the first problem; the thorough one finds the rest.
        from resolution_cli.storage.misfits import misfits  # noqa: PLC0415  # few files

        found = misfits(value, Resolution, ())
        schema = misfits(
            {key: part for key, part in value.items() if key == "schema"}, Resolution, ()
        )
        findings = [finding for finding in schema if finding.place == ("schema",)] or chain(
            found,
            _duplicates(_readable_ids(value)),
            _contradictions(_readable_items(value), _readable_term(value)),
            _shared_spellings(_readable_units(value)),
        )
    else:
        placed = [*resolution.placed_items]
        findings = [
            *_duplicates((place, entry.id) for place, entry in resolution.placed),
            *_contradictions(placed, resolution.header.term),
            *_shared_spellings(resolution.units),
        ]
        if not findings:
            return resolution
    problems = [_problem(value, finding) for finding in islice(findings, _MOST_SHOWN + 1)]
    if len(problems) > _MOST_SHOWN:
        problems[-1] = Problem(
            (), "", "", _("there are more errors than are listed here"), _("Correct these first.")
        )
    return problems


def subject_of(value: Mapping[str, Any], place: Place) -> tuple[str, str]:
    """Return what a person calls a place of `value`: an id or a table, and the key in it."""
    match place:
        case (str(name), int(index), "milestones", int(number), *keys) if name in ITEM_LISTS:
            parent, _key = subject_of(value, (name, index))
            within = value[name][index][MILESTONES][number]
            item_id = within.get("id") if isinstance(within, dict) else None
            subject = (
                item_id
                if isinstance(item_id, str)
                else entry_name(f"{name}.{MILESTONES}", number, parent)
            )
        case (str(name), int(index), *keys) if name in TRACKED_LISTS:
            entry = value[name][index]
            item_id = entry.get("id") if isinstance(entry, dict) else None
            subject = item_id if isinstance(item_id, str) else entry_name(name, index)
        case ("updates", int(index), *keys):
            entry = value["updates"][index]
            item_id = entry.get("item") if isinstance(entry, dict) else None
            subject = entry_name("updates", index, item_id if isinstance(item_id, str) else None)
        case (("resolution" | "report" | "units") as name, *keys):
            subject = f"[{name}]"
        case ("reports", str(name), *keys):
            subject = f'[reports."{name}"]'
        case _:
            subject, keys = "", [*place]
    return subject, ".".join(
        key if isinstance(key, str) else _("number {number}").format(number=key + 1) for key in keys
    )


def _problem(value: Mapping[str, Any], finding: Finding) -> Problem:
    subject, key = map(cut, subject_of(value, finding.place))
    return Problem(finding.place, subject, key, finding.message, finding.hint)


def _duplicates(ids: Iterable[tuple[Place, str]]) -> Iterator[Finding]:
    known: dict[str, str] = {}
    for place, item_id in ids:
        if first := known.get(item_id.lower()):
            message = (
                _("an earlier item has this id")
                if first == item_id
                else _(
                    "an earlier item has this id as {id!r}; upper and lower case are the same"
                ).format(id=cut(first))
            )
            yield Finding((*place, "id"), message, _("Give each item an id of its own."))
        known.setdefault(item_id.lower(), item_id)


def _contradictions(items: Iterable[tuple[Place, Item]], term: Term | None) -> Iterator[Finding]:
    """Yield the days that each are allowed and together are not."""
    if term and term.end < term.start:
        message = _("the term ends on {end}, before it starts on {start}").format(
            end=i18n.day(term.end), start=i18n.day(term.start)
        )
        yield Finding(("resolution", "term", "end"), message)
    start_of_parent = None
    for place, item in items:
        begins = start_of_parent if isinstance(item, Milestone) else None
        start = item.start or begins or (term.start if term else None)
        if not isinstance(item, Milestone):
            start_of_parent = item.start
        if item.due and start and item.due < start:
            message = _("found {due}, which is before the start, {start}").format(
                due=i18n.day(item.due), start=i18n.day(start)
            )
            yield Finding((*place, "due"), message)


def _shared_spellings(units: Mapping[str, Iterable[str]]) -> Iterator[Finding]:
    """Yield the spellings in `[units]` that show nothing, or are of two units."""
    if not units:
        return
    from resolution_cli.domain.units import is_same_spelling  # noqa: PLC0415  # few files have some

    earlier: dict[str, list[tuple[str, str]]] = {}
    for place, name, spelling in _placed_spellings(units):
        form = fold(spelling)
        if not form:
            if spelling.strip():  # a blank one is no text of its type
                from resolution_cli.storage.misfits import misfit  # noqa: PLC0415  # as above

                yield misfit(place, spelling, Word)
            continue
        others = [
            other
            for other, theirs in earlier.get(form, ())
            if other != name and is_same_spelling(spelling, theirs)
        ]
        if others:
            message = _("{spelling!r} is also a spelling of {name!r}").format(
                spelling=cut(spelling), name=cut(others[0])
            )
            hint = _(
                "Give each spelling to one unit; case, accents that are left out and spaces do not "
                "make another."
            )
            yield Finding(place, message, hint)
        earlier.setdefault(form, []).append((name, spelling))


def _placed_spellings(units: Mapping[str, Iterable[str]]) -> Iterator[tuple[Place, str, str]]:
    """Yield the main name and the spelling of each spelling, behind its place, main names first."""
    for name in units:
        yield ("units", name), name, name
    for name, spellings in units.items():
        for index, spelling in enumerate(spellings):
            yield ("units", name, index), name, spelling


def _readable_units(value: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    """Return those units that can be decoded alone."""
    table = value.get("units")
    units = table.items() if isinstance(table, dict) else ()
    found = ((name, readable(spellings, tuple[Word, ...])) for name, spellings in units)
    return {name: spellings for name, spellings in found if spellings is not None}


def _readable_ids(value: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    """Yield the ids that are texts, with the places of what has them."""
    for name in TRACKED_LISTS:
        for place, entry in _placed_tables(value, (name,)):
            if isinstance(item_id := entry.get("id"), str):
                yield place, item_id


def _readable_items(value: Mapping[str, Any]) -> Iterator[tuple[Place, Item]]:
    """Yield those items and milestones that can be decoded alone, with their places."""
    for name, item_type in ITEM_LISTS.items():
        for place, entry in _placed_tables(value, (name,)):
            if item := readable(entry, Milestone if MILESTONES in place else item_type):
                yield place, item


def _placed_tables(value: object, place: Place) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Yield the tables in the list at `place` of `value`, and those of milestones below each."""
    entries = value.get(place[-1]) if isinstance(value, dict) else None
    for index, entry in enumerate(entries if isinstance(entries, list) else []):
        if isinstance(entry, dict):
            yield (*place, index), entry
            if place[-1] != MILESTONES:
                yield from _placed_tables(entry, (*place, index, MILESTONES))


def _readable_term(value: Mapping[str, Any]) -> Term | None:
    header = value.get("resolution")
    return readable(header.get("term"), Term) if isinstance(header, dict) else None
