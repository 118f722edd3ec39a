"""What the doors for the shell share."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable


def quietly(command: Callable[[], int]) -> int:
    """Return what a command returns; a reader that stops early (`| head`) ends it without a word."""
    try:
        code = command()
        sys.stdout.flush()
    except BrokenPipeError:
        # Python would flush once more at its end: let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code
