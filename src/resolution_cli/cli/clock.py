"""The clock: the only module that reads it."""

from datetime import UTC, datetime, timedelta, timezone

_MINUTE = timedelta(minutes=1)


def now() -> datetime:
    """Return the present instant to the second, with the offset of this machine's time zone.

    The offset is in whole minutes, as TOML requires. It is UTC for a time zone whose offset exceeds
    a day, which Python cannot represent.
    """
    instant = datetime.now(UTC).replace(microsecond=0)
    try:
        offset = instant.astimezone().utcoffset() or timedelta()
    except ValueError:
        return instant
    return instant.astimezone(timezone(offset // _MINUTE * _MINUTE))
