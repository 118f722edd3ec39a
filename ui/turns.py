"""How many pages are drawn at once in this process.

Python lets one thread run at a time. Where all of a class answer at the same moment, dozens of threads would
take it from each other every few milliseconds, also from the one that just holds the database to write:
whatever it does takes as many times longer as there are others. A few at once, the rest in a queue, are
done sooner, all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, local
from typing import Final

AT_ONCE: Final = 3
"""One to calculate, one that waits for the disk, and one beside something long, such as a summary of a class."""
_TURNS = BoundedSemaphore(AT_ONCE)
_MINE = local()


@contextmanager
def turn() -> Iterator[None]:
    """Wait until fewer than `AT_ONCE` others are at it; a thread that has a turn already goes on."""
    if getattr(_MINE, "taken", False):
        yield
        return
    with _TURNS:
        _MINE.taken = True
        try:
            yield
        finally:
            _MINE.taken = False


@contextmanager
def aside() -> Iterator[None]:
    """Let somebody else have this thread's turn, if it has one, for as long as it waits for something."""
    if not getattr(_MINE, "taken", False):
        yield
        return
    _MINE.taken = False
    _TURNS.release()
    try:
        yield
    finally:
        _TURNS.acquire()
        _MINE.taken = True
