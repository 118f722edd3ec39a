"""Answers of learners in order, from a public response set or from the simulated cohort."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from quiz.progress import CohortModel, simulate_cohort
from quiz.syllabus import CriterionRef, load_packs

START = date(2026, 10, 1)
DAYS = 28


@dataclass(frozen=True)
class Answers:
    """One learner's first tries in order of time: the skill of each, and 1 for right or 0 for wrong."""

    skills: tuple[str, ...]
    right: tuple[int, ...]


def read(path: Path) -> tuple[Answers, ...]:
    """Return the learners of a file with three lines each: count, skill ids, right or wrong.

    Ids and marks are separated by commas; a comma at the end of a line and empty lines are let pass.

    Raises:
        ValueError: the file is not of that form; the message names file, line and remedy.
    """
    lines = [
        (number, line.strip())
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if line.strip()
    ]
    if not lines:
        raise ValueError(f"{path}: the file is empty. Each learner takes three lines: count, skills, marks.")
    if len(lines) % 3:
        raise ValueError(
            f"{path}:{lines[-1][0]}: {len(lines)} lines that are not empty, which is no multiple of three. "
            "Each learner takes three: count, skills, marks."
        )
    return tuple(_learner(path, lines[first : first + 3]) for first in range(0, len(lines), 3))


def _learner(path: Path, lines: Sequence[tuple[int, str]]) -> Answers:
    (at, count), (skills_at, skills), (marks_at, marks) = lines
    if not count.isdecimal():
        raise ValueError(f"{path}:{at}: “{count[:40]}” is not a count. The first of three lines is a number.")
    ids, shown = _fields(skills), _fields(marks)
    for place, found, noun in ((skills_at, ids, "skill ids"), (marks_at, shown, "marks")):
        if len(found) != int(count):
            raise ValueError(f"{path}:{place}: {len(found)} {noun}, where line {at} says {count}.")
    odd = next((mark for mark in shown if mark not in {"0", "1"}), None)
    if odd is not None:
        raise ValueError(f"{path}:{marks_at}: “{odd}” is neither 0 nor 1.")
    return Answers(tuple(ids), tuple(int(mark) for mark in shown))


def _fields(line: str) -> list[str]:
    return [field.strip() for field in line.removesuffix(",").split(",")]


def simulated(learners: int, seed: int) -> tuple[Answers, ...]:
    """Return the simulated cohort on Unit 203, with questions of one part, as answers."""
    refs: list[CriterionRef] = [criterion.ref for criterion in load_packs().select_unit("203").criteria]
    cohort = simulate_cohort(learners, refs, DAYS, seed, START, CohortModel(several_parts=0.0))
    return tuple(
        Answers(
            tuple(fact.ref.code for fact in learner.evidence),
            tuple(int(fact.fraction) for fact in learner.evidence),
        )
        for learner in cohort
    )


def halves(learners: Sequence[Answers], seed: int) -> tuple[tuple[Answers, ...], tuple[Answers, ...]]:
    """Return the learners as two halves with nobody in both, drawn by seed."""
    order = np.random.default_rng(seed).permutation(len(learners))
    middle = len(learners) // 2
    return tuple(learners[i] for i in order[:middle]), tuple(learners[i] for i in order[middle:])
