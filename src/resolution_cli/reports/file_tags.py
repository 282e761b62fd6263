"""The counts of items on a day, and of those with each tag, of one file and of many.

Every item is counted once in `ItemCounts`, so the counts by verdict add up to the items.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from resolution_cli.domain.verdict import Verdict
from resolution_cli.matching import fold
from resolution_cli.reports.standing import Standing


class ItemCounts(Struct, frozen=True):
    """The counts of items on a day.

    Attributes:
        items: how many items are in the plan.
        by_verdict: each verdict, with its count of items; they add up to `items`.
        in_force: how many items are not cancelled.
        progress_sum: the sum of the progress of those, in percent.

    """

    items: int
    by_verdict: Mapping[Verdict, int]
    in_force: int
    progress_sum: int

    @property
    def average_progress(self) -> float | None:
        """Return the mean progress of the items in force, in percent; None of no items."""
        return self.progress_sum / self.in_force if self.in_force else None


class TagRow(Struct, frozen=True):
    """The items with one tag, of many files.

    Attributes:
        tag: the tag, as the first file has it; empty for the items without any.
        files: how many files have such items.
        counts: the counts of these items.

    """

    tag: str
    files: int
    counts: ItemCounts


CountsByTag = tuple[tuple[str, ItemCounts], ...]


def item_counts(standings: Iterable[Standing]) -> ItemCounts:
    """Return the counts of items that stand so."""
    found = [*standings]
    verdicts = Counter(each.judgement.verdict for each in found)
    in_force = [each.item.present_progress for each in found if not each.item.is_cancelled]
    return ItemCounts(
        items=len(found),
        by_verdict={verdict: verdicts[verdict] for verdict in Verdict},
        in_force=len(in_force),
        progress_sum=sum(in_force),
    )


def total_of_items(counts: Iterable[ItemCounts]) -> ItemCounts:
    """Return the sums of `counts`."""
    found = [*counts]
    return ItemCounts(
        items=sum(each.items for each in found),
        by_verdict={
            verdict: sum(each.by_verdict[verdict] for each in found) for verdict in Verdict
        },
        in_force=sum(each.in_force for each in found),
        progress_sum=sum(each.progress_sum for each in found),
    )


def counts_by_tag(standings: Sequence[Standing]) -> CountsByTag:
    """Return the counts of the items with each tag; those without any have an empty one.

    An item with several tags is counted with each. Case and accents make no difference, as where
    items are searched by a tag.
    """
    names: dict[str, str] = {}
    items: dict[str, list[Standing]] = {}
    for each in standings:
        for tag in each.item.tags or ("",):
            same = items.setdefault(fold(tag), [])
            names.setdefault(fold(tag), tag)
            if each not in same[-1:]:  # an item may have a tag in two spellings
                same.append(each)
    return tuple((names[key], item_counts(those)) for key, those in items.items())


def tag_rows(files: Iterable[CountsByTag]) -> tuple[TagRow, ...]:
    """Return the sums of many files by tag, in the order of the tags; without any tag last."""
    names: dict[str, str] = {}
    found: dict[str, list[ItemCounts]] = {}
    for counts in files:
        for tag, counted in counts:
            names.setdefault(fold(tag), tag)
            found.setdefault(fold(tag), []).append(counted)
    ordered = sorted(found, key=lambda key: (not key, key))
    return tuple(TagRow(names[key], len(found[key]), total_of_items(found[key])) for key in ordered)
