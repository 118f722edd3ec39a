"""The question bank: what it holds, what the law keeps back on a day, what it gives for a seed."""

from __future__ import annotations

from datetime import date

import literal_packs as packs
import pytest

from quiz.errors import NotInBank
from quiz.questions import SingleChoice
from quiz.sessions import QuestionBank, WrittenEntry
from quiz.syllabus import CriterionRef

TODAY = date(2026, 11, 22)
REF = CriterionRef(packs.UNIT, "1.1")
TAX = {
    "id": "tea-tax",
    "about": "the tax on tea",
    "status": "in_force",
    "checked_on": "2026-11-22",
    "valid_to": "2026-12-31",
    "today": "Tea is taxed.",
    "changed": "Tea is free of tax.",
}


def bank_of(*criteria: packs.Criterion) -> QuestionBank:
    return QuestionBank(packs.pack_of(packs.unit_of(criteria, {1: len(criteria)})))


def test_a_question_that_cites_an_expired_fact_is_held_back_from_the_day_after() -> None:
    block = {**packs.SEQUENCE, "law": ["tea-tax"]}
    asked = [packs.question("1.1", 1, law=["tea-tax"]), packs.question("1.1", 2)]
    bank = bank_of(packs.criterion("1.1", asked, [block], law=[TAX]))

    def held(day: date) -> tuple[list[str], int]:
        return [entry.family for entry in bank.written(REF, today=day)], len(bank.generated(REF, today=day))

    assert held(date(2026, 12, 31)) == (["L6017638-1.1-01", "L6017638-1.1-02"], 3)
    assert held(date(2027, 1, 1)) == (["L6017638-1.1-02"], 0)


def test_a_question_is_given_by_its_family_and_seed() -> None:
    bank = bank_of(packs.criterion("1.1", packs.questions("1.1", 1, 0), [packs.SEQUENCE]))
    family = bank.generated(REF, today=TODAY)[0].id
    for name in ("L6017638-1.1-01", family):
        assert name in bank
        assert bank.question(name, 7) == bank.question(name, 7)
        assert bank.question(name, 7).head.family == name
    question = bank.question("L6017638-1.1-01", 7)
    assert isinstance(question, SingleChoice)
    assert question.stem == "Question 1 of 1.1?"
    assert next(o.text for o in question.options if o.right) == "Right 1 of 1.1"


def test_a_family_that_has_left_the_content_is_refused() -> None:
    bank = bank_of(packs.criterion("1.1", packs.questions("1.1", 1, 0)))
    assert "L6017638-1.1-09" not in bank
    with pytest.raises(NotInBank, match=r"^The question “L6017638-1\.1-09” is no longer in the content\.$"):
        bank.question("L6017638-1.1-09", 1)


def test_a_criterion_that_has_left_the_content_has_no_questions() -> None:
    bank = bank_of(packs.criterion("1.1", packs.questions("1.1", 1, 0)))
    gone = CriterionRef(packs.UNIT, "9.9")
    assert (bank.written(gone, today=TODAY), bank.generated(gone, today=TODAY)) == ((), ())


@pytest.mark.parametrize(
    ("changes", "fits"),
    [
        ({}, True),
        ({"basis": "specification"}, True),
        ({"use": "practice"}, True),
        ({"basis": "today"}, False),
        ({"options": packs.question("1.1", 1)["options"][:3]}, False),
        ({"type": "multiple_response"}, False),
    ],
)
def test_only_single_choice_of_four_options_on_the_units_own_rule_fits_a_paper(
    changes: dict[str, object], fits: bool
) -> None:
    criterion = packs.criterion("1.1", [packs.question("1.1", 1, **changes)])
    assert WrittenEntry(criterion, criterion.entry.questions[0]).fits_test is fits
