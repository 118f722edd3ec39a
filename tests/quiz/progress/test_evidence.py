"""Quiz evidence: first tries, finished tests, and the first answer to a question on a London day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from literal_attempts import RIGHT, WRONG, a_test, at, practice, question
from literal_questions import MULTIPLE_RESPONSE

from quiz.progress import QuizEvidence, evidence_from, first_of_a_day
from quiz.questions import MultipleResponseResponse
from quiz.sessions import Kind, answer, finish
from quiz.syllabus import CriterionRef

REF = CriterionRef("L/601/7638", "1.1")


def fact(question: str, at: datetime, fraction: float = 1.0) -> QuizEvidence:
    return QuizEvidence(REF, question, question, fraction, at, Kind.PRACTICE)


def test_a_fact_names_the_criterion_the_question_its_family_and_the_share_earned() -> None:
    asked = question("1.1", id="L6017638-1.1-pot.next.1a.2b", family="L6017638-1.1-pot.next")
    attempt = answer(practice(asked), 0, RIGHT, at(3))
    assert evidence_from(attempt) == (
        QuizEvidence(REF, "L6017638-1.1-pot.next.1a.2b", "L6017638-1.1-pot.next", 1.0, at(3), Kind.PRACTICE),
    )


def test_practice_counts_the_first_try_and_a_test_the_last() -> None:
    for start, expected in ((practice, (0.0, at(1))), (a_test, (1.0, at(2)))):
        attempt = answer(answer(start(question("1.1")), 0, WRONG, at(1)), 0, RIGHT, at(2))
        facts = evidence_from(finish(attempt, at(3)))
        assert [(fact.fraction, fact.at) for fact in facts] == [expected]


def test_a_part_of_the_mark_is_evidence_as_a_part() -> None:
    response = MultipleResponseResponse(chosen=("a", "c"))
    assert [f.fraction for f in evidence_from(answer(practice(MULTIPLE_RESPONSE), 0, response, at(1)))] == [
        0.5
    ]


def test_a_question_without_an_answer_is_no_evidence() -> None:
    assert evidence_from(finish(a_test(question("1.1")), at(9))) == ()
    assert evidence_from(practice(question("1.1"))) == ()


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 1, 10, 23, 59, tzinfo=UTC), date(2026, 1, 10)),
        (datetime(2026, 6, 30, 22, 59, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 6, 30, 23, 0, tzinfo=UTC), date(2026, 7, 1)),  # midnight in British Summer Time
        (datetime(2026, 6, 30, 20, 0, tzinfo=timezone(timedelta(hours=-5))), date(2026, 7, 1)),
    ],
)
def test_the_day_is_the_one_in_london(moment: datetime, day: date) -> None:
    assert fact("a", moment).day == day


def test_only_the_first_answer_to_a_question_on_a_day_counts() -> None:
    facts = [
        fact("a", datetime(2026, 11, 22, 9, 0, tzinfo=UTC), 0.0),
        fact("a", datetime(2026, 11, 22, 10, 0, tzinfo=UTC), 1.0),
        fact("b", datetime(2026, 11, 22, 11, 0, tzinfo=UTC), 1.0),
        fact("a", datetime(2026, 11, 23, 9, 0, tzinfo=UTC), 1.0),
    ]
    assert first_of_a_day(facts) == (facts[0], facts[2], facts[3])


def test_midnight_in_london_parts_two_answers_in_summer() -> None:
    before = fact("a", datetime(2026, 6, 30, 22, 59, tzinfo=UTC))
    after = fact("a", datetime(2026, 6, 30, 23, 0, tzinfo=UTC))
    same_night = fact("a", datetime(2026, 7, 1, 0, 30, tzinfo=UTC))
    assert first_of_a_day([before, after, same_night]) == (before, after)


def test_facts_come_back_in_order_of_time_whatever_their_zones() -> None:
    early = fact("a", datetime(2026, 11, 22, 12, 0, tzinfo=timezone(timedelta(hours=5))))
    late = fact("b", datetime(2026, 11, 22, 8, 0, tzinfo=UTC))
    later = fact("a", datetime(2026, 11, 22, 9, 0, tzinfo=UTC))
    assert first_of_a_day([later, late, early]) == (early, late)
