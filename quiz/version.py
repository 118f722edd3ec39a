"""The version of the app, as every export states it."""

from __future__ import annotations

from typing import Final

VERSION: Final = "0.1.0"
"""Equal to `version` in `pyproject.toml`; a test holds the two against each other."""
