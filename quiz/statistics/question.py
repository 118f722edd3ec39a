"""The statistics of each question, over the first answers of different learners."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np

from quiz.statistics.answers import ComparedAnswer, MarkedAnswer, compare, thirds
from quiz.statistics.formulas import discrimination_index, discriminative_efficiency, facility
from quiz.statistics.intervals import correlation_interval, facility_interval
from quiz.statistics.options import OptionStatistics, option_statistics
from quiz.syllabus import CriterionRef


@dataclass(frozen=True)
class Quartiles:
    """The middle of some times in seconds, and the range of the middle half (linear between neighbours)."""

    lower: float
    median: float
    upper: float
    answers: int
    """How many times were measured."""


@dataclass(frozen=True)
class ThirdMarks:
    """A third of the learners by their rest: how many they are and what they earned on the question."""

    learners: int
    earned: float
    """The sum of their marks, 0 to 1 each: how many were right, where there is no partial credit."""

    @property
    def facility(self) -> float | None:
        """Return what they earned in per cent of the most; None: nobody is in it."""
        return 100 * self.earned / self.learners if self.learners else None


@dataclass(frozen=True)
class QuestionStatistics:
    """A question in figures; facility, discrimination, efficiency and their ranges are in per cent."""

    family: str
    ref: CriterionRef
    type: str
    answers: int
    """How many learners answered; only the first answer of each enters."""
    facility: float
    facility_interval: tuple[float, float]
    compared: int
    """How many of them answered other questions beside it, so that discrimination can be told."""
    discrimination: float | None
    discrimination_interval: tuple[float, float] | None
    efficiency: float | None
    seconds: Quartiles | None
    strongest: ThirdMarks
    weakest: ThirdMarks
    options: tuple[OptionStatistics, ...] = ()
    """Of a single choice: the key first, then the distractors, those taken most first."""


def question_statistics(answers: Iterable[MarkedAnswer]) -> tuple[QuestionStatistics, ...]:
    """Return the statistics of every family that was answered, by criterion and then by family.

    Give the answers of all learners, units and questions that are to be compared with each other: the
    rest of an answer is taken over the other questions among them (see `compare`). A question that was
    left out in a test is no answer (Moodle counts it as 0).
    """
    found = [_statistics(family, group) for family, group in compare(answers).items()]
    return tuple(sorted(found, key=lambda one: (one.ref.sort_key, one.family)))


def _statistics(family: str, group: Sequence[ComparedAnswer]) -> QuestionStatistics:
    marks = [one.answer.fraction for one in group]
    beside = [(one.answer.fraction, one.rest) for one in group if one.rest is not None]
    x, rest = [mark for mark, _ in beside], [rest for _, rest in beside]
    index = discrimination_index(x, rest)
    strongest, weakest = thirds(group)
    latest = group[-1].answer
    return QuestionStatistics(
        family,
        latest.ref,
        latest.type,
        answers=len(group),
        facility=facility(marks),
        facility_interval=facility_interval(fsum(marks), len(group)),
        compared=len(beside),
        discrimination=index,
        discrimination_interval=None if index is None else correlation_interval(index, len(beside)),
        efficiency=discriminative_efficiency(x, rest),
        seconds=_quartiles([one.answer.seconds for one in group if one.answer.seconds is not None]),
        strongest=_marks(strongest),
        weakest=_marks(weakest),
        options=option_statistics(group, strongest, weakest),
    )


def _marks(third: Sequence[ComparedAnswer]) -> ThirdMarks:
    return ThirdMarks(len(third), fsum(one.answer.fraction for one in third))


def _quartiles(seconds: Sequence[float]) -> Quartiles | None:
    if not seconds:
        return None
    lower, median, upper = np.percentile(seconds, [25, 50, 75])
    return Quartiles(float(lower), float(median), float(upper), len(seconds))
