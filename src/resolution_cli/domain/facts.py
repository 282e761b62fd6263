"""The facts that an update can change: each is one field of `Facts`, and nothing else.

Items have those of `Facts`; an entry of the history, which may be of a target, those of
`RecordedFacts`.

All that the program knows of a fact stands there: its type, what the file's schema, the help and
the reference say of it (`Meta.description`), and the rest as a `Fact`. The options of `tracker
update`, the words on a screen, the columns of JSON and CSV, what `check` names: all follow.
"""

import unicodedata
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, get_args, get_origin

from msgspec import Meta, Struct
from msgspec.structs import replace

from resolution_cli.domain.values import Number, Percent, Status, Word
from resolution_cli.i18n import N_


class Fact(Struct, frozen=True, kw_only=True):
    """What the program knows of a fact. Texts are messages, to be looked up where they are shown.

    Attributes:
        title: what it is called on a screen or a page.
        absent: what is said where it is absent; empty where `default` stands for it.
        default: the value that absence stands for; None where it stands for no value.
        is_state: it says how far the work is, or how a target stands; the others say who does what
            by when.
        can_be_cleared: an update may take it away.
        option: the option of `tracker update` that sets it.
        metavar: what stands for its value in the help.
        help: what the help says of the option; the description of the fact, if empty.
        typed: what people type for it beside its name, as `matching.key_of` has it.
        is_unit: its value is a unit, or its values are; any spelling of one is taken for it.
        name, type, description: its key in the file, the type of its value, and what it is; read
            from the field that it describes.

    """

    title: str
    absent: str = ""
    default: object = None
    is_state: bool = False
    can_be_cleared: bool = True
    option: str = ""
    metavar: str = "TEXT"
    help: str = ""
    typed: tuple[str, ...] = ()
    is_unit: bool = False
    name: str = ""
    type: Any = None
    description: str = ""

    @property
    def is_list(self) -> bool:
        """Say whether it has several values."""
        return get_origin(self.type) is tuple

    @property
    def value_type(self) -> Any:
        """Return the type of its value, or of each of its values, without constraints."""
        type_ = get_args(self.type)[0] if self.is_list else self.type
        return get_args(type_)[0] if get_origin(type_) is Annotated else type_


class Facts(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The facts of an item that an update can change, in the order in which they are shown.

    None is absent.
    """

    status: Annotated[
        Status | None,
        Meta(
            description=N_(
                "How far the work is: not-started, in-progress, blocked, done or cancelled."
            )
        ),
        Fact(
            title=N_("status"),
            default=Status.NOT_STARTED,
            is_state=True,
            can_be_cleared=False,
            metavar="STATUS",
            help=N_(
                "not-started, in-progress, blocked (with a --note that says why), done or "
                "cancelled (with the document that decides it as --evidence)."
            ),
        ),
    ] = None
    progress: Annotated[
        Percent | None,
        Meta(description=N_("The progress in percent, from 0 to 100.")),
        Fact(
            title=N_("progress"), default=0, is_state=True, can_be_cleared=False, metavar="PERCENT"
        ),
    ] = None
    done_on: Annotated[
        date | None,
        Meta(description=N_("The day of completion, of a done item.")),
        Fact(
            title=N_("done on"),
            absent=N_("not done yet"),
            is_state=True,
            can_be_cleared=False,
            metavar="DATE",
            help=N_("With done: the day of completion. Default: --on."),
        ),
    ] = None
    due: Annotated[
        date | None,
        Meta(
            description=N_(
                "The day by which it is due; without it, that of its item, or the last day of the "
                "term."
            )
        ),
        Fact(
            title=N_("due"),
            absent=N_("no due date of its own"),
            metavar="DATE",
            help=N_("The due date: 2026-09-30 or 30/09/2026."),
            typed=("due-date", "deadline", "thoi-han"),
        ),
    ] = None
    lead: Annotated[
        Word | None,
        Meta(description=N_("The lead unit, which answers for the item.")),
        Fact(
            title=N_("lead unit"),
            absent=N_("no lead unit yet"),
            metavar="UNIT",
            typed=("lead-unit", "don-vi-chu-tri", "chu-tri"),
            is_unit=True,
        ),
    ] = None
    partners: Annotated[
        tuple[Word, ...] | None,
        Meta(description=N_("The partner units: a list.")),
        Fact(
            title=N_("partner units"),
            absent=N_("no partner units yet"),
            option="--partner",
            metavar="UNIT",
            help=N_("A partner unit. Repeatable; replaces the earlier ones."),
            typed=("partner-units", "don-vi-phoi-hop", "phoi-hop"),
            is_unit=True,
        ),
    ] = None
    product: Annotated[
        Word | None,
        Meta(description=N_("The expected output.")),
        Fact(
            title=N_("product"),
            absent=N_("no product yet"),
            typed=("san-pham",),
        ),
    ] = None
    tags: Annotated[
        tuple[Word, ...] | None,
        Meta(description=N_("Words to filter the items by: a list.")),
        Fact(
            title=N_("tags"),
            absent=N_("no tags"),
            option="--tag",
            metavar="TAG",
            help=N_("A tag to filter by. Repeatable; replaces the earlier ones."),
            typed=("nhan",),
        ),
    ] = None

    def said(self) -> dict[str, object]:
        """Return the facts that are said, by name."""
        return {name: value for name in FACTS if (value := getattr(self, name, None)) is not None}


class RecordedFacts(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The facts that an entry of the history can have: of items, and the figure of a target."""

    value: Annotated[
        Number | None,
        Meta(description=N_("The figure of a target on the effective date.")),
        Fact(
            title=N_("figure"),
            absent=N_("no figure yet"),
            is_state=True,
            can_be_cleared=False,
            metavar="NUMBER",
            help=N_("The figure of a target on the effective date: 1.6 or 1,6."),
        ),
    ] = None


def _fact(name: str, annotation: Any) -> Fact:
    """Return the fact in the field `name` of `Facts`, whole."""
    meta, fact = annotation.__metadata__
    whole: Fact = replace(
        fact,
        name=name,
        type=get_args(annotation.__origin__)[0],
        description=meta.description,
        option=fact.option or "--" + name.replace("_", "-"),
    )
    return whole


FACTS: Mapping[str, Fact] = {
    name: _fact(name, annotation)
    for facts in (Facts, RecordedFacts)
    for name, annotation in facts.__annotations__.items()
}
"""The facts that an update can change, by name, in the order in which they are shown."""

ITEM_FACTS = tuple(Facts.__annotations__)
"""The names of the facts of an item."""

MILESTONE_FACTS = tuple(name for name in ITEM_FACTS if name != "progress")
"""The names of the facts of a milestone, which is done or not."""

TARGET_FACTS = ("value", "lead", "partners", "tags")
"""The names of the facts of a target."""

STATE_FACTS = tuple(name for name in ITEM_FACTS if FACTS[name].is_state)
"""The names of the facts that say how far the work on an item is."""


class FactName(StrEnum):
    """The names of the facts."""

    _ignore_ = "members name"
    members = vars()
    for name in FACTS:
        members[name.upper()] = name


def effective(name: str, value: object) -> object:
    """Return what `value` of the fact `name` stands for, so that two that mean the same are equal.

    Absent is not-started and 0 %; an empty list is absent; a text is the same composed and
    decomposed (NFC, NFD).
    """
    if value is None:
        return FACTS[name].default if name in FACTS else None
    if isinstance(value, tuple):
        return tuple(map(_composed, value)) or None
    return _composed(value) if isinstance(value, str) else value


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)
