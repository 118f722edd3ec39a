"""Sureness against what was right: calibration, and what was answered wrongly while sure of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from quiz.progress.evidence import QuizEvidence, first_of_a_day
from quiz.progress.mastery import ENOUGH_ANSWERS, INTERVAL
from quiz.sessions import Sureness
from quiz.special import betaincinv
from quiz.syllabus import CriterionRef

_TOLERANCE = 1e-9
_MOST_SURE_FIRST = (Sureness.SURE, Sureness.THINK_SO, Sureness.GUESS)


@dataclass(frozen=True)
class Said:
    """How many answers said one sureness, and how much of them was right."""

    sure: Sureness
    answers: int = 0
    right: float = 0.0

    def add(self, fact: QuizEvidence) -> Said:
        """Return it with an answer more; one that said something else changes nothing."""
        if fact.sure is not self.sure:
            return self
        return Said(self.sure, self.answers + 1, self.right + fact.fraction)


@dataclass(frozen=True)
class SaidSure:
    """What was right of the answers given with one sureness; the share and its interval lie between 0 and 1.

    With fewer than `ENOUGH_ANSWERS` answers nothing is said of the share: it and its interval are None.
    """

    sure: Sureness
    answers: int
    share: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class SureButWrong:
    """A family answered wrongly, or rightly in part only, while sure: how often, and when last."""

    ref: CriterionRef
    family: str
    times: int
    latest: datetime


@dataclass(frozen=True)
class Calibration:
    """One entry for each sureness, the most sure first, and the families sure but wrong, the latest first."""

    said: tuple[SaidSure, ...]
    sure_but_wrong: tuple[SureButWrong, ...]

    @property
    def answers(self) -> int:
        """Return how many answers said how sure they were."""
        return sum(entry.answers for entry in self.said)

    @property
    def wrong(self) -> int:
        """Return how many answers were sure and not wholly right."""
        return sum(entry.times for entry in self.sure_but_wrong)


def calibration(evidence: Iterable[QuizEvidence]) -> Calibration:
    """Return how much was right of what was guessed, thought so and sure.

    Only the first answer to a question on a day counts, as for mastery, and of those only the ones
    that said how sure they were. An answer right in part counts as its part. The interval holds 90 %
    of the posterior under the Jeffreys prior, Beta(right + 1/2, wrong + 1/2), with an end at 0 or 1
    where nothing or all was right (Brown, Cai and DasGupta 2001, Statistical Science 16, 101–133).
    """
    said = tuple(Said(sure) for sure in Sureness)
    missed: dict[tuple[CriterionRef, str], list[datetime]] = {}
    for fact in first_of_a_day(evidence):
        said = tuple(entry.add(fact) for entry in said)
        if is_wrong(fact):
            missed.setdefault((fact.ref, fact.family), []).append(fact.at)
    return calibrated(said, [SureButWrong(*key, len(times), times[-1]) for key, times in missed.items()])


def calibrated(said: Iterable[Said], missed: Iterable[SureButWrong]) -> Calibration:
    """Return the calibration from what was right of each sureness, and what was sure but wrong."""
    by_sure = {entry.sure: entry for entry in said}
    entries = sorted(missed, key=lambda entry: (-entry.latest.timestamp(), entry.ref.sort_key, entry.family))
    return Calibration(tuple(_said(by_sure[sure]) for sure in _MOST_SURE_FIRST), tuple(entries))


def is_wrong(fact: QuizEvidence) -> bool:
    """Return whether an answer was sure and not wholly right."""
    return fact.sure is Sureness.SURE and fact.fraction < 1 - _TOLERANCE


def _said(entry: Said) -> SaidSure:
    sure, answers, right = entry.sure, entry.answers, entry.right
    if answers < ENOUGH_ANSWERS:
        return SaidSure(sure, answers)
    wrong = answers - right
    tail = (1 - INTERVAL) / 2
    low = float(betaincinv(right + 0.5, wrong + 0.5, tail)) if right > _TOLERANCE else 0.0
    high = float(betaincinv(right + 0.5, wrong + 0.5, 1 - tail)) if wrong > _TOLERANCE else 1.0
    return SaidSure(sure, answers, right / answers, low, high)
