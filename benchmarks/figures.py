"""Figures that judge predictions of right and wrong."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

_LEAST = 1e-6
"""Log-loss is infinite for a certain prediction that is wrong; none is taken to be surer than this."""


@dataclass(frozen=True)
class Bin:
    """The predictions between two bounds: how many, their mean, and the share that came true."""

    low: float
    high: float
    count: int
    predicted: float
    came_true: float


def auc(predicted: np.ndarray, right: np.ndarray) -> float:
    """Return the chance that a right answer was given the higher prediction, ties counting half.

    Raises:
        ValueError: all answers are right, or all are wrong.
    """
    positive = np.asarray(right) > 0.5
    count = int(positive.sum())
    others = len(positive) - count
    if not count or not others:
        raise ValueError("AUC needs right and wrong answers; these are all of one kind.")
    ranks = rankdata(predicted)
    return float((ranks[positive].sum() - count * (count + 1) / 2) / (count * others))


def brier(predicted: np.ndarray, right: np.ndarray) -> float:
    """Return the mean squared difference between prediction and result."""
    return float(np.mean((np.asarray(predicted) - np.asarray(right)) ** 2))


def log_loss(predicted: np.ndarray, right: np.ndarray) -> float:
    """Return the mean negative log-likelihood of the results, in nats."""
    sure, came = np.clip(predicted, _LEAST, 1 - _LEAST), np.asarray(right)
    return float(-np.mean(came * np.log(sure) + (1 - came) * np.log(1 - sure)))


def bins(predicted: np.ndarray, right: np.ndarray, count: int = 10) -> tuple[Bin, ...]:
    """Return the predictions in bins of equal width over 0 to 1, empty ones left out."""
    sure, came = np.asarray(predicted, dtype=float), np.asarray(right, dtype=float)
    place = np.minimum((sure * count).astype(int), count - 1)
    return tuple(
        Bin(k / count, (k + 1) / count, int(mine.sum()), float(sure[mine].mean()), float(came[mine].mean()))
        for k in range(count)
        if (mine := place == k).any()
    )


def ece(predicted: np.ndarray, right: np.ndarray, count: int = 10) -> float:
    """Return the expected calibration error: |predicted - came true| of each bin, weighed by its size."""
    found = bins(predicted, right, count)
    total = sum(entry.count for entry in found)
    return sum(entry.count * abs(entry.predicted - entry.came_true) for entry in found) / total
