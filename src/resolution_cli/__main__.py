"""The entry point of `tracker` and `python -m resolution_cli`, quiet on Ctrl-C from its start."""

import atexit
import gc
import os
import sys

# A name that type checkers take as true. `typing` is not imported, as Ctrl-C could interrupt that.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import NoReturn

_IMPORTING = ("<frozen importlib", __file__.replace("__main__", "postponed"))
"""The start of the file names of Python's import system, and our module that defers imports."""

_RETRY_AFTER = 0.002
"""Seconds until an interrupt that came during an import is raised again."""


def main() -> "NoReturn":
    """Load the program, run the command line of the process, and end the process."""
    try:
        # Such a run is short: what is imported would be searched again and again while it grows.
        gc.disable()
        sys.unraisablehook = _print_unless_interrupted
        _delay_interrupts_during_imports()
        from resolution_cli.postponed import postpone  # noqa: PLC0415  # may itself be interrupted

        postpone()
        from resolution_cli.cli import main as run  # noqa: PLC0415  # as above

        _end(run())
    except KeyboardInterrupt:
        _end(130)  # `ExitCode.INTERRUPTED`, which may not be loaded yet


def _end(code: int) -> "NoReturn":
    """End the process with this exit code, as Python would, without taking apart what it imported.

    That, with a collection of garbage, takes a sixth of a short run. Whatever fails on the way was
    reported where the output was written.
    """
    try:
        atexit._run_exitfuncs()  # noqa: SLF001  # what Python does before that
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    finally:
        os._exit(code)


def _delay_interrupts_during_imports() -> None:
    """Let Ctrl-C take effect only after an import.

    An interrupted import may print a traceback, or leave a module half initialised.
    """
    import signal  # noqa: PLC0415  # see above

    def interrupt(number: int, frame: "FrameType | None") -> None:
        while frame:
            if frame.f_code.co_filename.startswith(_IMPORTING):
                signal.setitimer(signal.ITIMER_REAL, _RETRY_AFTER)
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
    """Print an error that Python could not raise, for example in a destructor, but no Ctrl-C."""
    if unraisable.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(unraisable)


if __name__ == "__main__":
    main()
