"""Every unit that is shipped gives papers in the form its file promises."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from quiz.sessions import QuestionBank, assemble, unseen_papers
from quiz.syllabus import load_packs

TODAY = date(2026, 11, 22)
CERTIFICATE = {
    "201": 9, "202": 9, "203": 24, "204": 8, "205": 13, "206": 14, "207": 12, "208": 11, "304": 10, "305": 18, "306": 24,
}  # fmt: skip
"""Criteria by number of the unit."""


@cache
def bank() -> QuestionBank:
    return QuestionBank(load_packs())


def test_the_certificate_is_complete() -> None:
    found = {bank().pack.number(key): len(unit.criteria) for key, unit in bank().pack.units.items()}
    assert found == CERTIFICATE
    assert sum(found.values()) == 152


@pytest.mark.parametrize("number", [number for number in CERTIFICATE if number != "203"])
def test_a_practice_paper_has_two_questions_a_criterion_and_90_seconds_a_question(number: str) -> None:
    unit = bank().pack.select_unit(number)
    paper = assemble(unit, bank(), 7, today=TODAY)
    codes = [question.head.criterion for question in paper.questions]
    assert {code: codes.count(code) for code in unit.by_code} == dict.fromkeys(unit.by_code, 2)
    assert unit.blueprint.minutes * 60 == 90 * len(paper.questions)
    assert unit.blueprint.label == "a practice paper: this unit is assessed by portfolio"


def test_the_paper_of_unit_203_has_forty_questions_in_sixty_minutes() -> None:
    unit = bank().pack.select_unit("203")
    assert (unit.blueprint.size, unit.blueprint.minutes, unit.blueprint.hurdle.pass_mark) == (40, 60, 24)


@pytest.mark.parametrize("number", CERTIFICATE)
def test_a_second_paper_is_wholly_unseen(number: str) -> None:
    unit = bank().pack.select_unit(number)
    first = assemble(unit, bank(), 1, today=TODAY)
    second = assemble(unit, bank(), 2, today=TODAY, seen=sorted(first.families), sat=[first.families])
    assert not first.families & second.families
    assert unseen_papers(unit, bank(), today=TODAY, seen=()) >= 2
