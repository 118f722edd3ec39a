"""Live lessons as stored: who joined, what the screen shows, what each device answered.

A nickname belongs to the device that took it. While the lesson runs an answer is a row that a change
of mind replaces; when it ends, the answers of those who said so become a practice session of theirs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID, uuid4, uuid5

from sqlalchemy import func
from sqlalchemy.dialects.sqlite import insert
from sqlmodel import Session, col, select

from models.attempts import count_attempt_in, create_attempt, save_finish, save_response
from models.errors import RecordMissing
from models.lessons import select_optional_lesson
from models.tables import GroupRow, LessonRow, LiveAnswerRow, LiveLessonRow, ParticipantRow
from quiz.classes import join_code
from quiz.errors import EntryRefused, MoveRefused
from quiz.questions import Response, response_from_json, response_json
from quiz.sessions import (
    GONE_ON,
    MOST_PARTICIPANTS,
    Attempt,
    Item,
    Kind,
    Lesson,
    LiveAnswer,
    LivePlace,
    LiveStage,
    Participant,
    PracticePlan,
    Step,
    answer,
    finish,
    fraction_of,
    nickname,
)
from quiz.wording import gone


@dataclass(frozen=True)
class LiveLesson:
    """A live lesson as it stands; `code` is None once it has ended."""

    lesson: UUID
    code: str | None
    group: UUID | None
    opened_at: datetime
    ended_at: datetime | None
    place: LivePlace


@dataclass(frozen=True)
class GroupLesson:
    """A live lesson of a group, as listed among its results."""

    live: LiveLesson
    title: str
    participants: int
    answers: int


def open_live(
    *, session: Session, lesson: UUID, group: UUID | None, random: Random, now: datetime
) -> LiveLesson:
    """Let learners join a lesson; one that they may join already stays as it is, an ended one is opened again.

    `group` counts where the lesson was never live before: it stays that group's.

    Raises:
        RecordMissing: the lesson or the group is gone.
    """
    if session.get(LessonRow, lesson) is None:
        raise RecordMissing(gone("lesson", "Start another under Lesson."))
    if group is not None and session.get(GroupRow, group) is None:
        raise RecordMissing(gone("group", "Choose another, or none."))
    row = session.get(LiveLessonRow, lesson)
    if row is None:
        row = LiveLessonRow(lesson_id=lesson, code=None, group_id=group, opened_at=now)
    if row.code is None:
        code = join_code(random)
        while select_optional_joinable(session=session, code=code) is not None:
            code = join_code(random)
        row.code, row.ended_at, row.opened_at = code, None, now
    session.add(row)
    session.flush()
    return _live(row)


def select_optional_live(*, session: Session, lesson: UUID) -> LiveLesson | None:
    """Return a live lesson, ended or not, or None where nobody could ever join it."""
    row = session.get(LiveLessonRow, lesson)
    return _live(row) if row else None


def select_optional_joinable(*, session: Session, code: str) -> LiveLesson | None:
    """Return the lesson that a code lets somebody join now, or None."""
    row = session.exec(select(LiveLessonRow).where(LiveLessonRow.code == code)).first()
    return _live(row) if row else None


def save_place(*, session: Session, lesson: UUID, position: int, step: Step) -> LivePlace:
    """Store what the screen shows now and return it.

    Raises:
        MoveRefused: the lesson has ended.
        RecordMissing: it is no live lesson.
    """
    row = _row(session, lesson)
    if row.ended_at is not None:
        raise MoveRefused("This live lesson has ended. Open it again to go on.")
    place = _place(row).moved(position, step)
    row.position, row.step = place.position, int(place.step)
    row.uncovered = json.dumps(sorted(place.uncovered))
    session.add(row)
    return place


def join_live(
    *,
    session: Session,
    lesson: UUID,
    device: UUID,
    name: str,
    learner: UUID | None,
    keeps: bool,
    now: datetime,
) -> Participant:
    """Return the participant that a device is in a lesson, made if it is new.

    Who is in it already stays who they were, whatever name they bring: the same device, or another one of
    the same learner, which takes the place of the first. A nickname that the tutor has freed goes to the
    device, with what was answered under it; one whose device was forgotten waits for its own learner.
    All of them count as having joined now.

    Raises:
        EntryRefused: the nickname is empty, too long, or another device's; or the lesson is full.
        MoveRefused: the lesson has ended.
        RecordMissing: it is no live lesson.
    """
    live = _row(session, lesson)
    if live.ended_at is not None:
        raise MoveRefused("This lesson has ended. Ask your tutor for the code of the next one.")
    own = _participant_row(session, lesson, device) or _participant_of(session, lesson, learner)
    if own is not None:
        own.device_id, own.joined_at = device, now
        session.add(own)
        return _participant(own)
    clean = nickname(name)
    taken = session.exec(
        select(ParticipantRow).where(
            ParticipantRow.lesson_id == lesson, ParticipantRow.folded == clean.casefold()
        )
    ).first()
    if taken is not None and (taken.device_id is not None or taken.learner_id is not None):
        raise EntryRefused(
            f"Somebody in this lesson is called “{taken.nickname}” already. Choose another name; if it was "
            "you, on another device or with other settings, ask your tutor to let you in again."
        )
    if taken is None:
        _refuse_full(session, lesson)
        taken = ParticipantRow(lesson_id=lesson, nickname=clean, folded=clean.casefold(), joined_at=now)
    taken.device_id, taken.learner_id, taken.joined_at = device, learner, now
    taken.keeps = keeps and learner is not None
    session.add(taken)
    session.flush()
    return _participant(taken)


def select_optional_participant(*, session: Session, lesson: UUID, device: UUID) -> Participant | None:
    """Return who a device is in a lesson, or None."""
    row = _participant_row(session, lesson, device)
    return _participant(row) if row else None


def select_optional_current(*, session: Session, device: UUID) -> UUID | None:
    """Return the lesson that a device joined last, or None."""
    statement = (
        select(ParticipantRow.lesson_id)
        .where(ParticipantRow.device_id == device)
        .order_by(col(ParticipantRow.joined_at).desc())
    )
    return session.exec(statement).first()


def select_participants(*, session: Session, lesson: UUID) -> list[Participant]:
    """Return everybody in a lesson, in the order in which they joined."""
    statement = (
        select(ParticipantRow)
        .where(ParticipantRow.lesson_id == lesson)
        .order_by(col(ParticipantRow.joined_at), col(ParticipantRow.id))
    )
    return [_participant(row) for row in session.exec(statement)]


def save_keeps(*, session: Session, participant: UUID, keeps: bool) -> None:
    """Store whether somebody's answers also go to their own practice; without a profile they never do.

    Raises:
        RecordMissing: they are not in the lesson any more.
    """
    row = _known(session, participant)
    row.keeps = keeps and row.learner_id is not None
    session.add(row)


def free_nickname(*, session: Session, lesson: UUID, participant: UUID) -> None:
    """Let the next device that gives this nickname have it, with its answers; the device before is out.

    It is no learner's any more, since nobody knows whose device comes next.
    """
    row = session.get(ParticipantRow, participant)
    if row is not None and row.lesson_id == lesson:
        row.device_id, row.learner_id, row.keeps = None, None, False
        session.add(row)


def remove_participant(*, session: Session, lesson: UUID, participant: UUID) -> None:
    """Take somebody out of a lesson, with their answers in it; one who is gone already is no fault."""
    row = session.get(ParticipantRow, participant)
    if row is not None and row.lesson_id == lesson:
        session.delete(row)


def save_live_answer(
    *, session: Session, participant: UUID, position: int, response: Response, now: datetime
) -> LiveAnswer:
    """Store what a participant answers, in place of what they answered there before, and return it.

    Raises:
        MoveRefused: the lesson takes no answer to that question now, or the response is no full answer.
        RecordMissing: the participant or the lesson is gone.
    """
    row = _known(session, participant)
    live = _row(session, row.lesson_id)
    lesson = select_optional_lesson(session=session, lesson_id=row.lesson_id)
    assert lesson is not None  # a live lesson goes with its lesson
    place = _place(live)
    if not 0 <= position < len(lesson.questions):
        raise MoveRefused(GONE_ON)
    fraction = fraction_of(lesson.questions[position], response, place, position)
    values = {"response": response_json(response), "fraction": fraction, "given_at": now}
    session.exec(
        insert(LiveAnswerRow)
        .values(id=uuid4(), participant_id=participant, position=position, **values)
        .on_conflict_do_update(index_elements=["participant_id", "position"], set_=values)
    )
    return LiveAnswer(participant, position, response, fraction, now)


def select_live_answers(
    *, session: Session, lesson: UUID, position: int | None = None, participant: UUID | None = None
) -> list[LiveAnswer]:
    """Return what was answered in a lesson: everywhere or at a position, by all or by one participant."""
    statement = (
        select(LiveAnswerRow)
        .join(ParticipantRow, col(ParticipantRow.id) == col(LiveAnswerRow.participant_id))
        .where(
            ParticipantRow.lesson_id == lesson,
            *([LiveAnswerRow.position == position] if position is not None else []),
            *([LiveAnswerRow.participant_id == participant] if participant is not None else []),
        )
        .order_by(col(LiveAnswerRow.position), col(LiveAnswerRow.given_at))
    )
    return [
        LiveAnswer(
            row.participant_id, row.position, response_from_json(row.response), row.fraction, row.given_at
        )
        for row in session.exec(statement)
    ]


def count_live_answers(*, session: Session, lesson: UUID, position: int) -> int:
    """Return how many participants have answered the question at a position."""
    statement = (
        select(func.count(col(LiveAnswerRow.id)))
        .join(ParticipantRow, col(ParticipantRow.id) == col(LiveAnswerRow.participant_id))
        .where(ParticipantRow.lesson_id == lesson, LiveAnswerRow.position == position)
    )
    return session.exec(statement).one()


def end_live(*, session: Session, lesson: UUID, content_version: str, now: datetime) -> int:
    """Store that a live lesson is over; its code is free. Return how many practice sessions it became.

    Each participant with a profile who said so gets a finished practice session of what they answered, at the
    times at which they did. Ending a lesson once more changes nothing; opened again and ended, a lesson adds
    only what is new, as a session of its own.

    Raises:
        RecordMissing: it is no live lesson.
    """
    row = _row(session, lesson)
    if row.ended_at is not None:
        return 0
    row.ended_at, row.code = now, None
    session.add(row)
    asked = select_optional_lesson(session=session, lesson_id=lesson)
    assert asked is not None  # a live lesson goes with its lesson
    answers = select_live_answers(session=session, lesson=lesson)
    made = 0
    for participant in select_participants(session=session, lesson=lesson):
        if participant.learner is None or not participant.keeps:
            continue
        given = [
            entry
            for entry in answers
            if entry.participant == participant.id and entry.given_at >= row.opened_at
        ]
        made += _keep(session, asked, participant.learner, given, content_version)
    return made


def select_group_lessons(*, session: Session, group: UUID) -> list[GroupLesson]:
    """Return the live lessons of a group, the newest first."""
    joined = (
        select(ParticipantRow.lesson_id, func.count(col(ParticipantRow.id)).label("number"))
        .group_by(col(ParticipantRow.lesson_id))
        .subquery()
    )
    given = (
        select(ParticipantRow.lesson_id, func.count(col(LiveAnswerRow.id)).label("number"))
        .join(LiveAnswerRow, col(LiveAnswerRow.participant_id) == col(ParticipantRow.id))
        .group_by(col(ParticipantRow.lesson_id))
        .subquery()
    )
    statement = (
        select(LiveLessonRow, LessonRow.title, joined.c.number, given.c.number)
        .join(LessonRow, col(LessonRow.id) == col(LiveLessonRow.lesson_id))
        .join(joined, joined.c.lesson_id == col(LiveLessonRow.lesson_id), isouter=True)
        .join(given, given.c.lesson_id == col(LiveLessonRow.lesson_id), isouter=True)
        .where(LiveLessonRow.group_id == group)
        .order_by(col(LessonRow.made_at).desc())
    )
    return [
        GroupLesson(_live(row), title, people or 0, number or 0)
        for row, title, people, number in session.exec(statement)
    ]


def _keep(
    session: Session, lesson: Lesson, learner: UUID, given: Iterable[LiveAnswer], content_version: str
) -> int:
    """Store answers as a finished practice session; return 1, or 0 where there is none."""
    told = sorted(given, key=lambda entry: (entry.given_at, entry.position))
    if not told:
        return 0
    questions = [lesson.questions[entry.position] for entry in told]
    codes = tuple(dict.fromkeys(question.head.criterion for question in questions))
    attempt = Attempt(
        id=uuid5(lesson.id, f"{learner}/{told[0].given_at.isoformat()}"),
        learner=learner,
        unit=lesson.unit,
        kind=Kind.PRACTICE,
        title=f"Lesson: {lesson.title}",
        started_at=told[0].given_at,
        items=tuple(Item(question) for question in questions),
        size=len(questions),
    )
    plan = PracticePlan(lesson.unit, codes, len(questions)).to_json()
    create_attempt(session=session, attempt=attempt, plan=plan, seed=0, content_version=content_version)
    for place, entry in enumerate(told):
        attempt = answer(attempt, place, entry.response, entry.given_at)
        save_response(
            session=session,
            attempt=attempt,
            position=place,
            response=entry.response,
            now=entry.given_at,
            submit_id=uuid5(attempt.id, str(place)),
            counted=False,
        )
    count_attempt_in(session=session, attempt=attempt)
    save_finish(session=session, attempt=finish(attempt, told[-1].given_at))
    return 1


def _refuse_full(session: Session, lesson: UUID) -> None:
    number = session.exec(
        select(func.count(col(ParticipantRow.id))).where(ParticipantRow.lesson_id == lesson)
    ).one()
    if number >= MOST_PARTICIPANTS:
        raise EntryRefused(f"This lesson is full: {MOST_PARTICIPANTS} have joined. Look on with somebody.")


def _row(session: Session, lesson: UUID) -> LiveLessonRow:
    row = session.get(LiveLessonRow, lesson)
    if row is None:
        raise RecordMissing(gone("live lesson", "Ask your tutor for a new code."))
    return row


def _known(session: Session, participant: UUID) -> ParticipantRow:
    row = session.get(ParticipantRow, participant)
    if row is None:
        raise RecordMissing("You are not in this lesson any more. Join it again with the code on the screen.")
    return row


def _participant_row(session: Session, lesson: UUID, device: UUID) -> ParticipantRow | None:
    return session.exec(
        select(ParticipantRow).where(ParticipantRow.lesson_id == lesson, ParticipantRow.device_id == device)
    ).first()


def _participant_of(session: Session, lesson: UUID, learner: UUID | None) -> ParticipantRow | None:
    if learner is None:
        return None
    return session.exec(
        select(ParticipantRow).where(ParticipantRow.lesson_id == lesson, ParticipantRow.learner_id == learner)
    ).first()


def _participant(row: ParticipantRow) -> Participant:
    return Participant(
        row.id, row.nickname, row.joined_at, row.learner_id, row.keeps, row.device_id is not None
    )


def _place(row: LiveLessonRow) -> LivePlace:
    uncovered = frozenset(json.loads(row.uncovered))
    if row.ended_at is not None:
        return LivePlace(LiveStage.ENDED, row.position or 0, Step(row.step), uncovered)
    if row.position is None:
        return LivePlace(LiveStage.WAITING, uncovered=uncovered)
    return LivePlace(LiveStage.ASKING, row.position, Step(row.step), uncovered)


def _live(row: LiveLessonRow) -> LiveLesson:
    return LiveLesson(row.lesson_id, row.code, row.group_id, row.opened_at, row.ended_at, _place(row))
