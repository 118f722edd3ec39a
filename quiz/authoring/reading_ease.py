"""How easy notes and stems are to read: Flesch-Kincaid grade, by unit.

The grade is 0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid and others, 1975), as
the library textstat counts them; 9 is about the fourteenth year of age.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from pydantic import BaseModel, ConfigDict

from quiz.findings import Finding
from quiz.syllabus import Unit

HIGHEST_GRADE: Final = {2: 9.0, 3: 11.0}
"""The highest mean grade by level of the unit."""

_MARKUP = re.compile(r"[*_#>`]|^\s*[-0-9.]+\s", re.MULTILINE)
_FIGURE = re.compile(r"\S*\d\S*?(?=[\s.,;:!?)]|$)")


class EaseRow(BaseModel):
    """The mean grade of a unit's notes and of its stems."""

    model_config = ConfigDict(frozen=True)

    unit: str
    level: int
    notes: float
    stems: float
    allowed: float


def ease_table(units: Iterable[Unit]) -> tuple[EaseRow, ...]:
    """Return a row for each unit that has criteria."""
    return tuple(_row(unit) for unit in units if unit.criteria)


def hard_to_read(rows: Iterable[EaseRow], files: dict[str, str]) -> list[Finding]:
    """Return a finding for each unit whose notes or stems are harder on average than its level allows."""
    return [
        Finding(
            files[row.unit],
            1,
            "hard-to-read",
            f"The {name} have a mean Flesch-Kincaid grade of {grade:.1f}; level {row.level} allows {row.allowed:g}. "
            "Shorten sentences, and use shorter words.",
        )
        for row in rows
        for name, grade in (("notes", row.notes), ("stems", row.stems))
        if grade > row.allowed
    ]


def ease_text(rows: Iterable[EaseRow]) -> str:
    """Return the table as lines of text."""
    lines = [f"{'unit':<12}{'level':<7}{'notes':<8}{'stems':<8}allowed (Flesch-Kincaid grade, mean)"]
    lines += [
        f"{row.unit:<12}{row.level:<7}{row.notes:<8.1f}{row.stems:<8.1f}≤ {row.allowed:g}" for row in rows
    ]
    return "\n".join(lines)


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade of a text without its mark-up."""
    # Read in when it is asked for: no learner's page needs it.
    import textstat

    # A figure such as 28th or £12.71 has no syllables in the dictionary: each counts as a short word.
    return float(textstat.flesch_kincaid_grade(_FIGURE.sub("ten", _MARKUP.sub(" ", text))))


def _row(unit: Unit) -> EaseRow:
    notes = [grade(criterion.entry.note) for criterion in unit.criteria]
    # A stem is a sentence or two: they are read together, since one alone has no steady grade.
    stems = [
        grade(" ".join(question.stem for question in criterion.entry.questions))
        for criterion in unit.criteria
        if criterion.entry.questions
    ]
    return EaseRow(
        unit=unit.key,
        level=unit.entry.level,
        notes=_mean(notes),
        stems=_mean(stems),
        allowed=HIGHEST_GRADE.get(unit.entry.level, max(HIGHEST_GRADE.values())),
    )


def _mean(grades: list[float]) -> float:
    return sum(grades) / len(grades) if grades else 0.0
