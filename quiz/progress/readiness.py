"""Readiness: the chance of passing a unit's hurdle on a fresh paper today.

Two things are uncertain. How often the learner answers a criterion rightly: its rate is drawn from
a beta distribution round its estimate (`Mastery.mean`, `Mastery.weight`). And what happens on the
paper: which criteria of an outcome get the questions left over, and which questions turn out right.
The first is simulated; the second is summed exactly for every drawn set of rates, so a thousand
draws tell more than a thousand tossed papers would.

Three constants stand between estimate and rate. They were chosen on simulated cohorts (seeds 1 to
3 of `quiz.progress.cohort`, and one in which nobody learns) and checked on others by
`python -m benchmarks.readiness`; docs/learner-model.md has the figures.

A difference in difficulty between the questions of a criterion needs no constant: a fresh question
is right with the mean chance over the criterion's questions, however far those lie apart. Nor does
guessing: the rates are those of answers, guesses among them, and so is the paper's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, comb

import numpy as np

from quiz.errors import CannotAssemble
from quiz.progress.mastery import ENOUGH_ANSWERS, INTERVAL, Mastery
from quiz.special import betaincinv, expit, logit, ndtr
from quiz.syllabus import CriterionRef, Hurdle, Unit
from quiz.wording import number_word

SHARPER = 2.0
"""How many times as much as it says an estimate weighs: the squared errors of estimates were .43 to
.50 of what their own distributions expect, in each of the cohorts. A discounted answer still tells
something, and a learner's criteria are more alike than a prior of weight 4 takes them to be."""
SHARED = 0.1
"""The correlation between a learner's rates, given the answers (a Gaussian copula). Who is better
than the answers show in one criterion tends to be so in others: .05 to .09 between the errors."""
LEARNT = 0.2
"""How far, in log-odds, a learner is ahead of an estimate that rests on enough answers. It looks
back about six answers (1/(1 - .85)), each of which was explained, and at a level that counts the
first answers as much as the last. The cohort as shipped asks for .2; one that learns nothing asks
for 0 and one that forgets little for more, and both are off with .2."""
SECURE_MEAN = 0.9
"""How often a criterion is answered rightly once it is taken to be secure, for `Lift`."""
SIMULATIONS = 1000
_TOLERANCE = 1e-9
_SCORES = np.linspace(-4.5, 4.5, 91)


_SEED = 7
"""Of every readiness that is shown: the same answers give the same figure on each page and in each file."""


@dataclass(frozen=True)
class OutcomeReadiness:
    """How many criteria of an outcome a fresh paper is likely to show, and the chance that it is enough.

    `likely`, `low` and `high` are the median and the 5th and 95th percentile of the number of
    criteria shown. They and `chance` are None while the outcome has too few answers, or has them on
    fewer criteria than it needs.
    """

    number: int
    label: str
    criteria: int
    needed: int
    answers: int
    answered: int
    """How many of its criteria have an answer."""
    chance: float | None
    likely: int | None
    low: int | None
    high: int | None

    @property
    def words(self) -> str:
        """Return the figures in words, as in “2 of 3 likely, range 1 to 3”."""
        if self.likely is None:
            return "not enough answers yet"
        if self.low == self.high:
            return f"{self.likely} of {self.criteria} likely"
        return f"{self.likely} of {self.criteria} likely, range {self.low} to {self.high}"


@dataclass(frozen=True)
class Lift:
    """How much the chance of passing would rise, as a probability, if a criterion were secure."""

    ref: CriterionRef
    gain: float


@dataclass(frozen=True)
class Readiness:
    """The chance of passing today, its 90 % range, and what stands behind it.

    While an outcome waits for answers `chance`, `low` and `high` are None and `lifts` is empty.
    """

    chance: float | None
    low: float | None
    high: float | None
    outcomes: tuple[OutcomeReadiness, ...]
    lifts: tuple[Lift, ...]
    """Every criterion, the one that lifts the chance most first; of equals the weaker one first."""
    waiting: tuple[int, ...]
    """The numbers of the outcomes that have too few answers, or have them on too few criteria."""

    @property
    def waiting_words(self) -> str:
        """Return how many outcomes wait for answers, or nothing where none does."""
        if not self.waiting:
            return ""
        noun = "outcome needs" if len(self.waiting) == 1 else "outcomes need"
        return f"{number_word(len(self.waiting))} {noun} more answers"


@dataclass(frozen=True)
class _Asked:
    """An outcome as the paper asks it: `base` questions a criterion, and one more of `extra` criteria."""

    number: int
    label: str
    refs: tuple[CriterionRef, ...]
    places: slice
    base: int
    extra: int
    needed: int


def readiness(unit: Unit, mastery: Sequence[Mastery], seed: int, simulations: int = SIMULATIONS) -> Readiness:
    """Return how ready a learner with that mastery is for a fresh paper of the unit.

    Nothing is said before each outcome has `ENOUGH_ANSWERS` answers over its criteria together, the
    number from which a single criterion is estimated too, and at least one answer on each of as many
    criteria as it needs shown: before that an outcome's figure would be the prior's, or that of one
    criterion taken for all, and one outcome decides whether the paper is passed. The same arguments
    give the same result. `simulations` sets of rates are drawn, half of them mirror images of the others.

    Args:
        unit: whose blueprint and hurdle hold.
        mastery: one for each of the unit's criteria at least, in any order.
        seed: of the draws.
        simulations: an even number of draws; 1,000 put the chance right to about half a point.

    Raises:
        CannotAssemble: the blueprint asks fewer questions of an outcome than it has criteria.
        KeyError: a criterion has no mastery.
    """
    asked = _asked(unit)
    by_ref = {entry.ref: entry for entry in mastery}
    every = [by_ref[ref] for outcome in asked for ref in outcome.refs]
    rates = _rates(every, seed, simulations)
    hurdle = unit.blueprint.hurdle
    tables = [_table(rates[o.places], o.base, o.extra, hurdle) for o in asked]
    outcomes = tuple(
        _outcome(outcome, [entry.answers for entry in every[outcome.places]], table)
        for outcome, table in zip(asked, tables, strict=True)
    )
    waiting = tuple(outcome.number for outcome in outcomes if outcome.likely is None)
    if waiting:
        return Readiness(None, None, None, outcomes, (), waiting)
    passed = [table[outcome.needed :].sum(axis=0) for outcome, table in zip(asked, tables, strict=True)]
    rest = _rest(passed, hurdle.pass_mark)
    chances = (passed[0] * rest[0]).sum(axis=0)
    chance = float(chances.mean())
    tail = (1 - INTERVAL) / 2
    low, high = np.quantile(chances, [tail, 1 - tail])
    gains: dict[CriterionRef, float] = {}
    for outcome, others in zip(asked, rest, strict=True):
        gains |= _gains(outcome, rates[outcome.places], others, hurdle, chance)
    order = sorted(gains, key=lambda ref: (-round(gains[ref], 4), by_ref[ref].mean, ref.sort_key))
    lifts = tuple(Lift(ref, gains[ref]) for ref in order)
    return Readiness(chance, float(low), float(high), outcomes, lifts, ())


def pass_chance(unit: Unit, rates: Mapping[CriterionRef, float]) -> float:
    """Return the exact chance of passing a fresh paper for somebody whose rates are known.

    A rate is how often a first answer to the criterion is right. `readiness` is the mean of this over
    the rates that a learner may have.

    Raises:
        CannotAssemble: the blueprint asks fewer questions of an outcome than it has criteria.
        KeyError: a criterion has no rate.
    """
    hurdle = unit.blueprint.hurdle
    passed: list[np.ndarray] = []
    for outcome in _asked(unit):
        known = np.array([[rates[ref]] for ref in outcome.refs])
        passed.append(_table(known, outcome.base, outcome.extra, hurdle)[outcome.needed :].sum(axis=0))
    return float((passed[0] * _rest(passed, hurdle.pass_mark)[0]).sum())


def _asked(unit: Unit) -> tuple[_Asked, ...]:
    found: list[_Asked] = []
    first = 0
    for outcome in unit.outcomes:
        refs = tuple(criterion.ref for criterion in unit.of_outcome(outcome.number))
        wanted = unit.blueprint.questions_per_outcome[outcome.number]
        if wanted < len(refs):
            raise CannotAssemble(
                f"Unit {unit.key}, outcome {outcome.number}: the blueprint asks {wanted} questions of "
                f"{len(refs)} criteria."
            )
        needed = ceil(unit.blueprint.hurdle.outcome_share * len(refs) - _TOLERANCE)
        places = slice(first, first + len(refs))
        found.append(_Asked(outcome.number, outcome.label, refs, places, *divmod(wanted, len(refs)), needed))
        first += len(refs)
    return tuple(found)


def _rates(mastery: Sequence[Mastery], seed: int, simulations: int) -> np.ndarray:
    """Return drawn rates, criteria by simulations; the second half mirrors the first."""
    rng = np.random.default_rng(seed)
    half = rng.standard_normal((len(mastery) + 1, simulations // 2))
    normal = np.concatenate([half, -half], axis=1)
    scores = np.sqrt(SHARED) * normal[0] + np.sqrt(1 - SHARED) * normal[1:]
    # An estimate of exactly 0 or 1 has no beta distribution; this near to it none can be told apart.
    mean = np.clip([entry.mean for entry in mastery], 1e-9, 1 - 1e-9)
    known = np.minimum([entry.answers / ENOUGH_ANSWERS for entry in mastery], 1)
    mean = expit(logit(mean) + LEARNT * known)
    weight = SHARPER * np.array([entry.weight for entry in mastery])
    # Quantiles at 91 places and straight lines between them: twenty times as fast as at every draw.
    quantiles = betaincinv((mean * weight)[:, None], ((1 - mean) * weight)[:, None], ndtr(_SCORES))
    return np.stack([np.interp(z, _SCORES, q) for z, q in zip(scores, quantiles, strict=True)])


def _table(rates: np.ndarray, base: int, extra: int, hurdle: Hurdle) -> np.ndarray:
    """Return the exact chances by criteria shown, right answers and simulation, for an outcome.

    Criteria are taken in one after the other; the first axis of the running table counts those that
    got one question more, from the fewest to the most from which `extra` can still be reached. Each
    choice of `extra` criteria is equally likely.
    """
    table = np.ones((1, 1, 1, rates.shape[1]))
    most = base + bool(extra)
    least_before, most_before = 0, 0
    for taken, rate in enumerate(rates, start=1):
        least_now, most_now = max(0, extra - (len(rates) - taken)), min(taken, extra)
        shown, right = table.shape[1:3]
        grown = np.zeros((most_now - least_now + 1, shown + 1, right + most, rates.shape[1]))
        for asked in range(base, most + 1):
            more = asked - base
            first, last = max(least_before, least_now - more), min(most_before, most_now - more)
            if first > last:
                continue
            kept = table[first - least_before : last - least_before + 1]
            to = slice(first + more - least_now, last + more - least_now + 1)
            for hits in range(asked + 1):
                chance = comb(asked, hits) * rate**hits * (1 - rate) ** (asked - hits)
                is_shown = int(hits >= hurdle.criterion_share * asked - _TOLERANCE)
                grown[to, is_shown : is_shown + shown, hits : hits + right] += kept * chance
        table, least_before, most_before = grown, least_now, most_now
    shares: np.ndarray = table[0] / comb(len(rates), extra)
    return shares


def _rest(passed: Sequence[np.ndarray], pass_mark: int) -> list[np.ndarray]:
    """Return for each outcome the chance that all others are passed and the pass mark is reached.

    Each array goes by the right answers in that outcome and by simulation.
    """
    one = np.ones((1, passed[0].shape[1]))
    before, after = [one], [one]
    for table in passed[:-1]:
        before.append(_convolved(before[-1], table))
    for table in passed[:0:-1]:
        after.append(_convolved(after[-1], table))
    rest: list[np.ndarray] = []
    for mine, left, right in zip(passed, before, reversed(after), strict=True):
        others = _convolved(left, right)
        at_least = np.concatenate([np.cumsum(others[::-1], axis=0)[::-1], np.zeros((1, one.shape[1]))])
        missing = np.clip(pass_mark - np.arange(len(mine)), 0, len(others))
        rest.append(at_least[missing])
    return rest


def _convolved(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    if len(one) > len(other):
        one, other = other, one
    total = np.zeros((len(one) + len(other) - 1, one.shape[1]))
    for place, chance in enumerate(one):
        total[place : place + len(other)] += chance * other
    return total


def _outcome(outcome: _Asked, by_criterion: Sequence[int], table: np.ndarray) -> OutcomeReadiness:
    number, label, count, needed = outcome.number, outcome.label, len(outcome.refs), outcome.needed
    answers, answered = sum(by_criterion), sum(answers > 0 for answers in by_criterion)
    if answers < ENOUGH_ANSWERS or answered < needed:
        return OutcomeReadiness(number, label, count, needed, answers, answered, None, None, None, None)
    shown = table.sum(axis=1).mean(axis=1)
    tail = (1 - INTERVAL) / 2
    up_to = np.cumsum(shown)
    # Less the tolerance, so that a sum of .9999… reaches the percentile it is meant to reach.
    low, likely, high = (int(np.argmax(up_to >= share - _TOLERANCE)) for share in (tail, 0.5, 1 - tail))
    chance = min(1.0, float(shown[needed:].sum()))
    return OutcomeReadiness(number, label, count, needed, answers, answered, chance, likely, low, high)


def _gains(
    outcome: _Asked, rates: np.ndarray, others: np.ndarray, hurdle: Hurdle, chance: float
) -> dict[CriterionRef, float]:
    """Return by how much the chance rises for each criterion, under the same draws as the chance itself."""
    gains: dict[CriterionRef, float] = {}
    for place, ref in enumerate(outcome.refs):
        lifted = rates.copy()
        lifted[place] = np.maximum(rates[place], SECURE_MEAN)
        passed = _table(lifted, outcome.base, outcome.extra, hurdle)[outcome.needed :].sum(axis=0)
        gains[ref] = float((passed * others).sum(axis=0).mean()) - chance
    return gains


def readiness_today(unit: Unit, mastery: Sequence[Mastery]) -> Readiness:
    """Return the readiness as every page and every export shows it: always from the same seed."""
    return readiness(unit, mastery, _SEED)
