"""A blueprint and a seed give a paper: the sampled test, its questions in the order shown."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from quiz.errors import CannotAssemble
from quiz.questions import Question
from quiz.sessions.bank import QuestionBank, WrittenEntry
from quiz.syllabus import Criterion, CriterionRef, Unit

_REDRAWS = 40


@dataclass(frozen=True)
class Paper:
    """A sampled test: its unit, its seed and its questions in order."""

    unit: str
    seed: int
    questions: tuple[Question, ...]

    @property
    def families(self) -> frozenset[str]:
        """Return the questions' families: two papers with the same ones are the same paper."""
        return frozenset(question.head.family for question in self.questions)


def assemble(
    unit: Unit,
    bank: QuestionBank,
    seed: int,
    *,
    today: date,
    seen: Sequence[str] = (),
    sat: Collection[frozenset[str]] = (),
    reserved: bool = True,
) -> Paper:
    """Return a paper that meets the unit's blueprint and is none of those already sat.

    Every criterion is asked at least once, and the criteria of an outcome share its questions as
    evenly as they go. Questions not seen before come first, those kept for the test before the
    rest, then those seen longest ago. The same arguments give the same paper.

    Args:
        unit: whose blueprint is met.
        bank: where the questions come from.
        seed: of every choice.
        today: a question whose law does not hold on that day is not drawn.
        seen: families the learner has been shown, oldest first.
        sat: the families of each paper the learner has sat.
        reserved: whether questions kept for the test may be drawn; a printed practice paper
            leaves them out unless they are among `seen`.

    Raises:
        CannotAssemble: a criterion has no question that fits, or no new paper can be drawn.
    """
    recency = {family: place for place, family in enumerate(seen)}
    pools = {criterion.ref: _pool(criterion, bank, today, recency, reserved) for criterion in unit.criteria}
    fault = _fault(unit, pools)
    if fault:
        raise CannotAssemble(fault)
    for redraw in range(_REDRAWS):
        rng = Random(f"{unit.key}:{seed}:{redraw}")
        # Taken strictly, those seen longest ago may be a paper sat before: each redraw looks less closely.
        entries = _draw(
            unit, pools, {family: place // (1 + redraw) for family, place in recency.items()}, rng
        )
        if frozenset(entry.family for entry in entries) in sat:
            continue
        rng.shuffle(entries)
        questions = tuple(bank.question(entry.family, rng.randrange(2**32)) for entry in entries)
        return Paper(unit.key, seed, questions)
    raise CannotAssemble(
        f"No paper can be drawn for unit {unit.key} that has not been sat before: the bank is too small."
    )


def unseen_papers(unit: Unit, bank: QuestionBank, *, today: date, seen: Collection[str]) -> int:
    """Return how many more papers can be drawn from questions the learner has never been shown.

    A paper asks at most ceil(questions/criteria) of one criterion, so the criterion with the fewest
    unseen questions of those kept for the test sets the number. A blueprint that cannot be met gives 0.
    """
    known = frozenset(seen)
    counts: list[int] = []
    for number, wanted in unit.blueprint.questions_per_outcome.items():
        criteria = unit.of_outcome(number)
        if not 0 < len(criteria) <= wanted:
            return 0
        most = -(-wanted // len(criteria))
        for criterion in criteria:
            unseen = [
                entry
                for entry in bank.written(criterion.ref, today=today)
                if entry.fits_test and entry.entry.use == "test" and entry.family not in known
            ]
            counts.append(len(unseen) // most)
    return min(counts, default=0)


def paper_fault(unit: Unit, bank: QuestionBank, *, today: date, reserved: bool = True) -> str:
    """Return why no paper at all can be drawn for a unit, or an empty text; see `assemble`."""
    return _fault(
        unit, {criterion.ref: _pool(criterion, bank, today, {}, reserved) for criterion in unit.criteria}
    )


def _pool(
    criterion: Criterion, bank: QuestionBank, today: date, recency: dict[str, int], reserved: bool
) -> list[WrittenEntry]:
    return [
        entry
        for entry in bank.written(criterion.ref, today=today)
        if entry.fits_test and (reserved or entry.entry.use == "practice" or entry.family in recency)
    ]


def _fault(unit: Unit, pools: dict[CriterionRef, list[WrittenEntry]]) -> str:
    """Return why the pools do not fill the unit's blueprint, or an empty text."""
    empty = [ref.code for ref, pool in pools.items() if not pool]
    if empty:
        return (
            f"Unit {unit.key}: no question fits a paper for criterion {', '.join(empty)}. "
            "Add written single-choice questions with four options."
        )
    for number, wanted in unit.blueprint.questions_per_outcome.items():
        held = sum(len(pools[criterion.ref]) for criterion in unit.of_outcome(number))
        criteria = len(unit.of_outcome(number))
        if held < wanted or wanted < criteria:
            return (
                f"Unit {unit.key}, outcome {number}: the blueprint asks {wanted} questions of "
                f"{criteria} criteria, and {held} questions fit."
            )
    return ""


def _draw(
    unit: Unit, pools: dict[CriterionRef, list[WrittenEntry]], recency: dict[str, int], rng: Random
) -> list[WrittenEntry]:
    drawn: list[WrittenEntry] = []
    for number, wanted in unit.blueprint.questions_per_outcome.items():
        ranked = {
            criterion.ref: _ranked(pools[criterion.ref], recency, rng)
            for criterion in unit.of_outcome(number)
        }
        for ref, share in _shares(ranked, wanted, recency, rng).items():
            drawn.extend(ranked[ref][:share])
    return drawn


def _ranked(pool: list[WrittenEntry], recency: dict[str, int], rng: Random) -> list[WrittenEntry]:
    shuffled = list(pool)
    rng.shuffle(shuffled)
    return sorted(shuffled, key=lambda entry: (recency.get(entry.family, -1), entry.entry.use != "test"))


def _shares(
    ranked: dict[CriterionRef, list[WrittenEntry]], wanted: int, recency: dict[str, int], rng: Random
) -> dict[CriterionRef, int]:
    """Share an outcome's questions out as evenly as the pools allow, first to those with most unseen."""
    shares = dict.fromkeys(ranked, 0)
    order = list(ranked)
    rng.shuffle(order)

    def unseen(ref: CriterionRef) -> int:
        return sum(
            entry.family not in recency and entry.entry.use == "test" for entry in ranked[ref][shares[ref] :]
        )

    for _ in range(wanted):
        open_refs = [ref for ref in order if shares[ref] < len(ranked[ref])]
        chosen = min(open_refs, key=lambda ref: (shares[ref], -unseen(ref)))
        shares[chosen] += 1
    return shares
