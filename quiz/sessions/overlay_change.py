"""Changes of the overlay, refused where a paper could no longer be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from quiz.errors import CannotAssemble, NotInBank
from quiz.sessions.bank import QuestionBank
from quiz.sessions.overlay import NO_OVERLAY, Correction, Overlay, corrected, difference
from quiz.sessions.paper import paper_fault
from quiz.syllabus import Criterion, WrittenQuestion


@dataclass(frozen=True)
class Left:
    """What is left of a criterion under an overlay: questions and generators to draw from."""

    written: int
    """Written questions whose law holds."""
    for_papers: int
    """Those of them that fit a paper."""
    generators: int


def hide(bank: QuestionBank, name: str, *, today: date) -> Overlay:
    """Return the bank's overlay with a question hidden; of a generated one, its whole family.

    Raises:
        NotInBank: the content holds no question of that name.
        CannotAssemble: without it no paper of its unit could be drawn on that day.
    """
    family = bank.optional_family(name)
    if family is None:
        raise NotInBank(f"There is no question “{name}” in the content.")
    overlay = bank.overlay.hiding(family)
    _keep_papers(bank, overlay, family, today, f"“{family}” cannot be hidden")
    return overlay


def show_again(bank: QuestionBank, name: str) -> Overlay:
    """Return the bank's overlay with a question no longer hidden.

    Raises:
        NotInBank: it is not hidden.
    """
    family = name if name in bank.overlay.hidden else bank.optional_family(name)
    if family is None or family not in bank.overlay.hidden:
        raise NotInBank(f"The question “{name}” is not hidden here.")
    return bank.overlay.showing(family)


def correct(
    bank: QuestionBank, question: str, wanted: Correction | WrittenQuestion, *, today: date
) -> Overlay:
    """Return the bank's overlay with a written question corrected, in place of any correction before.

    What is worded as it is shipped is left out of the correction; where nothing differs there is none.

    Raises:
        NotInBank: the content holds no written question of that id.
        EntryRefused: the correction does not fit the question, or leaves it without a right answer.
        CannotAssemble: corrected like this it fits no paper, and without it none could be drawn.
    """
    shipped = bank.optional_shipped(question)
    if shipped is None:
        known = bank.optional_family(question) is not None
        raise NotInBank(
            f"“{question}” is generated: it can be hidden, not corrected."
            if known
            else f"There is no written question “{question}” in the content."
        )
    if isinstance(wanted, Correction):
        wanted = corrected(shipped.entry, wanted)
    told = difference(shipped.entry, wanted)
    if told is None:
        return bank.overlay.without_correction(question)
    corrected(shipped.entry, told)
    overlay = bank.overlay.correcting(question, told)
    _keep_papers(bank, overlay, question, today, f"“{question}” cannot be corrected like this")
    return overlay


def undo_correction(bank: QuestionBank, question: str) -> Overlay:
    """Return the bank's overlay with a question as it is shipped.

    Raises:
        NotInBank: it is not corrected.
    """
    if question not in bank.overlay.corrections:
        raise NotInBank(f"The question “{question}” is not corrected here.")
    return bank.overlay.without_correction(question)


def left_of(criterion: Criterion, bank: QuestionBank, *, today: date) -> Left:
    """Return what may be drawn of a criterion on that day."""
    written = bank.written(criterion.ref, today=today)
    return Left(
        len(written),
        sum(entry.fits_test for entry in written),
        len(bank.generated(criterion.ref, today=today)),
    )


def missing_papers(bank: QuestionBank, *, today: date) -> tuple[str, ...]:
    """Return, for each unit of which no paper can be drawn on that day because of the overlay, why.

    Changes are refused before they come to that, but a file can be edited by hand.
    """
    touched = [name for name in (*bank.overlay.hidden, *bank.overlay.corrections) if bank.knows(name)]
    units = sorted({bank.criterion_of(name).ref.unit for name in touched})
    faults = (_lost_papers(bank, unit, today) for unit in units)
    return tuple(next(iter(lost.values())) for lost in faults if lost)


def _keep_papers(bank: QuestionBank, overlay: Overlay, family: str, today: date, refusal: str) -> None:
    unit = bank.criterion_of(family).ref.unit
    before = _lost_papers(bank, unit, today)
    for paper, fault in _lost_papers(bank.with_overlay(overlay), unit, today).items():
        if paper not in before:
            raise CannotAssemble(f"{refusal}: {paper} could no longer be drawn. {fault}")


def _lost_papers(bank: QuestionBank, unit_key: str, today: date) -> dict[str, str]:
    """Return why the papers that the shipped content gives cannot be drawn, by what they are."""
    unit, shipped = bank.pack.units[unit_key], bank.with_overlay(NO_OVERLAY)
    lost: dict[str, str] = {}
    for paper, reserved in (
        ("a paper", True),
        ("a printed paper, which leaves out what is kept for the test,", False),
    ):
        fault = paper_fault(unit, bank, today=today, reserved=reserved)
        if fault and not paper_fault(unit, shipped, today=today, reserved=reserved):
            lost[paper] = fault
    return lost
