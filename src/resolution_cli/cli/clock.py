"""The clock, read here and nowhere else."""

from datetime import UTC, datetime, timedelta, timezone

_MINUTE = timedelta(minutes=1)


def now() -> datetime:
    """Return this instant, to the second, with the offset of this machine's time zone, to the minute as TOML has it."""
    instant = datetime.now(UTC).replace(microsecond=0)
    try:
        offset = instant.astimezone().utcoffset() or timedelta()
    except ValueError:  # a time zone a day away, which nobody has
        return instant
    return instant.astimezone(timezone(offset // _MINUTE * _MINUTE))
