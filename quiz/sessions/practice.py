"""Choosing practice questions: which criterion is next, and which of its families."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from quiz.errors import CannotAssemble
from quiz.questions import Question
from quiz.sessions.bank import TEST_BASES, QuestionBank
from quiz.syllabus import Basis, CriterionRef

SHORTEST, LONGEST = 5, 30
_TRIES = 24


@dataclass(frozen=True)
class PracticePlan:
    """What a learner chose to practise.

    `size` is the number of questions, None for endless. `mixed` draws criteria in turn at random,
    otherwise they come in order. `bases` says whose rule may be asked for.
    """

    unit: str
    codes: tuple[str, ...]
    size: int | None
    mixed: bool = True
    bases: frozenset[Basis] = TEST_BASES

    @property
    def refs(self) -> tuple[CriterionRef, ...]:
        """Return the criteria practised."""
        return tuple(CriterionRef(self.unit, code) for code in self.codes)

    def to_json(self) -> str:
        """Return the plan as JSON."""
        return json.dumps(
            {
                "unit": self.unit,
                "codes": self.codes,
                "size": self.size,
                "mixed": self.mixed,
                "bases": sorted(self.bases),
            }
        )

    @staticmethod
    def from_json(text: str) -> PracticePlan:
        """Return the plan that `to_json` wrote."""
        data = json.loads(text)
        return PracticePlan(
            data["unit"], tuple(data["codes"]), data["size"], data["mixed"], frozenset(data["bases"])
        )


@dataclass(frozen=True)
class History:
    """What the learner has been shown: families oldest first, and those met in a finished test."""

    seen: Sequence[str] = ()
    met_in_test: Collection[str] = frozenset()


def draw(
    plan: PracticePlan,
    bank: QuestionBank,
    seed: int,
    *,
    today: date,
    history: History,
    asked: Sequence[Question] = (),
) -> Question:
    """Return the next question of a practice session after those asked so far.

    Questions kept for the test are drawn only once they have been met in one. A written question
    comes at most once in a session while others are left; a generator gives another variant each
    time. The same arguments give the same question.

    Raises:
        CannotAssemble: none of the criteria has a question to practise.
    """
    rng = Random(f"{plan.unit}:{seed}:{len(asked)}")
    for ref in _turn(plan, rng, asked):
        question = _from_criterion(ref, plan, bank, rng, today, history, asked)
        if question is not None:
            return question
    raise CannotAssemble(f"There is nothing to practise for {', '.join(plan.codes)}. Choose other criteria.")


def draw_all(
    plan: PracticePlan, bank: QuestionBank, seed: int, *, today: date, history: History
) -> tuple[Question, ...]:
    """Return all questions of a session of fixed size, or the first of an endless one."""
    questions: list[Question] = []
    for _ in range(plan.size or 1):
        questions.append(draw(plan, bank, seed, today=today, history=history, asked=questions))
    return tuple(questions)


def _turn(plan: PracticePlan, rng: Random, asked: Sequence[Question]) -> list[CriterionRef]:
    """Return the criteria in the order in which they are tried for the next question."""
    refs = list(plan.refs)
    if plan.mixed:
        times = dict.fromkeys(refs, 0)
        for question in asked:
            times[question.head.ref] = times.get(question.head.ref, 0) + 1
        last = asked[-1].head.ref if asked else None
        rng.shuffle(refs)
        return sorted(refs, key=lambda ref: (times[ref], ref == last))
    start = len(asked) % len(refs) if plan.size is None else len(asked) * len(refs) // plan.size
    return refs[start:] + refs[:start]


def _from_criterion(
    ref: CriterionRef,
    plan: PracticePlan,
    bank: QuestionBank,
    rng: Random,
    today: date,
    history: History,
    asked: Sequence[Question],
) -> Question | None:
    written = [
        entry.family
        for entry in bank.written(ref, today=today)
        if entry.entry.basis in plan.bases
        and (entry.entry.use == "practice" or entry.family in history.met_in_test)
    ]
    generated = [family.id for family in bank.generated(ref, today=today)]
    recency = {family: place for place, family in enumerate(history.seen)}
    times = dict.fromkeys((*written, *generated), 0)
    for question in asked:
        if question.head.family in times:
            times[question.head.family] += 1
    rng.shuffle(written)
    rng.shuffle(generated)
    fresh = [family for family in written if not times[family]]
    first, second = (fresh, generated) if rng.random() < 0.5 else (generated, fresh)
    # A question asked before comes last, and a generator's before a written one's: it can vary.
    for group, again in ((first, False), (second, False), (generated, True), (written, True)):
        for family in sorted(group, key=lambda f: (times[f], recency.get(f, -1))):
            found = _fitting(family, plan, bank, rng, asked, again)
            if found is not None:
                return found
    return None


def _fitting(
    family: str, plan: PracticePlan, bank: QuestionBank, rng: Random, asked: Sequence[Question], again: bool
) -> Question | None:
    """Return a question of the family whose rule is wanted, not asked before unless `again`, or None."""
    ids = {question.head.id for question in asked}
    for _ in range(_TRIES):
        question = bank.question(family, rng.randrange(2**32))
        if question.head.basis in plan.bases and (again or question.head.id not in ids):
            return question
    return None
