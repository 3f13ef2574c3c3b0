"""A clock of which a test says what it shows; what sleeps makes it go on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class HandClock:
    """Stands still but for sleeping. ``ahead`` sets the date forth or back, as people and time servers do."""

    def __init__(self, start: datetime = datetime(2026, 11, 23, 12, tzinfo=UTC)) -> None:
        self._start = start
        self.seconds = 0.0
        self.ahead = timedelta()
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self.seconds) + self.ahead

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds
