"""The on-screen test as a story: nothing is marked before the end, and its clock is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from literal_attempts import RIGHT, START, WRONG, a_test, at, question

from quiz.errors import MoveRefused
from quiz.progress import evidence_from
from quiz.questions import SingleChoiceResponse, Verdict
from quiz.sessions import (
    Finish,
    Kind,
    answer,
    begin_break,
    end_break,
    finish,
    flag,
    move,
    settle,
    show_answer,
    verdict,
)

ENDED = r"^The test has ended\. Answers given before the end are kept\.$"
RESTING = r"^The test is on a rest break\. Go on with it first\.$"


def test_pick_change_flag_and_finish_early() -> None:
    attempt = a_test(question("1.1"), question("1.2"), question("1.3"))

    attempt = answer(attempt, 0, WRONG, at(1), seconds=30.0)
    attempt = answer(attempt, 0, RIGHT, at(2))
    attempt = flag(move(attempt, 1), 1, True, at(3))
    attempt = answer(attempt, 1, WRONG, at(4))

    # Nothing is marked, shown or evidence before the end.
    assert [given.mark for item in attempt.items for given in item.given] == [None, None, None]
    assert [verdict(item) for item in attempt.items] == [Verdict.UNANSWERED] * 3
    assert evidence_from(attempt) == ()
    with pytest.raises(MoveRefused, match=r"^Answers are shown after the test\.$"):
        show_answer(attempt, 0, at(5))
    assert (attempt.answered, attempt.position, attempt.items[1].flagged) == (2, 1, True)

    attempt = finish(attempt, at(10))
    assert (attempt.finished_at, attempt.finish) == (at(10), Finish.LEARNER)
    assert [verdict(item) for item in attempt.items] == [Verdict.RIGHT, Verdict.WRONG, Verdict.UNANSWERED]
    assert [(fact.ref.code, fact.fraction, fact.at, fact.kind) for fact in evidence_from(attempt)] == [
        ("1.1", 1.0, at(2), Kind.TEST),
        ("1.2", 0.0, at(4), Kind.TEST),
    ]
    assert attempt.remaining(at(45)) == timedelta(minutes=50)
    assert finish(attempt, at(20)) == attempt
    assert settle(attempt, at(500)) == attempt
    with pytest.raises(MoveRefused, match=ENDED):
        answer(attempt, 2, RIGHT, at(11))
    with pytest.raises(MoveRefused, match=ENDED):
        flag(attempt, 2, True, at(11))


def test_time_runs_out_with_a_quarter_more_of_it() -> None:
    attempt = a_test(question("1.1"), question("1.2"), extra_percent=25)
    assert attempt.allowed == timedelta(minutes=75)
    assert attempt.deadline(START) == at(75)
    assert attempt.remaining(at(60)) == timedelta(minutes=15)

    attempt = answer(attempt, 0, RIGHT, at(75) - timedelta(microseconds=1))
    assert settle(attempt, at(75) - timedelta(microseconds=1)) == attempt
    for late in (at(75), at(80)):
        with pytest.raises(MoveRefused, match=ENDED):
            answer(attempt, 1, RIGHT, late)

    settled = settle(attempt, at(90))
    assert (settled.finished_at, settled.finish) == (at(75), Finish.TIME)
    assert [verdict(item) for item in settled.items] == [Verdict.RIGHT, Verdict.UNANSWERED]
    assert settled.remaining(at(90)) == timedelta()
    assert settle(settled, at(99)) == settled
    # Whoever finishes it late finishes it as of the deadline.
    assert finish(attempt, at(90)) == settled


def test_a_break_stops_the_clock() -> None:
    attempt = begin_break(a_test(question("1.1")), at(10))
    assert attempt.on_break
    assert attempt.remaining(at(40)) == timedelta(minutes=50)
    assert attempt.deadline(at(40)) is None
    assert settle(attempt, at(1000)) == attempt

    for refused in (
        lambda: answer(attempt, 0, RIGHT, at(11)),
        lambda: flag(attempt, 0, True, at(11)),
        lambda: begin_break(attempt, at(11)),
    ):
        with pytest.raises(MoveRefused, match=RESTING):
            refused()

    attempt = end_break(attempt, at(25))
    assert (attempt.on_break, attempt.deadline(at(25))) == (False, at(75))
    assert attempt.remaining(at(25)) == timedelta(minutes=50)
    assert end_break(attempt, at(26)) == attempt

    attempt = end_break(begin_break(attempt, at(30)), at(35))
    assert attempt.remaining(at(35)) == timedelta(minutes=45)
    assert attempt.deadline(at(35)) == at(80)
    assert settle(attempt, at(80)).finished_at == at(80)


def test_a_test_can_be_finished_from_a_break() -> None:
    attempt = answer(a_test(question("1.1")), 0, RIGHT, at(5))
    attempt = finish(begin_break(attempt, at(10)), at(20))
    assert (attempt.finished_at, attempt.finish) == (at(20), Finish.LEARNER)
    assert [(rest.start, rest.end) for rest in attempt.breaks] == [(at(10), at(20))]
    assert (attempt.on_break, verdict(attempt.items[0])) == (False, Verdict.RIGHT)
    assert attempt.remaining(at(99)) == timedelta(minutes=50)
    with pytest.raises(MoveRefused, match=ENDED):
        begin_break(attempt, at(21))


def test_a_break_taken_at_the_last_moment_keeps_what_is_left() -> None:
    attempt = begin_break(a_test(question("1.1")), at(60) - timedelta(seconds=1))
    assert attempt.remaining(at(500)) == timedelta(seconds=1)
    with pytest.raises(MoveRefused, match=ENDED):
        begin_break(a_test(question("1.1")), at(60))


def test_a_pick_that_was_taken_back_or_is_no_option_is_no_evidence() -> None:
    attempt = a_test(question("1.1"), question("1.2"), question("1.3"))
    attempt = answer(answer(attempt, 0, RIGHT, at(1)), 0, SingleChoiceResponse(), at(2))
    attempt = answer(attempt, 1, SingleChoiceResponse(chosen="x"), at(3))
    attempt = finish(answer(attempt, 2, WRONG, at(4)), at(5))
    assert [verdict(item) for item in attempt.items] == [
        Verdict.UNANSWERED,
        Verdict.MALFORMED,
        Verdict.WRONG,
    ]
    assert [fact.ref.code for fact in evidence_from(attempt)] == ["1.3"]


@pytest.mark.parametrize(
    ("minutes", "extra", "allowed"),
    [
        (60, 0, timedelta(hours=1)),
        (60, 25, timedelta(hours=1, minutes=15)),
        (60, 50, timedelta(hours=1, minutes=30)),
        (45, 25, timedelta(minutes=56, seconds=15)),
    ],
)
def test_extra_time_is_a_share_of_the_time(minutes: int, extra: int, allowed: timedelta) -> None:
    attempt = a_test(question("1.1"), minutes=minutes, extra_percent=extra)
    assert (attempt.allowed, attempt.remaining(START)) == (allowed, allowed)
    assert attempt.deadline(START) == START + allowed
