"""The question bank: every written question and every generator, by criterion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from quiz.errors import NotInBank
from quiz.generation import Family, families, generate, written
from quiz.questions import Question
from quiz.syllabus import Basis, Criterion, CriterionRef, Pack, WrittenQuestion

TEST_BASES: frozenset[Basis] = frozenset({"specification", "both"})
"""What the on-screen test expects: the unit as it is written."""
ALL_BASES: frozenset[Basis] = frozenset({"specification", "today", "both"})


@dataclass(frozen=True)
class WrittenEntry:
    """A written question and the criterion it belongs to."""

    criterion: Criterion
    entry: WrittenQuestion

    @property
    def family(self) -> str:
        """Return the id under which answers to it are kept together."""
        return self.entry.id

    @property
    def fits_test(self) -> bool:
        """Return whether a paper may hold it: single choice, four options, the unit's own rule."""
        return (
            self.entry.type == "single_choice"
            and len(self.entry.options) == 4
            and self.entry.basis in TEST_BASES
        )


class QuestionBank:
    """All questions of a pack. Immutable: built once, shared by every learner."""

    def __init__(self, pack: Pack) -> None:
        """Index the pack's questions by criterion and by family."""
        self.pack = pack
        self._written: dict[CriterionRef, tuple[WrittenEntry, ...]] = {}
        self._written_by_id: dict[str, WrittenEntry] = {}
        # Generators are counted out for a criterion when it is first asked for, not all at the start.
        self._generated: dict[CriterionRef, dict[str, Family]] = {}
        self._criteria: dict[str, Criterion] = {}
        for criterion in pack.criteria:
            self._criteria[str(criterion.ref)] = criterion
            entries = tuple(WrittenEntry(criterion, question) for question in criterion.entry.questions)
            self._written[criterion.ref] = entries
            self._written_by_id.update({entry.family: entry for entry in entries})

    def __contains__(self, family: object) -> bool:
        """Return whether the bank still holds a family."""
        if family in self._written_by_id:
            return True
        return isinstance(family, str) and self._generator(family) is not None

    def written(self, ref: CriterionRef, *, today: date) -> tuple[WrittenEntry, ...]:
        """Return a criterion's written questions whose law holds on that day."""
        return tuple(
            entry for entry in self._written.get(ref, ()) if _holds(entry.criterion, entry.entry.law, today)
        )

    def generated(self, ref: CriterionRef, *, today: date) -> tuple[Family, ...]:
        """Return a criterion's generator families whose law holds on that day."""
        criterion = self.pack.optional_criterion(ref)
        if criterion is None:
            return ()
        return tuple(f for f in self._generators(criterion).values() if _holds(criterion, f.law, today))

    def question(self, family: str, seed: int) -> Question:
        """Return a question of the family, ready to be shown; the same seed gives the same question.

        Raises:
            NotInBank: the family has left the content.
        """
        if family in self._written_by_id:
            entry = self._written_by_id[family]
            return written(entry.criterion, entry.entry, seed)
        found = self._generator(family)
        if found is not None:
            return generate(*found, seed)
        raise NotInBank(f"The question “{family}” is no longer in the content.")

    def _generators(self, criterion: Criterion) -> dict[str, Family]:
        if criterion.ref not in self._generated:
            self._generated[criterion.ref] = {family.id: family for family in families(criterion)}
        return self._generated[criterion.ref]

    def _generator(self, family: str) -> tuple[Criterion, Family] | None:
        """Return a generator by its id, which begins with its criterion: `L6017638-1.2-time-off.one`."""
        criterion = self._criteria.get("-".join(family.split("-")[:2]))
        if criterion is None:
            return None
        generator = self._generators(criterion).get(family)
        return (criterion, generator) if generator is not None else None


def _holds(criterion: Criterion, cited: Iterable[str], today: date) -> bool:
    facts: Mapping[str, bool] = {fact.id: fact.holds_on(today) for fact in criterion.entry.law}
    return all(facts.get(fact, True) for fact in cited)
