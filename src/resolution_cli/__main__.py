"""`tracker` and `python -m resolution_cli`: load the program and run it; Ctrl-C is silent from the start."""

import sys


def main() -> int:
    """Load the program and run the command line of the process. Return the exit code."""
    sys.unraisablehook = _say_unless_interrupted
    try:
        from resolution_cli.cli import main as run  # noqa: PLC0415  # loading takes long enough to be interrupted

        return run()
    except KeyboardInterrupt:
        return 130  # `ExitCode.INTERRUPTED`, which may not be loaded yet


def _say_unless_interrupted(unraisable: "sys.UnraisableHookArgs") -> None:
    """Print an error that could not be raised, unless it is a Ctrl-C that hit Python's own upkeep of imports."""
    if unraisable.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(unraisable)


if __name__ == "__main__":
    sys.exit(main())
