"""The build hook that compiles the catalogues of messages, for wheels and editable installs.

A compiled catalogue (`.mo`) is written beside its source (`.po`) and never committed, because its
content depends on the version of Babel.
"""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledCatalogues(BuildHookInterface[Any]):
    """Hatchling runs this before it collects the files of the package."""

    def initialize(
        self,
        version: str,  # noqa: ARG002  # hatchling passes it
        build_data: dict[str, Any],  # noqa: ARG002  # hatchling passes it
    ) -> None:
        """Write each language's `.mo` beside its `.po`."""
        locales = Path(self.root, "src", "resolution_cli", "locales")
        for source in locales.glob("*/LC_MESSAGES/*.po"):
            with source.open("rb") as text, source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(text))
