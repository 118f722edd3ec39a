"""What marks a demo learner: a setting of their own, a word after the name, and a condition for queries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlmodel import col

from models.tables import LearnerRow

DEMO: Final = "demo"
"""The setting that is true for a demo learner, and the word after the name."""


def is_demo(settings: Mapping[str, Any]) -> bool:
    """Return whether these are the settings of a demo learner."""
    return settings.get(DEMO) is True


def marked_name(name: str, settings: Mapping[str, Any]) -> str:
    """Return the name as pages and files show it: with “(demo)” after that of a demo learner."""
    return f"{name} ({DEMO})" if is_demo(settings) else name


def demo_condition() -> ColumnElement[bool]:
    """Return the condition that picks demo learners."""
    return func.json_type(col(LearnerRow.settings), f"$.{DEMO}") == "true"


def demo_ids() -> Select[UUID]:
    """Return the query for the ids of demo learners."""
    return select(col(LearnerRow.id)).where(demo_condition())
