"""The local overlay: questions hidden or corrected on this computer, laid over the content that is shipped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from quiz.errors import EntryRefused
from quiz.syllabus import WrittenQuestion
from quiz.syllabus.crosscheck import unanswerable
from quiz.syllabus.entry import Entry, Text
from quiz.syllabus.knowledge import Case, Pair, Step
from quiz.syllabus.written import WrittenOption, WrittenSorting
from quiz.wording import listed_words


class Correction(Entry):
    """What is said otherwise than in the content; a field that is left out stays as it is shipped.

    Only what a learner reads and what is right can be corrected. What a question is evidence of (its
    criterion, basis, level and law) stays, since old answers to it keep counting there.
    """

    stem: Text | None = None
    options: tuple[WrittenOption, ...] | None = None
    pairs: tuple[Pair, ...] | None = None
    steps: tuple[Step, ...] | None = None
    classes: dict[Text, Text] | None = None
    cases: tuple[Case, ...] | None = None

    @property
    def stated(self) -> dict[str, Any]:
        """Return the corrected fields as plain values, as they stand in the file."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True)


@dataclass(frozen=True)
class Overlay:
    """The families hidden here, and corrections by the id of the written question."""

    hidden: frozenset[str] = frozenset()
    corrections: Mapping[str, Correction] = field(default_factory=dict)

    def hiding(self, family: str) -> Overlay:
        """Return the overlay with a family hidden."""
        return replace(self, hidden=self.hidden | {family})

    def showing(self, family: str) -> Overlay:
        """Return the overlay with a family no longer hidden."""
        return replace(self, hidden=self.hidden - {family})

    def correcting(self, question: str, correction: Correction) -> Overlay:
        """Return the overlay with that correction of a question in place of any before it."""
        return replace(self, corrections={**self.corrections, question: correction})

    def without_correction(self, question: str) -> Overlay:
        """Return the overlay with a question as it is shipped."""
        kept = {name: known for name, known in self.corrections.items() if name != question}
        return replace(self, corrections=kept)


NO_OVERLAY = Overlay()
"""The content as it is shipped."""


def corrected(question: WrittenQuestion, correction: Correction) -> WrittenQuestion:
    """Return the question with the correction laid over it, checked as the content is at its loading.

    Raises:
        EntryRefused: the correction has parts that this type of question has not, or no answer to
            the corrected question could be marked.
    """
    stated = correction.stated
    foreign = [name for name in stated if name not in type(question).model_fields]
    if foreign:
        kind = question.type.replace("_", " ")
        raise EntryRefused(f"“{question.id}” ({kind}) has no {listed_words(foreign)} to correct.")
    merged = type(question).model_validate({**question.model_dump(by_alias=True), **stated})
    fault = unanswerable(merged) or _unknown_class(merged)
    if fault:
        raise EntryRefused(f"Corrected like this, “{question.id}” cannot be answered: {fault}.")
    return merged


def difference(shipped: WrittenQuestion, wanted: WrittenQuestion) -> Correction | None:
    """Return the correction that makes the shipped question the wanted one, or None where they are alike."""
    told = {
        name: getattr(wanted, name)
        for name in Correction.model_fields
        if getattr(wanted, name, None) != getattr(shipped, name, None)
    }
    return Correction(**told) if told else None


def _unknown_class(question: WrittenQuestion) -> str:
    if not isinstance(question, WrittenSorting):
        return ""
    unknown = [case.class_ for case in question.cases if case.class_ not in question.classes]
    return f"“{unknown[0]}” is not one of its classes" if unknown else ""
