"""Review sessions: another variant of each family, and what has left the content is skipped."""

from __future__ import annotations

from datetime import date

import literal_packs as packs
import pytest

from quiz.questions import Question
from quiz.sessions import QuestionBank, ReviewPlan, draw_review, reviewable
from quiz.sessions.review import variant_of
from quiz.syllabus import Criterion

TODAY = date(2026, 11, 22)
NEXT = "L6017638-1.1-pot.next"


def bank_of(*criteria: Criterion) -> QuestionBank:
    return QuestionBank(packs.pack_of(packs.unit_of(criteria, {1: 3})))


TEA = bank_of(
    packs.criterion("1.1", packs.questions("1.1", 1, 2), [packs.SEQUENCE]),
    packs.criterion("1.2", packs.questions("1.2", 0, 2)),
)


def drawn(families: list[str], seed: int = 1, seen: list[str] | None = None) -> tuple[Question, ...]:
    return draw_review(families, TEA, seed, seen or [], today=TODAY)


def test_a_plan_goes_to_json_and_back() -> None:
    plan = ReviewPlan(("L6017638-1.1-01", NEXT))
    assert plan.to_json() == '{"families": ["L6017638-1.1-01", "L6017638-1.1-pot.next"]}'
    assert ReviewPlan.from_json(plan.to_json()) == plan


def test_questions_come_in_the_order_given_over_several_criteria() -> None:
    wanted = ["L6017638-1.2-02", NEXT, "L6017638-1.1-01", "L6017638-1.2-01"]
    assert [question.head.family for question in drawn(wanted)] == wanted


def test_families_that_have_left_the_content_are_skipped() -> None:
    wanted = ["L6017638-1.1-99", "L6017638-1.2-01", "L6017638-1.1-pot.gone", "nothing", ""]
    assert [question.head.family for question in drawn(wanted)] == ["L6017638-1.2-01"]
    assert drawn(["L6017638-1.1-99"]) == ()


def test_a_written_question_is_the_same_one_in_another_order() -> None:
    orders = set()
    for seed in range(60):
        (question,) = drawn(["L6017638-1.1-02"], seed)
        assert question.head.id == "L6017638-1.1-02"
        orders.add(tuple(option.key for option in question.options))
    assert len(orders) > 12  # of the 24 orders of four options


def test_the_same_arguments_give_the_same_questions() -> None:
    wanted = ["L6017638-1.1-02", NEXT]
    assert drawn(wanted, 7) == drawn(wanted, 7)


def test_a_generator_asks_each_of_its_variants_before_any_again_and_then_the_oldest() -> None:
    # Five steps have four that something follows.
    seen: list[str] = []
    for session in range(12):
        (question,) = drawn([NEXT], session, seen)
        seen.append(question.head.id)
    variants = [variant_of(name) for name in seen]
    assert len(set(variants[:4])) == 4
    assert variants[4:8] == variants[:4]
    assert variants[8:] == variants[:4]


def test_a_family_asked_twice_in_one_session_shows_two_variants() -> None:
    for seed in range(20):
        one, other = drawn([NEXT, NEXT], seed)
        assert variant_of(one.head.id) != variant_of(other.head.id)


def test_what_was_seen_of_another_family_does_not_matter() -> None:
    other = [question.head.id for question in drawn(["L6017638-1.1-pot.order", "L6017638-1.1-pot.first"])]
    assert drawn([NEXT], 3, other) == drawn([NEXT], 3)


@pytest.mark.parametrize(("today", "asked"), [(date(2026, 11, 21), ["01", "02"]), (TODAY, ["02"])])
def test_a_question_whose_law_has_lapsed_is_skipped(today: date, asked: list[str]) -> None:
    tax = {
        "id": "tea-tax",
        "about": "the tax on tea",
        "status": "in_force",
        "checked_on": "2026-11-20",
        "valid_to": "2026-11-21",
        "today": "Tea is taxed.",
        "changed": "Tea is free of tax.",
    }
    questions = [packs.question("1.1", 1, "practice", law=["tea-tax"]), packs.question("1.1", 2, "practice")]
    bank = bank_of(packs.criterion("1.1", questions, law=[tax]))
    families = ["L6017638-1.1-01", "L6017638-1.1-02"]
    found = draw_review(families, bank, 1, [], today=today)
    assert [question.head.id[-2:] for question in found] == asked
    assert [family[-2:] for family in reviewable(families, bank, today=today)] == asked


def test_on_the_shipped_bank_every_generator_shows_another_variant_the_second_time(
    shipped_bank: QuestionBank,
) -> None:
    families = [
        family.id
        for unit in list(shipped_bank.pack.units.values())[:4]
        for criterion in unit.criteria
        for family in shipped_bank.generated(criterion.ref, today=TODAY)
    ]
    first = draw_review(families, shipped_bank, 1, [], today=TODAY)
    assert [question.head.family for question in first] == families
    assert len({question.head.unit for question in first}) == 4
    seen = [question.head.id for question in first]
    second = draw_review(families, shipped_bank, 2, seen, today=TODAY)
    assert not {variant_of(name) for name in seen} & {variant_of(q.head.id) for q in second}
