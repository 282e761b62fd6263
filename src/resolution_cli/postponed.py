"""Modules that are imported at the start for rare uses, and loaded when they are first used.

Typer imports `subprocess` to open a browser, `traceback` imports `tokenize` to quote source text,
and so on: a sixth of a start, for what hardly any run does.
"""

import os
import sys
from _thread import RLock
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

TYPE_CHECKING = False  # a name that type checkers take as true; `typing` is not imported
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from importlib.abc import Loader
    from typing import Any

POSTPONED: "Mapping[str, tuple[str, ...]]" = {
    "bz2": (),
    "colorsys": ("rgb_to_hls",),
    "difflib": ("get_close_matches",),
    "hashlib": ("sha1",),
    "ipaddress": (),
    "json": (),
    "linecache": (),
    "lzma": (),
    "msgspec.inspect": (),
    "ntpath": (),
    "pickle": ("dumps", "loads"),
    "platform": (),
    "resolution_cli.domain.milestones": (),
    "rich._emoji_replace": ("_emoji_replace",),
    "rich.markup": ("render",),
    "shellingham": (),
    "subprocess": (),
    "tempfile": (),
    "textwrap": (),
    "tokenize": (),
}
"""Modules that are rarely used, each with the functions that others take from it as they start.

Those functions load their module when they are called. To take anything else from it is to use it.
"""

_ANSWERS: "Mapping[tuple[str, str], Callable[[], str]]" = (
    {("platform", "system"): lambda: os.uname().sysname} if hasattr(os, "uname") else {}
)
"""Functions that are called at the start, and do without their module what it does.

Up to Python 3.12 `uuid`, of which msgspec needs a class, asks which system this is.
"""

_loaders: "dict[str, Loader]" = {}
"""The loaders of the modules that are imported and not yet loaded, by name."""

_loading = RLock()
"""Held while a module is loaded: another thread that uses it waits."""


def postpone() -> None:
    """Let an import of a module of `POSTPONED` load it only when something in it is used.

    For a process of our own. Modules that are loaded by then stay as they are.
    """
    sys.meta_path.insert(0, _Finder())
    # msgspec looks there first for what `typing` has since Python 3.11. It comes with python-docx.
    is_loaded = "typing_extensions" in sys.modules
    sys.modules.setdefault("typing_extensions", None)  # type: ignore[arg-type]  # no such module
    import msgspec  # noqa: F401, PLC0415  # at this place

    if not is_loaded:
        del sys.modules["typing_extensions"]


class _Finder:
    """Finds the modules of `POSTPONED`, where Python finds them."""

    @staticmethod
    def find_spec(
        name: str, path: "Sequence[str] | None", _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the spec of a module that is to be postponed; None for any other."""
        spec = PathFinder.find_spec(name, path) if name in POSTPONED else None
        if spec and spec.loader:
            # The import system asks a loader for nothing else than these two methods.
            spec.loader = _Loader(spec.loader)  # type: ignore[assignment]  # see above
        return spec


class _Loader:
    """Takes the place of a module's loader while the module is imported."""

    def __init__(self, loader: "Loader") -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Return the module that its own loader makes."""
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """Leave `module` to be loaded by its own loader later."""
        _loaders[module.__name__] = module.__loader__ = self._loader
        if module.__spec__:
            module.__spec__.loader = self._loader
        module.__class__ = _Postponed


class _Postponed(ModuleType):
    """A module that is imported and not yet loaded."""

    def __getattr__(self, name: str) -> object:
        """Return what `name` is in the module, which is loaded for it, or when it is called."""
        if name == "__path__":  # the import system asks whether it is a package
            raise AttributeError(name)
        if answer := _ANSWERS.get((self.__name__, name)):
            return answer
        if name in POSTPONED[self.__name__]:

            def function(*arguments: "Any", **settings: "Any") -> object:
                return _loaded(self, name)(*arguments, **settings)

            return function
        return _loaded(self, name)


def _loaded(module: ModuleType, name: str) -> "Any":
    """Return what `name` is in `module`, loaded."""
    with _loading:
        if loader := _loaders.pop(module.__name__, None):
            loader.exec_module(module)
            module.__class__ = ModuleType  # an ordinary one from now on
    return ModuleType.__getattribute__(module, name)
