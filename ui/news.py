"""News of live lessons: a number for each topic that grows when something changed, and waiting for it.

Pages run in threads and tell; the server's routes wait in its event loop. Nothing is kept: what has
changed is in the database. After a restart every number begins at the new moment, which counts as news.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from contextlib import suppress
from threading import Lock
from time import time_ns
from uuid import UUID


class News:
    """The numbers of all topics and who waits for them."""

    def __init__(self, begin: int = 0) -> None:
        """Begin with every topic at that number; one that no earlier process has reached makes a restart news."""
        self._lock = Lock()
        self._numbers: defaultdict[str, int] = defaultdict(lambda: begin)
        self._waiting: defaultdict[str, set[asyncio.Future[None]]] = defaultdict(set)

    def number(self, topic: str) -> int:
        """Return the topic's number."""
        with self._lock:
            return self._numbers[topic]

    def tell(self, topic: str) -> None:
        """Raise the topic's number and wake whoever waits for it; call it after the change is stored."""
        with self._lock:
            self._numbers[topic] += 1
            waiting = self._waiting.pop(topic, set())
        for future in waiting:
            with suppress(RuntimeError):  # its event loop has closed: nobody waits there any more
                future.get_loop().call_soon_threadsafe(_wake, future)

    async def wait(self, topic: str, since: int, seconds: float) -> int:
        """Return the topic's number as soon as it is another than `since`, or after so many seconds."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        with self._lock:
            if self._numbers[topic] != since:
                return self._numbers[topic]
            self._waiting[topic].add(future)
        try:
            await asyncio.wait_for(future, seconds)
        except TimeoutError:
            pass
        finally:
            with self._lock:
                self._waiting[topic].discard(future)
                if not self._waiting[topic]:
                    del self._waiting[topic]
        return self.number(topic)


def _wake(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


NEWS = News(time_ns() // 1_000_000)


def place_of(lesson: UUID) -> str:
    """Return the topic that tells what a lesson's screen shows: every device in it listens."""
    return f"place-{lesson.hex}"


def answers_of(lesson: UUID) -> str:
    """Return the topic that tells who joined and what was answered: the screen listens."""
    return f"answers-{lesson.hex}"
