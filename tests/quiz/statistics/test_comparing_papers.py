"""Learners who met different questions are compared over what they share; only first answers enter."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from literal_answers import attempt, learner, marked, table

from quiz.statistics import (
    MarkedAnswer,
    compare,
    first_answers,
    paper_statistics,
    question_statistics,
    thirds,
)


def rests(answers: list[MarkedAnswer], family: str) -> list[float | None]:
    return [one.rest for one in compare(answers)[family]]


def test_who_draws_easy_questions_is_not_stronger_for_it() -> None:
    # B and C are easy (1 and .5 right), D and E hard (.5 and 0). Learners 1 and 3 are each half a mark
    # better than the average of what they met, 2 and 4 half a mark worse: ±.5/(2 + 8).
    answers = table(["111--", "010--", "1--10", "0--00"])
    assert rests(answers, "A") == [0.05, -0.05, 0.05, -0.05]
    found = next(one for one in question_statistics(answers) if one.family == "A")
    assert found.discrimination == pytest.approx(100)  # the plain rests 2, 1, 1, 0 would give 71


def test_a_rest_of_few_answers_is_drawn_towards_the_average() -> None:
    # Half of the learners are right on every question. Learner 1 shows it once: .5/(1 + 8); learner 2
    # four times: 2/(4 + 8).
    answers = table(["11---", "11111", "00---", "00000"])
    assert rests(answers, "A") == pytest.approx([0.5 / 9, 2 / 12, -0.5 / 9, -2 / 12])


def test_a_question_that_nobody_else_met_says_nothing() -> None:
    answers = table(["10-", "1-1", "011"])
    # B: learners 1 and 3, mean .5. C: 2 and 3, mean 1.
    assert rests(answers, "A") == pytest.approx([-0.5 / 9, 0, 0.5 / 10])
    alone = table(["11", "0-", "0-"])
    assert rests(alone, "A") == [None, None, None]
    assert rests(alone, "B") == pytest.approx([2 / 3 / 9])  # A is shared, and B is not A
    one = question_statistics(alone)[0]
    assert (one.answers, one.compared, one.discrimination) == (3, 0, None)


def test_only_a_learners_first_answer_enters_by_time_not_by_place() -> None:
    first = marked(1, "A", 0.0)
    again = replace(first, attempt=attempt(9), at=first.at + timedelta(days=1), fraction=1.0)
    variant = replace(again, question="A-variant", attempt=attempt(8))
    assert first_answers([variant, again, first]) == [first]
    (one,) = question_statistics([again, first, variant])
    assert (one.answers, one.facility) == (1, 0)


def test_a_question_met_before_is_not_in_the_rest() -> None:
    before = table(["-1", "-0"])  # B, in the attempts 1 and 2
    later = [
        marked(who, family, 1.0, attempt=attempt(who + 10), at=before[0].at + timedelta(days=1))
        for who in (1, 2)
        for family in "AB"
    ]
    assert rests([*before, *later], "A") == [None, None]


def test_the_same_answers_in_any_order_give_the_same_figures() -> None:
    answers = [
        replace(answer, seconds=float(place))
        for place, answer in enumerate(table(["11h1", "1h10", "-100", "1-01", "0010", "10--"]))
    ]
    expected = question_statistics(answers)
    for seed in range(5):
        assert question_statistics(Random(seed).sample(answers, len(answers))) == expected


def test_thirds_are_cut_where_they_come_nearest_to_a_third() -> None:
    # B to D give nine learners the totals 3 2 2 2 1 1 1 0 0.
    rows = ["0111", "0110", "0101", "0011", "0100", "0010", "0001", "0000", "0000"]
    strongest, weakest = thirds(compare(table(rows))["A"])
    # One or four of nine are nearest to three: four. Two or five: two.
    assert [one.answer.learner.int for one in strongest] == [1, 2, 3, 4]
    assert [one.answer.learner.int for one in weakest] == [8, 9]


def test_of_two_cuts_equally_near_the_smaller_third_is_taken() -> None:
    # Totals 2 1 1 0 0 0: one or three of six are equally near to two.
    strongest, weakest = thirds(compare(table(["011", "010", "001", "000", "000", "000"]))["A"])
    assert [one.answer.learner.int for one in strongest] == [1]
    assert [one.answer.learner.int for one in weakest] == [4, 5, 6]


def test_where_all_are_equally_strong_there_are_no_thirds() -> None:
    answers = table(["110", "010", "110"])
    assert thirds(compare(answers)["A"]) == ((), ())
    one = question_statistics(answers)[0]
    assert (one.strongest.learners, one.strongest.facility) == (0, None)


@pytest.mark.parametrize("split", range(1, 10))
def test_thirds_never_overlap(split: int) -> None:
    rows = ["01"] * split + ["00"] * (10 - split)
    strongest, weakest = thirds(compare(table(rows))["A"])
    assert (len(strongest), len(weakest)) == (split, 10 - split)


def test_times_have_a_middle_and_quartiles_and_unmeasured_ones_do_not_count() -> None:
    times = (10.0, 20.0, 30.0, 40.0, None)
    answers = [marked(who, "A", 1.0, seconds=time) for who, time in enumerate(times, 1)]
    seconds = question_statistics(answers)[0].seconds
    assert seconds is not None
    # Of four in order the quartiles lie at places .75, 1.5 and 2.25 from 0.
    assert (seconds.lower, seconds.median, seconds.upper, seconds.answers) == (17.5, 25, 32.5, 4)
    assert question_statistics([marked(1, "A", 1.0)])[0].seconds is None


def test_attempts_at_other_questions_are_another_paper() -> None:
    papers = paper_statistics(table(["11", "10", "00", "--11", "--10"]))
    assert [(paper.families, paper.learners) for paper in papers] == [(("A", "B"), 3), (("C", "D"), 2)]
    assert papers[1].consistency is None  # two learners


def test_a_question_left_out_earns_nothing_in_its_paper() -> None:
    answers = table(["111", "110", "1-0"])
    asked = {attempt(who): frozenset("ABC") for who in (1, 2, 3)}
    (paper,) = paper_statistics(answers, asked)
    assert (paper.learners, paper.mean) == (3, pytest.approx(100 * (3 + 2 + 1) / 9))
    (without,) = paper_statistics(answers)  # what was not asked makes another paper, of one learner
    assert without.learners == 2


def test_of_a_paper_sat_twice_the_first_sitting_enters() -> None:
    answers = table(["11", "00"])
    again = [
        replace(marked(2, family, 1.0), attempt=attempt(7), at=answers[0].at + timedelta(days=1))
        for family in "AB"
    ]
    (paper,) = paper_statistics([*again, *answers])
    assert (paper.learners, paper.mean) == (2, pytest.approx(50))
    assert learner(2) == again[0].learner


def test_a_paper_with_partial_credit_has_no_kr_20() -> None:
    (paper,) = paper_statistics(table(["1h", "11", "00"]))
    # Σ var x = 1/3 + 1/4; totals 1.5, 2, 0, mean 7/6: squares 1/9 + 25/36 + 49/36 = 78/36, over 2.
    assert paper.consistency == pytest.approx(100 * 2 * (1 - (7 / 12) / (39 / 36)))
    assert paper.kr20 is None
