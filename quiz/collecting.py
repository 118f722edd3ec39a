"""Work that makes much that stays, without Python's search for cycles among it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Let no collection run meanwhile; afterwards collections run where they ran before.

    Imports, content and batches make hundreds of thousands of values that all stay: to look through them
    again and again doubles their time and finds nothing.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
