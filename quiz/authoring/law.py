"""Rules on dated facts: what has run out and what will soon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from quiz.authoring.rule import CriterionSubject, Rule, Spot
from quiz.syllabus import LawFact
from quiz.wording import day

SOON = timedelta(days=60)


def expired(subject: CriterionSubject) -> Iterator[Spot]:
    """Yield a spot for each fact that no longer holds."""
    for index, fact, end in _ending(subject):
        if end < subject.setting.today:
            yield Spot(
                ("law", index),
                f"Fact “{fact.id}” held until {day(end)}: nothing that cites it is drawn{_or_replaced(fact)}. "
                "Check the law and write what holds now.",
            )


def expires_soon(subject: CriterionSubject) -> Iterator[Spot]:
    """Yield a spot for each fact that holds for sixty days more at the most."""
    for index, fact, end in _ending(subject):
        if subject.setting.today <= end <= subject.setting.today + SOON:
            yield Spot(
                ("law", index),
                f"Fact “{fact.id}” holds until {day(end)}; check what comes after, and write it down.",
            )


def _ending(subject: CriterionSubject) -> Iterator[tuple[int, LawFact, date]]:
    for index, fact in enumerate(subject.criterion.entry.law):
        if fact.valid_to:
            yield index, fact, date.fromisoformat(fact.valid_to)


def _or_replaced(fact: LawFact) -> str:
    return " (but what asks for the replaced rule is)" if fact.status == "replaced" else ""


CRITERION_RULES: Final = (Rule("expired", expired, "warning"), Rule("expires-soon", expires_soon, "warning"))
