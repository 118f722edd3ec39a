"""How many pages are drawn at once in this process.

Python lets one thread run at a time. Where all of a class answer at the same moment, dozens of threads would
take it from each other every few milliseconds, also from the one that just holds the database to write:
whatever it does takes as many times longer as there are others. A few at once, the rest in a queue, are
done sooner, all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, local
from typing import Final, TypeVar

_T = TypeVar("_T")

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
        _MINE.taken, _MINE.kept = True, {}
        try:
            yield
        finally:
            _MINE.taken, _MINE.kept = False, None


def once(name: str, make: Callable[[], _T]) -> _T:
    """Return what `make` returns, made once in this thread's turn; made each time outside one."""
    kept = getattr(_MINE, "kept", None)
    if kept is None:
        return make()
    if name not in kept:
        kept[name] = make()
    found: _T = kept[name]
    return found


def forget(name: str) -> None:
    """Let `once` make what goes by that name anew: it was changed in this turn."""
    kept = getattr(_MINE, "kept", None)
    if kept is not None:
        kept.pop(name, None)


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
