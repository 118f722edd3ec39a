"""Tests of a class by outcome: each learner's latest finished test, marked under the unit's hurdle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from quiz.classes.group import Member
from quiz.sessions import SatTest, ScoreReport, score_marks
from quiz.syllabus import Hurdle


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


def latest_tests(
    members: Sequence[Member], tests: Sequence[SatTest], hurdle: Hurdle
) -> tuple[tuple[ClassTest, ...], tuple[OutcomeTested, ...]]:
    """Return the latest test of each learner who sat one, by name, and the outcomes passed in these."""
    of_learner: dict[UUID, list[SatTest]] = {}
    for test in sorted(tests, key=lambda test: test.finished_at.timestamp()):
        of_learner.setdefault(test.learner, []).append(test)
    latest = tuple(
        ClassTest(member, mine[-1].finished_at, score_marks(mine[-1].marks, hurdle), len(mine))
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
