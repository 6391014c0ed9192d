# pyright: standard
"""A moment as an event writes it comes in; a `datetime` that keeps that goes out."""

import re
from datetime import datetime, timedelta, timezone, tzinfo
from decimal import Decimal, InvalidOperation
from typing import Any

_RFC_3339 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?"
    r"(?:[Zz]|([+-])(\d\d):(\d\d))",
    re.ASCII,
)
_DECIMAL = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,4})?", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
# As milliseconds these would all lie before there were events; as seconds they do not.
_FIRST_SECONDS, _FIRST_MILLIS = Decimal(100_000_000), Decimal(100_000_000_000)


class Moment(datetime):
    """A `datetime` in UTC that keeps how the event writes it.

    `raw` is what stands in the event, with all its digits: milliseconds or seconds since
    1970 as a number or as text, or RFC 3339 up to nanoseconds.
    """

    _raw: int | float | str

    @property
    def raw(self) -> int | float | str:
        """What stands in the event; of a moment that was computed, RFC 3339."""
        return getattr(self, "_raw", None) or self.isoformat()

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        return moment, (self.raw,)

    def astimezone(self, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        """The same moment elsewhere, as a plain `datetime`."""
        plain = datetime.combine(self.date(), self.time(), timezone.utc)
        return plain.astimezone(tz)


def moment(raw: object) -> Moment | None:
    """Reads a moment in any form that events write. What is none gives None."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        return None
    try:
        found = _read(str(raw)) if isinstance(raw, str) else _since_epoch(repr(raw))
    except (ValueError, OverflowError, InvalidOperation):
        return None
    if found is None:
        return None
    made = Moment.combine(found.date(), found.time(), timezone.utc)
    made._raw = raw
    return made


def _read(text: str) -> datetime | None:
    return _since_epoch(text) if _DECIMAL.fullmatch(text) else _rfc_3339(text)


def _since_epoch(text: str) -> datetime | None:
    if len(text) > 100 or not _DECIMAL.fullmatch(text):
        return None
    number = Decimal(text)
    is_seconds = _FIRST_SECONDS <= number < _FIRST_MILLIS
    micros = number * (1_000_000 if is_seconds else 1_000)
    if abs(micros) > 10**18:
        return None
    return _EPOCH + timedelta(
        microseconds=int(micros // 1) - (micros < 0 and micros % 1 != 0)
    )


def _rfc_3339(text: str) -> datetime | None:
    parts = _RFC_3339.fullmatch(text)
    if parts is None:
        return None
    year, month, day, hour, minute, second = (int(parts[i]) for i in range(1, 7))
    micros = int(((parts[7] or "") + "000000")[:6])
    east = int(parts[9] or 0) * 60 + int(parts[10] or 0)
    if second > 60 or int(parts[9] or 0) > 23 or int(parts[10] or 0) > 59:
        return None
    # A leap second is the second that follows it.
    start = datetime(year, month, day, hour, minute, tzinfo=timezone.utc)
    since = timedelta(seconds=second, microseconds=micros)
    return start + since - timedelta(minutes=-east if parts[8] == "-" else east)
