"""A cohort of made-up learners: their answers, and how they would truly do on a test today.

The learners follow another model than the one that estimates them, so that an estimate can be
wrong about them. It is item response theory with four parameters (Barton and Lord 1981), with
learning and forgetting added: the log-odds of knowing the answer are the learner's ability, what
they bring to the criterion, what they have learnt there and not forgotten, less the difficulty of
criterion and question; whoever does not know it guesses, whoever knows it slips now and then. A
question of several parts earns the share of its parts that are right. Every answer is explained and takes a share of the way to the most that practice adds;
what was learnt fades exponentially with days, more slowly the more days a criterion was practised.

One simulator serves the benchmarks of mastery and of readiness and the demo class.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from quiz.progress.evidence import QuizEvidence
from quiz.sessions import Kind, Sureness
from quiz.special import ndtri
from quiz.syllabus import CriterionRef
from quiz.wording import LONDON

_PARTS, _PART_CHANCES, _PART_SHARES = 4, (0.15, 0.25, 0.4), (0.44, 0.27, 0.29)
"""What a guessed part earns on average: ordering and sorting, matching, multiple response; and how
these share the questions of several parts in the bank of Unit 203."""
_TEST_CHANCE = 0.25
"""A paper holds single choice of four options only."""
_FIRST_HOUR, _LAST_HOUR = 8, 20
_LONGEST_SECONDS = 180.0


@dataclass(frozen=True)
class CohortModel:
    """What the made-up learners and questions are like; abilities and difficulties are log-odds.

    As it stands about two answers in three are right at first and three in four at the end.
    """

    ability: float = 0.3
    ability_spread: float = 0.8
    criterion_spread: float = 0.5
    own_spread: float = 0.5
    """How far what a learner brings to a criterion departs from their ability."""
    question_spread: float = 0.8
    gain: float = 0.15
    """The share of the way to `most` that one explained answer takes, for a middling learner."""
    most: float = 2.0
    keep_days: float = 10.0
    """After that many days a third (1/e) of what one day's practice taught is left."""
    slip: float = 0.03
    several_parts: float = 0.3
    """The share of practice questions that earn marks by parts; it is .31 in the bank of Unit 203."""
    part_chances: tuple[float, ...] = _PART_CHANCES
    """What a guessed part earns on average in each of three kinds of such questions."""
    answers: tuple[int, int] = (10, 240)
    """The least and most answers a learner gives, spread evenly over their logarithm."""
    practice_questions: int = 23
    test_questions: int = 6
    """Questions a criterion has, as many as in the bank of Unit 203, generator families included."""
    test_harder: float = 0.0
    """How much harder questions kept for the test are than those for practice; negative is easier."""
    asked_sure: float = 0.5
    """The share of learners who have “How sure are you?” switched on."""
    week: tuple[float, ...] = (1.0,) * 7
    """How readily learners practise on each day of the week, Monday first; only ratios matter."""


@dataclass(frozen=True)
class SimulatedLearner:
    """A made-up learner: the first tries in order of time, and the truth at the end of the period."""

    number: int
    ability: float
    evidence: tuple[QuizEvidence, ...]
    tests: Mapping[CriterionRef, tuple[float, ...]]
    """The true chance of a right answer to each question kept for the test, by criterion."""
    standing: Mapping[int, Mapping[CriterionRef, float]] = field(default_factory=dict)
    """For each morning asked for, the log-odds of knowing the answer to a question of difficulty 0."""

    def chance(self, ref: CriterionRef) -> float:
        """Return the true chance of a right answer to a fresh test question of the criterion."""
        return sum(self.tests[ref]) / len(self.tests[ref])


@dataclass(frozen=True)
class _Plan:
    """Who answers what and when; arrays are learners by answers, -1 where there is no answer."""

    day: np.ndarray
    criterion: np.ndarray


@dataclass(frozen=True)
class MadeQuestions:
    """Practice questions: arrays of criteria by questions, and a name for each where they are real ones."""

    difficulty: np.ndarray
    """Log-odds, with how hard the criterion is where that is not drawn."""
    chance: np.ndarray
    """What a guess earns on average."""
    parts: np.ndarray
    """How many parts are marked."""
    names: Sequence[Sequence[str]] = ()
    """What evidence calls each question and its family; without it, a made-up name."""


def simulate_cohort(
    learners: int,
    refs: Sequence[CriterionRef],
    days: int,
    seed: int,
    start: date,
    model: CohortModel | None = None,
    questions: MadeQuestions | None = None,
    mornings: Sequence[int] = (),
) -> tuple[SimulatedLearner, ...]:
    """Return made-up learners who practised those criteria for some days; the same seed, the same cohort.

    A learner practises on some of the days, one session a day of six to twenty answers, in two
    sessions of three on one outcome and else over all criteria. The truth is that of the morning
    after the last day, when some have not practised for a while.

    Args:
        learners: how many.
        refs: the criteria, at least one.
        days: how long the period is, from `start` on; sessions are on different days, so it also
            limits how many there are.
        seed: of every chance.
        start: the first day, in London time.
        model: what learners and questions are like.
        questions: real questions to practise on, a row for each criterion; without them, drawn ones.
        mornings: days, counted from 0, for whose mornings `standing` is wanted.
    """
    made = model or CohortModel()
    rng = np.random.default_rng(seed)
    ability = rng.normal(made.ability, made.ability_spread, learners)
    brought = ability[:, None] + rng.normal(0, made.own_spread, (learners, len(refs)))
    if questions is None:
        brought = brought - rng.normal(0, made.criterion_spread, len(refs))
    practice = _difficulties(len(refs), made.practice_questions, made.question_spread, rng)
    test = made.test_harder + _difficulties(len(refs), made.test_questions, made.question_spread, rng)
    bank = questions or _drawn(practice, made, rng)
    names = bank.names or [[f"{ref}-made-{k + 1:02d}" for k in range(practice.shape[1])] for ref in refs]
    plan = _plan(learners, refs, days, start, made, rng)
    question, known, fraction, left = _practised(plan, brought, bank, (*mornings, days), made, rng)
    standing = brought + left
    truth = chance_right(standing[-1][:, :, None] - test, _TEST_CHANCE, made.slip)
    moments, seconds = _moments(plan, known, start, rng)
    sure = _sureness(known, made, rng)
    return tuple(
        SimulatedLearner(
            i,
            float(ability[i]),
            tuple(
                QuizEvidence(
                    refs[c],
                    names[c][question[i, t]],
                    names[c][question[i, t]],
                    float(fraction[i, t]),
                    moments[i][t],
                    Kind.PRACTICE,
                    float(seconds[i, t]),
                    sure[i][t],
                )
                for t, c in enumerate(plan.criterion[i])
                if c >= 0
            ),
            {ref: tuple(row) for ref, row in zip(refs, truth[i].tolist(), strict=True)},
            {
                morning: dict(zip(refs, standing[place, i].tolist(), strict=True))
                for place, morning in enumerate(mornings)
            },
        )
        for i in range(learners)
    )


def _difficulties(criteria: int, questions: int, spread: float, rng: np.random.Generator) -> np.ndarray:
    """Return difficulties round 0, criteria by questions: of each criterion, some easy and some hard.

    They are the middles of equal slices of a normal distribution in random order. Drawn at random,
    practice and paper would differ in difficulty by chance, for all learners of a cohort at once;
    that is what `test_harder` is for.
    """
    slices = spread * ndtri((np.arange(questions) + 0.5) / questions)
    return rng.permuted(np.tile(slices, (criteria, 1)), axis=1)


def _drawn(difficulty: np.ndarray, made: CohortModel, rng: np.random.Generator) -> MadeQuestions:
    in_parts = rng.random(difficulty.shape) < made.several_parts
    shares = rng.choice(made.part_chances, difficulty.shape, p=_PART_SHARES)
    return MadeQuestions(difficulty, np.where(in_parts, shares, _TEST_CHANCE), np.where(in_parts, _PARTS, 1))


def _plan(
    learners: int,
    refs: Sequence[CriterionRef],
    days: int,
    start: date,
    made: CohortModel,
    rng: np.random.Generator,
) -> _Plan:
    """Return who answers which criterion on which day."""
    least, most = made.answers
    size = rng.integers(6, 21, learners)
    wanted = np.exp(rng.uniform(np.log(least), np.log(most + 1), learners)).astype(int)
    wanted = np.minimum(wanted, size * days)
    place = np.arange(wanted.max())
    session = place[None, :] // size[:, None]
    sessions = session[np.arange(learners), wanted - 1] + 1
    # The earliest n of waiting times whose rates are those of the week: n different days of the period.
    rates = np.array([made.week[(start.weekday() + day) % 7] for day in range(days)])
    rank = (-np.log1p(-rng.random((learners, days))) / rates).argsort(axis=1)
    chosen = np.where(np.arange(days)[None, :] < sessions[:, None], rank, days)
    chosen.sort(axis=1)
    day = np.take_along_axis(chosen, np.minimum(session, days - 1), axis=1)
    groups = sorted({(ref.unit, ref.outcome) for ref in refs})
    members = [[i for i, ref in enumerate(refs) if (ref.unit, ref.outcome) == group] for group in groups]
    sizes = np.array([len(member) for member in members])
    table = np.array([member + [0] * (sizes.max() - len(member)) for member in members])
    focused = rng.random((learners, days)) < 2 / 3
    group = (rng.integers(0, len(groups), learners)[:, None] + np.arange(days)[None, :]) % len(groups)
    on = np.take_along_axis(focused, np.minimum(session, days - 1), axis=1)
    which = np.take_along_axis(group, np.minimum(session, days - 1), axis=1)
    draw = rng.random(session.shape)
    criterion = np.where(on, table[which, (draw * sizes[which]).astype(int)], (draw * len(refs)).astype(int))
    given = place[None, :] < wanted[:, None]
    return _Plan(np.where(given, day, -1), np.where(given, criterion, -1))


def _practised(
    plan: _Plan,
    brought: np.ndarray,
    bank: MadeQuestions,
    mornings: Sequence[int],
    made: CohortModel,
    rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return question, chance of knowing it and share earned of each answer, and what is left on mornings.

    The first three are learners by answers; the last, in log-odds, is mornings by learners by criteria.
    """
    learners, asked = len(brought), bank.difficulty.shape[1]
    learnt, last = np.zeros_like(brought), np.zeros_like(brought)
    practised_days, count = np.zeros_like(brought), np.zeros(brought.shape, dtype=int)
    # Questions come round in an order of the learner's own, so that none repeats before all were asked.
    first = rng.integers(0, asked, brought.shape)
    pace = np.clip(made.gain * np.exp(rng.normal(0, 0.5, learners)), 0, 0.6)
    question = np.full(plan.day.shape, -1)
    known, fraction = np.zeros(plan.day.shape), np.zeros(plan.day.shape)
    kept = np.zeros((len(mornings), *brought.shape))
    waiting = np.ones((len(mornings), learners), dtype=bool)

    def keep(place: int, who: np.ndarray) -> None:
        """Take down what those learners have left on a morning, before their first answer after it."""
        stay = made.keep_days * np.maximum(practised_days[who], 1)
        kept[place, who] = learnt[who] * np.exp(-(mornings[place] - last[who]) / stay)
        waiting[place, who] = False

    for t in range(plan.day.shape[1]):
        (i,) = np.nonzero(plan.criterion[:, t] >= 0)
        c, today = plan.criterion[i, t], plan.day[i, t]
        for place, morning in enumerate(mornings):
            keep(place, i[(today >= morning) & waiting[place, i]])
        k = (first[i, c] + count[i, c]) % asked
        stay = made.keep_days * np.maximum(practised_days[i, c], 1)
        left = learnt[i, c] * np.exp(-(today - last[i, c]) / stay)
        odds = brought[i, c] + left - bank.difficulty[c, k]
        question[i, t], known[i, t] = k, 1 / (1 + np.exp(-odds))
        parts = bank.parts[c, k]
        fraction[i, t] = rng.binomial(parts, chance_right(odds, bank.chance[c, k], made.slip)) / parts
        practised_days[i, c] += (last[i, c] != today) | (count[i, c] == 0)
        learnt[i, c] = left + pace[i] * (made.most - left)
        last[i, c], count[i, c] = today, count[i, c] + 1
    for place in range(len(mornings)):
        keep(place, np.nonzero(waiting[place])[0])
    return question, known, fraction, kept


def chance_right(odds: np.ndarray, guess: np.ndarray | float, slip: float) -> np.ndarray:
    """Return the chance of a right answer: known and no slip, or guessed. `odds` are log-odds of knowing."""
    chance: np.ndarray = guess + (1 - slip - guess) / (1 + np.exp(-odds))
    return chance


def _moments(
    plan: _Plan, known: np.ndarray, start: date, rng: np.random.Generator
) -> tuple[list[list[datetime]], np.ndarray]:
    """Return when each answer was given, and after how many seconds: what is known goes faster."""
    median = np.exp(rng.normal(np.log(20), 0.3, len(plan.day)))[:, None] * (1.4 - 0.8 * known)
    seconds = np.minimum(median * np.exp(rng.normal(0, 0.4, median.shape)), _LONGEST_SECONDS).round(1)
    reading = rng.uniform(4, 15, seconds.shape)
    hour = rng.integers(_FIRST_HOUR, _LAST_HOUR, len(plan.day))
    minute = rng.integers(0, 60, plan.day.shape)
    moments: list[list[datetime]] = []
    for i in range(len(plan.day)):
        mine: list[datetime] = []
        for t in range(int((plan.day[i] >= 0).sum())):
            if t == 0 or plan.day[i, t] != plan.day[i, t - 1]:
                day = start + timedelta(days=int(plan.day[i, t]))
                now = datetime.combine(day, time(int(hour[i]), int(minute[i, t])), LONDON).astimezone(UTC)
            now += timedelta(seconds=round(float(seconds[i, t] + reading[i, t])))
            mine.append(now)
        moments.append(mine)
    return moments, seconds


def _sureness(known: np.ndarray, made: CohortModel, rng: np.random.Generator) -> list[list[Sureness | None]]:
    """Return how sure each answer was: what learners feel is what they know, blurred."""
    asked = rng.random(len(known)) < made.asked_sure
    felt = known + rng.normal(0, 0.2, known.shape)
    levels = (Sureness.GUESS, Sureness.THINK_SO, Sureness.SURE)
    place = (felt > 0.4).astype(int) + (felt > 0.75).astype(int)
    return [
        [levels[p] if asks else None for p in row] for asks, row in zip(asked, place.tolist(), strict=True)
    ]
