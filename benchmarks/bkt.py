"""Bayesian knowledge tracing as a rival of our estimate: fitting, and predicting each next answer.

The classic model (Corbett & Anderson 1995, doi:10.1007/BF01099821): a learner knows a skill or does
not. Each skill has four chances: that it is known before the first answer, that an answer teaches it,
that an unknown one is guessed, and that a known one slips. Nothing is forgotten, and the skills of a
learner tell nothing about each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from benchmarks.responses import Answers

STARTS = 5
"""Random starts for each skill, of which the likeliest result is kept; pyBKT takes 5 as well."""
MOST = 0.499
"""The most that guessing and slipping may be. Below .5 a right answer always speaks for knowing; without
a bound fitting can end in a degenerate model, in which those who know the skill are the likelier to be
wrong (Baker, Corbett & Aleven 2008, doi:10.1007/978-3-540-69132-7_44)."""
_LEAST = 0.001
_LOW = np.full(4, _LEAST)
_HIGH = np.array([1 - _LEAST, 1 - _LEAST, MOST, MOST])
_FIRST = np.array([1.0, 0.4, 0.4, 0.3])
"""The ranges from 0 from which a start is drawn, as in pyBKT's `random_model_uni`."""
_ROUNDS = 500
_GAIN = 1e-3
"""Fitting ends when no skill's log-likelihood grows by more than this in a round, or after 500 rounds."""


@dataclass(frozen=True)
class Skill:
    """The four chances of a skill."""

    known: float
    learnt: float
    guess: float
    slip: float

    def predict(self, known: float) -> float:
        """Return the chance of a right answer when the skill is known with chance `known`."""
        return known * (1 - self.slip) + (1 - known) * self.guess

    def after(self, known: float, right: int) -> float:
        """Return the chance that the skill is known after an answer and what the answer taught."""
        chance = self.predict(known)
        seen = known * (1 - self.slip) / chance if right else known * self.slip / (1 - chance)
        return seen + (1 - seen) * self.learnt


def fit(learners: Sequence[Answers], seed: int = 1) -> dict[str, Skill]:
    """Return the likeliest chances of each skill answered by the learners."""
    names = sorted({skill for learner in learners for skill in learner.skills})
    place = {skill: number for number, skill in enumerate(names)}
    found = _likeliest(_runs(learners, place.__getitem__), len(names), seed)
    return {name: Skill(*map(float, row)) for name, row in zip(names, found, strict=True)}


def pooled(learners: Sequence[Answers], seed: int = 1) -> Skill:
    """Return the likeliest chances if all skills had the same; each learner still knows each or not."""
    found = _likeliest(_runs(learners, lambda _: 0), 1, seed)
    return Skill(*map(float, found[0]))


def log_likelihood(learners: Sequence[Answers], skills: Mapping[str, Skill]) -> float:
    """Return the log-likelihood of the learners' answers, in nats.

    Raises:
        KeyError: a skill that was answered has no chances.
    """
    names = sorted(skills)
    place = {skill: number for number, skill in enumerate(names)}
    chances = np.array([[s.known, s.learnt, s.guess, s.slip] for s in map(skills.__getitem__, names)])
    return float(_Pass(_runs(learners, place.__getitem__), chances[:, None, :]).log_likelihood.sum())


def bkt(train: Sequence[Answers], test: Sequence[Answers]) -> list[float]:
    """Predict by Bayesian knowledge tracing; a skill nobody trained on has the chances of all pooled."""
    skills = fit(train)
    strange = {skill for learner in test for skill in learner.skills} - skills.keys()
    if strange:
        skills |= dict.fromkeys(strange, pooled(train))
    found: list[float] = []
    for learner in test:
        known: dict[str, float] = {}
        for name, mark in zip(learner.skills, learner.right, strict=True):
            skill = skills[name]
            before = known.get(name, skill.known)
            found.append(skill.predict(before))
            known[name] = skill.after(before, mark)
    return found


@dataclass(frozen=True)
class _Runs:
    """Each learner's answers to each skill as a run; of all runs first the first answers, then the second.

    Longer runs come first, so the answers of one turn are those of the first runs of the turn before.
    """

    right: np.ndarray
    """(answers,) 1 or 0."""
    skill: np.ndarray
    """(answers,) the number of the skill."""
    turns: tuple[slice, ...]


def _runs(learners: Sequence[Answers], number: Callable[[str], int]) -> _Runs:
    runs: list[tuple[int, list[int]]] = []
    for learner in learners:
        mine: defaultdict[str, list[int]] = defaultdict(list)
        for skill, mark in zip(learner.skills, learner.right, strict=True):
            mine[skill].append(mark)
        runs.extend((number(skill), marks) for skill, marks in mine.items())
    runs.sort(key=lambda run: -len(run[1]))
    lengths = np.array([len(marks) for _, marks in runs])
    of_run = np.array([skill for skill, _ in runs])
    right: list[int] = []
    counts = [int((lengths > turn).sum()) for turn in range(lengths[0])]
    for turn, count in enumerate(counts):
        right.extend(marks[turn] for _, marks in runs[:count])
    ends = np.cumsum([0, *counts]).tolist()
    return _Runs(
        np.array(right, dtype=float),
        np.concatenate([of_run[:count] for count in counts]),
        tuple(slice(low, high) for low, high in zip(ends, ends[1:], strict=False)),
    )


class _Pass:
    """What the answers say about knowing, given chances (skills, starts, 4)."""

    def __init__(self, runs: _Runs, chances: np.ndarray) -> None:
        self._runs = runs
        self._chances = chances
        answers = len(runs.right)
        self._of_skill = csr_matrix(
            (np.ones(answers), (runs.skill, np.arange(answers))), shape=(len(chances), answers)
        )
        first, learnt, guess, slip = np.moveaxis(chances[runs.skill], 2, 0)
        right = runs.right[:, None]
        if_known = np.where(right, 1 - slip, slip)
        if_not = np.where(right, guess, 1 - guess)
        self._before, self._seen = np.empty_like(first), np.empty_like(first)
        before = first[runs.turns[0]]
        for turn in runs.turns:
            before = before[: turn.stop - turn.start]
            joint = before * if_known[turn]
            seen = joint / (joint + (1 - before) * if_not[turn])
            self._before[turn], self._seen[turn] = before, seen
            before = seen + (1 - seen) * learnt[turn]
        chance = self._before * if_known + (1 - self._before) * if_not
        self.log_likelihood = self._of_skill @ np.log(chance)
        """(skills, starts), in nats."""

    def next(self) -> np.ndarray:
        """Return the chances of one round of expectation and maximisation, within their bounds.

        The expected log-likelihood is concave in each chance alone, so cutting at a bound gives its
        maximum within the bounds. What is not forgotten is known ever after: given all answers, a
        skill is known at one answer and the next with the chance at the next times the share of
        those who knew it before.
        """
        turns, last = self._runs.turns, np.ones(len(self._runs.right), dtype=bool)
        known, learns = self._seen.copy(), np.zeros_like(self._seen)
        for turn, after in zip(turns[-2::-1], turns[:0:-1], strict=True):
            going_on = slice(turn.start, turn.start + after.stop - after.start)
            last[going_on] = False
            known[going_on] = known[after] * self._seen[going_on] / self._before[after]
            learns[going_on] = known[after] - known[going_on]
        right = self._runs.right[:, None]
        first = turns[0]
        starting = self._of_skill[:, first]
        unknown = 1 - known
        ratios = (
            (starting @ known[first], starting @ np.ones_like(known[first])),
            (self._of_skill @ learns, self._of_skill @ np.where(last[:, None], 0, unknown)),
            (self._of_skill @ (right * unknown), self._of_skill @ unknown),
            (self._of_skill @ ((1 - right) * known), self._of_skill @ known),
        )
        found = self._chances.copy()
        for place, (above, below) in enumerate(ratios):
            np.divide(above, below, out=found[..., place], where=below > 0)
        return np.clip(found, _LOW, _HIGH)


def _likeliest(runs: _Runs, skills: int, seed: int) -> np.ndarray:
    """Return the chances (skills, 4) to which the best start led."""
    drawn = np.random.default_rng(seed).random((skills, STARTS, 4)) * _FIRST
    chances = np.clip(drawn, _LOW, _HIGH)
    now = _Pass(runs, chances)
    for _ in range(_ROUNDS):
        chances = now.next()
        then, now = now.log_likelihood, _Pass(runs, chances)
        if (now.log_likelihood - then).max() <= _GAIN:
            break
    best = now.log_likelihood.argmax(axis=1)
    return chances[np.arange(skills), best]
