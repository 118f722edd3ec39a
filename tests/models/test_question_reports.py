"""Reported questions: what a learner says is wrong, with the question as it was shown."""

from __future__ import annotations

from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from literal_attempts import RIGHT, START, at, practice, question
from stored_moves import begin, give

from models import (
    LONGEST_REPORT,
    Database,
    Learner,
    QuestionReport,
    RecordMissing,
    create_learner,
    report_question,
    select_reports,
    settle_report,
)
from quiz.questions import shuffle
from quiz.sessions import Attempt
from quiz.statistics import ReportReason
from quiz.syllabus import CriterionRef

SHOWN = shuffle(question("1.1"), Random(3))


@pytest.fixture
def attempt(database: Database, learner: Learner) -> Attempt:
    """Return a practice session of two questions in the database."""
    return begin(database, practice(SHOWN, question("1.2"), learner=learner.id))


def report(database: Database, attempt: Attempt, minute: float = 1, **changes: Any) -> UUID:
    stated = {
        "learner": attempt.learner,
        "attempt_id": attempt.id,
        "position": 0,
        "reason": ReportReason.SEVERAL,
        "text": "",
        "now": at(minute),
    }
    with database.write() as session:
        return report_question(session=session, **{**stated, **changes})


def settle(database: Database, report_id: UUID, note: str, minute: float) -> None:
    with database.write() as session:
        settle_report(session=session, report_id=report_id, note=note, now=at(minute))


def reports(database: Database, **scope: Any) -> list[QuestionReport]:
    with database.read() as session:
        return select_reports(session=session, **scope)


def test_a_report_comes_with_the_question_as_it_was_shown(database: Database, attempt: Attempt) -> None:
    made = report(database, attempt, text="  Both a and b\x00 are right. ")
    (found,) = reports(database)
    assert found == QuestionReport(
        made, attempt.learner, attempt.id, 0, SHOWN, ReportReason.SEVERAL, "Both a and b are right.",
        at(1), None, None,
    )  # fmt: skip
    assert (found.family, found.ref) == ("L6017638-1.1-01", CriterionRef("L/601/7638", "1.1"))


@pytest.mark.parametrize("reason", ReportReason)
def test_every_reason_can_be_given(database: Database, attempt: Attempt, reason: ReportReason) -> None:
    report(database, attempt, reason=reason, text="It is about tea.")
    assert [found.reason for found in reports(database)] == [reason]


def test_the_reasons_are_these() -> None:
    assert [str(reason) for reason in ReportReason] == [
        "the answer is wrong",
        "more than one answer is right",
        "I do not understand it",
        "out of date",
        "something else",
    ]


def test_reporting_again_changes_the_open_report(database: Database, attempt: Attempt) -> None:
    first = report(database, attempt, 1)
    assert report(database, attempt, 2, reason=ReportReason.OUTDATED, text="Since 2025.") == first
    other = report(database, attempt, 3, position=1)
    assert [(one.id, one.reason, one.text, one.reported_at) for one in reports(database)] == [
        (first, ReportReason.OUTDATED, "Since 2025.", at(2)),
        (other, ReportReason.SEVERAL, "", at(3)),
    ]


def test_a_settled_report_leaves_the_open_ones_and_is_kept(database: Database, attempt: Attempt) -> None:
    first = report(database, attempt, 1)
    settle(database, first, " The key was wrong; mended. ", 5)
    assert reports(database) == []
    second = report(database, attempt, 6)
    assert second != first
    settle(database, first, "Mended in 1.1-09.", 9)
    assert [(one.id, one.settled_at, one.settled_note) for one in reports(database, open_only=False)] == [
        (first, at(5), "Mended in 1.1-09."),
        (second, None, None),
    ]


def test_reports_can_be_those_of_a_unit_or_of_some_learners(database: Database, attempt: Attempt) -> None:
    with database.write() as session:
        sue = create_learner(session=session, name="Sue", now=START).id
    of_sue = begin(
        database, practice(question("1.1", unit="T/503/0356"), learner=sue, id=uuid4(), unit="T/503/0356")
    )
    report(database, attempt, 2)
    report(database, of_sue, 1)
    assert [one.learner for one in reports(database)] == [sue, attempt.learner]
    assert [one.learner for one in reports(database, unit="L/601/7638")] == [attempt.learner]
    assert [one.learner for one in reports(database, learners={sue})] == [sue]
    assert reports(database, learners=set()) == []


@pytest.mark.parametrize("changes", [{"position": 2}, {"learner": uuid4()}, {"attempt_id": uuid4()}])
def test_only_a_question_of_ones_own_can_be_reported(
    database: Database, attempt: Attempt, changes: dict[str, Any]
) -> None:
    with pytest.raises(RecordMissing, match="This question is not in your answers any more"):
        report(database, attempt, **changes)
    assert reports(database) == []


def test_something_else_has_to_be_said_and_no_report_is_endless(database: Database, attempt: Attempt) -> None:
    with pytest.raises(ValueError, match=r"^Say in a few words what is wrong with the question\.$"):
        report(database, attempt, reason=ReportReason.OTHER, text=" \n ")
    with pytest.raises(ValueError, match=r"^That is 1,001 characters long; 1,000 is the most\.$"):
        report(database, attempt, text="x" * (LONGEST_REPORT + 1))
    report(database, attempt, text="x" * LONGEST_REPORT)


def test_a_report_that_is_gone_cannot_be_settled(database: Database) -> None:
    with pytest.raises(RecordMissing, match="This report is not here any more"):
        settle(database, uuid4(), "", 1)


def test_reports_go_with_their_learner(database: Database, attempt: Attempt) -> None:
    give(database, attempt, 0, RIGHT, at(1))
    report(database, attempt)
    with database.write() as session:
        session.connection().exec_driver_sql("DELETE FROM learner")
    assert reports(database, open_only=False) == []
    with database.read() as session:
        left = session.connection().exec_driver_sql("SELECT count(*) FROM question_report").scalar_one()
    assert left == 0
