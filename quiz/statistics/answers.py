"""Marked answers, and how learners who met different questions are compared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from quiz.sessions.attempt import Kind
from quiz.syllabus import CriterionRef

REST_WEIGHT = 8.0
"""How many answers at the average a rest is drawn towards it by; see `compare`."""


@dataclass(frozen=True, slots=True)
class Offered:
    """An option as it was shown."""

    key: str
    text: str
    right: bool


@dataclass(frozen=True, slots=True)
class MarkedAnswer:
    """An answer that counts: the first response in practice, the standing one of a finished test."""

    learner: UUID
    attempt: UUID
    question: str
    family: str
    """What statistics are kept of: the written question, or the template whose variants are alike."""
    ref: CriterionRef
    fraction: float
    """The share of the mark that was earned, 0 to 1."""
    at: datetime
    seconds: float | None
    """How long the question was open; None where it was not measured."""
    chosen: tuple[str, ...] | None
    """The keys of the options chosen; None for a type without options."""
    kind: Kind
    type: str = "single_choice"
    offered: tuple[Offered, ...] = ()
    """The options of a single choice; empty for other types, or where they are not known."""


@dataclass(frozen=True, slots=True)
class ComparedAnswer:
    """A learner's first answer to a question, with how they did on the other questions beside it."""

    answer: MarkedAnswer
    rest: float | None
    """By how much more of the mark than average they earned on the others, -1 to 1; None: no others."""


def first_answers(answers: Iterable[MarkedAnswer]) -> list[MarkedAnswer]:
    """Return each learner's first answer to each family, in order of time, whatever order they come in."""
    first: dict[tuple[UUID, str], MarkedAnswer] = {}
    for answer in sorted(answers, key=lambda a: (a.at, a.attempt.int, a.family, a.question)):
        first.setdefault((answer.learner, answer.family), answer)
    return list(first.values())


def compare(answers: Iterable[MarkedAnswer]) -> dict[str, list[ComparedAnswer]]:
    """Return the first answers to each family with the rest of each, by family.

    Moodle's rest R = T - x compares only attempts at the same paper: who happens to draw easy
    questions has a high total. So marks are compared over what attempts share, question by question:
    the **rest** of an answer is the sum, over the other questions of the same attempt, of (the mark
    less the mean of everybody's first answers to that question), divided by (their number + 8).
    Only first answers enter it, and only questions that at least two learners have answered: what
    nobody else met says nothing. Dividing by 8 more than the number draws a rest that stands on few
    answers towards the average, so that one lucky answer does not make the strongest learner; it is
    the weight that the mastery estimate gives to a learner's level, too (in made-up classes that practise in
    sessions of 1 to 20 questions it raises discrimination by two to three points). Where all attempts are at one
    paper of p questions, the rest is (T - x - a constant) / (p + 7), so that every correlation and
    every order of learners is exactly Moodle's.
    """
    first = first_answers(answers)
    earned: dict[str, float] = defaultdict(float)
    learners = Counter(answer.family for answer in first)
    for answer in first:
        earned[answer.family] += answer.fraction
    mean = {family: earned[family] / number for family, number in learners.items() if number > 1}
    over: dict[UUID, float] = defaultdict(float)
    shared: Counter[UUID] = Counter()
    for answer in first:
        if answer.family in mean:
            over[answer.attempt] += answer.fraction - mean[answer.family]
            shared[answer.attempt] += 1
    compared: dict[str, list[ComparedAnswer]] = defaultdict(list)
    for answer in first:
        own = answer.fraction - mean[answer.family] if answer.family in mean else 0.0
        others = shared[answer.attempt] - (answer.family in mean)
        # Rounded, so that learners with equal marks are equal whatever the order of the sum.
        rest = round((over[answer.attempt] - own) / (others + REST_WEIGHT), 9) if others else None
        compared[answer.family].append(ComparedAnswer(answer, rest))
    return dict(compared)


def thirds(
    compared: Iterable[ComparedAnswer],
) -> tuple[tuple[ComparedAnswer, ...], tuple[ComparedAnswer, ...]]:
    """Return the strongest and the weakest third by their rest; those without a rest are in neither.

    Learners with the same rest stay together: a third is cut where its size comes nearest to n/3
    (the smaller of two that are equally near), so it can be larger or smaller than a third, and the
    two never overlap. Both are empty where all rests are equal.
    """
    groups: dict[float, list[ComparedAnswer]] = defaultdict(list)
    for one in compared:
        if one.rest is not None:
            groups[one.rest].append(one)
    if len(groups) < 2:
        return (), ()
    weakest = [groups[rest] for rest in sorted(groups)]
    return _third(weakest[::-1]), _third(weakest)


def _third(groups: list[list[ComparedAnswer]]) -> tuple[ComparedAnswer, ...]:
    total = sum(map(len, groups))
    taken: list[ComparedAnswer] = []
    for group in groups:
        # In whole thirds, so that nothing is rounded: |3 size - n| says how far a size is from n/3.
        if taken and abs(3 * (len(taken) + len(group)) - total) >= abs(3 * len(taken) - total):
            break
        taken.extend(group)
    return tuple(taken)
