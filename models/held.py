"""What is held about a learner beside the log of answers: for their copy of everything about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, SQLModel, col, select

from models.errors import RecordMissing
from models.tables import (
    DeviceRow,
    GroupMemberRow,
    GroupRow,
    LearnerRow,
    LessonRow,
    LiveAnswerRow,
    LiveLessonRow,
    ParticipantRow,
    QuestionReportRow,
    ReturnCodeRow,
    TutorCommentRow,
)
from quiz.wording import gone


def of_learner(learner: UUID) -> ColumnElement[bool]:
    """Return the condition for a place in a live lesson that is theirs: taken as this learner, or on their device."""
    devices = select(DeviceRow.id).where(DeviceRow.learner_id == learner)
    return (col(ParticipantRow.learner_id) == learner) | (
        col(ParticipantRow.learner_id).is_(None) & col(ParticipantRow.device_id).in_(devices)
    )


def export_held(session: Session, learner: UUID, *, finished_only: bool = False) -> dict[str, Any]:
    """Return what this machine holds about a learner and an import does not take, as values that go into JSON.

    Left out are what opens something (the hash of a device's token, the code to come back with), and with
    `finished_only` live lessons that are not over, whose answers are stored with their marks.

    Raises:
        RecordMissing: they are not in the database.
    """
    row = session.get(LearnerRow, learner)
    if row is None:
        raise RecordMissing(gone("learner", "Choose a name again."))
    groups = {group.id: group.name for group in session.exec(select(GroupRow))}
    return {
        "last_used_at": row.model_dump(mode="json")["last_used_at"],
        "question_reports": [
            _values(report, "learner_id")
            for report in _of(session, QuestionReportRow, learner, QuestionReportRow.reported_at)
        ],
        "live_lessons": _live_lessons(session, learner, finished_only),
        "groups": [
            {**_values(member, "learner_id"), "name": groups[member.group_id]}
            for member in _of(session, GroupMemberRow, learner, GroupMemberRow.joined_at)
        ],
        "tutor_comments": [
            {**_values(comment, "learner_id"), "group": groups[comment.group_id]}
            for comment in _of(session, TutorCommentRow, learner, TutorCommentRow.made_at)
        ],
        "devices": [
            _values(device, "learner_id", "token_hash")
            for device in _of(session, DeviceRow, learner, DeviceRow.made_at)
        ],
        "return_codes": [
            _values(code, "learner_id", "code")
            for code in _of(session, ReturnCodeRow, learner, ReturnCodeRow.until)
        ],
    }


def _live_lessons(session: Session, learner: UUID, finished_only: bool) -> list[dict[str, Any]]:
    found = []
    over = select(LiveLessonRow.lesson_id).where(col(LiveLessonRow.ended_at).is_not(None))
    for place, title in session.exec(
        select(ParticipantRow, LessonRow.title)
        .join(LessonRow, col(LessonRow.id) == col(ParticipantRow.lesson_id))
        .where(of_learner(learner), *([col(ParticipantRow.lesson_id).in_(over)] if finished_only else []))
        .order_by(col(ParticipantRow.joined_at))
    ):
        answers = session.exec(
            select(LiveAnswerRow)
            .where(LiveAnswerRow.participant_id == place.id)
            .order_by(col(LiveAnswerRow.position))
        )
        found.append(
            {
                **_values(place, "learner_id", "folded"),
                "title": title,
                "answers": [_values(answer, "participant_id") for answer in answers],
            }
        )
    return found


def _of(session: Session, table: Any, learner: UUID, order: Any) -> list[Any]:
    return list(session.exec(select(table).where(table.learner_id == learner).order_by(col(order))))


def _values(row: SQLModel, *left_out: str) -> Mapping[str, Any]:
    return row.model_dump(mode="json", exclude=set(left_out))
