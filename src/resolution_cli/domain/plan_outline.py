"""The rows of somebody's table as an outline: headings, items, and the parts of items. Pure.

Offices number with letters (A), Roman numerals (I), numbers (1) and their parts (1.1), letters
below those (a), and with bullets. What a heading names, such as tasks, the rows below it are.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from resolution_cli.domain.plan_columns import PlanTable, SheetRow
from resolution_cli.domain.values import EntryKind
from resolution_cli.matching import fold

_LETTER, _ROMAN, _NUMBER = 0, 1, 2
"""The levels of headings, and of the first numbers; 1.1 is one below."""

_DEEPEST = 9
"""The lowest level; what is below a milestone is left out anyway."""

_ROMAN_NUMERAL = re.compile(r"(?=[IVX])X{0,3}(IX|IV|V?I{0,3})")
_SIMPLE_ROMAN = ("I", "V", "X")
"""Roman numerals that are letters where the letter before them was the label before."""

_IN_TITLE = re.compile(
    r"(?P<label>[A-ZĐ]|[IVX]{1,6}|\d{1,3}(?:\.\d{1,3})*|[a-zđ])(?:[.)/]|\s*[-–:])\s+(?=\S)"
    r"|(?P<dotted>\d{1,3}(?:\.\d{1,3})+)\s+(?=\S)|(?P<bullet>[-–—+•*])\s*(?=\S)"
)
"""A label at the beginning of a title."""

_KIND_AND_NUMBER = re.compile(
    r"(?P<kind>nhiệm vụ|khâu đột phá|đột phá|chỉ tiêu|task|breakthrough|target)"
    r"(?: số| thứ| no\.?)? (?P<label>\d{1,2}|[IVX]{1,6})\s*[.:)–-]\s*(?=\S)",
    re.IGNORECASE,
)
"""A title that begins with what it is and its number, as "Nhiệm vụ 1: …"."""

_KINDS = {
    EntryKind.BREAKTHROUGH: r"dot pha|breakthroughs?",
    EntryKind.TARGET: r"chi tieu|targets?",
    EntryKind.TASK: r"nhiem vu|giai phap|cong viec|tasks?",
}
"""What names a kind in a heading, folded. A breakthrough is a task or solution too ("nhiệm vụ đột
phá"), so it counts before tasks."""

_IS_ONE = re.compile(r"\b(nhiem vu|giai phap|cong viec) (mang tinh )?dot pha\b")

_AROUND_KINDS = (
    r"(cac|nhom|ve|mot so|nhung|chu yeu|trong tam|cu the|khau|va|the|main|key|of|and|dai hoi"
    r"|phat trien|thuc hien|can)\b"
)
"""Words that say nothing more than the kind that stands between them."""


class Node(Struct):
    """A row with the rows that belong to it.

    Attributes:
        row: the row.
        label: its number, from its column or from the beginning of its title.
        title: its title without that number, in one line; empty without.
        level: how deep it stands.
        kind: the kind that its title names beside its own number; None if it does not.
        is_bare: nothing but its number and its title is there.
        is_repeated: it has the number of the row before it.
        children: the rows below it.

    """

    row: SheetRow
    label: str
    title: str
    level: int
    kind: EntryKind | None
    is_bare: bool
    is_repeated: bool = False
    children: "list[Node]" = []  # msgspec copies an empty list

    @property
    def height(self) -> int:
        """Return how many levels of rows are below it."""
        return 1 + max(each.height for each in self.children) if self.children else 0

    @property
    def is_heading(self) -> bool:
        """Say whether it stands above rows, or apart from them, and is no data itself."""
        return self.is_bare and (self.row.is_spread or self.level < _NUMBER or not self.label)

    @property
    def kinds_of_rows(self) -> list[EntryKind]:
        """Return the kinds that it names for the rows below it."""
        folded = fold(self.title)
        found = [kind for kind, words in _KINDS.items() if re.search(rf"\b({words})\b", folded)]
        if found == [EntryKind.BREAKTHROUGH, EntryKind.TASK] and _IS_ONE.search(folded):
            found = [EntryKind.BREAKTHROUGH]
        if self.kind or not self.is_bare:
            return []
        is_heading = self.is_heading or (self.children and self.has_no_other_words)
        return found if is_heading else []

    @property
    def has_no_other_words(self) -> bool:
        """Say whether its title says no more than a kind."""
        words = rf"\b(({'|'.join(_KINDS.values())})\b|{_AROUND_KINDS})"
        return not re.search(r"\w", re.sub(words, "", fold(self.title)))


def outline(table: PlanTable) -> list[Node]:
    """Return the rows of a table as the trees that their numbers make of them."""
    is_numbered = any(row.label for row in table.rows)
    has_more = any(row.cells for row in table.rows)
    top: list[Node] = []
    path: list[Node] = []
    before: Node | None = None
    for node in _nodes(table.rows):
        if node.row.title is None:
            top.append(node)
            continue
        if not has_more and not node.row.is_spread:
            node.is_bare = node.level < _NUMBER
        _place(node, before, path, is_numbered=is_numbered)
        while path and path[-1].level >= node.level:
            path.pop()
        (path[-1].children if path else top).append(node)
        path.append(node)
        before = node
    return top


def each_below(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield the nodes and all below them, in the order of their rows."""
    for node in nodes:
        yield node
        yield from each_below(node.children)


def _nodes(rows: Sequence[SheetRow]) -> Iterator[Node]:
    """Yield each row as a node, with the level of its label alone."""
    before = ""
    for row in rows:
        label, title, kind = _label_and_title(row)
        is_bare = not (row.cells or row.is_part or row.is_divided)
        level = _level(label, before)
        if label and (kind is None or not is_bare):
            before = label
        if kind and is_bare:
            level = _ROMAN
        yield Node(row, label, title, level, kind, is_bare)


def _place(node: Node, before: Node | None, path: Sequence[Node], *, is_numbered: bool) -> None:
    """Give a node without a label, or with that of the row before it, its level."""
    if node.row.is_part:
        node.level = _NUMBER + 1
        return
    is_number = node.label and not _is_below_numbers(node.label)
    if is_number and before and node.label == before.label and not before.is_heading:
        node.is_repeated = True
        node.level = before.level if before.is_repeated else before.level + 1
        return
    if is_number:
        return
    if node.is_bare and not node.label:
        node.level = _LETTER if node.kinds_of_rows else _ROMAN
        return
    numbered = [
        each
        for each in path
        if each.label and not each.is_heading and not _is_below_numbers(each.label)
    ]
    is_below = numbered and (is_numbered or node.label)
    node.level = numbered[-1].level + 1 if is_below else _NUMBER


def _is_below_numbers(label: str) -> bool:
    """Say whether a label stands below the number before it: a letter such as a, or a bullet."""
    return label == "-" or (len(label) == 1 and label.islower())


def _label_and_title(row: SheetRow) -> tuple[str, str, EntryKind | None]:
    """Return the number of a row, its title without it, and the kind that stands with it."""
    label = row.label.strip().lstrip("([").rstrip(".)]:/ ")
    if row.title is None or not isinstance(row.title.value, str):
        return label, "", None
    title = " ".join(row.title.value.split())
    if match := _KIND_AND_NUMBER.match(title):
        word = fold(match["kind"])
        kind = next(kind for kind, words in _KINDS.items() if re.search(words, word))
        return label or match["label"].upper(), title[match.end() :], kind
    if not label and (match := _IN_TITLE.match(title)):
        label = match["label"] or match["dotted"] or "-"
        return label, title[match.end() :], None
    if label in ("-", "–", "—", "+", "•", "*"):
        return "-", title, None
    return label, title.lstrip("-–—+•* ") if not label else title, None


def _level(label: str, before: str) -> int:
    """Return the level of a label, where the one `before` it tells a letter from a numeral."""
    first, _dot, rest = label.partition(".")
    is_letter = len(first) == 1 and first.isupper()
    is_next = len(before) == 1 and ord(before) + 1 == ord(first[:1] or " ")
    if is_letter and (is_next or first not in _SIMPLE_ROMAN):
        level = _LETTER
    elif _ROMAN_NUMERAL.fullmatch(first):
        level = _ROMAN
    elif first.isdecimal():
        return min(_NUMBER + label.count("."), _DEEPEST)
    else:  # a letter below a number
        return _NUMBER + 1
    return min(_NUMBER + rest.count("."), _DEEPEST) if rest else level
