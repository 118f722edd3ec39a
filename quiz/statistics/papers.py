"""The statistics of papers: attempts at the same questions, taken together as Moodle takes a quiz."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import numpy as np

from quiz.statistics.answers import MarkedAnswer
from quiz.statistics.formulas import error_ratio, internal_consistency
from quiz.statistics.intervals import consistency_interval


@dataclass(frozen=True)
class PaperStatistics:
    """A paper in figures, all in per cent; None where Moodle leaves them empty."""

    families: tuple[str, ...]
    learners: int
    mean: float
    median: float
    deviation: float
    """The standard deviation of the totals."""
    consistency: float | None
    """The coefficient of internal consistency; see `internal_consistency`."""
    consistency_interval: tuple[float, float] | None
    error_ratio: float | None
    standard_error: float | None
    """The error ratio's share of the deviation: how far a total is likely off by chance."""
    right_or_wrong: bool
    """Whether every mark was 0 or 1."""

    @property
    def kr20(self) -> float | None:
        """Return Kuder and Richardson's formula 20, at most 1; None: there was partial credit, or no CIC."""
        return self.consistency / 100 if self.right_or_wrong and self.consistency is not None else None


def paper_statistics(
    answers: Iterable[MarkedAnswer], asked: Mapping[UUID, frozenset[str]] | None = None
) -> tuple[PaperStatistics, ...]:
    """Return the statistics of each paper that two or more learners took, most learners first.

    Attempts at the same set of two or more families are of one paper, in whatever order they were
    asked; of a learner only the first attempt at a paper enters, and of a family asked twice in it the
    first answer. `asked` says which families an attempt asked, so that one left out earns 0, as in
    Moodle; an attempt that is not in it asked what was answered.
    """
    marks: dict[UUID, dict[str, float]] = defaultdict(dict)
    who: dict[UUID, UUID] = {}
    began: dict[UUID, datetime] = {}
    for answer in sorted(answers, key=lambda one: (one.at, one.question)):
        marks[answer.attempt].setdefault(answer.family, answer.fraction)
        who[answer.attempt] = answer.learner
        began.setdefault(answer.attempt, answer.at)
    papers: dict[frozenset[str], dict[UUID, dict[str, float]]] = defaultdict(dict)
    for attempt in sorted(marks, key=lambda one: (began[one], one.int)):
        families = (asked or {}).get(attempt, frozenset(marks[attempt]))
        papers[families].setdefault(who[attempt], marks[attempt])
    found = [
        _statistics(tuple(sorted(families)), list(of_learners.values()))
        for families, of_learners in papers.items()
        if len(families) > 1 and len(of_learners) > 1
    ]
    return tuple(sorted(found, key=lambda paper: (-paper.learners, paper.families)))


def _statistics(families: tuple[str, ...], attempts: list[dict[str, float]]) -> PaperStatistics:
    table = np.array([[marks.get(family, 0.0) for family in families] for marks in attempts])
    totals = 100 * table.mean(axis=1)
    deviation = float(totals.std(ddof=1))
    consistency = internal_consistency(table)
    chance = None if consistency is None else error_ratio(consistency)
    return PaperStatistics(
        families,
        len(attempts),
        mean=float(totals.mean()),
        median=float(np.median(totals)),
        deviation=deviation,
        consistency=consistency,
        consistency_interval=(
            None if consistency is None else consistency_interval(consistency, len(attempts), len(families))
        ),
        error_ratio=chance,
        standard_error=None if chance is None else chance * deviation / 100,
        right_or_wrong=bool(np.isin(table, (0.0, 1.0)).all()),
    )
