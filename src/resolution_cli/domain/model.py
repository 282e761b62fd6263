"""The resolution as typed, frozen values, in the shape of the data file. No rules, no disk.

What a key of the file is, in words, is the description of its field; the facts that updates change
are in `facts`, the kinds of values in `values`.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from operator import attrgetter
from typing import Annotated, ClassVar, get_args

from msgspec import Meta, Struct, field

from resolution_cli.domain.facts import (
    FACTS,
    ITEM_FACTS,
    MILESTONE_FACTS,
    STATE_FACTS,
    TARGET_FACTS,
    FactName,
    Facts,
    RecordedFacts,
    effective,
)
from resolution_cli.domain.values import (
    COMPLETE,
    MONTH_END,
    Cause,
    DayOfMonth,
    Days,
    Figure,
    Form,
    Instant,
    ItemId,
    Kind,
    Number,
    Order,
    Percent,
    PeriodName,
    SchemaNumber,
    Status,
    TargetKind,
    Text,
    Translations,
    Want,
    Weight,
    Word,
    Year,
)
from resolution_cli.i18n import N_

__all__ = [
    "COMPLETE",
    "FACTS",
    "ITEM_FACTS",
    "ITEM_LISTS",
    "MILESTONE_FACTS",
    "STATE_FACTS",
    "TARGET_FACTS",
    "TRACKED_LISTS",
    "Amendment",
    "Base",
    "Breakthrough",
    "Cause",
    "FactName",
    "Facts",
    "Figure",
    "Form",
    "Header",
    "Item",
    "Kind",
    "Milestone",
    "OldValues",
    "Parent",
    "Place",
    "ReportTexts",
    "Resolution",
    "Settings",
    "Status",
    "Target",
    "TargetKind",
    "Task",
    "Term",
    "Text",
    "Translations",
    "Update",
    "Want",
    "effective",
]

Place = tuple[str | int, ...]
"""The keys and indices from the root of the file to a value, as in `("tasks", 2, "progress")`."""

DateOrNone = date | None  # under a name of its own, as a field named `date` hides the type


class Term(Struct, frozen=True, forbid_unknown_fields=True):
    """The first and the last day of the resolution's term."""

    start: Annotated[date, Meta(description=N_("The first day of the term; it counts."))]
    end: Annotated[date, Meta(description=N_("The last day of the term; it counts."))]


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """The thresholds of the verdicts, and the cut-off day of the reporting periods."""

    due_soon_days: Annotated[
        Days, Meta(description=N_("An item that is due in at most this many days is due soon."))
    ] = 30
    behind_points: Annotated[
        Percent,
        Meta(
            description=N_(
                "An item more than this many percentage points under what is expected is behind."
            )
        ),
    ] = 15
    stale_days: Annotated[
        Days,
        Meta(description=N_("An item whose last report is more than this many days old is stale.")),
    ] = 90
    target_share: Annotated[
        Percent,
        Meta(
            description=N_(
                "A target that has come at least this share of its way, in percent, is on track."
            )
        ),
    ] = 90
    cutoff_day: Annotated[
        DayOfMonth,
        Meta(
            description=N_(
                "The day on which a month ends in reports, and with it quarters and years; in a "
                "month without such a day its last one."
            )
        ),
    ] = MONTH_END


class Header(Struct, frozen=True, forbid_unknown_fields=True):
    """The table `[resolution]`: title, body, congress and term of the resolution."""

    title: Annotated[Text, Meta(description=N_("The title of the resolution."))]
    term: Annotated[
        Term, Meta(description=N_("The term of the resolution: its first and its last day."))
    ]
    id: Annotated[ItemId | None, Meta(description=N_("An id of the resolution."))] = None
    body: Annotated[Text | None, Meta(description=N_("The body that resolved it."))] = None
    congress: Annotated[Text | None, Meta(description=N_("The congress that resolved it."))] = None
    sources: Annotated[
        tuple[Word, ...],
        Meta(description=N_("Where the text of the resolution is published: a list.")),
    ] = ()
    settings: Annotated[
        Settings, Meta(description=N_("From when on an item is due soon, behind or stale."))
    ] = Settings()


class ReportTexts(Struct, frozen=True, forbid_unknown_fields=True):
    """The table `[report]`: free text and head of written reports. What is absent is left blank."""

    form: Annotated[
        Form | None,
        Meta(
            description=N_(
                "The form of the Word file: party-2026, that of a Party document; decree-30, that "
                "of a state body (Decree 30/2020); plain, without a head; party-2026 if absent."
            )
        ),
    ] = None
    template: Annotated[
        Word | None,
        Meta(
            description=N_(
                "The office's own template of the Word file: a path, from the folder of this file."
            )
        ),
    ] = None
    situation: Annotated[
        Text | None,
        Meta(description=N_("The general situation, in the report's first part.")),
    ] = None
    targets: Annotated[
        Text | None,
        Meta(description=N_("The results of the targets, in the report's second part.")),
    ] = None
    difficulties: Annotated[
        Text | None,
        Meta(description=N_("Difficulties and their causes, in the report's third part.")),
    ] = None
    ahead: Annotated[
        Text | None,
        Meta(description=N_("The work of the next period, in the report's fourth part.")),
    ] = None
    proposals: Annotated[
        Text | None, Meta(description=N_("Proposals, in the report's fifth part."))
    ] = None
    heading: Annotated[
        Text | None,
        Meta(description=N_("The line at the top right, in the place of the Party's name.")),
    ] = None
    superior: Annotated[
        Text | None, Meta(description=N_("The superior body, at the top left."))
    ] = None
    committee: Annotated[
        Text | None, Meta(description=N_("The body that reports, below the superior body."))
    ] = None
    number: Annotated[
        Word | None,
        Meta(description=N_("Number and sign of the document, such as 12-BC/ĐU.")),
    ] = None
    place: Annotated[Text | None, Meta(description=N_("The place where it is signed."))] = None
    date: Annotated[DateOrNone, Meta(description=N_("The day on which it is signed."))] = None
    signature: Annotated[
        Text | tuple[Word, ...] | None,
        Meta(
            description=N_(
                "For whom and in which position it is signed: a list of lines, or one text of "
                "several lines."
            )
        ),
    ] = None
    signer: Annotated[Word | None, Meta(description=N_("The name of the signer."))] = None
    recipients: Annotated[
        tuple[Word, ...], Meta(description=N_("To whom the report goes: a list of lines."))
    ] = ()


class Item(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A task, a breakthrough or a milestone. What is not known is absent; its list is its kind."""

    id: Annotated[
        ItemId,
        Meta(
            description=N_(
                "The id, unique in the file in upper and lower case: letters, digits, dots, "
                "underscores and, not at its start, hyphens."
            )
        ),
    ]
    title: Annotated[Text, Meta(description=N_("What is to be done, in short."))]
    summary: Annotated[Text | None, Meta(description=N_("What is to be done, in a sentence."))] = (
        None
    )
    start: Annotated[
        date | None,
        Meta(
            description=N_(
                "The day on which work starts; without it, that of its item, or the first day of "
                "the term."
            )
        ),
    ] = None

    added: Annotated[
        date | None,
        Meta(
            description=N_("The day on which it entered the plan; without it, it always was in it.")
        ),
    ] = None

    kind: ClassVar[Kind]
    fact_names: ClassVar[tuple[str, ...]] = ITEM_FACTS

    @property
    def present_status(self) -> Status:
        """Return the status, which is not-started until something else is said."""
        return self.status or Status.NOT_STARTED

    @property
    def present_progress(self) -> int:
        """Return the progress in percent, which is 0 until something else is said."""
        return self.progress or 0

    @property
    def is_done(self) -> bool:
        """Say whether it is done."""
        return self.status is Status.DONE

    @property
    def is_cancelled(self) -> bool:
        """Say whether it is cancelled."""
        return self.status is Status.CANCELLED

    @property
    def is_open(self) -> bool:
        """Say whether it is neither done nor cancelled."""
        return self.present_status.is_open

    @property
    def is_blocked(self) -> bool:
        """Say whether it is blocked."""
        return self.status is Status.BLOCKED


class Milestone(Item, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A concrete piece of the work on an item: done or not, with nothing between."""

    weight: Annotated[
        Weight,
        Meta(description=N_("Its share of the item, against those of the other milestones.")),
    ] = 1

    kind: ClassVar[Kind] = Kind.MILESTONE
    fact_names: ClassVar[tuple[str, ...]] = MILESTONE_FACTS

    def __post_init__(self) -> None:
        """Refuse a progress."""
        if self.progress is not None:
            raise ValueError(N_("a milestone has no progress: it is done or not"))

    @property
    def present_progress(self) -> int:
        """Return the progress in percent: all of it where it is done, else nothing."""
        return COMPLETE if self.is_done else 0


class Parent(Item, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An item of the resolution, which may have milestones."""

    milestones: Annotated[
        tuple[Milestone, ...],
        Meta(description=N_("The milestones: the concrete pieces of work, in their order.")),
    ] = ()


class Task(Parent, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An item of `[[tasks]]`."""

    kind: ClassVar[Kind] = Kind.TASK


class Breakthrough(Parent, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An item of `[[breakthroughs]]`."""

    kind: ClassVar[Kind] = Kind.BREAKTHROUGH


class Base(Struct, frozen=True, forbid_unknown_fields=True):
    """The figure from which a target starts, and its day."""

    on: Annotated[date, Meta(description=N_("The day of the figure from which the target starts."))]
    value: Annotated[Number, Meta(description=N_("The figure from which the target starts."))]


class Target(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An entry of `[[targets]]`: a figure that is to be reached, by year."""

    id: Annotated[
        ItemId, Meta(description=N_("The id, unique among the items and targets of the file."))
    ]
    title: Annotated[Text, Meta(description=N_("What is measured, in short."))]
    summary: Annotated[Text | None, Meta(description=N_("What is measured, in a sentence."))] = None
    unit: Annotated[
        Text | None, Meta(description=N_("The unit of the figures, such as % or households."))
    ] = None
    want: Annotated[
        Want,
        Meta(
            description=N_(
                "How the figure must stand to the plan: at-least, at-most, above or below; "
                "at-least if absent."
            )
        ),
    ] = Want.AT_LEAST
    kind: Annotated[
        TargetKind,
        Meta(
            description=N_(
                "What the figures are: level, the figure of a day, also a total since the start; "
                "yearly, which counts anew from 1 January; average, the mean of the years' "
                "figures; level if absent."
            )
        ),
    ] = TargetKind.LEVEL
    base: Annotated[
        Base | None, Meta(description=N_("The figure from which the target starts."))
    ] = None
    plan: Annotated[
        dict[Year, Number],
        Meta(
            min_length=1,
            description=N_(
                "The figure to be reached by the end of each year; the last is the goal."
            ),
        ),
    ] = {}
    item: Annotated[
        ItemId | None, Meta(description=N_("The id of the item that the target serves."))
    ] = None
    lead: Annotated[
        Word | None, Meta(description=N_("The lead unit, which answers for the target."))
    ] = None
    partners: Annotated[
        tuple[Word, ...] | None, Meta(description=N_("The partner units: a list."))
    ] = None
    tags: Annotated[
        tuple[Word, ...] | None, Meta(description=N_("Words to filter the targets by: a list."))
    ] = None
    added: Annotated[
        date | None,
        Meta(
            description=N_("The day on which it entered the plan; without it, it always was in it.")
        ),
    ] = None
    source: Annotated[
        Word | None, Meta(description=N_("The document that sets the target, or its figures."))
    ] = None
    value: Annotated[
        Number | None, Meta(description=N_("The latest figure; `tracker update` writes it."))
    ] = None
    on: Annotated[
        DateOrNone,
        Meta(description=N_("The day of the latest figure; `tracker update` writes it.")),
    ] = None

    def __post_init__(self) -> None:
        """Refuse a figure without its day, or a day without a figure."""
        if (self.value is None) is not (self.on is None):
            raise ValueError(
                N_("expected both value and on, a figure and its day, or neither of them")
            )


class OldValues(RecordedFacts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The values that an entry replaced; of a figure, its day too."""

    on: Annotated[DateOrNone, Meta(description=N_("The day of the old figure of a target."))] = None


_InstantBefore = Annotated[
    Instant | None,
    Meta(
        description=N_(
            "When the entry recorded before it was recorded, by a clock that was ahead; rarely "
            "here."
        )
    ),
]
_CommandNumber = Annotated[
    Order | None,
    Meta(
        description=N_(
            "The number of the command that recorded it, where several entries have the same time; "
            "rarely here."
        )
    ),
]


class Amendment(RecordedFacts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What an entry said before it was amended, of what the amendment changed."""

    at: Annotated[Instant, Meta(description=N_("When it was amended: date, time and offset."))]
    by: Annotated[Word | None, Meta(description=N_("Who amended it."))] = None
    after: _InstantBefore = None
    command: _CommandNumber = None
    place: Annotated[
        Order | None,
        Meta(description=N_("The number in the file that it had, where its new day moved it.")),
    ] = None
    on: Annotated[DateOrNone, Meta(description=N_("The former effective date."))] = None
    was: Annotated[OldValues | None, Meta(description=N_("The former old values."))] = None
    absent: Annotated[
        tuple[Word, ...], Meta(description=N_("The keys that the entry did not have before."))
    ] = ()
    lines: Annotated[
        dict[FactName, Order],
        Meta(
            description=N_(
                "The lines of what was taken out of the plan, counted from the header of the item, "
                "so that `tracker undo` can put it back there; rarely here."
            )
        ),
    ] = field(default_factory=dict)
    note: Annotated[Word | None, Meta(description=N_("The former note."))] = None
    evidence: Annotated[tuple[Word, ...] | None, Meta(description=N_("The former evidence."))] = (
        None
    )
    cause: Annotated[Cause | None, Meta(description=N_("The former kind of cause."))] = None
    proposal: Annotated[Word | None, Meta(description=N_("The former proposal."))] = None


class Update(RecordedFacts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An entry of the history: the facts it sets, what they were, and what a person says about it.

    `was` has what the history said before of the facts that the entry sets; one that is set and not
    there was not said before, one that is there and not set was taken away. `found` and `missing`
    have what the plan said instead, of facts that someone had changed in it by hand.
    """

    item: Annotated[
        ItemId, Meta(description=N_("The id of the item or target, in upper or lower case."))
    ]
    on: Annotated[date, Meta(description=N_("The effective date."))]
    at: Annotated[
        Instant | None, Meta(description=N_("When it was recorded: date, time and offset."))
    ] = None
    by: Annotated[Word | None, Meta(description=N_("Who recorded it."))] = None
    after: _InstantBefore = None
    command: _CommandNumber = None
    was: Annotated[
        OldValues,
        Meta(
            description=N_("The old values, as the history had them; what is not here was absent.")
        ),
    ] = OldValues()
    found: Annotated[
        OldValues,
        Meta(
            description=N_(
                "What the plan had instead of the old values, changed by hand; rarely here."
            )
        ),
    ] = OldValues()
    missing: Annotated[
        tuple[FactName, ...],
        Meta(
            description=N_(
                "The names of what the history had and the plan no longer, taken out by hand; "
                "rarely here."
            )
        ),
    ] = ()
    note: Annotated[
        Word | None,
        Meta(description=N_("What was done; of a blocked item, what blocks it.")),
    ] = None
    evidence: Annotated[
        tuple[Word, ...],
        Meta(description=N_("The evidence: documents by number and date, addresses, pictures.")),
    ] = ()
    cause: Annotated[
        Cause | None,
        Meta(description=N_("The kind of cause of a difficulty: objective or subjective.")),
    ] = None
    proposal: Annotated[
        Word | None,
        Meta(description=N_("What is proposed to the superior level, or asked of it.")),
    ] = None
    amended: Annotated[
        tuple[Amendment, ...],
        Meta(
            description=N_(
                "What it said before it was amended, the first time first; `tracker amend` "
                "writes it."
            )
        ),
    ] = ()

    @property
    def has_content(self) -> bool:
        """Say whether it says anything."""
        texts = self.note or self.evidence or self.cause or self.proposal
        return bool(texts) or bool(self.changes()) or bool(self.changed_by_hand())

    def changes(self) -> list[tuple[str, object, object]]:
        """Return the name, the old value and the new value of each fact that this entry changed."""
        # A list with the values of nothing written out: this is asked ten times of each entry.
        return [
            (name, _value(old), _value(new))
            for name, old, new in zip(FACTS, _facts_of(self.was), _facts_of(self), strict=True)
            if old not in (None, ()) or new not in (None, ())
        ]

    def changed_by_hand(self) -> dict[str, object]:
        """Return what the plan had, by name, of the facts that someone had changed in it.

        One that was taken out is None.
        """
        return {**dict.fromkeys(self.missing), **self.found.said()}

    def values_before(self) -> dict[str, object]:
        """Return what the plan had before this entry, by name, of the facts that it is about.

        None stands for what was absent. Beside a figure, `on` is its day.
        """
        by_hand = self.changed_by_hand()
        # Not the old value that `changes` gives: an empty list is put back as one.
        before = {name: getattr(self.was, name) for name, _old, _new in self.changes()} | by_hand
        if "value" in before:
            before["on"] = (self.found if "value" in by_hand else self.was).on
        return before

    @property
    def is_report(self) -> bool:
        """Say whether it reports on the work; another only assigns: a unit, a due date, tags."""
        has_text = bool(self.note or self.evidence or self.cause or self.proposal)
        return has_text or any(FACTS[name].is_state for name, _old, _new in self.changes())


class Resolution(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole data file."""

    schema: Annotated[
        SchemaNumber, Meta(description=N_("The number of the file format: 1, the only one so far."))
    ]
    header: Annotated[
        Header, Meta(description=N_("The resolution: its title, its term, who resolved it."))
    ] = field(name="resolution")
    units: Annotated[
        dict[Word, tuple[Word, ...]],
        Meta(
            description=N_(
                "The units, each by its name with a list of its other spellings; wherever a unit "
                "is typed or compared, these are one."
            )
        ),
    ] = {}
    tasks: Annotated[
        tuple[Task, ...], Meta(description=N_("The tasks, in the order of the resolution."))
    ] = ()
    breakthroughs: Annotated[
        tuple[Breakthrough, ...],
        Meta(description=N_("The breakthroughs, in the order of the resolution.")),
    ] = ()
    targets: Annotated[
        tuple[Target, ...], Meta(description=N_("The targets: figures to be reached, by year."))
    ] = ()
    report: Annotated[
        ReportTexts, Meta(description=N_("Free text and head of written reports."))
    ] = ReportTexts()
    reports: Annotated[
        dict[PeriodName, ReportTexts],
        Meta(
            description=N_(
                "The same for the report of one period, by its name, such as 2026-Q3: each key "
                "counts instead of that of `report`."
            )
        ),
    ] = {}
    updates: Annotated[
        tuple[Update, ...],
        Meta(description=N_("The history, oldest entry first; `tracker update` writes it.")),
    ] = ()

    @property
    def items(self) -> tuple[Parent, ...]:
        """Return the items of all lists, in the resolution's order."""
        return tuple(item for name in ITEM_LISTS for item in getattr(self, name))

    @property
    def placed_items(self) -> Iterator[tuple[Place, Item]]:
        """Yield the items, each behind its place, and behind each item its milestones."""
        for name in ITEM_LISTS:
            for index, item in enumerate(getattr(self, name)):
                yield (name, index), item
                for number, milestone in enumerate(item.milestones):
                    yield (name, index, MILESTONES, number), milestone

    @property
    def placed(self) -> Iterator[tuple[Place, Item | Target]]:
        """Yield all that has an id and a history, each behind its place: items, then targets."""
        yield from self.placed_items
        for index, target in enumerate(self.targets):
            yield ("targets", index), target

    @property
    def tracked(self) -> tuple[Item | Target, ...]:
        """Return what `placed` yields, without the places."""
        return tuple(entry for _place, entry in self.placed)


MILESTONES = "milestones"
"""The key of an item under which its milestones are."""

_facts_of = attrgetter(*FACTS)
"""Returns the facts of an entry, or its old values, in the order of `FACTS`."""


def _value(value: object) -> object:
    """Return the value of a fact; None where nothing is said."""
    return None if value in (None, ()) else value


def _item_lists() -> Iterator[tuple[str, type[Parent]]]:
    for name, annotation in Resolution.__annotations__.items():
        entry_type = next(iter(get_args(annotation.__origin__)), None)
        if isinstance(entry_type, type) and issubclass(entry_type, Parent):
            yield name, entry_type


ITEM_LISTS: Mapping[str, type[Parent]] = dict(_item_lists())
"""The lists of items in the file, which are fields of `Resolution`, with their entries' types."""

TRACKED_LISTS: Mapping[str, type[Item | Target]] = {**ITEM_LISTS, "targets": Target}
"""The lists of all that has an id and a history, with their entries' types."""
