"""`tracker schema`."""

from resolution_cli.cli.output import print_text


def schema() -> None:
    """Print the JSON Schema of the file."""
    from resolution_cli.render.schema import data_file  # noqa: PLC0415  # only what is asked for

    print_text(data_file())
