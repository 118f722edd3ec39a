"""A content-blind model: learns from all cues together, and is tested on criteria it has not seen.

A conditional logit over the options of each question (McFadden 1974), fitted by Newton's method with a
small penalty; its folds keep a criterion's questions together, since they share their wording.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from quiz.authoring.cue_items import CueItem
from quiz.authoring.guessers import GUESSERS, luck

_FOLDS: Final = 10
_STEPS: Final = 12
_PENALTY: Final = 1.0
_CUES: Final = (
    "longest",
    "stem-overlap",
    "most-like-others",
    "most-hedges",
    "most-absolutes",
    "most-digits",
    "most-commas",
)
Numbers = NDArray[np.float64]


def blind_luck(items: Sequence[CueItem]) -> list[float] | None:
    """Return for each item the chance that the model is right, or None with fewer than two criteria."""
    groups = sorted({item.ref for item in items}, key=lambda ref: ref.sort_key)
    if len(groups) < 2:
        return None
    fold = {ref: place % min(_FOLDS, len(groups)) for place, ref in enumerate(groups)}
    folds = np.array([fold[item.ref] for item in items])
    cues = np.array([_cues(item) for item in items])
    right = np.array([item.right for item in items])
    lucks = np.zeros(len(items))
    for held_out in range(max(fold.values()) + 1):
        seen, unseen = folds != held_out, np.flatnonzero(folds == held_out)
        spread = cues[seen].std(axis=(0, 1)) + 1e-9
        weights = _fit(cues[seen] / spread, right[seen])
        scores = np.round(cues[unseen] / spread @ weights, 9)
        lucks[unseen] = [
            luck(items[at], row) for at, row in zip(unseen.tolist(), scores.tolist(), strict=True)
        ]
    return [float(value) for value in lucks]


def _cues(item: CueItem) -> Numbers:
    """Return an item's options by cues, each as its distance from the item's mean."""
    scores = np.array([GUESSERS[name](item) for name in _CUES], dtype=np.float64).T
    ranks = np.array(
        [
            [score == max(GUESSERS[name](item)) for score in GUESSERS[name](item)]
            for name in ("longest", "shortest")
        ]
    ).T
    both = np.hstack([scores, ranks.astype(np.float64)])
    centred: Numbers = both - both.mean(axis=0)
    return centred


def _fit(cues: Numbers, right: NDArray[np.int64]) -> Numbers:
    weights = np.zeros(cues.shape[2])
    taken = cues[np.arange(len(right)), right]
    for _ in range(_STEPS):
        scores = cues @ weights
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        expected = np.einsum("no,nof->nf", shares, cues)
        slope = (taken - expected).sum(axis=0) - _PENALTY * weights
        bend = np.einsum("no,nof,nog->fg", shares, cues, cues) - expected.T @ expected
        weights = weights + np.linalg.solve(bend + _PENALTY * np.eye(len(weights)), slope)
    return weights
