"""Questions that learners report, kept with the question as it was shown."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from models.errors import RecordMissing
from models.tables import AttemptItemRow, QuestionReportRow, ShownQuestionRow
from quiz.questions import Question, question_from_json
from quiz.statistics import ReportReason
from quiz.syllabus import CriterionRef
from quiz.wording import gone, too_long, without_controls

LONGEST_REPORT = 1000


@dataclass(frozen=True)
class QuestionReport:
    """A report: who says what about which question, and how it was settled."""

    id: UUID
    learner: UUID
    attempt: UUID
    position: int
    question: Question
    """As it was shown to this learner: wording, parts, order and key."""
    reason: ReportReason
    text: str
    """What the learner added; may be empty."""
    reported_at: datetime
    settled_at: datetime | None
    settled_note: str | None

    @property
    def family(self) -> str:
        """Return the family, under which the statistics of the question stand."""
        return self.question.head.family

    @property
    def ref(self) -> CriterionRef:
        """Return the criterion the question belongs to."""
        return self.question.head.ref


def report_question(
    *, session: Session, learner: UUID, attempt_id: UUID, position: int, reason: ReportReason, text: str,
    now: datetime,
) -> UUID:  # fmt: skip
    """Store that a learner reports the question at a position of their attempt, and return the report's id.

    A learner has one open report on a position: reporting again changes what it says, so that a rerun
    or a second thought makes no second report. After it was settled a new one can be made.

    Raises:
        RecordMissing: this learner has no such attempt, or it has no such position.
        ValueError: the text is too long, or missing where the reason is “something else”.
    """
    clean = without_controls(text).strip()
    if len(clean) > LONGEST_REPORT:
        raise ValueError(too_long("That", len(clean), LONGEST_REPORT))
    if reason is ReportReason.OTHER and not clean:
        raise ValueError("Say in a few words what is wrong with the question.")
    item = session.exec(
        select(AttemptItemRow).where(
            AttemptItemRow.attempt_id == attempt_id,
            AttemptItemRow.position == position,
            AttemptItemRow.learner_id == learner,
        )
    ).first()
    if item is None:
        raise RecordMissing("This question is not in your answers any more, so it cannot be reported.")
    row = session.exec(
        select(QuestionReportRow).where(
            QuestionReportRow.attempt_id == attempt_id,
            QuestionReportRow.position == position,
            col(QuestionReportRow.settled_at).is_(None),
        )
    ).first()
    if row is None:
        row = QuestionReportRow(
            learner_id=learner,
            attempt_id=attempt_id,
            position=position,
            question_hash=item.question_hash,
            question_id=item.question_id,
            family=item.family,
            unit=item.unit,
            criterion=item.criterion,
            reason=reason,
            text=clean,
            reported_at=now,
        )
    row.reason, row.text, row.reported_at = reason, clean, now
    session.add(row)
    session.flush()
    return row.id


def select_reports(
    *,
    session: Session,
    open_only: bool = True,
    unit: str | None = None,
    learners: Collection[UUID] | None = None,
) -> list[QuestionReport]:
    """Return the reports, oldest first, each with the question as it was shown, in one query.

    None takes in every unit, or every learner; settled reports are among them unless `open_only`.
    """
    statement = (
        select(QuestionReportRow, ShownQuestionRow.content)
        .join(ShownQuestionRow, col(ShownQuestionRow.hash) == col(QuestionReportRow.question_hash))
        .where(
            *([col(QuestionReportRow.settled_at).is_(None)] if open_only else []),
            *([QuestionReportRow.unit == unit] if unit is not None else []),
            *([col(QuestionReportRow.learner_id).in_([*learners])] if learners is not None else []),
        )
        .order_by(col(QuestionReportRow.reported_at), col(QuestionReportRow.id))
    )
    return [
        QuestionReport(
            row.id,
            row.learner_id,
            row.attempt_id,
            row.position,
            question_from_json(content),
            ReportReason(row.reason),
            row.text,
            row.reported_at,
            row.settled_at,
            row.settled_note,
        )
        for row, content in session.exec(statement)
    ]


def settle_report(*, session: Session, report_id: UUID, note: str, now: datetime) -> None:
    """Store that a report is settled, and with what note; settling it again changes only the note.

    Raises:
        RecordMissing: it is not in the database.
    """
    row = session.get(QuestionReportRow, report_id)
    if row is None:
        raise RecordMissing(gone("report", "Look at the list under Questions again."))
    row.settled_at = row.settled_at or now
    row.settled_note = without_controls(note).strip()
    session.add(row)
