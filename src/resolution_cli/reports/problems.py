"""What `tracker check` shows: what is wrong with a data file, and what is advised."""

from pathlib import Path

from msgspec import Struct

from resolution_cli.errors import Problem


class Problems(Struct, frozen=True):
    """The problems of the data file at `path`.

    Attributes:
        path: where the file is.
        errors: what must be mended before a report.
        advice: what is missing or doubtful.

    """

    path: Path
    errors: tuple[Problem, ...]
    advice: tuple[Problem, ...]
