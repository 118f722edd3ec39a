"""How well our estimate and its rivals predict whether a learner's next answer is right.

python -m benchmarks.mastery [--responses FILE [--test FILE]] [--learners 2000] [--seed 1]

Every model predicts each answer of the test learners from the answers before it. What a model has
to learn beforehand (how hard skills are, weights) it learns from the training learners, who are
others. Without a file the simulated cohort runs. With a file alone its learners are split in
halves; with both, the first trains and the second tests.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, log1p
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit

from benchmarks.bkt import bkt
from benchmarks.figures import auc, brier, ece, log_loss
from benchmarks.responses import Answers, halves, read, simulated
from quiz.progress import FACILITY, Tracker, blended_facility
from quiz.progress.mastery import DISCOUNT, PRIOR_WEIGHT
from quiz.syllabus import CriterionRef

Learners = Sequence[Answers]
Model = Callable[[Learners, Learners], list[float]]
_RIDGE = 1.0


@dataclass(frozen=True)
class _Seen:
    """How often a skill was answered by the training learners, rightly, and by how many of them."""

    right: int
    answers: int
    learners: int


def _seen(train: Learners) -> Mapping[str, _Seen]:
    right: Counter[str] = Counter()
    answers: Counter[str] = Counter()
    learners: Counter[str] = Counter()
    for learner in train:
        answers.update(learner.skills)
        right.update(skill for skill, mark in zip(learner.skills, learner.right, strict=True) if mark)
        learners.update(set(learner.skills))
    return {skill: _Seen(right[skill], answers[skill], learners[skill]) for skill in answers}


def _facility(train: Learners) -> dict[str, float]:
    return {s: blended_facility(n.right, n.answers, n.learners) for s, n in _seen(train).items()}


def _steps(learners: Learners) -> Iterator[tuple[Answers, str, int, int]]:
    for learner in learners:
        for place, (skill, mark) in enumerate(zip(learner.skills, learner.right, strict=True)):
            yield learner, skill, mark, place


def share_so_far(train: Learners, test: Learners) -> list[float]:
    """Predict by the share right so far, Beta(1,1)."""
    return _beta(test, dict.fromkeys(_seen(train), 0.5), 2.0, 1.0)


def prior(train: Learners, test: Learners) -> list[float]:
    """Predict by a beta whose prior is how hard the skill is for everybody, weight 4."""
    return _beta(test, _facility(train), PRIOR_WEIGHT, 1.0)


def prior_with_decay(train: Learners, test: Learners) -> list[float]:
    """Predict by the same, each answer taking its discount off those before it."""
    return _beta(test, _facility(train), PRIOR_WEIGHT, DISCOUNT)


def _beta(test: Learners, priors: Mapping[str, float], weight: float, discount: float) -> list[float]:
    found: list[float] = []
    unknown = 0.5 if weight == 2.0 else FACILITY
    for learner in test:
        sums: dict[str, tuple[float, float]] = {}
        for skill, mark in zip(learner.skills, learner.right, strict=True):
            right, answers = sums.get(skill, (0.0, 0.0))
            found.append((priors.get(skill, unknown) * weight + right) / (weight + answers))
            sums[skill] = (right * discount + mark, answers * discount + 1)
    return found


def ours(train: Learners, test: Learners) -> list[float]:
    """Predict by the product's own estimate."""
    facility = {CriterionRef("", skill): share for skill, share in _facility(train).items()}
    found: list[float] = []
    for learner in test:
        tracker = Tracker(facility)
        for skill, mark in zip(learner.skills, learner.right, strict=True):
            ref = CriterionRef("", skill)
            found.append(tracker.predict(ref))
            tracker.add(ref, mark)
    return found


def elo(train: Learners, test: Learners) -> list[float]:
    """Predict by Elo ratings of learners and skills whose steps shrink as 1/(1 + .05 n) (Pelánek 2016)."""
    ease: defaultdict[str, float] = defaultdict(float)
    times: Counter[str] = Counter()
    found: list[list[float]] = []
    for learner in (*train, *test):
        ability = 0.0
        mine: list[float] = []
        for place, (skill, mark) in enumerate(zip(learner.skills, learner.right, strict=True)):
            chance = 1 / (1 + exp(-(ability + ease[skill])))
            mine.append(chance)
            ability += (mark - chance) / (1 + 0.05 * place)
            ease[skill] += (mark - chance) / (1 + 0.05 * times[skill])
            times[skill] += 1
        found.append(mine)
    return [chance for mine in found[len(train) :] for chance in mine]


def pfa(train: Learners, test: Learners) -> list[float]:
    """Predict by performance factors: a weight for the skill, its right and its wrong answers (Pavlik 2009)."""
    return _logistic(train, test, _pfa_features)


def logistic(train: Learners, test: Learners) -> list[float]:
    """Predict by a logistic model of skill, log counts, the learner's level and recent answers."""
    return _logistic(train, test, _plain_features)


Row = list[tuple[int, float]]


def _pfa_features(learners: Learners, place: Mapping[str, int]) -> Iterator[Row]:
    for learner in learners:
        right, wrong = Counter[str](), Counter[str]()
        for skill, mark in zip(learner.skills, learner.right, strict=True):
            k = place.get(skill)
            skills = len(place)
            yield [] if k is None else [(k, 1), (skills + k, right[skill]), (2 * skills + k, wrong[skill])]
            (right if mark else wrong)[skill] += 1


def _plain_features(learners: Learners, place: Mapping[str, int]) -> Iterator[Row]:
    skills = len(place)
    for learner in learners:
        right, wrong = Counter[str](), Counter[str]()
        recent: dict[str, float] = {}
        total = 0
        for n, (skill, mark) in enumerate(zip(learner.skills, learner.right, strict=True)):
            share = (total + 4 * FACILITY) / (n + 4)
            row: Row = [
                (skills, log1p(right[skill])),
                (skills + 1, log1p(wrong[skill])),
                (skills + 2, log(share / (1 - share))),
                (skills + 3, recent.get(skill, FACILITY) - FACILITY),
            ]
            yield row if skill not in place else [(place[skill], 1), *row]
            (right if mark else wrong)[skill] += 1
            recent[skill] = 0.7 * recent.get(skill, FACILITY) + 0.3 * mark
            total += mark


def _logistic(
    train: Learners, test: Learners, features: Callable[[Learners, Mapping[str, int]], Iterator[Row]]
) -> list[float]:
    place = {skill: i for i, skill in enumerate(sorted(_seen(train)))}
    width = 3 * len(place) + 4
    x = _matrix(features(train, place), width)
    y = np.array([mark for _, _, mark, _ in _steps(train)], dtype=float)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        odds = x @ w[:-1] + w[-1]
        error = expit(odds) - y
        ridge = _RIDGE * w[:-1]
        value = float(np.logaddexp(0, odds).sum() - y @ odds + (ridge * w[:-1]).sum() / 2)
        return value, np.append(x.T @ error + ridge, error.sum())

    weights = minimize(loss, np.zeros(width + 1), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return list(expit(_matrix(features(test, place), width) @ weights[:-1] + weights[-1]))


def _matrix(rows: Iterator[Row], width: int) -> csr_matrix:
    ends, columns, values = [0], [], []
    for row in rows:
        columns.extend(column for column, _ in row)
        values.extend(value for _, value in row)
        ends.append(len(columns))
    return csr_matrix((np.array(values, dtype=float), columns, ends), shape=(len(ends) - 1, width))


MODELS: Mapping[str, Model] = {
    "share right so far, Beta(1,1)": share_so_far,
    "Beta, prior = facility, weight 4": prior,
    "the same, with decay": prior_with_decay,
    "ours: prior shifted by the level": ours,
    "Elo": elo,
    "PFA": pfa,
    "Bayesian knowledge tracing": bkt,
    "logistic: skill, counts, level, recency": logistic,
}


def early(learners: Learners) -> np.ndarray:
    """Return for each answer whether it is a learner's second to sixth to its skill."""
    found: list[bool] = []
    for learner in learners:
        times: Counter[str] = Counter()
        for skill in learner.skills:
            found.append(1 <= times[skill] <= 5)
            times[skill] += 1
    return np.array(found)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--responses", type=Path, help="a response set, three lines a learner")
    parser.add_argument("--test", type=Path, help="another set to test on; else the first is halved")
    parser.add_argument("--learners", type=int, default=2000, help="size of the simulated cohort")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    if chosen.test and not chosen.responses:
        parser.error("--test needs --responses, the set to train on.")
    try:
        learners = read(chosen.responses) if chosen.responses else simulated(chosen.learners, chosen.seed)
        train, test = (learners, read(chosen.test)) if chosen.test else halves(learners, chosen.seed)
    except (OSError, ValueError) as problem:
        parser.exit(1, f"{problem}\n")
    right = np.array([mark for _, _, mark, _ in _steps(test)], dtype=float)
    which = early(test)
    print(f"source: {chosen.responses or f'simulated cohort, seed {chosen.seed}'}")
    print(f"training {len(train):,} learners, {sum(len(a.right) for a in train):,} answers;", end=" ")
    print(
        f"test {len(test):,} learners, {len(right):,} answers, {int(which.sum()):,} of them second to sixth"
    )
    print("ECE has 10 bins.\n")
    print(f"{'':40} | {'all answers':^29} | {'second to sixth to a skill':^29} |")
    print(f"{'model':40} |" + f" {'AUC':>5} {'Brier':>7} {'logl.':>7} {'ECE':>7} |" * 2 + "  seconds")
    for name, model in MODELS.items():
        began = time.perf_counter()
        predicted = np.array(model(train, test))
        took = time.perf_counter() - began
        columns = "".join(_columns(predicted[part], right[part]) for part in (slice(None), which))
        print(f"{name:40} |{columns} {took:8.2f}")


def _columns(predicted: np.ndarray, right: np.ndarray) -> str:
    return (
        f" {auc(predicted, right):5.3f} {brier(predicted, right):7.4f} "
        f"{log_loss(predicted, right):7.4f} {ece(predicted, right):7.4f} |"
    )


if __name__ == "__main__":
    main()
