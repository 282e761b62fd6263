"""`tracker` and `python -m resolution_cli`: the way to the front door, on which Ctrl-C is as silent as behind it."""

import sys


def main() -> int:
    """Load the program and run the command line of the process. Return the exit code."""
    try:
        from resolution_cli.cli import main as run  # noqa: PLC0415  # loading takes long enough to be interrupted

        return run()
    except KeyboardInterrupt:
        return 130  # `ExitCode.INTERRUPTED`, which may not be loaded yet


if __name__ == "__main__":
    sys.exit(main())
