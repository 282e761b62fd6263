"""The clock, read here and nowhere else."""

from datetime import datetime


def now() -> datetime:
    """Return this instant, to the second, with the offset of this machine's time zone."""
    return datetime.now().astimezone().replace(microsecond=0)
