"""Slows guessing down: after so many wrong tries in a while, the next ones are not even looked at."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from math import ceil
from threading import Lock
from time import monotonic

_MOST_KEPT = 10_000
"""Addresses remembered at once; the oldest are forgotten first, so that memory stays bounded."""


class Throttle:
    """Wrong tries of each address, or of all where one name stands for all.

    A try that is refused does not count, so waiting always ends, however often somebody knocks.
    """

    def __init__(self, most: int, seconds: float = 60.0, clock: Callable[[], float] = monotonic) -> None:
        """Allow that many wrong tries in so many seconds."""
        self._most, self._seconds, self._clock = most, seconds, clock
        self._lock = Lock()
        self._wrong: dict[str, deque[float]] = {}

    def wait(self, who: str) -> int:
        """Return how many whole seconds somebody has to wait before the next try; 0: none."""
        with self._lock:
            tries = self._recent(who)
            if tries is None or len(tries) < self._most:
                return 0
            return ceil(tries[-1] + self._seconds - self._clock())

    def wrong(self, who: str) -> None:
        """Count a wrong try."""
        with self._lock:
            tries = self._recent(who)
            if tries is None:
                while len(self._wrong) >= _MOST_KEPT:
                    del self._wrong[next(iter(self._wrong))]
                tries = self._wrong[who] = deque(maxlen=self._most)
            tries.append(self._clock())

    def right(self, who: str) -> None:
        """Forget the wrong tries of somebody who got it right."""
        with self._lock:
            self._wrong.pop(who, None)

    def _recent(self, who: str) -> deque[float] | None:
        """Return the tries that still count; once the wait after the last of them is over, they are forgotten."""
        tries = self._wrong.get(who)
        if tries is None:
            return None
        now = self._clock()
        if len(tries) == self._most:
            if now - tries[-1] >= self._seconds:
                tries.clear()
        else:
            while tries and now - tries[0] >= self._seconds:
                tries.popleft()
        if not tries:
            del self._wrong[who]
            return None
        return tries
