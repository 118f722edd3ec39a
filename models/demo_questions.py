"""What a demo class is asked: each question made once, with the responses it may be given and their marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle, islice
from random import Random
from typing import Final

import numpy as np

from quiz.errors import CannotAssemble
from quiz.progress import MadeQuestions
from quiz.questions import (
    Matching,
    MatchingResponse,
    MultipleResponse,
    MultipleResponseResponse,
    Ordering,
    OrderingResponse,
    Question,
    Response,
    SingleChoice,
    SingleChoiceResponse,
    Sorting,
    SortingResponse,
    content_hash,
    mark,
    question_json,
    response_json,
    right_response,
)
from quiz.sessions import TEST_BASES, QuestionBank, assemble
from quiz.syllabus import Criterion, CriterionRef, Unit

PAPERS: Final = 6
"""Test papers a class shares out, so that each is sat by several learners."""
_ASKED = 23  # questions of a criterion: as many as the bank of Unit 203 has for practice
_LEVELS = 4  # quarters of the mark
_SAMPLES = 24
_GUESSED: Final[Mapping[type, float]] = {
    MultipleResponse: 0.4,
    Matching: 0.25,
    Ordering: 0.15,
    Sorting: 0.15,
}
"""What a guess earns on average, as in the cohort's own model."""
_HARDER: Final = {"remember": -0.3, "understand": 0.0, "apply": 0.3}
_CRITERION_SPREAD, _QUESTION_SPREAD = 0.5, 0.7


@dataclass(frozen=True)
class Reply:
    """A response as it is stored, with its mark."""

    response: str
    fraction: float
    verdict: str


@dataclass(frozen=True)
class DemoQuestion:
    """A question as it is stored, how hard it is (log-odds), and responses to it by quarters of the mark."""

    ref: CriterionRef
    question_id: str
    family: str
    digest: str
    content: str
    difficulty: float
    guess: float
    parts: int
    replies: tuple[tuple[Reply, ...], ...]

    def reply(self, fraction: float, rng: Random) -> Reply:
        """Return a response that earns about that share of the mark; only the whole share earns the whole."""
        return rng.choice(self.replies[min(_LEVELS, round(fraction * _LEVELS))])


@dataclass(frozen=True)
class DemoQuestions:
    """All that the class is asked."""

    refs: tuple[CriterionRef, ...]
    practice: Mapping[CriterionRef, tuple[DemoQuestion, ...]]
    papers: tuple[tuple[DemoQuestion, ...], ...]
    """Test papers with the seed 0, 1, …"""

    @property
    def by_digest(self) -> dict[str, DemoQuestion]:
        """Map the hash of what is shown to the question."""
        groups = (*self.practice.values(), *self.papers)
        return {question.digest: question for group in groups for question in group}

    def for_cohort(self) -> MadeQuestions:
        """Return the practice questions as the cohort takes them, each named by its hash."""
        rows = [self.practice[ref] for ref in self.refs]
        return MadeQuestions(
            np.array([[question.difficulty for question in row] for row in rows]),
            np.array([[question.guess for question in row] for row in rows]),
            np.array([[question.parts for question in row] for row in rows]),
            [[question.digest for question in row] for row in rows],
        )


def make_questions(unit: Unit, bank: QuestionBank, seed: int, today: date) -> DemoQuestions:
    """Return the questions of a class: for practice and on test papers; the same seed gives the same.

    Raises:
        CannotAssemble: a criterion has no question to practise, or the unit gives no paper.
    """
    known: dict[str, DemoQuestion] = {}

    def made(question: Question) -> DemoQuestion:
        digest = content_hash(question)
        if digest not in known:
            known[digest] = _question(question, digest)
        return known[digest]

    practice = {
        criterion.ref: tuple(made(question) for question in _practice(criterion, bank, seed, today))
        for criterion in unit.criteria
    }
    papers = tuple(
        tuple(made(question) for question in assemble(unit, bank, number, today=today).questions)
        for number in range(PAPERS)
    )
    return DemoQuestions(tuple(practice), practice, papers)


def _practice(criterion: Criterion, bank: QuestionBank, seed: int, today: date) -> list[Question]:
    """Return as many questions of a criterion for each one; some come twice where there are too few."""
    rng = Random(f"demo {seed} {criterion.ref}")
    written = [
        bank.question(entry.family, rng.randrange(2**32))
        for entry in bank.written(criterion.ref, today=today)
        if entry.entry.use == "practice" and entry.entry.basis in TEST_BASES
    ]
    families = [family.id for family in bank.generated(criterion.ref, today=today)]
    rng.shuffle(families)
    found = {question.head.id: question for question in written[:_ASKED]}
    for family in islice(cycle(families), 4 * _ASKED):
        if len(found) == _ASKED:
            break
        question = bank.question(family, rng.randrange(2**32))
        if question.head.basis in TEST_BASES:
            found.setdefault(question.head.id, question)
    if not found:
        raise CannotAssemble(f"Criterion {criterion.ref} has no question to practise: add one to its file.")
    return list(islice(cycle(found.values()), _ASKED))


def _question(question: Question, digest: str) -> DemoQuestion:
    head, rng = question.head, Random(f"demo {question.head.family}")
    difficulty = (
        _HARDER[head.level]
        + rng.gauss(0, _QUESTION_SPREAD)
        + Random(f"demo {head.ref}").gauss(0, _CRITERION_SPREAD)
    )
    single = isinstance(question, SingleChoice)
    return DemoQuestion(
        head.ref,
        head.id,
        head.family,
        digest,
        question_json(question),
        difficulty,
        1 / len(question.options) if isinstance(question, SingleChoice) else _GUESSED[type(question)],
        1 if single else _LEVELS,
        _replies(question, rng),
    )


def _replies(question: Question, rng: Random) -> tuple[tuple[Reply, ...], ...]:
    """Return responses by quarters of the mark; a quarter that nothing earns has those next to it."""
    groups: list[list[Reply]] = [[] for _ in range(_LEVELS + 1)]
    groups[_LEVELS].append(_reply(question, right_response(question)))
    for response in _wrong_responses(question, rng):
        reply = _reply(question, response)
        if reply.fraction < 1:
            groups[min(_LEVELS - 1, round(reply.fraction * _LEVELS))].append(reply)
    filled = [level for level in range(_LEVELS) if groups[level]]
    return tuple(
        tuple(groups[level] or groups[min(filled, key=lambda other: abs(other - level))])
        for level in range(_LEVELS + 1)
    )


def _reply(question: Question, response: Response) -> Reply:
    given = mark(question, response)
    return Reply(response_json(response), given.fraction, given.verdict.value)


def _wrong_responses(question: Question, rng: Random) -> Sequence[Response]:
    if isinstance(question, SingleChoice):
        wrong = [option.key for option in question.options if not option.right]
        rng.shuffle(wrong)
        # One distractor draws more than the others, as distractors do.
        return [
            SingleChoiceResponse(chosen=key)
            for place, key in enumerate(wrong)
            for _ in range(len(wrong) - place)
        ]
    return [_disturbed(question, 1 + sample % 4, rng) for sample in range(_SAMPLES)]


def _disturbed(
    question: MultipleResponse | Matching | Ordering | Sorting, times: int, rng: Random
) -> Response:
    """Return the right response with that many random changes, each of which keeps it a full answer."""
    if isinstance(question, MultipleResponse):
        chosen = [option.key for option in question.options if option.right]
        others = [option.key for option in question.options if not option.right]
        for place in rng.sample(range(len(chosen)), min(times, len(chosen), len(others))):
            chosen[place] = others.pop(rng.randrange(len(others)))
        return MultipleResponseResponse(chosen=tuple(chosen))
    if isinstance(question, Matching):
        lefts = [pair.key for pair in question.pairs]
        return MatchingResponse(chosen=dict(zip(lefts, _exchanged(lefts, times, rng), strict=True)))
    if isinstance(question, Ordering):
        order = [step.key for step in question.in_order]
        return OrderingResponse(order=tuple(_exchanged(order, times, rng)))
    belongs = {case.key: case.belongs for case in question.cases}
    for key in rng.sample(sorted(belongs), min(times, len(belongs))):
        belongs[key] = rng.choice([name for name in question.classes if name != belongs[key]])
    return SortingResponse(chosen=belongs)


def _exchanged(keys: Sequence[str], times: int, rng: Random) -> list[str]:
    order = list(keys)
    for _ in range(times):
        first, second = rng.sample(range(len(order)), 2)
        order[first], order[second] = order[second], order[first]
    return order
