"""How the process takes memory from the system."""

from __future__ import annotations

import platform

from ui.memory import return_memory


def test_free_memory_is_shared_and_given_back_where_the_c_library_lets_it() -> None:
    assert return_memory() is (platform.libc_ver()[0] == "glibc")
