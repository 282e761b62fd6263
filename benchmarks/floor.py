"""The least that such a program can be: one Typer command that prints a Rich table of ten rows."""

import typer
from rich.console import Console
from rich.table import Table

app = typer.Typer()


@app.command()
def table() -> None:
    """Print ten rows."""
    shown = Table("id", "title", "status", "progress")
    for number in range(1, 11):
        shown.add_row(f"T{number}", "A title as long as the title of an item", "not started", "0 %")
    Console().print(shown)
