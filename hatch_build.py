"""Compiles the catalogues of messages while the package is built, for a wheel and for an editable install alike.

A compiled catalogue (`.mo`) lies beside its source (`.po`) and is never committed: the version of
Babel that compiled it stands in its bytes.
"""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledCatalogues(BuildHookInterface[Any]):
    """Runs before the files of the package are gathered."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # hatch passes both
        """Write each language's `.mo` beside its `.po`."""
        for source in Path(self.root, "src", "resolution_cli", "locales").glob(
            "*/LC_MESSAGES/*.po"
        ):
            with source.open("rb") as text, source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(text))
