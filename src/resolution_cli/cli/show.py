"""`tracker show`."""

from resolution_cli import storage
from resolution_cli.change import found_item
from resolution_cli.cli import clock
from resolution_cli.cli.options import AsOfOption, FileOption, IdArgument, as_it_stood, path_to_read
from resolution_cli.cli.output import print_view
from resolution_cli.report import standings


def show(item_id: IdArgument, *, as_of: AsOfOption = None, file: FileOption = None) -> None:
    """Show one item and its history."""
    from resolution_cli.render import terminal  # noqa: PLC0415  # other commands do without Rich

    resolution, day = as_it_stood(storage.loaded(path_to_read(file)), as_of, clock.now().date())
    item = found_item(resolution, item_id)
    standing = next(found for found in standings(resolution, day) if found.item is item)
    print_view(terminal.details, standing, resolution, day)
