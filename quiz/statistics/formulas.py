"""Moodle's statistics of a quiz, over plain arrays of marks.

The definitions are those of Moodle's quiz statistics report
(https://docs.moodle.org/dev/Quiz_statistics_calculations; in Moodle's own code
`question/classes/statistics/questions/calculator.php` and
`mod/quiz/report/statistics/classes/calculator.php`). Marks run from 0 to 1, results are in per cent,
and variances and covariances divide by n - 1. `x` is the mark on a question and `rest` the same
learners' marks on the other questions (Moodle's R = T - x). What Moodle leaves empty is None.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np


def facility(x: Sequence[float]) -> float:
    """Return the mean mark in per cent of the most that can be earned; high is easy.

    Raises:
        ValueError: there is no mark.
    """
    if not len(x):
        raise ValueError("A facility needs at least one mark.")
    return 100 * float(np.mean(x))


def discrimination_index(x: Sequence[float], rest: Sequence[float]) -> float | None:
    """Return the corrected item-total correlation, -100 to 100: cov(x, R) / √(var x · var R).

    It is the same when every R is multiplied by one number or has one number added. None: fewer than
    two marks, or all marks or all rests are equal.
    """
    if _flat(x) or _flat(rest):
        return None
    (of_x, shared), (_, of_rest) = np.cov(x, rest, ddof=1)
    return 100 * min(1.0, max(-1.0, float(shared) / sqrt(float(of_x) * float(of_rest))))


def discriminative_efficiency(x: Sequence[float], rest: Sequence[float]) -> float | None:
    """Return cov(x, R) in per cent of the most that these marks allow, which is cov of both sorted.

    It says how far a very easy or very hard question discriminates as well as it could. None: as for
    `discrimination_index`.
    """
    if _flat(x) or _flat(rest):
        return None
    return 100 * _covariance(x, rest) / _covariance(np.sort(x), np.sort(rest))


def internal_consistency(marks: np.ndarray) -> float | None:
    """Return the coefficient of internal consistency in per cent: p/(p-1) · (1 - Σ var x / var T).

    `marks` has a row for each learner and a column for each of p questions. It is Cronbach's alpha,
    and KR-20 where every mark is 0 or 1. None, as in Moodle: fewer than three learners or two
    questions, or all totals are equal.
    """
    learners, questions = marks.shape
    totals = marks.sum(axis=1)
    if learners < 3 or questions < 2 or _flat(np.round(totals, 9)):
        return None
    unexplained = float(marks.var(axis=0, ddof=1).sum()) / float(totals.var(ddof=1))
    return float(100 * questions / (questions - 1) * (1 - unexplained))


def error_ratio(consistency: float) -> float:
    """Return the share of a paper's spread that is chance, in per cent: √(1 - CIC/100); over 100 below 0."""
    return 100 * sqrt(max(0.0, 1 - consistency / 100))


def _covariance(left: Sequence[float] | np.ndarray, right: Sequence[float] | np.ndarray) -> float:
    return float(np.cov(left, right, ddof=1)[0, 1])


def _flat(values: Sequence[float] | np.ndarray) -> bool:
    return len(values) < 2 or float(np.ptp(values)) == 0.0
