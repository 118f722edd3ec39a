"""Days practised: what was answered on each day of a period. A day without practice is a nought, and no more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from quiz.progress.evidence import QuizEvidence, first_of_a_day
from quiz.syllabus import CriterionRef


@dataclass(frozen=True)
class PractisedDay:
    """A day in London, how many answers it brought, and about how many criteria."""

    day: date
    answers: int = 0
    criteria: int = 0

    @property
    def monday(self) -> date:
        """Return the Monday with which its week begins."""
        return self.day - timedelta(days=self.day.weekday())


def days_practised(evidence: Iterable[QuizEvidence], first: date, last: date) -> tuple[PractisedDay, ...]:
    """Return every day from the first to the last, both included, in order.

    Only the first answer to a question on a day counts, so that the answers add up to those behind
    the estimates. With `last` before `first` there are no days.
    """
    answers: dict[date, int] = {}
    criteria: dict[date, set[CriterionRef]] = {}
    for fact in first_of_a_day(evidence):
        answers[fact.day] = answers.get(fact.day, 0) + 1
        criteria.setdefault(fact.day, set()).add(fact.ref)
    period = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return tuple(PractisedDay(day, answers.get(day, 0), len(criteria.get(day, ()))) for day in period)
