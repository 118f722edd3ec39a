"""A tutor's comments as stored, and the own-words answers of a unit that they may be about."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from models.errors import RecordMissing
from models.own_words import OwnWords
from models.tables import GroupMemberRow, OwnWordsRow, TutorCommentRow
from quiz.classes import About, Comment, comment_text
from quiz.syllabus import CriterionRef


def save_comment(
    *,
    session: Session,
    comment_id: UUID,
    group_id: UUID,
    learner: UUID,
    ref: CriterionRef,
    text: str,
    now: datetime,
    item: UUID | None = None,
) -> None:
    """Store a comment on an own-words answer or, where an item is named, on that piece of evidence.

    Sent again under the same id (a double click) it is stored once.

    Raises:
        EntryRefused: the text is empty or too long.
        RecordMissing: the learner is not in the group, or one of them is gone.
    """
    clean = comment_text(text)
    if session.get(TutorCommentRow, comment_id) is not None:
        return
    member = session.exec(
        select(GroupMemberRow.id).where(
            GroupMemberRow.group_id == group_id,
            GroupMemberRow.learner_id == learner,
            col(GroupMemberRow.left_at).is_(None),
        )
    ).first()
    if member is None:
        raise RecordMissing("This learner is not in the group any more. Choose another under Groups.")
    session.add(
        TutorCommentRow(
            id=comment_id,
            group_id=group_id,
            learner_id=learner,
            about=About.OWN_WORDS if item is None else About.EVIDENCE,
            unit=ref.unit,
            criterion=ref.code,
            item_id=item,
            text=clean,
            made_at=now,
        )
    )


def select_comments(
    *, session: Session, learner: UUID, unit: str | None = None, since: datetime | None = None
) -> list[Comment]:
    """Return the comments made to a learner, in a unit or in all, since then or ever, the newest first."""
    statement = (
        select(TutorCommentRow)
        .where(
            TutorCommentRow.learner_id == learner,
            *([TutorCommentRow.unit == unit] if unit is not None else []),
            *([TutorCommentRow.made_at >= since] if since is not None else []),
        )
        .order_by(col(TutorCommentRow.made_at).desc(), col(TutorCommentRow.id))
    )
    return [
        Comment(
            row.id,
            About(row.about),
            CriterionRef(row.unit, row.criterion),
            row.item_id,
            row.text,
            row.made_at,
        )
        for row in session.exec(statement)
    ]


def delete_comment(*, session: Session, comment_id: UUID) -> None:
    """Remove a comment; one that is gone already is no fault."""
    row = session.get(TutorCommentRow, comment_id)
    if row is not None:
        session.delete(row)


def select_own_words(*, session: Session, learner: UUID, unit: str) -> dict[CriterionRef, OwnWords]:
    """Return a learner's own-words answers in a unit, of each criterion the one that stands."""
    found: dict[CriterionRef, OwnWords] = {}
    for row in session.exec(
        select(OwnWordsRow)
        .where(OwnWordsRow.learner_id == learner, OwnWordsRow.unit == unit)
        .order_by(col(OwnWordsRow.saved_at))
    ):
        answer = OwnWords(row.text, frozenset(json.loads(row.points)), row.saved_at)
        found[CriterionRef(row.unit, row.criterion)] = answer
    return dict(sorted(found.items(), key=lambda entry: entry[0].sort_key))
