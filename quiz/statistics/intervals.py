"""90 % intervals of the statistics, in per cent."""

from __future__ import annotations

from math import atanh, sqrt, tanh

from quiz.special import betaincinv, fdtri, ndtri

INTERVAL = 0.9
"""The share of cases in which the interval holds the true value."""
_TAIL = (1 - INTERVAL) / 2


def facility_interval(earned: float, answers: int) -> tuple[float, float]:
    """Return the range of a facility: Jeffreys' interval, closed at 0 and at 100 when all is wrong or right.

    `earned` is the sum of the marks (0 to 1 each) of `answers` answers. Marks between 0 and 1 spread
    less than marks of 0 and 1 with the same mean, so with partial credit it errs to the wide side.
    Brown, Cai and DasGupta (2001), Interval estimation for a binomial proportion.
    """
    a, b = earned + 0.5, answers - earned + 0.5
    low = 0.0 if earned <= 0 else float(betaincinv(a, b, _TAIL))
    high = 1.0 if earned >= answers else float(betaincinv(a, b, 1 - _TAIL))
    return 100 * low, 100 * high


def correlation_interval(index: float, answers: int) -> tuple[float, float] | None:
    """Return the range of a discrimination index by Fisher's z; approximate, as marks are not normal.

    None: fewer than four answers, or a perfect correlation, of which z is infinite.
    """
    if answers < 4 or abs(index) >= 100:
        return None
    middle, reach = atanh(index / 100), float(ndtri(1 - _TAIL)) / sqrt(answers - 3)
    return 100 * tanh(middle - reach), 100 * tanh(middle + reach)


def consistency_interval(consistency: float, learners: int, questions: int) -> tuple[float, float]:
    """Return the range of a coefficient of internal consistency: Feldt's (1965), by the F distribution."""
    missing = 1 - consistency / 100
    of, over = learners - 1, (learners - 1) * (questions - 1)
    low, high = (1 - missing * float(fdtri(of, over, share)) for share in (1 - _TAIL, _TAIL))
    return 100 * low, 100 * high
