"""A TOML text that is edited in place: statements are replaced, lines are inserted.

The TOML editor gets one statement at a time, the one that changes: given a whole file it keeps the
layout, but rewrites some unusual spellings. Lines that do not change stay byte for byte. Nothing
here touches the disk.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager

from resolution_cli.domain.model import Place
from resolution_cli.storage.line_ends import usual_end, with_ends, with_line_feeds, without_last_end
from resolution_cli.storage.statements import EditedText, Start, Statement, statements
from resolution_cli.storage.toml import BYTE_ORDER_MARK, TomlText

REMARK = "# lines: "
"""What begins the comment of ours behind the header of an entry.

It says on which lines of its item, counted from the header, the facts stood that the entry took out
of the plan, so that undo can put them back there. To others the file says the same without it.
"""


class SplicedText:
    """A text, with the edits that the program makes.

    Args:
        parsed: the text, as it was read.

    Attributes:
        value: the plain values of the text as it was read, later edits not included.

    """

    def __init__(self, parsed: TomlText) -> None:
        self.value = parsed.value
        text = parsed.text.removeprefix(BYTE_ORDER_MARK)
        self._byte_order_mark = parsed.text[: len(parsed.text) - len(text)]
        self._parts = EditedText(text, (Start(*each) for each in parsed.starts))

    @property
    def text(self) -> str:
        """Return the whole text with its edits, line endings and byte order mark."""
        return self._byte_order_mark + self._text

    @property
    def _text(self) -> str:
        return self._parts.text

    @contextmanager
    def keeping_last_line_end(self) -> Iterator[None]:
        """Leave the last line without a line end, if it has none before."""
        ends_with_line_end = self._text.endswith("\n")
        yield
        if not ends_with_line_end:
            self._remove_last_end()

    def _remove_last_end(self) -> None:
        """Leave the last line without a line end."""
        text = without_last_end(self._text)
        self._parts.replace(len(text), len(self._text), "")

    def lines_of(self, places: Iterable[Place]) -> dict[Place, int]:
        """Return the line, counted from 1, on which each of the `places` begins.

        For a place that the text does not have, it is the line of the nearest place around it that
        it has; without one, the place is left out.
        """
        places = [*places]
        lines = self._first_lines({part for place in places for part in _place_and_parents(place)})
        nearest = {
            place: next((lines[part] for part in _place_and_parents(place) if part in lines), None)
            for place in places
        }
        return {place: line for place, line in nearest.items() if line is not None}

    def _first_lines(self, wanted: Collection[Place]) -> dict[Place, int]:
        """Return the line of the first statement at or below each of the `wanted` places.

        Below, because a dotted key or a header opens the tables that it passes through too.
        """
        lines: dict[Place, int] = {}
        if not wanted:
            return lines
        for statement in self._parts:
            for part in _place_and_parents(statement.place):
                if part in wanted:
                    lines.setdefault(part, statement.line)
            if len(lines) == len(wanted):
                break
        return lines

    def _value_around(self, place: Place) -> Statement | None:
        """Return the statement whose value is at `place`, or may have it; None without one."""
        return next(
            (
                part
                for part in self._parts.around(place)
                if not part.is_header and place[: len(part.place)] == part.place
            ),
            None,
        )

    def _toml_of(self, statement: Statement) -> str:
        """Return the text of a statement with LF line endings, as the editor needs it."""
        return with_line_feeds(self._text[statement.start : statement.end])

    def _insert(self, position: int, new: str) -> None:
        """Insert the lines `new` at `position`, at the end of a line or of the text.

        After a last line without a line end, the last of them has none either.
        """
        end = usual_end(self._text)
        if position and self._text[position - 1] != "\n":
            new = "\n" + new.removesuffix("\n")
        self._parts.replace(position, position, new.replace("\n", end))

    def _splice(self, old: Statement, new: str) -> None:
        """Replace the statement `old` by `new`, whose lines end in LF, keeping the line endings.

        A comment of `old` that `new` has not becomes a line of its own. If the last line had no
        line end, it has none afterwards.
        """
        self._parts.replace(old.start, old.end, self._replacement(old, new, old.comments))

    def _remove(self, parts: Sequence[Statement]) -> None:
        """Remove statements, in order; their comments become lines, but for those of ours.

        It is one edit, as each copies the text.
        """
        block, position = "", parts[0].start
        for part in parts:
            comments = [each for each in part.comments if not each.startswith(REMARK)]
            block += self._text[position : part.start] + self._replacement(part, "", comments)
            position = part.end
        self._parts.replace(parts[0].start, position, block)

    def _replacement(self, old: Statement, new: str, comments: Iterable[str]) -> str:
        """Return what replaces the statement `old`: `new`, below those of the `comments` it lacks.

        It has the line endings of `old`.
        """
        kept = Counter(comment for part in statements(new) for comment in part.comments)
        lost = "".join(f"{comment}\n" for comment in (Counter(comments) - kept).elements())
        before = self._text[old.start : old.end]
        if not before.endswith("\n"):
            new = new.removesuffix("\n")
        end = usual_end(before if "\n" in before else self._text)
        return with_ends(before, lost + new, end)


def _place_and_parents(place: Place) -> list[Place]:
    """Return `place` and the places around it, the innermost first, without the root."""
    return [place[:length] for length in range(len(place), 0, -1)]
