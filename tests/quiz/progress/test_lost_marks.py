"""Where marks are lost: the wrong answers taken in each type of question, and marks lost by criterion."""

from __future__ import annotations

import pytest
from literal_attempts import RIGHT, WRONG, a_test, at, practice, question
from literal_questions import MATCHING, MULTIPLE_RESPONSE, ORDERING, SORTING, head

from quiz.progress import CriterionLoss, LostMark, losses, lost_marks
from quiz.questions import (
    MatchingResponse,
    MultipleResponseResponse,
    OrderingResponse,
    Question,
    Response,
    SingleChoiceResponse,
    SortingResponse,
    right_response,
)
from quiz.sessions import Attempt, answer, finish
from quiz.syllabus import CriterionRef

REF = CriterionRef("L/601/7638", "1.1")
SECOND = CriterionRef("L/601/7638", "2.1")
DAY = 24 * 60
"""Minutes of a day."""


def answered(asked: Question, response: Response, minute: float = 1) -> Attempt:
    return answer(practice(asked, started_at=at(minute)), 0, response, at(minute))


@pytest.mark.parametrize(
    ("asked", "response", "expected"),
    [
        (question("1.1"), WRONG, [("wrong L6017638-1.1-01", "About wrong L6017638-1.1-01.")]),
        (
            MULTIPLE_RESPONSE,
            MultipleResponseResponse(chosen=("a", "c")),
            [("cold soup", "About cold soup.")],
        ),
        (
            MATCHING,
            MatchingResponse(chosen={"k": "c", "c": "k", "s": "s", "t": "t"}),
            [
                ("caddy: heats water", "It keeps them dry."),
                ("kettle: stores leaves", "Water is boiled in it."),
            ],
        ),
        (
            ORDERING,
            OrderingResponse(order=("a", "b", "p", "d")),
            [
                ("add the leaves: place 1", "Into the warm pot."),
                ("boil the water: place 2", "All begins with it."),
            ],
        ),
        (
            SORTING,
            SortingResponse(chosen={"a": "Black", "d": "Green", "s": "Green", "m": "Green"}),
            [("Darjeeling: Green", "It is flowery.")],
        ),
    ],
    ids=["single choice", "multiple response", "matching", "ordering", "sorting"],
)
def test_each_wrong_part_of_an_answer_is_named_with_why(
    asked: Question, response: Response, expected: list[tuple[str, str]]
) -> None:
    assert [(m.text, m.why) for m in lost_marks([answered(asked, response)])] == expected


@pytest.mark.parametrize("asked", [question("1.1"), MULTIPLE_RESPONSE, MATCHING, ORDERING, SORTING])
def test_a_right_answer_loses_nothing(asked: Question) -> None:
    attempt = answered(asked, right_response(asked))
    assert (lost_marks([attempt]), losses([attempt])) == ((), ())


def test_the_same_misunderstanding_is_one_entry_with_its_count_and_its_latest_moment() -> None:
    attempts = [answered(question("1.1"), WRONG, minute) for minute in (2 * DAY, 0, DAY)]
    assert lost_marks(attempts) == (
        LostMark(REF, "wrong L6017638-1.1-01", "About wrong L6017638-1.1-01.", 3, at(2 * DAY)),
    )


def test_the_most_often_taken_comes_first_and_then_the_latest() -> None:
    attempts = [
        answered(question("1.1", 1), WRONG, 1),
        answered(question("1.1", 1), WRONG, DAY),
        answered(question("1.1", 2), WRONG, 2),
        answered(question("2.1", 3), WRONG, 3),
    ]
    shown = lost_marks(attempts)
    assert [(m.ref, m.text, m.times) for m in shown] == [
        (REF, "wrong L6017638-1.1-01", 2),
        (SECOND, "wrong L6017638-2.1-03", 1),
        (REF, "wrong L6017638-1.1-02", 1),
    ]
    assert lost_marks(attempts, 2) == shown[:2]
    assert lost_marks(attempts, 0) == ()
    assert lost_marks(attempts[::-1]) == shown


def test_the_same_words_in_another_criterion_are_another_entry() -> None:
    other = MULTIPLE_RESPONSE.model_copy(update={"head": head(criterion="2.1", id="other")})
    response = MultipleResponseResponse(chosen=("a", "c"))
    shown = lost_marks([answered(MULTIPLE_RESPONSE, response, 1), answered(other, response, 2)])
    assert [(m.ref.code, m.times) for m in shown] == [("2.1", 1), ("1.1", 1)]


def test_practice_counts_the_first_try_only() -> None:
    quite_wrong = SingleChoiceResponse(chosen="c")
    attempt = answer(answer(practice(question("1.1")), 0, WRONG, at(1)), 0, quite_wrong, at(2))
    attempt = answer(attempt, 0, RIGHT, at(3))
    assert [m.text for m in lost_marks([attempt])] == ["wrong L6017638-1.1-01"]
    assert losses([attempt]) == (CriterionLoss(REF, 1.0, 1),)


def test_a_test_counts_the_standing_answer_once_it_is_finished() -> None:
    sat = answer(answer(a_test(question("1.1")), 0, RIGHT, at(1)), 0, WRONG, at(2))
    assert lost_marks([sat]) == ()
    assert [(m.text, m.latest) for m in lost_marks([finish(sat, at(3))])] == [
        ("wrong L6017638-1.1-01", at(2))
    ]


def test_a_question_left_unanswered_is_no_misunderstanding() -> None:
    sat = finish(a_test(question("1.1")), at(9))
    assert (lost_marks([sat]), losses([sat])) == ((), ())


def test_only_the_first_answer_to_a_question_on_a_day_counts() -> None:
    attempts = [answered(question("1.1"), WRONG, 30), answered(question("1.1"), RIGHT, 1)]
    assert (lost_marks(attempts), losses(attempts)) == ((), ())


def test_marks_lost_add_up_by_criterion_the_most_first() -> None:
    half = MultipleResponseResponse(chosen=("a", "c"))
    attempts = [
        answered(question("2.1", 1), WRONG, 1),
        answered(question("2.1", 2), WRONG, 2),
        answered(question("2.1", 3), RIGHT, 3),
        answered(MULTIPLE_RESPONSE, half, 4),
        answered(question("3.1"), RIGHT, 5),
        answered(question("1.2"), WRONG, 6),
        answered(question("1.10"), WRONG, 7),
    ]
    assert [(loss.ref.code, loss.lost, loss.answers) for loss in losses(attempts)] == [
        ("2.1", 2.0, 3),
        ("1.2", 1.0, 1),
        ("1.10", 1.0, 1),
        ("1.1", 0.5, 1),
    ]


def test_without_attempts_nothing_is_lost() -> None:
    assert (lost_marks([]), losses([])) == ((), ())
