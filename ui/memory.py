"""How this process takes memory from the system."""

from __future__ import annotations

import ctypes
import platform
from typing import Final

_M_ARENA_MAX: Final = -8  # malloc.h of glibc; mallopt(3)
_ARENAS: Final = 2


def share_arenas() -> bool:
    """Let all threads share two areas of memory where the C library is glibc, and return whether that was done.

    glibc gives each thread an area of its own, up to eight for each core, and a page is drawn in a thread of its own:
    with two hundred sessions a third of their memory is room that some area keeps for itself.
    """
    if platform.libc_ver()[0] != "glibc":
        return False
    return bool(ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _ARENAS))
