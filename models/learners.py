"""Learners on this machine, and which of them used it last."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, inspect
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from models.demo_mark import is_demo, marked_name
from models.errors import RecordMissing
from models.prepared import Prepared
from models.tables import LearnerRow
from quiz.wording import gone, too_long, without_controls

LONGEST_NAME = 60


class NameTaken(ValueError):
    """A real learner on this machine has that name already."""


@dataclass(frozen=True)
class Learner:
    """A learner with the settings they chose."""

    id: UUID
    name: str
    created_at: datetime
    settings: dict[str, Any]

    @property
    def demo(self) -> bool:
        """Return whether this is a learner of the demo class."""
        return is_demo(self.settings)

    @property
    def label(self) -> str:
        """Return the name as pages and files show it: a demo learner's carries the word “demo”."""
        return marked_name(self.name, self.settings)


def create_learner(*, session: Session, name: str, now: datetime) -> Learner:
    """Store a new learner and return them.

    Raises:
        NameTaken: the name is a real learner's on this machine.
        ValueError: the name is empty or too long; the text says which.
    """
    clean = " ".join(without_controls(name).split())
    if not clean:
        raise ValueError("Type a name first.")
    if len(clean) > LONGEST_NAME:
        raise ValueError(too_long("That name", len(clean), LONGEST_NAME))
    real = [learner for learner in select_learners(session=session) if not learner.demo]
    if any(learner.name.casefold() == clean.casefold() for learner in real):
        raise NameTaken(
            f"“{clean}” is already on this computer. Choose that name in the list, or add an initial."
        )
    row = LearnerRow(name=clean, created_at=now, last_used_at=now)
    session.add(row)
    session.flush()
    return _learner(row)


def select_learners(*, session: Session) -> list[Learner]:
    """Return every learner on this machine, the one who used it last first."""
    statement = select(LearnerRow).order_by(col(LearnerRow.last_used_at).desc())
    return [_learner(row) for row in session.exec(statement)]


def select_optional_learner(*, session: Session, learner_id: UUID) -> Learner | None:
    """Return a learner, or None."""
    row = _LEARNER.first(session, learner_id=learner_id)
    return _learner(row) if row else None


_LEARNER = Prepared(
    columns(*inspect(LearnerRow).columns).where(col(LearnerRow.id) == bindparam("learner_id"))
)


def note_use(*, session: Session, learner_id: UUID, now: datetime) -> None:
    """Store that this learner is the one who uses the machine now."""
    row = _row(session, learner_id)
    row.last_used_at = now
    session.add(row)


def save_settings(*, session: Session, learner_id: UUID, settings: dict[str, Any]) -> None:
    """Store a learner's settings, replacing those given."""
    row = _row(session, learner_id)
    row.settings = json.dumps({**json.loads(row.settings), **settings}, sort_keys=True)
    session.add(row)


def _row(session: Session, learner_id: UUID) -> LearnerRow:
    row = session.get(LearnerRow, learner_id)
    if row is None:
        raise RecordMissing(gone("learner", "Choose a name again."))
    return row


def _learner(row: Any) -> Learner:
    return Learner(row.id, row.name, row.created_at, json.loads(row.settings))
