"""`tracker` and `python -m resolution_cli`: load the program and run it; Ctrl-C is silent from the start."""

import sys

TYPE_CHECKING = (
    False  # as type checkers know it; nothing is imported here that a Ctrl-C could break off
)
if TYPE_CHECKING:
    from types import FrameType

_IMPORTING = "<frozen importlib"
"""How the file names of Python's own import system begin."""

_AGAIN_AFTER = 0.002
"""Seconds after which an interrupt that was put off is tried again."""


def main() -> int:
    """Load the program and run the command line of the process. Return the exit code."""
    try:
        sys.unraisablehook = _print_unless_interrupted
        _finish_imports_before_interrupts()
        from resolution_cli.cli import main as run  # noqa: PLC0415  # loading takes long enough to be interrupted

        return run()
    except KeyboardInterrupt:
        return 130  # `ExitCode.INTERRUPTED`, which may not be loaded yet


def _finish_imports_before_interrupts() -> None:
    """Let Ctrl-C wait for the end of an import: one that is broken off may print, or leave half a module behind."""
    import atexit  # noqa: PLC0415  # see above
    import signal  # noqa: PLC0415  # see above

    def interrupt(number: int, frame: "FrameType | None") -> None:
        while frame:
            if frame.f_code.co_filename.startswith(_IMPORTING):
                signal.setitimer(signal.ITIMER_REAL, _AGAIN_AFTER)
                return
            frame = frame.f_back
        signal.default_int_handler(number, frame)

    is_default = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if is_default and hasattr(signal, "setitimer"):  # Windows has none
        signal.signal(signal.SIGALRM, interrupt)
        signal.signal(signal.SIGINT, interrupt)
        atexit.register(signal.signal, signal.SIGINT, signal.default_int_handler)
        atexit.register(signal.setitimer, signal.ITIMER_REAL, 0)


def _print_unless_interrupted(unraisable: "sys.UnraisableHookArgs") -> None:
    """Print an error that could not be raised, but no Ctrl-C that hit where Python can raise nothing."""
    if unraisable.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(unraisable)


if __name__ == "__main__":
    sys.exit(main())
