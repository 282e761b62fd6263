"""The progress of work that takes a while, on a terminal only."""

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import TypeVar

_Thing = TypeVar("_Thing")

_PATIENCE = 1.0
"""Seconds after which a person wants to know how far it is."""


def shown_progress(things: Sequence[_Thing], title: str) -> Iterator[_Thing]:
    """Yield `things`, with a bar on stderr of how many are done, if it takes over a second."""
    if not sys.stderr.isatty():
        yield from things
        return
    started = time.monotonic()
    with ExitStack() as stack:
        bar = None
        for count, thing in enumerate(things):
            if bar is None and time.monotonic() - started > _PATIENCE:
                # A third of a start, which few need.
                from rich.console import Console  # noqa: PLC0415
                from rich.progress import Progress  # noqa: PLC0415

                console = Console(file=sys.stderr, markup=False)
                bar = stack.enter_context(Progress(console=console, transient=True))
                bar.add_task(title, total=len(things), completed=count)
            yield thing
            if bar is not None:
                bar.advance(bar.task_ids[0])
