"""Moodle's definitions on a table of five learners and four questions, worked out by hand.

    A B C D   T    R of A, B, C, D (T - x)
1   1 1 1 1   4    3 3 3 3
2   1 1 1 0   3    2 2 2 3
3   1 1 0 0   2    1 1 2 2
4   1 0 0 1   2    1 2 2 1
5   0 0 1 0   1    1 1 0 1
"""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from literal_answers import table

from quiz.statistics import (
    consistency_interval,
    correlation_interval,
    discrimination_index,
    discriminative_efficiency,
    error_ratio,
    facility,
    facility_interval,
    internal_consistency,
    paper_statistics,
    question_statistics,
)

ROWS = ("1111", "1110", "1100", "1001", "0010")
MARKS = np.array([[float(sign) for sign in row] for row in ROWS])

# Sums of products of deviations, each over n - 1 = 4:
# A  x̄ .8  R̄ 1.6   cov .6/4    var x .8/4   var R 3.2/4   covmax .6/4 (the sorted columns pair off alike)
# B  x̄ .6  R̄ 1.8   cov .6/4    var x 1.2/4  var R 2.8/4   covmax 1.6/4
# C  x̄ .6  R̄ 1.8   cov -.4/4   var x 1.2/4  var R 4.8/4   covmax 1.6/4
# D  x̄ .4  R̄ 2     cov 0       var x 1.2/4  var R 4/4     covmax 2/4
EXPECTED = {
    "A": (80, 37.5, 100),  # .6/√(.8 · 3.2) = .6/1.6
    "B": (60, 100 * 0.6 / sqrt(3.36), 37.5),
    "C": (60, -100 * 0.4 / 2.4, -25),
    "D": (40, 0, 0),
}


@pytest.mark.parametrize("family", EXPECTED)
def test_the_formulas_give_moodles_figures(family: str) -> None:
    column = "ABCD".index(family)
    x = list(MARKS[:, column])
    rest = list(MARKS.sum(axis=1) - MARKS[:, column])
    easy, index, efficiency = EXPECTED[family]
    assert facility(x) == pytest.approx(easy)
    assert discrimination_index(x, rest) == pytest.approx(index)
    assert discriminative_efficiency(x, rest) == pytest.approx(efficiency)


def test_attempts_at_one_paper_give_moodles_figures() -> None:
    found = {one.family: one for one in question_statistics(table(ROWS))}
    assert list(found) == ["A", "B", "C", "D"]
    for family, (easy, index, efficiency) in EXPECTED.items():
        one = found[family]
        assert (one.answers, one.compared) == (5, 5)
        assert one.facility == pytest.approx(easy)
        assert one.discrimination == pytest.approx(index)
        assert one.efficiency == pytest.approx(efficiency)


def test_partial_credit_enters_as_its_fraction() -> None:
    # x̄ .5, R̄ 1.5; products of deviations 0 · -.5 + .5 · .5 + -.5 · 0 = .25; squares .5 and .5.
    # Sorted: 0, .5, 1 against 1, 1.5, 2: .25 + 0 + .25 = .5.
    assert discrimination_index([0.5, 1, 0], [1, 2, 1.5]) == pytest.approx(50)
    assert discriminative_efficiency([0.5, 1, 0], [1, 2, 1.5]) == pytest.approx(50)


@pytest.mark.parametrize(
    ("x", "rest"),
    [([1, 1, 1], [3, 2, 1]), ([1, 0, 1], [2, 2, 2]), ([1], [2]), ([], [])],
    ids=["all right", "all rests equal", "one learner", "nobody"],
)
def test_what_moodle_leaves_empty_is_none(x: list[float], rest: list[float]) -> None:
    assert discrimination_index(x, rest) is None
    assert discriminative_efficiency(x, rest) is None


def test_nobodys_facility_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one mark"):
        facility([])


def test_internal_consistency_is_kr_20_where_marks_are_right_or_wrong() -> None:
    # n - 1: Σ var x = (.8 + 1.2 + 1.2 + 1.2)/4 = 1.1; var T = 5.2/4 = 1.3; 4/3 · (1 - 1.1/1.3).
    assert internal_consistency(MARKS) == pytest.approx(100 * 4 / 3 * (1 - 1.1 / 1.3))
    # KR-20 as Kuder and Richardson write it, over n: Σ pq = .16 + .24 + .24 + .24; var T = 5.2/5.
    (paper,) = paper_statistics(table(ROWS))
    assert paper.kr20 == pytest.approx(4 / 3 * (1 - 0.88 / 1.04))
    assert paper.kr20 == pytest.approx(0.2051282)


def test_a_paper_has_moodles_figures() -> None:
    (paper,) = paper_statistics(table(ROWS))
    assert (paper.families, paper.learners) == (("A", "B", "C", "D"), 5)
    # T = 4, 3, 2, 2, 1 of 4: mean 2.4, median 2, standard deviation √1.3, all over 4.
    assert (paper.mean, paper.median) == (pytest.approx(60), pytest.approx(50))
    assert paper.deviation == pytest.approx(100 * sqrt(1.3) / 4)
    assert paper.error_ratio == pytest.approx(100 * sqrt(1 - 0.2051282))
    assert paper.standard_error == pytest.approx(100 * sqrt(1 - 0.2051282) * sqrt(1.3) / 4)


@pytest.mark.parametrize(
    "rows",
    [("11", "10"), ("1", "0", "1"), ("10", "01", "10")],
    ids=["two learners", "one question", "T equal"],
)
def test_internal_consistency_needs_three_learners_two_questions_and_a_spread(rows: tuple[str, ...]) -> None:
    assert internal_consistency(np.array([[float(sign) for sign in row] for row in rows])) is None


def test_the_error_ratio_is_the_root_of_what_is_not_consistent() -> None:
    assert [error_ratio(value) for value in (100, 64, 0, -44)] == pytest.approx([0, 60, 100, 120])


def test_a_facility_has_jeffreys_interval() -> None:
    # Half a mark in one answer: Beta(1, 1). Half in two: Beta(1, 2), of which P(X < x) = 1 - (1 - x)².
    assert facility_interval(0.5, 1) == pytest.approx((5, 95))
    assert facility_interval(0.5, 2) == pytest.approx((100 * (1 - sqrt(0.95)), 100 * (1 - sqrt(0.05))))


def test_the_interval_of_a_facility_reaches_the_end_when_all_is_right_or_wrong() -> None:
    assert facility_interval(0, 10)[0] == 0
    assert facility_interval(10, 10)[1] == 100
    # Mirror images of each other.
    assert facility_interval(0, 10)[1] == pytest.approx(100 - facility_interval(10, 10)[0])


def test_a_discrimination_has_fishers_interval() -> None:
    # atanh .5 = .549306; 1.644854/√25 = .328971; tanh .220335 = .216838; tanh .878277 = .705555.
    assert correlation_interval(50, 28) == pytest.approx((21.6838, 70.5555), abs=1e-3)
    assert correlation_interval(50, 3) is None
    assert correlation_interval(-100, 40) is None


def test_a_consistency_has_feldts_interval() -> None:
    # Three learners, two questions: F(2, 2), of which P(F < f) = f/(1 + f): 19 and 1/19.
    assert consistency_interval(60, 3, 2) == pytest.approx((100 * (1 - 0.4 * 19), 100 * (1 - 0.4 / 19)))
