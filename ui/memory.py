"""How this process takes memory from the system."""

from __future__ import annotations

import ctypes
import platform
from typing import Final

# malloc.h of glibc; mallopt(3)
_M_TRIM_THRESHOLD: Final = -1
_M_ARENA_MAX: Final = -8
_ARENAS: Final = 2
_MOST_FREE: Final = 1_000_000


def return_memory() -> bool:
    """Let this process give back what it does not use where the C library is glibc, and return whether that was done.

    glibc gives each thread an area of memory of its own, up to eight for each core, and a page is drawn in a thread
    of its own: with two hundred sessions a third of their memory is room that some area keeps for itself. All
    threads share two. And once a large piece was freed, glibc raises the bounds above which it asks the system
    for a piece of its own and gives free room back, up to 64 MB: a bound that is set stays.
    """
    if platform.libc_ver()[0] != "glibc":
        return False
    mallopt = ctypes.CDLL(None).mallopt
    return bool(mallopt(_M_ARENA_MAX, _ARENAS)) and bool(mallopt(_M_TRIM_THRESHOLD, _MOST_FREE))
