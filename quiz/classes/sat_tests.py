"""Tests of a class by outcome: each learner's latest finished test, marked under the unit's hurdle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from uuid import UUID

from quiz.classes.group import Member
from quiz.sessions import CriterionScore, OutcomeScore, ScoreReport
from quiz.syllabus import CriterionRef, Hurdle

_TOLERANCE = 1e-9


@dataclass(frozen=True)
class SatTest:
    """The marks of a finished test, question by question; one without an answer has earned 0."""

    learner: UUID
    finished_at: datetime
    marks: tuple[tuple[CriterionRef, float], ...]


@dataclass(frozen=True)
class ClassTest:
    """A learner's latest test of the unit."""

    member: Member
    finished_at: datetime
    report: ScoreReport
    sat: int
    """How many tests of the unit the learner has finished."""


@dataclass(frozen=True)
class OutcomeTested:
    """How many of those who sat a test passed an outcome in their latest one."""

    number: int
    passed: int
    sat: int


def report_of(marks: SatTest, hurdle: Hurdle) -> ScoreReport:
    """Return the score report of a test from its marks alone; it is the one that `score` gives."""
    by_ref: dict[CriterionRef, list[float]] = {}
    for ref, fraction in marks.marks:
        by_ref.setdefault(ref, []).append(fraction)
    criteria = [
        CriterionScore(
            ref,
            sum(fractions),
            len(fractions),
            sum(fractions) >= hurdle.criterion_share * len(fractions) - _TOLERANCE,
        )
        for ref, fractions in sorted(by_ref.items(), key=lambda entry: entry[0].sort_key)
    ]
    outcomes = []
    for number in sorted({criterion.ref.outcome for criterion in criteria}):
        mine = tuple(criterion for criterion in criteria if criterion.ref.outcome == number)
        outcomes.append(OutcomeScore(number, mine, ceil(hurdle.outcome_share * len(mine) - _TOLERANCE)))
    right = sum(fraction > 1 - _TOLERANCE for _, fraction in marks.marks)
    return ScoreReport(tuple(outcomes), right, len(marks.marks), hurdle.pass_mark)


def latest_tests(
    members: Sequence[Member], tests: Sequence[SatTest], hurdle: Hurdle
) -> tuple[tuple[ClassTest, ...], tuple[OutcomeTested, ...]]:
    """Return the latest test of each learner who sat one, by name, and the outcomes passed in these."""
    of_learner: dict[UUID, list[SatTest]] = {}
    for test in sorted(tests, key=lambda test: test.finished_at.timestamp()):
        of_learner.setdefault(test.learner, []).append(test)
    latest = tuple(
        ClassTest(member, mine[-1].finished_at, report_of(mine[-1], hurdle), len(mine))
        for member in sorted(members, key=lambda member: (member.name.casefold(), member.id))
        if (mine := of_learner.get(member.id))
    )
    found: dict[int, list[bool]] = {}
    for one in latest:
        for outcome in one.report.outcomes:
            found.setdefault(outcome.number, []).append(outcome.passed)
    outcomes = tuple(
        OutcomeTested(number, sum(found[number]), len(found[number])) for number in sorted(found)
    )
    return latest, outcomes
