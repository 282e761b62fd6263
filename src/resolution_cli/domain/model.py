"""The resolution as typed, frozen values, in the shape of the data file. No rules, no clock, no disk.

The descriptions beside the types are what an error message says was expected.
"""

import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Meta, Struct, field

from resolution_cli.i18n import N_

SCHEMA = 1
"""The number of the file format that this program reads and writes."""

COMPLETE = 100
"""The progress, in percent, of what is done."""


class Kind(StrEnum):
    """The two lists of a resolution."""

    TASK = "task"
    BREAKTHROUGH = "breakthrough"


class Status(StrEnum):
    """The status that an office records. The verdict is derived from it, never recorded."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    BLOCKED = "blocked"
    DONE = "done"


class FactName(StrEnum):
    """The facts that an update can change, in the order in which they are shown."""

    STATUS = "status"
    PROGRESS = "progress"
    DONE_ON = "done_on"
    DUE = "due"
    LEAD = "lead"
    PARTNERS = "partners"
    PRODUCT = "product"
    TAGS = "tags"


FACTS = tuple(name.value for name in FactName)
"""The names of the facts that an update can change."""

STATE_FACTS = (FactName.STATUS.value, FactName.PROGRESS.value, FactName.DONE_ON.value)
"""The facts that say how far the work is; the others say who does what by when."""


class Cause(StrEnum):
    """The kind of cause of a difficulty; only a confirmed objective cause excuses a late product (Decree 335/2025)."""

    OBJECTIVE = "objective"
    SUBJECTIVE = "subjective"


Word = Annotated[str, Meta(pattern=r"\S", description=N_("a text that is not blank"))]
ItemId = Annotated[
    str,
    Meta(
        # A leading hyphen would make it an option wherever it is typed.
        pattern=r"^[A-Za-z0-9._][A-Za-z0-9._-]*$(?!\n)",
        description=N_(
            "an id of letters, digits, dots, hyphens and underscores that does not begin with a hyphen"
        ),
    ),
]
Percent = Annotated[int, Meta(ge=0, le=100, description=N_("a whole number from 0 to 100"))]
Days = Annotated[
    int, Meta(ge=0, le=36_525, description=N_("a whole number of days, from 0 to 36525"))
]
SchemaNumber = Annotated[
    int,
    Meta(
        ge=SCHEMA, le=SCHEMA, description=N_("1, the only file format that this version supports")
    ),
]
Instant = Annotated[
    datetime,
    Meta(
        tz=True, description=N_("a date, a time and an offset, such as 2026-09-30T16:30:00+07:00")
    ),
]


class Translations(Struct, frozen=True, forbid_unknown_fields=True):
    """A text in at least one language."""

    vi: Word | None = None
    en: Word | None = None

    def __post_init__(self) -> None:
        """Refuse a text in no language."""
        if not (self.vi or self.en):
            raise ValueError(N_('expected a text in at least one language, such as title.vi = "…"'))

    def texts(self) -> tuple[str, ...]:
        """Return the text in each language that it is written in."""
        return tuple(text for text in (self.vi, self.en) if text)


DateOrNone = date | None  # under a name of its own, as a field named `date` hides the type

Text = Word | Translations
"""What a reader sees and the resolution fixes: one string, or one per language."""


class Term(Struct, frozen=True, forbid_unknown_fields=True):
    """The first and the last day of the resolution's term."""

    start: date
    end: date


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """The thresholds of the verdicts.

    Attributes:
        due_soon_days: an item due in at most this many days is due soon.
        behind_points: an item more than this many percentage points under what is expected is
            behind.
        stale_days: an item whose last update is more days old than this is stale.

    """

    due_soon_days: Days = 30
    behind_points: Percent = 15
    stale_days: Days = 90


class Header(Struct, frozen=True, forbid_unknown_fields=True):
    """The table `[resolution]`: title, body, congress and term of the resolution."""

    title: Text
    term: Term
    id: ItemId | None = None
    body: Text | None = None
    congress: Text | None = None
    sources: tuple[Word, ...] = ()
    settings: Settings = Settings()


class ReportTexts(Struct, frozen=True, forbid_unknown_fields=True):
    """The table `[report]`: free text and head of written reports. What is absent is left blank.

    Attributes:
        situation, targets, difficulties, ahead, proposals: free text of its sections; every line is
            a paragraph.
        heading: the line at the top right; the Party's name if absent.
        superior: the superior body, at the top left.
        committee: the reporting body, below the superior body.
        number: number and code of the document.
        place, date: place and date of signing.
        signature: for whom and as what it is signed: a list, or a text, of a line each.
        signer: name of the signer.
        recipients: the recipients, a line each.

    """

    situation: Text | None = None
    targets: Text | None = None
    difficulties: Text | None = None
    ahead: Text | None = None
    proposals: Text | None = None
    heading: Text | None = None
    superior: Text | None = None
    committee: Text | None = None
    number: Word | None = None
    place: Text | None = None
    date: DateOrNone = None
    signature: Text | tuple[Word, ...] | None = None
    signer: Word | None = None
    recipients: tuple[Word, ...] = ()


class Facts(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The facts that an update can change; None where nothing is said."""

    status: Status | None = None
    progress: Percent | None = None
    done_on: date | None = None
    due: date | None = None
    lead: Word | None = None
    partners: tuple[Word, ...] | None = None
    product: Word | None = None
    tags: tuple[Word, ...] | None = None

    def said(self) -> dict[str, object]:
        """Return the facts that are said, by name."""
        return {name: value for name in FACTS if (value := getattr(self, name)) is not None}


def _value(facts: Facts, name: str) -> object:
    """Return the value of a fact; None where nothing is said, of which an empty list is one way."""
    value = getattr(facts, name)
    return None if value == () else value


def effective(name: str, value: object) -> object:
    """Return what `value` of the fact `name` stands for, so that two that mean the same are equal.

    Absent is not-started and 0 %; an empty list is absent; a text is the same composed and
    decomposed (NFC, NFD).
    """
    if value is None:
        return {"status": Status.NOT_STARTED, "progress": 0}.get(name)
    if isinstance(value, tuple):
        return tuple(map(_composed, value)) or None
    return _composed(value) if isinstance(value, str) else value


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


class Item(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A task or a breakthrough. What is not known is absent; its kind is that of its list."""

    id: ItemId
    title: Text
    summary: Text | None = None
    start: date | None = None

    kind: ClassVar[Kind]

    @property
    def present_status(self) -> Status:
        """Return the status, which is not-started until something else is said."""
        return self.status or Status.NOT_STARTED

    @property
    def present_progress(self) -> int:
        """Return the progress in percent, which is 0 until something else is said."""
        return self.progress or 0


class Task(Item, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An item of `[[tasks]]`."""

    kind: ClassVar[Kind] = Kind.TASK


class Breakthrough(Item, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An item of `[[breakthroughs]]`."""

    kind: ClassVar[Kind] = Kind.BREAKTHROUGH


class Update(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An entry of the history: the facts it sets, what they were, and what a person has to say about it.

    Attributes:
        item: the id of the item, in upper or lower case.
        on: the effective date.
        at: the instant at which it was recorded.
        by: who recorded it.
        was: what the history said before of the facts that it sets; one that is set and not here
            was not said before, one that is here and not set was taken away.
        found: what the plan had instead, of facts that someone had changed in it by hand.
        missing: the facts that the history had and the plan had not, because someone had taken them
            out by hand.
        note: what was done; for a blocked item, what blocks it.
        evidence: documents by number and date, addresses, pictures.
        cause: the kind of cause, objective or subjective.

    """

    item: ItemId
    on: date
    at: Instant | None = None
    by: Word | None = None
    was: Facts = Facts()
    found: Facts = Facts()
    missing: tuple[FactName, ...] = ()
    note: Word | None = None
    evidence: tuple[Word, ...] = ()
    cause: Cause | None = None

    def changes(self) -> Iterator[tuple[str, object, object]]:
        """Yield the name, the old value and the new value of each fact that this entry changed."""
        for name in FACTS:
            old, new = _value(self.was, name), _value(self, name)
            if old is not None or new is not None:
                yield name, old, new

    def changed_by_hand(self) -> dict[str, object]:
        """Return what the plan had, by name, of the facts that someone had changed in it; None for one taken out."""
        return {**dict.fromkeys(self.missing), **self.found.said()}

    @property
    def is_report(self) -> bool:
        """Say whether it reports on the work, where another only assigns: a unit, a due date, a product, tags."""
        has_text = bool(self.note or self.evidence or self.cause)
        return has_text or any(name in STATE_FACTS for name, _old, _new in self.changes())


class Resolution(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole data file."""

    schema: SchemaNumber
    header: Header = field(name="resolution")
    tasks: tuple[Task, ...] = ()
    breakthroughs: tuple[Breakthrough, ...] = ()
    report: ReportTexts = ReportTexts()
    updates: tuple[Update, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """Return tasks, then breakthroughs, in the resolution's order."""
        return self.tasks + self.breakthroughs

    def start_of(self, item: Item) -> date:
        """Return the day on which work on `item` starts: its own, or the term's."""
        return item.start or self.header.term.start

    def due_of(self, item: Item) -> date:
        """Return the day by which `item` is due: its own, or the term's end."""
        return item.due or self.header.term.end
