"""`tracker report`."""

from resolution_cli import storage
from resolution_cli.cli import clock
from resolution_cli.cli.options import FileOption, path_to_read
from resolution_cli.cli.output import print_view
from resolution_cli.report import report as computed_report


def report(*, file: FileOption = None) -> None:
    """Tell how the resolution stands."""
    from resolution_cli.render import terminal  # noqa: PLC0415  # other commands do without Rich

    resolution = storage.loaded(path_to_read(file))
    print_view(terminal.report, computed_report(resolution, clock.now().date()))
