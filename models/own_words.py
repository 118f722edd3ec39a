"""Answers to own-words tasks; kept apart from mastery."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from models.tables import OwnWordsRow
from quiz.syllabus import CriterionRef


@dataclass(frozen=True)
class OwnWords:
    """An answer in the learner's own words, and the points they found in it (by place from 0)."""

    text: str
    points: frozenset[int]
    saved_at: datetime


def save_own_words(
    *, session: Session, learner: UUID, ref: CriterionRef, text: str, points: Collection[int], now: datetime
) -> None:
    """Store an answer as a new version, unless it is the one that stands.

    It comes after the one before, also where the clock was set back between the two.
    """
    current = select_optional_own_words(session=session, learner=learner, ref=ref)
    if current is not None and current.text == text and current.points == frozenset(points):
        return
    if current is not None:
        now = max(now, current.saved_at + timedelta(microseconds=1))
    session.add(
        OwnWordsRow(
            learner_id=learner,
            unit=ref.unit,
            criterion=ref.code,
            text=text,
            points=json.dumps(sorted(points)),
            saved_at=now,
        )
    )


def select_optional_own_words(*, session: Session, learner: UUID, ref: CriterionRef) -> OwnWords | None:
    """Return the answer that stands, or None."""
    row = session.exec(
        select(OwnWordsRow)
        .where(
            OwnWordsRow.learner_id == learner,
            OwnWordsRow.unit == ref.unit,
            OwnWordsRow.criterion == ref.code,
        )
        .order_by(col(OwnWordsRow.saved_at).desc())
        .limit(1)
    ).first()
    return OwnWords(row.text, frozenset(json.loads(row.points)), row.saved_at) if row else None
