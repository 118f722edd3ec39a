"""How the process takes memory from the system."""

from __future__ import annotations

import platform

from ui.memory import share_arenas


def test_threads_share_areas_of_memory_where_the_c_library_lets_them() -> None:
    assert share_arenas() is (platform.libc_ver()[0] == "glibc")
