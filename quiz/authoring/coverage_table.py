"""The coverage table: what each criterion has to study and to answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from quiz.authoring.coverage import counts_for_test, covered_elements
from quiz.authoring.words import words
from quiz.generation import reach
from quiz.syllabus import Criterion


class CoverageRow(BaseModel):
    """What one criterion has."""

    model_config = ConfigDict(frozen=True)

    unit: str
    criterion: str
    note_words: int
    terms: int
    blocks: dict[str, int]
    """Number of blocks of each kind."""
    written: int
    single_choice: int
    """Written questions that the on-screen test can draw."""
    for_test: int
    """Those of them that are kept for the test."""
    apply_share: float
    covered: int
    elements: int
    reach: int | None
    """How many different questions can be generated, or None where generating fails."""


def coverage_row(criterion: Criterion) -> CoverageRow:
    """Return what a criterion has to study and to answer."""
    entry = criterion.entry
    elements = {element for topic in entry.covers.values() for element in topic}
    drawn = [question for question in entry.questions if counts_for_test(question)]
    apply = sum(question.level == "apply" for question in entry.questions)
    return CoverageRow(
        unit=criterion.ref.unit,
        criterion=criterion.ref.code,
        note_words=len(words(entry.note)),
        terms=len(entry.terms),
        blocks=dict(Counter(block.kind for block in entry.knowledge)),
        written=len(entry.questions),
        single_choice=len(drawn),
        for_test=sum(question.use == "test" for question in drawn),
        apply_share=apply / len(entry.questions) if entry.questions else 0.0,
        covered=len(elements & covered_elements(criterion)),
        elements=len(elements),
        reach=_reach(criterion),
    )


def _reach(criterion: Criterion) -> int | None:
    try:
        return reach(criterion)
    except Exception:  # the rule small-reach reports it
        return None


def coverage_text(rows: Iterable[CoverageRow]) -> str:
    """Return the coverage table as lines of text."""
    head = (
        "unit",
        "crit.",
        "note",
        "terms",
        "blocks",
        "written",
        "single",
        "test",
        "apply",
        "elements",
        "reach",
    )
    body = [
        (
            row.unit,
            row.criterion,
            str(row.note_words),
            str(row.terms),
            " ".join(f"{kind}:{number}" for kind, number in row.blocks.items()),
            str(row.written),
            str(row.single_choice),
            str(row.for_test),
            f"{row.apply_share:.0%}",
            f"{row.covered}/{row.elements}",
            "–" if row.reach is None else str(row.reach),
        )
        for row in rows
    ]
    return aligned([head, *body])


def aligned(rows: list[tuple[str, ...]]) -> str:
    """Return rows of cells as lines with columns that line up."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
