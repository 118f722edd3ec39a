"""The question bank: every written question and every generator, by criterion."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from quiz.errors import NotInBank
from quiz.generation import Family, families, generate, written
from quiz.questions import Question
from quiz.sessions.overlay import NO_OVERLAY, Overlay, corrected
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
    """The questions of a pack with the local overlay laid on top. Immutable, shared by every learner.

    What the overlay hides is not in the bank: it is never drawn. What it corrects is given corrected.
    """

    def __init__(self, pack: Pack, overlay: Overlay = NO_OVERLAY) -> None:
        """Index the pack's questions by criterion and by family.

        Raises:
            EntryRefused: a correction does not fit its question.
        """
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
        self._lay(overlay)

    def with_overlay(self, overlay: Overlay) -> QuestionBank:
        """Return a bank of the same pack under another overlay, in place of any before; nothing is read anew.

        Raises:
            EntryRefused: a correction does not fit its question.
        """
        bank = copy.copy(self)
        bank._lay(overlay)
        return bank

    @property
    def with_hidden(self) -> QuestionBank:
        """Return a bank with the same corrections in which nothing is hidden, for whoever looks after it."""
        return self.with_overlay(replace(self.overlay, hidden=frozenset()))

    def _lay(self, overlay: Overlay) -> None:
        self.overlay = overlay
        # A correction or a hidden id can outlive its question: it then does nothing.
        self._corrected = {
            name: replace(entry, entry=corrected(entry.entry, correction))
            for name, correction in overlay.corrections.items()
            if (entry := self._written_by_id.get(name)) is not None
        }

    def __contains__(self, family: object) -> bool:
        """Return whether the bank holds a family and may draw it."""
        return isinstance(family, str) and family not in self.overlay.hidden and self.knows(family)

    def knows(self, family: str) -> bool:
        """Return whether the content holds a family, hidden or not."""
        return family in self._written_by_id or self._generator(family) is not None

    def optional_family(self, name: str) -> str | None:
        """Return the family that a name stands for, hidden or not, or None where the content holds none.

        A name is a family, or the id of one generated question, whose family is the part before the
        prints of what it asks and of its wording.
        """
        if self.knows(name):
            return name
        family = name.rsplit(".", 2)[0]
        return family if self.knows(family) else None

    def optional_written(self, question: str) -> WrittenEntry | None:
        """Return a written question as it is asked, hidden or not, or None."""
        return self._corrected.get(question) or self._written_by_id.get(question)

    def optional_shipped(self, question: str) -> WrittenEntry | None:
        """Return a written question as it is shipped, hidden or not, or None."""
        return self._written_by_id.get(question)

    def criterion_of(self, family: str) -> Criterion:
        """Return the criterion of a family, hidden or not.

        Raises:
            NotInBank: the family has left the content.
        """
        if not self.knows(family):
            raise NotInBank(f"The question “{family}” is no longer in the content.")
        return self._criteria[_criterion_name(family)]

    def written(self, ref: CriterionRef, *, today: date) -> tuple[WrittenEntry, ...]:
        """Return a criterion's written questions whose law holds on that day."""
        return tuple(
            self._corrected.get(entry.family, entry)
            for entry in self._written.get(ref, ())
            if entry.family not in self.overlay.hidden and _holds(entry.criterion, entry.entry.law, today)
        )

    def generated(self, ref: CriterionRef, *, today: date) -> tuple[Family, ...]:
        """Return a criterion's generator families whose law holds on that day."""
        criterion = self.pack.optional_criterion(ref)
        if criterion is None:
            return ()
        return tuple(
            family
            for family in self._generators(criterion).values()
            if family.id not in self.overlay.hidden and _holds(criterion, family.law, today)
        )

    def families_of(self, ref: CriterionRef) -> tuple[str, ...]:
        """Return every family of a criterion, whatever the law and also hidden ones: written, then generated."""
        criterion = self.pack.optional_criterion(ref)
        if criterion is None:
            return ()
        return (*(entry.family for entry in self._written[ref]), *self._generators(criterion))

    def question(self, family: str, seed: int) -> Question:
        """Return a question of the family, ready to be shown; the same seed gives the same question.

        Raises:
            NotInBank: the family has left the content, or it is hidden.
        """
        if family in self.overlay.hidden:
            raise NotInBank(f"The question “{family}” is hidden on this computer.")
        entry = self.optional_written(family)
        if entry is not None:
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
        criterion = self._criteria.get(_criterion_name(family))
        if criterion is None:
            return None
        generator = self._generators(criterion).get(family)
        return (criterion, generator) if generator is not None else None


def _criterion_name(family: str) -> str:
    return "-".join(family.split("-")[:2])


def _holds(criterion: Criterion, cited: Iterable[str], today: date) -> bool:
    facts: Mapping[str, bool] = {fact.id: fact.holds_on(today) for fact in criterion.entry.law}
    return all(facts.get(fact, True) for fact in cited)
