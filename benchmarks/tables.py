"""Figures as Markdown tables."""

from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; all columns but the first are of numbers."""
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def milliseconds(seconds: float) -> str:
    """Return a time for a table, in ms."""
    return f"{seconds * 1000:,.0f}"


def judged(ratio: float, most: float | None) -> tuple[str, str]:
    """Return a ratio and the most that it may be, for a table; one above that is bold."""
    if most is None:
        return f"{ratio:.2f}×", ""
    return f"{ratio:.2f}×" if ratio <= most else f"**{ratio:.2f}×**", f"≤ {most}×"
