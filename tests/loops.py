"""Running a coroutine in a test."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def in_loop(story: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end and return what it returns.

    In a thread of its own: Playwright's synchronous interface keeps an event loop running in the main
    thread for as long as the browser of the session is open, where `asyncio.run` would refuse.
    """
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, story).result()
