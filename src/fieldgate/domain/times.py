"""Timestamps and dates as text. A timestamp is UTC, to the millisecond; rules compare dates only."""

from datetime import UTC, date, datetime

_LENGTH = len("2026-01-01T00:00:00Z")


def stamp_text(moment: datetime) -> str:
    """Return a timestamp as files show it: `2026-11-22T10:00:00Z`, with `.125` before the Z where it is not whole."""
    whole = moment.astimezone(UTC)
    text = whole.strftime("%Y-%m-%dT%H:%M:%S").rjust(_LENGTH - 1, "0")
    thousandths = whole.microsecond // 1000
    return f"{text}.{thousandths:03d}Z" if thousandths else f"{text}Z"


def stamp_column(moment: datetime) -> str:
    """Return a timestamp as the store keeps it: always with milliseconds, so that text order is time order."""
    whole = moment.astimezone(UTC)
    text = whole.strftime("%Y-%m-%dT%H:%M:%S").rjust(_LENGTH - 1, "0")
    return f"{text}.{whole.microsecond // 1000:03d}Z"


def read_stamp(text: str) -> datetime:
    """Read a timestamp in either form; raises ValueError for anything else, a missing zone included."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return whole_stamp(moment)


def whole_stamp(moment: datetime) -> datetime:
    """Cut a timestamp to the millisecond that text can hold."""
    moment = moment.astimezone(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def noon(day: date) -> datetime:
    """The timestamp given to what is written while another day is pretended: that day at 12:00 UTC."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
