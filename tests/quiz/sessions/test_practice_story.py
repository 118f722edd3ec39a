"""Practice as a story: every answer is marked at once, and a learner may try again."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest
from literal_attempts import RIGHT, WRONG, a_test, at, practice, question
from literal_questions import MULTIPLE_RESPONSE, ORDERING

from quiz.errors import MoveRefused
from quiz.progress import evidence_from
from quiz.questions import MultipleResponseResponse, OrderingResponse, SingleChoiceResponse, Verdict
from quiz.sessions import (
    Attempt,
    Finish,
    Kind,
    answer,
    append,
    begin_break,
    finish,
    flag,
    move,
    settle,
    show_answer,
    verdict,
)


def verdicts(attempt: Attempt, position: int) -> list[Verdict]:
    given = attempt.items[position].given
    return [entry.mark.verdict for entry in given if entry.mark is not None]


def test_wrong_try_again_right_and_on_to_the_next() -> None:
    attempt = practice(question("1.1"), question("1.2"))
    assert (attempt.answered, attempt.item.answered, attempt.item.settled) == (0, False, False)

    attempt = answer(attempt, 0, WRONG, at(1), seconds=42.5)
    assert verdicts(attempt, 0) == [Verdict.WRONG]
    assert (attempt.answered, attempt.item.settled) == (1, False)

    attempt = answer(attempt, 0, SingleChoiceResponse(chosen="c"), at(2))
    attempt = answer(attempt, 0, RIGHT, at(3))
    assert verdicts(attempt, 0) == [Verdict.WRONG, Verdict.WRONG, Verdict.RIGHT]
    assert (attempt.answered, attempt.item.settled) == (1, True)
    assert [(given.at, given.seconds) for given in attempt.item.given] == [
        (at(1), 42.5),
        (at(2), None),
        (at(3), None),
    ]

    with pytest.raises(MoveRefused, match=r"^This question is finished\. Go on to the next one\.$"):
        answer(attempt, 0, RIGHT, at(4))

    attempt = answer(move(attempt, 1), 1, RIGHT, at(5))
    assert attempt.position == 1

    # Only the first try is evidence.
    facts = evidence_from(attempt)
    assert [(fact.ref.code, fact.fraction, fact.at, fact.kind) for fact in facts] == [
        ("1.1", 0.0, at(1), Kind.PRACTICE),
        ("1.2", 1.0, at(5), Kind.PRACTICE),
    ]

    attempt = finish(attempt, at(6))
    assert (attempt.finished_at, attempt.finish) == (at(6), Finish.LEARNER)
    with pytest.raises(MoveRefused, match=r"^This session has ended\. Its answers are kept\.$"):
        answer(attempt, 1, RIGHT, at(7))


def test_the_answer_is_shown_after_a_first_try_and_settles_the_question() -> None:
    attempt = practice(question("1.1"))
    with pytest.raises(
        MoveRefused, match=r"^Answer the question first; the answer can be shown after that\.$"
    ):
        show_answer(attempt, 0, at(1))

    attempt = show_answer(answer(attempt, 0, WRONG, at(1)), 0, at(2))
    assert (attempt.item.settled, attempt.item.shown_at) == (True, at(2))
    assert show_answer(attempt, 0, at(3)) == attempt
    with pytest.raises(MoveRefused, match=r"^This question is finished\."):
        answer(attempt, 0, RIGHT, at(4))
    assert [fact.fraction for fact in evidence_from(attempt)] == [0.0]


def test_an_answer_that_is_none_is_refused_with_what_is_missing_and_nothing_is_lost() -> None:
    attempt = practice(MULTIPLE_RESPONSE, ORDERING, question("1.1"))
    for position, response, message in (
        (0, MultipleResponseResponse(chosen=("a",)), "Choose two: you have chosen one."),
        (0, MultipleResponseResponse(), "Choose an answer first."),
        (1, OrderingResponse(order=("b", "a")), "Give every step a place."),
        (2, SingleChoiceResponse(), "Choose an answer first."),
        (2, OrderingResponse(), "That answer belongs to another kind of question. Answer again."),
        (3, RIGHT, "There is no question 4: this has 3."),
        (-1, RIGHT, "There is no question 0: this has 3."),
    ):
        with pytest.raises(MoveRefused) as refused:
            answer(attempt, position, response, at(1))
        assert str(refused.value) == message
    assert attempt == practice(MULTIPLE_RESPONSE, ORDERING, question("1.1"))

    attempt = answer(attempt, 0, MultipleResponseResponse(chosen=("a", "c")), at(2))
    assert verdicts(attempt, 0) == [Verdict.PARTIAL]
    assert [fact.fraction for fact in evidence_from(attempt)] == [0.5]
    assert attempt.item.settled is False


def test_endless_practice_grows_by_one_question_at_a_time_and_has_no_clock() -> None:
    attempt = practice(question("1.1"), size=None)
    attempt = append(answer(attempt, 0, RIGHT, at(1)), question("1.2"))
    assert [item.question.head.criterion for item in attempt.items] == ["1.1", "1.2"]
    assert (attempt.remaining(at(9)), attempt.deadline(at(9))) == (None, None)
    assert settle(attempt, at(100_000)) == attempt
    with pytest.raises(MoveRefused, match=r"^Only a test has a clock to stop\.$"):
        begin_break(attempt, at(2))
    with pytest.raises(MoveRefused, match=r"^There is no question 3: this has 2\.$"):
        move(attempt, 2)


def test_the_starting_check_behaves_like_practice() -> None:
    attempt = replace(practice(question("1.1")), kind=Kind.CHECK)
    attempt = answer(answer(attempt, 0, WRONG, at(1)), 0, RIGHT, at(2))
    assert verdicts(attempt, 0) == [Verdict.WRONG, Verdict.RIGHT]
    assert [(fact.fraction, fact.kind) for fact in evidence_from(attempt)] == [(0.0, Kind.CHECK)]


def test_a_flag_is_set_and_taken_off() -> None:
    attempt = flag(practice(question("1.1"), question("1.2")), 1, True, at(1))
    assert [item.flagged for item in attempt.items] == [False, True]
    assert [item.flagged for item in flag(attempt, 1, False, at(2)).items] == [False, False]


def test_a_move_leaves_the_attempt_before_it_as_it_was() -> None:
    attempt = practice(question("1.1"))
    answer(attempt, 0, RIGHT, at(1))
    assert attempt == practice(question("1.1"))


def test_a_question_without_an_answer_is_judged_unanswered() -> None:
    attempt = answer(practice(question("1.1"), question("1.2")), 0, RIGHT, at(1))
    assert [verdict(item) for item in attempt.items] == [Verdict.RIGHT, Verdict.UNANSWERED]


def test_an_attempt_is_never_changed_in_place() -> None:
    attempt = begin_break(answer(a_test(question("1.1")), 0, RIGHT, at(1)), at(2))
    for value, field in (
        (attempt, "position"),
        (attempt.item, "flagged"),
        (attempt.item.given[0], "mark"),
        (attempt.breaks[0], "end"),
    ):
        with pytest.raises(FrozenInstanceError):
            setattr(value, field, None)
