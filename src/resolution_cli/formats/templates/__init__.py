"""The templates of Word files; `tools/word_templates.py` makes them."""

from pathlib import Path


def shipped(name: str) -> bytes:
    """Return the template of a form of reports, or `document`, that of all that is no report."""
    return (Path(__file__).parent / f"{name}.docx").read_bytes()
