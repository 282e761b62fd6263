# ruff: noqa: INP001  # Python looks for it under this name, in no package
"""Stops the clock of the processes that tests start: Python imports this module first of all.

`conftest.py` puts this folder on their path, and the instant into `STOPPED_AT`.
"""

import os
import sys
from collections.abc import Sequence
from datetime import datetime, tzinfo
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

_CLOCK = "resolution_cli.cli.clock"


class _Stopped(datetime):
    """What the clock takes for `datetime`; the time zone stays the process's own."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # a plain one, as is stored
        return datetime.fromisoformat(os.environ["STOPPED_AT"]).astimezone(tz)


class _StoppedClock:
    """Finds the clock, before Python does, and stops it once it is loaded."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return what loads the module `name` if that is the clock."""
        spec = PathFinder.find_spec(name, path, target) if name == _CLOCK else None
        if spec and spec.loader:
            execute = spec.loader.exec_module

            def execute_and_stop(module: ModuleType) -> None:
                execute(module)
                vars(module)["datetime"] = _Stopped

            spec.loader.exec_module = execute_and_stop  # type: ignore[method-assign]  # of this one loader
        return spec


if "STOPPED_AT" in os.environ:
    sys.meta_path.insert(0, _StoppedClock)
