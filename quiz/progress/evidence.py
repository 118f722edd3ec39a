"""Quiz evidence: a marked response as a fact about a criterion."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from quiz.sessions.attempt import Attempt, Kind, Sureness
from quiz.syllabus import CriterionRef
from quiz.wording import LONDON


@dataclass(frozen=True)
class QuizEvidence:
    """What one question showed about a criterion: the share of the mark on the first try."""

    ref: CriterionRef
    question: str
    family: str
    fraction: float
    at: datetime
    kind: Kind
    seconds: float | None = None
    """How long the question was open before the answer; None where it was not measured."""
    sure: Sureness | None = None
    """How sure the learner said they were; None where they were not asked."""

    @property
    def day(self) -> date:
        """Return the day in London time."""
        return self.at.astimezone(LONDON).date()


def evidence_from(attempt: Attempt) -> tuple[QuizEvidence, ...]:
    """Return what an attempt shows: first tries in practice, standing answers of a finished test."""
    found: list[QuizEvidence] = []
    for item in attempt.items:
        given = item.latest if attempt.kind is Kind.TEST else item.first
        if given is None or given.mark is None or not given.mark.verdict.is_marked:
            continue
        head = item.question.head
        found.append(
            QuizEvidence(
                head.ref,
                head.id,
                head.family,
                given.mark.fraction,
                given.at,
                attempt.kind,
                given.seconds,
                given.sure,
            )  # fmt: skip
        )
    return tuple(found)


def order_of_evidence(fact: QuizEvidence) -> tuple[datetime, str, str, float, float, str, str]:
    """Return what facts are sorted by, first of all their time; no two different ones are equal in it."""
    seconds = -1.0 if fact.seconds is None else fact.seconds
    return (
        fact.at.astimezone(UTC), fact.family, fact.question, fact.fraction, seconds, fact.sure or "", fact.kind
    )  # fmt: skip


def first_of_a_day(evidence: Iterable[QuizEvidence]) -> tuple[QuizEvidence, ...]:
    """Return the evidence in order of time, with only the first answer to a question on a day."""
    seen: set[tuple[str, date]] = set()
    kept: list[QuizEvidence] = []
    for fact in sorted(evidence, key=order_of_evidence):
        key = (fact.question, fact.day)
        if key not in seen:
            seen.add(key)
            kept.append(fact)
    return tuple(kept)
