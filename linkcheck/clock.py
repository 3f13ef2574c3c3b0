"""The only clock. Everything that needs the time is handed a :class:`Clock`, so tests need not wait."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What the rest of the house may ask of time."""

    def now(self) -> datetime:
        """The moment in UTC, to the microsecond."""
        ...

    def monotonic(self) -> float:
        """Seconds that never run backwards; only differences mean anything."""
        ...

    def sleep(self, seconds: float) -> None:
        """Lets that much time pass."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


def iso(moment: datetime) -> str:
    """``2026-11-23T12:00:00Z``: RFC 3339 in UTC, to the second, as reports and WARC files write it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_iso(text: str) -> datetime:
    """The inverse of :func:`iso`; also takes fractions of a second and offsets.

    Raises:
        ValueError: the text is not an RFC 3339 moment.
    """
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def timestamp14(moment: datetime) -> str:
    """``20261123120000``: the 14 digits of CDX lines and URI-Ms, in UTC."""
    return moment.astimezone(UTC).strftime("%Y%m%d%H%M%S")


def parse_timestamp14(digits: str) -> datetime:
    """The moment of 4 to 14 CDX digits; what is not written counts as the first of it.

    Raises:
        ValueError: the digits are not a moment.
    """
    if not (4 <= len(digits) <= 14 and digits.isascii() and digits.isdigit()):
        raise ValueError(f"not a CDX timestamp: {digits!r}")
    padded = digits + "00000101000000"[len(digits) :]
    return datetime.strptime(padded, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
