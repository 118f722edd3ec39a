"""The tables. One class a table; rows are written by the module named after the thing.

All ids are UUIDs, so that exports of two machines can be merged. Moments are ISO text in UTC.
`from __future__ import annotations` stays out of this module: SQLModel reads the types themselves.
"""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Dialect, Index, Text, TypeDecorator, UniqueConstraint, text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel


class Moment(TypeDecorator[datetime]):
    """A moment, kept as ISO text with +00:00: SQLite would drop the zone."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Return the text of an aware moment; refuses one without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs a time zone.")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return the aware moment."""
        return None if value is None else datetime.fromisoformat(value)


class Base(SQLModel, registry=registry()):
    """The root of our tables, with a registry of its own.

    Streamlit re-imports an edited module; with SQLModel's shared registry that would say that
    each table is already defined.
    """


def columns_of(table: type[Base]) -> Any:
    """Return the columns of a table by name."""
    return table.__table__.columns  # type: ignore[attr-defined]  # SQLModel's stubs do not say that it is there


class LearnerRow(Base, table=True):
    """A learner on this machine."""

    __tablename__ = "learner"
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    name: str
    created_at: datetime = Field(sa_type=Moment)
    last_used_at: datetime = Field(sa_type=Moment)
    settings: str = "{}"


class ShownQuestionRow(Base, table=True):
    """A question exactly as it was shown: stem, parts, order and key, once for each content hash."""

    __tablename__ = "shown_question"
    hash: str = Field(primary_key=True)
    content: str


class AttemptRow(Base, table=True):
    """One sitting."""

    __tablename__ = "attempt"
    __table_args__ = (
        Index("ix_attempt_learner_unit", "learner_id", "unit", "started_at"),
        Index("ix_attempt_learner_kind", "learner_id", "kind", "started_at"),
        Index("ix_attempt_learner", "learner_id", "started_at"),
        Index("ix_attempt_open", "learner_id", "kind", sqlite_where=text("finished_at IS NULL")),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    learner_id: UUID = Field(foreign_key="learner.id", ondelete="CASCADE")
    unit: str
    kind: str
    title: str
    plan: str
    seed: int
    content_version: str
    started_at: datetime = Field(sa_type=Moment)
    size: int | None = None
    minutes: int | None = None
    extra_percent: int = 0
    finished_at: datetime | None = Field(default=None, sa_type=Moment)
    finish: str | None = None


class AttemptItemRow(Base, table=True):
    """The question at a position; its mark as evidence is a cache that the log can rebuild."""

    __tablename__ = "attempt_item"
    __table_args__ = (
        UniqueConstraint("attempt_id", "position", name="uq_attempt_item_position"),
        Index("ix_attempt_item_evidence", "learner_id", "unit", "marked_at"),
        Index("ix_attempt_item_criterion", "learner_id", "unit", "criterion", "marked_at"),
        Index("ix_attempt_item_open", "learner_id", "unit", sqlite_where=text("marked_at IS NULL")),
        Index("ix_attempt_item_test", "learner_id", "unit", sqlite_where=text("kind = 'test'")),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    attempt_id: UUID = Field(foreign_key="attempt.id", ondelete="CASCADE")
    learner_id: UUID = Field(foreign_key="learner.id", ondelete="CASCADE")
    position: int
    question_hash: str = Field(foreign_key="shown_question.hash")
    question_id: str
    family: str
    unit: str
    criterion: str
    kind: str
    shown_at: datetime = Field(sa_type=Moment)
    fraction: float | None = None
    verdict: str | None = None
    marked_at: datetime | None = Field(default=None, sa_type=Moment)
    seconds: float | None = None
    sure: str | None = None


class ResponseRow(Base, table=True):
    """A raw response: append-only, kept for ever, the only truth about a learner."""

    __tablename__ = "response"
    __table_args__ = (
        UniqueConstraint("attempt_id", "sequence", name="uq_response_sequence"),
        UniqueConstraint("submit_id", name="uq_response_submit"),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    attempt_id: UUID = Field(foreign_key="attempt.id", ondelete="CASCADE")
    position: int
    sequence: int
    submit_id: UUID
    response: str
    given_at: datetime = Field(sa_type=Moment)
    seconds: float | None = None
    sure: str | None = None


class AttemptEventRow(Base, table=True):
    """A flag, a move, a break, an answer shown: what happened in an attempt beside responses."""

    __tablename__ = "attempt_event"
    __table_args__ = (UniqueConstraint("attempt_id", "sequence", name="uq_attempt_event_sequence"),)
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    attempt_id: UUID = Field(foreign_key="attempt.id", ondelete="CASCADE")
    sequence: int
    kind: str
    position: int | None = None
    at: datetime = Field(sa_type=Moment)


class QuestionReportRow(Base, table=True):
    """What a learner says is wrong with a question, and how that was settled."""

    __tablename__ = "question_report"
    __table_args__ = (
        Index("ix_question_report_unit", "unit", "reported_at"),
        Index("ix_question_report_place", "attempt_id", "position"),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    learner_id: UUID = Field(foreign_key="learner.id", ondelete="CASCADE")
    attempt_id: UUID = Field(foreign_key="attempt.id", ondelete="CASCADE")
    position: int
    question_hash: str = Field(foreign_key="shown_question.hash")
    question_id: str
    family: str
    unit: str
    criterion: str
    reason: str
    text: str
    reported_at: datetime = Field(sa_type=Moment)
    settled_at: datetime | None = Field(default=None, sa_type=Moment)
    settled_note: str | None = None


class OwnWordsRow(Base, table=True):
    """A saved answer to an own-words task; the latest one stands, earlier ones are kept."""

    __tablename__ = "own_words"
    __table_args__ = (Index("ix_own_words_learner", "learner_id", "unit", "criterion", "saved_at"),)
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    learner_id: UUID = Field(foreign_key="learner.id", ondelete="CASCADE")
    unit: str
    criterion: str
    text: str
    points: str = "[]"
    saved_at: datetime = Field(sa_type=Moment)


class PlanRow(Base, table=True):
    """The units a learner has chosen of a qualification; one plan for each of the two."""

    __tablename__ = "plan"
    __table_args__ = (UniqueConstraint("learner_id", "qualification", name="uq_plan_qualification"),)
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    learner_id: UUID = Field(foreign_key="learner.id", ondelete="CASCADE")
    qualification: str
    units: str
    saved_at: datetime = Field(sa_type=Moment)


class PortfolioStatusRow(Base, table=True):
    """Where the portfolio of a criterion stands, as the learner set it; every change is a row.

    A confirmation is what a person typed in: the assessor's name and the date. The app makes none.
    """

    __tablename__ = "portfolio_status"
    __table_args__ = (Index("ix_portfolio_status_learner", "learner_id", "unit", "criterion", "set_at"),)
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    learner_id: UUID = Field(foreign_key="learner.id", ondelete="CASCADE")
    unit: str
    criterion: str
    status: str
    assessor: str | None = None
    confirmed_on: str | None = None
    set_at: datetime = Field(sa_type=Moment)


class EvidenceItemRow(Base, table=True):
    """A piece of portfolio evidence: what it is, of which type, and where it is kept."""

    __tablename__ = "evidence_item"
    __table_args__ = (Index("ix_evidence_item_learner", "learner_id"),)
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    learner_id: UUID = Field(foreign_key="learner.id", ondelete="CASCADE")
    title: str
    type: str
    reference: str
    kept_where: str
    dated: str | None = None
    note: str
    draft: bool = False
    created_at: datetime = Field(sa_type=Moment)
    changed_at: datetime = Field(sa_type=Moment)


class EvidenceLinkRow(Base, table=True):
    """A criterion that a piece of evidence serves."""

    __tablename__ = "evidence_link"
    __table_args__ = (UniqueConstraint("item_id", "unit", "criterion", name="uq_evidence_link"),)
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    item_id: UUID = Field(foreign_key="evidence_item.id", ondelete="CASCADE")
    unit: str
    criterion: str


class EvidenceCountRow(Base, table=True):
    """How many of a counted requirement a learner has gathered."""

    __tablename__ = "evidence_count"
    __table_args__ = (UniqueConstraint("learner_id", "unit", "criterion", "name", name="uq_evidence_count"),)
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    learner_id: UUID = Field(foreign_key="learner.id", ondelete="CASCADE")
    unit: str
    criterion: str
    name: str
    count: int


class LessonRow(Base, table=True):
    """A lesson on the classroom screen."""

    __tablename__ = "lesson"
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    unit: str
    title: str
    made_at: datetime = Field(sa_type=Moment)


class LessonQuestionRow(Base, table=True):
    """The question at a position of a lesson."""

    __tablename__ = "lesson_question"
    __table_args__ = (UniqueConstraint("lesson_id", "position", name="uq_lesson_question_position"),)
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    lesson_id: UUID = Field(foreign_key="lesson.id", ondelete="CASCADE")
    position: int
    question_hash: str = Field(foreign_key="shown_question.hash")


class LessonCountRow(Base, table=True):
    """How many hands an option drew in a lesson."""

    __tablename__ = "lesson_count"
    __table_args__ = (UniqueConstraint("lesson_id", "position", "option", name="uq_lesson_count_option"),)
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    lesson_id: UUID = Field(foreign_key="lesson.id", ondelete="CASCADE")
    position: int
    option: str
    hands: int


class GroupRow(Base, table=True):
    """A group of learners; its units as JSON, null where it takes all."""

    __tablename__ = "learner_group"
    __table_args__ = (UniqueConstraint("join_code", name="uq_learner_group_join_code"),)
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    name: str
    qualification: str | None = None
    units: str | None = None
    join_code: str
    made_at: datetime = Field(sa_type=Moment)
    archived_at: datetime | None = Field(default=None, sa_type=Moment)
    demo: bool = False


class GroupMemberRow(Base, table=True):
    """A learner's place in a group; one who has left keeps the row, and nothing is shown of them."""

    __tablename__ = "group_member"
    __table_args__ = (
        UniqueConstraint("group_id", "learner_id", name="uq_group_member_learner"),
        Index("ix_group_member_learner", "learner_id"),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    group_id: UUID = Field(foreign_key="learner_group.id", ondelete="CASCADE")
    learner_id: UUID = Field(foreign_key="learner.id", ondelete="CASCADE")
    joined_at: datetime = Field(sa_type=Moment)
    left_at: datetime | None = Field(default=None, sa_type=Moment)


class GroupTaskRow(Base, table=True):
    """A task set for a group: so many questions on criteria (codes as JSON) by the end of a day."""

    __tablename__ = "group_task"
    __table_args__ = (Index("ix_group_task_group", "group_id"),)
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    group_id: UUID = Field(foreign_key="learner_group.id", ondelete="CASCADE")
    title: str
    unit: str
    codes: str
    questions: int
    due: str
    set_at: datetime = Field(sa_type=Moment)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Moment)


class TutorCommentRow(Base, table=True):
    """A tutor's comment on an own-words answer or a piece of evidence; it goes with its group.

    `item_id` is no foreign key: a comment stays where the learner removes the piece it is about.
    """

    __tablename__ = "tutor_comment"
    __table_args__ = (Index("ix_tutor_comment_learner", "learner_id", "unit", "criterion"),)
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    group_id: UUID = Field(foreign_key="learner_group.id", ondelete="CASCADE")
    learner_id: UUID = Field(foreign_key="learner.id", ondelete="CASCADE")
    about: str
    unit: str
    criterion: str
    item_id: UUID | None = None
    text: str
    made_at: datetime = Field(sa_type=Moment)


class DeviceRow(Base, table=True):
    """A browser that joined in class mode; of its token only the hash is kept."""

    __tablename__ = "device"
    __table_args__ = (
        UniqueConstraint("token_hash", name="uq_device_token_hash"),
        Index("ix_device_learner", "learner_id"),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    token_hash: str
    learner_id: UUID | None = Field(default=None, foreign_key="learner.id", ondelete="CASCADE")
    tutor: bool = False
    made_at: datetime = Field(sa_type=Moment)


class ReturnCodeRow(Base, table=True):
    """A code, good once and for a while, by which a learner who lost their device comes back."""

    __tablename__ = "return_code"
    code: str = Field(primary_key=True)
    learner_id: UUID = Field(foreign_key="learner.id", ondelete="CASCADE")
    until: datetime = Field(sa_type=Moment)


class LiveLessonRow(Base, table=True):
    """A lesson that learners join with devices, and what its screen shows; `position` is null while they join.

    `uncovered` holds, as JSON, the positions whose answer has been on the screen.
    """

    __tablename__ = "live_lesson"
    __table_args__ = (UniqueConstraint("code", name="uq_live_lesson_code"),)
    lesson_id: UUID = Field(primary_key=True, foreign_key="lesson.id", ondelete="CASCADE")
    code: str | None
    group_id: UUID | None = Field(default=None, foreign_key="learner_group.id", ondelete="SET NULL")
    opened_at: datetime = Field(sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    position: int | None = None
    step: int = 0
    uncovered: str = "[]"


class ParticipantRow(Base, table=True):
    """Somebody in a live lesson; `folded` is the nickname in the form in which two are compared.

    `device_id` is null once the tutor has freed the nickname for another device.
    """

    __tablename__ = "participant"
    __table_args__ = (
        UniqueConstraint("lesson_id", "folded", name="uq_participant_nickname"),
        Index("ix_participant_device", "device_id"),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    lesson_id: UUID = Field(foreign_key="live_lesson.lesson_id", ondelete="CASCADE")
    device_id: UUID | None = Field(default=None, foreign_key="device.id", ondelete="SET NULL")
    learner_id: UUID | None = Field(default=None, foreign_key="learner.id", ondelete="CASCADE")
    nickname: str
    folded: str
    keeps: bool = False
    joined_at: datetime = Field(sa_type=Moment)


class LiveAnswerRow(Base, table=True):
    """What a participant answered at a position: the latest response before the answer was shown."""

    __tablename__ = "live_answer"
    __table_args__ = (UniqueConstraint("participant_id", "position", name="uq_live_answer_position"),)
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    participant_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE")
    position: int
    response: str
    fraction: float
    given_at: datetime = Field(sa_type=Moment)


class LearnerSumsRow(Base, table=True):
    """A learner's running sums over all criteria (`quiz.progress.ledger`); without a row they are to be made.

    This table and those up to `facility` are a cache of the marked answers: `models.sums` writes them.
    """

    __tablename__ = "learner_sums"
    learner_id: UUID = Field(primary_key=True, foreign_key="learner.id", ondelete="CASCADE")
    demo: bool
    facts: int
    answers: int
    right: float
    last_at: datetime | None = Field(default=None, sa_type=Moment)
    said: str
    pace: str


class UnitSumsRow(Base, table=True):
    """A learner's sums of the criteria of a unit, as JSON by code."""

    __tablename__ = "unit_sums"
    learner_id: UUID = Field(primary_key=True, foreign_key="learner.id", ondelete="CASCADE")
    unit: str = Field(primary_key=True)
    criteria: str


class FamilySumsRow(Base, table=True):
    """A learner's card of a family; `due` is for somebody without a test ahead."""

    __tablename__ = "family_sums"
    __table_args__ = (
        Index("ix_family_sums_due", "learner_id", "due"),
        Index("ix_family_sums_wrong", "learner_id", sqlite_where=text("wrong > 0")),
    )
    learner_id: UUID = Field(primary_key=True, foreign_key="learner.id", ondelete="CASCADE")
    family: str = Field(primary_key=True)
    unit: str
    criterion: str
    day: str
    last_at: datetime = Field(sa_type=Moment)
    rating: int
    sure: str | None = None
    stability: float
    difficulty: float
    due: str
    reps: int
    lapses: int
    latest_at: datetime = Field(sa_type=Moment)
    asked: str
    wrong: int
    wrong_at: datetime | None = Field(default=None, sa_type=Moment)
    tested: bool


class DaySumsRow(Base, table=True):
    """What a London day brought of a learner."""

    __tablename__ = "day_sums"
    learner_id: UUID = Field(primary_key=True, foreign_key="learner.id", ondelete="CASCADE")
    day: str = Field(primary_key=True)
    answers: int
    criteria: int
    reviewed: int


class PastStatesRow(Base, table=True):
    """How the criteria of a unit stood at the end of a day, as JSON by code."""

    __tablename__ = "past_states"
    learner_id: UUID = Field(primary_key=True, foreign_key="learner.id", ondelete="CASCADE")
    unit: str = Field(primary_key=True)
    day: str = Field(primary_key=True)
    states: str


class FacilityRow(Base, table=True):
    """What all real learners here, or all demo learners, showed of a criterion."""

    __tablename__ = "facility"
    demo: bool = Field(primary_key=True)
    unit: str = Field(primary_key=True)
    criterion: str = Field(primary_key=True)
    facts: int
    earned: int
    learners: int


class SettingRow(Base, table=True):
    """A setting of this machine."""

    __tablename__ = "setting"
    key: str = Field(primary_key=True)
    value: str
