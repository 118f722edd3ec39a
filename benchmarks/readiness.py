"""How true the chance of passing is: predictions for made-up learners against their test results.

python -m benchmarks.readiness [--learners 2000] [--seed 1 2 3] [--cohort NAME ...]

The learners follow another model than the estimate (`quiz.progress.cohort`). For each the readiness
for Unit 203 is computed from the answers as a page would do it. The result is that of a paper drawn
by `assemble` and marked by `score`, each of its questions answered rightly with the learner's true
chance. Beside the error of the chance it prints how often the true chance of passing, known to the
simulator, lay within the range that was said to hold nine in ten.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import product
from random import Random
from uuid import UUID

import numpy as np

from benchmarks.figures import bins, brier, ece
from benchmarks.responses import DAYS, START
from quiz.progress import CohortModel, SimulatedLearner, estimate, pass_chance, readiness, simulate_cohort
from quiz.questions import mark
from quiz.questions.single_choice import SingleChoice, SingleChoiceResponse
from quiz.sessions import Attempt, Given, Item, Kind, Paper, QuestionBank, assemble, score
from quiz.syllabus import Unit, load_packs

PAPERS = 50
NOON = datetime(2026, 10, 29, 12, tzinfo=UTC)
NOBODY = UUID(int=0)
AMOUNTS = (20, 400)
"""The least and most answers of a learner: from too few to some two weeks of an hour a day."""
COHORTS: Mapping[str, CohortModel] = {
    "as shipped": CohortModel(answers=AMOUNTS),
    "harder": CohortModel(answers=AMOUNTS, ability=-0.2),
    "easier": CohortModel(answers=AMOUNTS, ability=0.8),
    "unequal": CohortModel(answers=AMOUNTS, ability_spread=1.2, own_spread=0.8),
    "learns nothing": CohortModel(answers=AMOUNTS, gain=0.0),
    "forgets little": CohortModel(answers=AMOUNTS, keep_days=40.0),
    "paper harder": CohortModel(answers=AMOUNTS, test_harder=0.15),
    "paper easier": CohortModel(answers=AMOUNTS, test_harder=-0.15),
    "no partial marks": CohortModel(answers=AMOUNTS, several_parts=0.0),
}


@dataclass(frozen=True)
class Outcome:
    """What was said of a learner and what came of it."""

    chance: float
    low: float
    high: float
    truth: float
    passed: bool
    seconds: float


@cache
def _content() -> tuple[Unit, tuple[Paper, ...]]:
    pack = load_packs()
    unit, bank = pack.select_unit("203"), QuestionBank(pack)
    return unit, tuple(assemble(unit, bank, seed, today=NOON.date()) for seed in range(PAPERS))


def sit(unit: Unit, paper: Paper, learner: SimulatedLearner, seed: int) -> bool:
    """Return whether the learner passes the paper, answering by their true chances."""
    rng = Random(f"{seed}:{learner.number}")
    asked: Counter[object] = Counter()
    items: list[Item] = []
    for question in paper.questions:
        assert isinstance(question, SingleChoice)
        ref = question.head.ref
        if not asked[ref]:
            first = rng.randrange(len(learner.tests[ref]))
        # Two questions of a criterion are two different ones of its true chances.
        true = learner.tests[ref][(first + asked[ref]) % len(learner.tests[ref])]
        asked[ref] += 1
        wrong = next(option.key for option in question.options if not option.right)
        response = SingleChoiceResponse(chosen=question.key if rng.random() < true else wrong)
        items.append(Item(question, (Given(response, NOON, mark(question, response)),)))
    attempt = Attempt(NOBODY, NOBODY, unit.key, Kind.TEST, "Test", NOON, tuple(items), finished_at=NOON)
    return score(attempt, unit.blueprint.hurdle).passed


def judge(name: str, learners: int, seed: int) -> tuple[Outcome, ...]:
    """Return prediction and result of each learner of whom anything is said."""
    unit, papers = _content()
    refs = [criterion.ref for criterion in unit.criteria]
    found: list[Outcome] = []
    for learner in simulate_cohort(learners, refs, DAYS, seed, START, COHORTS[name]):
        mastery = estimate(learner.evidence, refs).mastery
        began = time.perf_counter()
        ready = readiness(unit, mastery, seed)
        took = time.perf_counter() - began
        if ready.chance is None or ready.low is None or ready.high is None:
            continue
        truth = pass_chance(unit, {ref: learner.chance(ref) for ref in refs})
        passed = sit(unit, papers[learner.number % PAPERS], learner, seed)
        found.append(Outcome(ready.chance, ready.low, ready.high, truth, passed, took))
    return tuple(found)


def _job(job: tuple[str, int, int]) -> tuple[Outcome, ...]:
    return judge(*job)


def _print(name: str, seed: int, learners: int, found: Sequence[Outcome]) -> None:
    chance = np.array([one.chance for one in found])
    passed = np.array([one.passed for one in found], dtype=float)
    truth = np.array([one.truth for one in found])
    within = float(np.mean([one.low <= one.truth <= one.high for one in found]))
    took = 1000 * float(np.median([one.seconds for one in found]))
    print(
        f"\n{name}, seed {seed}: {learners:,} learners, {learners - len(found):,} of them not enough answers "
        f"yet\n  passed {passed.mean():.3f}, predicted {chance.mean():.3f}; Brier {brier(chance, passed):.4f} "
        f"(knowing the truth {brier(truth, passed):.4f}, one figure for all "
        f"{passed.mean() * (1 - passed.mean()):.4f}); ECE {ece(chance, passed):.4f}\n"
        f"  the true chance lay within the 90 % range of {within:.0%}; {took:.0f} ms each"
    )
    print("  predicted  learners  mean predicted  passed")
    for entry in bins(chance, passed):
        print(
            f"  {entry.low:.1f} to {entry.high:.1f} {entry.count:9,} {entry.predicted:15.3f} "
            f"{entry.came_true:7.3f}"
        )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--learners", type=int, default=2000)
    parser.add_argument("--seed", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--cohort", choices=list(COHORTS), nargs="+", default=list(COHORTS))
    parser.add_argument("--processes", type=int, default=2)
    chosen = parser.parse_args()
    # The shipped cohort with every seed; the others, made to be different, with the first.
    jobs = [
        (name, chosen.learners, seed)
        for name, seed in product(chosen.cohort, chosen.seed)
        if seed == chosen.seed[0] or name == next(iter(COHORTS))
    ]
    began = time.perf_counter()
    with ProcessPoolExecutor(chosen.processes) as pool:
        for (name, learners, seed), found in zip(jobs, pool.map(_job, jobs), strict=True):
            _print(name, seed, learners, found)
            sys.stdout.flush()
    print(f"\n{time.perf_counter() - began:.0f} seconds in all, {chosen.processes} processes")


if __name__ == "__main__":
    main()
