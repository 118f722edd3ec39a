"""The score report of a test: by criterion, by outcome, and what would have changed the result."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from uuid import UUID

from quiz.questions import Verdict
from quiz.sessions.attempt import Attempt, Item
from quiz.syllabus import CriterionRef, Hurdle

_TOLERANCE = 1e-9


@dataclass(frozen=True)
class CriterionScore:
    """Marks earned and available for a criterion, and whether it counts as shown."""

    ref: CriterionRef
    earned: float
    available: int
    shown: bool


@dataclass(frozen=True)
class OutcomeScore:
    """An outcome's criteria, how many of them have to be shown, and whether it is passed."""

    number: int
    criteria: tuple[CriterionScore, ...]
    needed: int

    @property
    def shown(self) -> int:
        """Return how many criteria are shown."""
        return sum(criterion.shown for criterion in self.criteria)

    @property
    def passed(self) -> bool:
        """Return whether enough criteria are shown."""
        return self.shown >= self.needed

    @property
    def earned(self) -> float:
        """Return the marks earned."""
        return sum(criterion.earned for criterion in self.criteria)

    @property
    def available(self) -> int:
        """Return the marks available."""
        return sum(criterion.available for criterion in self.criteria)

    @property
    def missed(self) -> tuple[CriterionScore, ...]:
        """Return the criteria not shown."""
        return tuple(criterion for criterion in self.criteria if not criterion.shown)


@dataclass(frozen=True)
class ScoreReport:
    """A test's result: every outcome passed, and enough right answers in all."""

    outcomes: tuple[OutcomeScore, ...]
    right: int
    total: int
    pass_mark: int

    @property
    def passed(self) -> bool:
        """Return whether every outcome is passed and the pass mark is reached."""
        return all(outcome.passed for outcome in self.outcomes) and self.right >= self.pass_mark

    @property
    def failed_outcomes(self) -> tuple[OutcomeScore, ...]:
        """Return the outcomes not passed: these are what would have changed the result."""
        return tuple(outcome for outcome in self.outcomes if not outcome.passed)

    @property
    def marks_short(self) -> int:
        """Return how many right answers are missing to the pass mark."""
        return max(0, self.pass_mark - self.right)

    @property
    def missed_codes(self) -> tuple[str, ...]:
        """Return the codes of criteria in which any mark was lost, in order."""
        return tuple(
            criterion.ref.code
            for outcome in self.outcomes
            for criterion in outcome.criteria
            if criterion.earned < criterion.available - _TOLERANCE
        )


@dataclass(frozen=True)
class SatTest:
    """The marks of a finished test, question by question; one without an answer has earned 0."""

    attempt: UUID
    learner: UUID
    finished_at: datetime
    marks: tuple[tuple[CriterionRef, float], ...]


def score(attempt: Attempt, hurdle: Hurdle) -> ScoreReport:
    """Return the score report of a finished test; a question without an answer earns nothing."""
    return score_marks(((item.question.head.ref, _fraction(item)) for item in attempt.items), hurdle)


def score_marks(marks: Iterable[tuple[CriterionRef, float]], hurdle: Hurdle) -> ScoreReport:
    """Return the score report of a finished test from the share, 0 to 1, that each of its questions earned."""
    by_ref: dict[CriterionRef, list[float]] = {}
    for ref, fraction in marks:
        by_ref.setdefault(ref, []).append(fraction)
    criteria = [
        _criterion(ref, fractions, hurdle)
        for ref, fractions in sorted(by_ref.items(), key=lambda entry: entry[0].sort_key)
    ]
    outcomes = tuple(
        _outcome(number, [c for c in criteria if c.ref.outcome == number], hurdle)
        for number in sorted({c.ref.outcome for c in criteria})
    )
    right = sum(fraction > 1 - _TOLERANCE for fractions in by_ref.values() for fraction in fractions)
    return ScoreReport(outcomes, right, sum(map(len, by_ref.values())), hurdle.pass_mark)


def verdict(item: Item) -> Verdict:
    """Return how the response that stands was judged; none is UNANSWERED."""
    latest = item.latest
    if latest is None or latest.mark is None:
        return Verdict.UNANSWERED
    return latest.mark.verdict


def _criterion(ref: CriterionRef, fractions: list[float], hurdle: Hurdle) -> CriterionScore:
    earned = sum(fractions)
    shown = earned >= hurdle.criterion_share * len(fractions) - _TOLERANCE
    return CriterionScore(ref, earned, len(fractions), shown)


def _outcome(number: int, criteria: list[CriterionScore], hurdle: Hurdle) -> OutcomeScore:
    needed = ceil(hurdle.outcome_share * len(criteria) - _TOLERANCE)
    return OutcomeScore(number, tuple(criteria), needed)


def _fraction(item: Item) -> float:
    latest = item.latest
    return latest.mark.fraction if latest is not None and latest.mark is not None else 0.0
