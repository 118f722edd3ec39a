"""Practice: which criterion is next, and which of its questions."""

from __future__ import annotations

from collections import Counter
from datetime import date

import literal_packs as packs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.errors import CannotAssemble
from quiz.questions import Question
from quiz.sessions import ALL_BASES, History, PracticePlan, QuestionBank, draw, draw_all
from quiz.syllabus import Unit

TODAY = date(2026, 11, 22)
NOTHING = History()
CODES = ("1.1", "1.2", "2.1", "2.2")


def bank_of(*criteria: packs.Criterion) -> QuestionBank:
    per_outcome = Counter(criterion.ref.outcome for criterion in criteria)
    return QuestionBank(packs.pack_of(packs.unit_of(criteria, per_outcome)))


FOUR_CRITERIA = bank_of(*(packs.criterion(code, packs.questions(code, 2, 6)) for code in CODES))


def written_ids(size: int) -> list[str]:
    return [f"L6017638-1.1-{number:02d}" for number in range(1, size + 1)]


def codes(questions: tuple[Question, ...]) -> list[str]:
    return [question.head.criterion for question in questions]


def session(
    plan: PracticePlan, bank: QuestionBank, seed: int, length: int, history: History = NOTHING
) -> list[Question]:
    """Return the first questions of an endless session."""
    asked: list[Question] = []
    while len(asked) < length:
        asked.append(draw(plan, bank, seed, today=TODAY, history=history, asked=asked))
    return asked


def test_criteria_in_order_share_a_session_of_fixed_size_evenly() -> None:
    plan = PracticePlan(packs.UNIT, CODES, 10, mixed=False)
    assert codes(draw_all(plan, FOUR_CRITERIA, 1, today=TODAY, history=NOTHING)) == [
        *("1.1", "1.1", "1.1"),
        *("1.2", "1.2"),
        *("2.1", "2.1", "2.1"),
        *("2.2", "2.2"),
    ]


def test_an_endless_session_in_order_goes_round() -> None:
    plan = PracticePlan(packs.UNIT, ("1.1", "2.1", "2.2"), None, mixed=False)
    drawn = tuple(session(plan, FOUR_CRITERIA, 1, 7))
    assert codes(drawn) == ["1.1", "2.1", "2.2", "1.1", "2.1", "2.2", "1.1"]


@given(st.integers(0, 2**31))
def test_a_mixed_session_takes_every_criterion_once_before_any_twice(seed: int) -> None:
    drawn = codes(
        draw_all(PracticePlan(packs.UNIT, CODES, 12), FOUR_CRITERIA, seed, today=TODAY, history=NOTHING)
    )
    assert [sorted(drawn[start : start + 4]) for start in (0, 4, 8)] == [list(CODES)] * 3
    assert all(one != following for one, following in zip(drawn, drawn[1:], strict=False))


def test_mixed_sessions_begin_with_any_criterion() -> None:
    plan = PracticePlan(packs.UNIT, CODES, None)
    first = {session(plan, FOUR_CRITERIA, seed, 1)[0].head.criterion for seed in range(60)}
    assert first == set(CODES)


def test_a_fixed_session_has_its_size_and_an_endless_one_begins_with_one() -> None:
    sizes = [
        len(draw_all(PracticePlan(packs.UNIT, CODES, size), FOUR_CRITERIA, 3, today=TODAY, history=NOTHING))
        for size in (5, 30, None)
    ]
    assert sizes == [5, 30, 1]


@given(st.integers(0, 2**31), st.booleans(), st.integers(0, 10))
@settings(max_examples=25)
def test_the_same_arguments_give_the_same_question(seed: int, mixed: bool, length: int) -> None:
    plan = PracticePlan(packs.UNIT, CODES, None, mixed)
    asked = session(plan, FOUR_CRITERIA, seed, length)
    one, other = (
        draw(plan, FOUR_CRITERIA, seed, today=TODAY, history=NOTHING, asked=asked) for _ in range(2)
    )
    assert one == other


def test_another_seed_gives_another_session() -> None:
    plan = PracticePlan(packs.UNIT, CODES, 5)
    sessions = {
        tuple(q.head.id for q in draw_all(plan, FOUR_CRITERIA, seed, today=TODAY, history=NOTHING))
        for seed in range(20)
    }
    assert len(sessions) == 20


@given(st.integers(0, 2**31), st.sets(st.sampled_from(["L6017638-1.1-01", "L6017638-1.1-02"])))
@settings(max_examples=25)
def test_a_question_kept_for_the_test_is_drawn_only_once_met_in_one(seed: int, met: set[str]) -> None:
    bank = bank_of(packs.criterion("1.1", packs.questions("1.1", 2, 2)))
    plan = PracticePlan(packs.UNIT, ("1.1",), None)
    drawn = session(plan, bank, seed, 8, History(met_in_test=frozenset(met)))
    assert {question.head.id for question in drawn} == {"L6017638-1.1-03", "L6017638-1.1-04", *met}


def test_seeing_a_question_outside_a_finished_test_does_not_release_it() -> None:
    bank = bank_of(packs.criterion("1.1", packs.questions("1.1", 1, 1)))
    plan = PracticePlan(packs.UNIT, ("1.1",), None)
    drawn = session(plan, bank, 1, 4, History(seen=["L6017638-1.1-01"]))
    assert {question.head.id for question in drawn} == {"L6017638-1.1-02"}


def test_no_question_comes_twice_while_any_is_left_and_a_generator_comes_again_before_a_written_one() -> None:
    bank = bank_of(packs.criterion("1.1", packs.questions("1.1", 0, 12), [packs.SEQUENCE]))
    plan = PracticePlan(packs.UNIT, ("1.1",), None)
    written = set(written_ids(12))
    for seed in range(6):
        ids = [question.head.id for question in session(plan, bank, seed, 40)]
        first_repeat = next(place for place, name in enumerate(ids) if name in ids[:place])
        assert written <= set(ids[:first_repeat])
        assert written.isdisjoint(ids[first_repeat:])


def test_with_nothing_but_written_questions_they_come_round_again_the_least_asked_first() -> None:
    bank = bank_of(packs.criterion("1.1", packs.questions("1.1", 0, 3)))
    drawn = session(PracticePlan(packs.UNIT, ("1.1",), None), bank, 1, 9)
    ids = [question.head.id for question in drawn]
    assert [sorted(ids[start : start + 3]) for start in (0, 3, 6)] == [written_ids(3)] * 3


def test_written_and_generated_questions_take_turns_at_random() -> None:
    bank = bank_of(packs.criterion("1.1", packs.questions("1.1", 0, 6), [packs.SEQUENCE]))
    plan = PracticePlan(packs.UNIT, ("1.1",), None)
    origins = Counter(session(plan, bank, seed, 1)[0].head.origin for seed in range(200))
    generators = {session(plan, bank, seed, 1)[0].head.family for seed in range(60)} - set(written_ids(6))
    assert generators == {f"L6017638-1.1-pot.{name}" for name in ("order", "next", "first")}
    # A fair coin: 100 of each, give or take four standard deviations of 7.
    assert 72 <= origins["written"] <= 128


def test_questions_never_answered_come_first_then_those_answered_longest_ago() -> None:
    bank = bank_of(packs.criterion("1.1", packs.questions("1.1", 0, 4)))
    history = History(seen=["L6017638-1.1-03", "L6017638-1.1-01", "L6017638-1.1-04"])
    for seed in range(10):
        drawn = session(PracticePlan(packs.UNIT, ("1.1",), None), bank, seed, 4, history)
        assert [question.head.id[-2:] for question in drawn] == ["02", "03", "01", "04"]


@pytest.mark.parametrize(
    ("bases", "expected"),
    [
        (frozenset({"specification", "both"}), {"01", "03"}),
        (frozenset({"today", "both"}), {"02", "03"}),
        (ALL_BASES, {"01", "02", "03"}),
    ],
)
def test_only_the_rules_asked_for_are_practised(bases: frozenset[str], expected: set[str]) -> None:
    asked = [
        packs.question("1.1", number, "practice", basis=basis)
        for number, basis in enumerate(("specification", "today", "both"), 1)
    ]
    bank = bank_of(packs.criterion("1.1", asked))
    plan = PracticePlan(packs.UNIT, ("1.1",), None, bases=bases)
    assert {question.head.id[-2:] for question in session(plan, bank, 1, 6)} == expected


def test_generated_questions_are_held_to_the_rules_asked_for_too() -> None:
    today = {**packs.SEQUENCE, "id": "today", "basis": "today"}
    bank = bank_of(packs.criterion("1.1", (), [packs.SEQUENCE, today]))
    drawn = session(PracticePlan(packs.UNIT, ("1.1",), None), bank, 1, 20)
    assert {question.head.basis for question in drawn} == {"both"}


def test_a_question_whose_law_has_lapsed_is_not_practised() -> None:
    tax = {
        "id": "tea-tax",
        "about": "the tax on tea",
        "status": "in_force",
        "checked_on": "2026-11-22",
        "valid_to": "2026-11-21",
        "today": "Tea is taxed.",
        "changed": "Tea is free of tax.",
    }
    asked = [packs.question("1.1", 1, "practice", law=["tea-tax"]), packs.question("1.1", 2, "practice")]
    bank = bank_of(packs.criterion("1.1", asked, law=[tax]))
    drawn = session(PracticePlan(packs.UNIT, ("1.1",), None), bank, 1, 4)
    assert {question.head.id for question in drawn} == {"L6017638-1.1-02"}


def test_a_criterion_without_a_question_gives_its_turn_to_the_next() -> None:
    bank = bank_of(
        packs.criterion("1.1", packs.questions("1.1", 3, 0)),
        packs.criterion("1.2", packs.questions("1.2", 0, 3)),
    )
    plan = PracticePlan(packs.UNIT, ("1.1", "1.2"), 4, mixed=False)
    assert codes(draw_all(plan, bank, 1, today=TODAY, history=NOTHING)) == ["1.2"] * 4


def test_criteria_without_any_question_are_refused_by_name() -> None:
    bank = bank_of(*(packs.criterion(code, packs.questions(code, 3, 0)) for code in ("1.1", "1.2")))
    with pytest.raises(
        CannotAssemble, match=r"^There is nothing to practise for 1\.1, 1\.2\. Choose other criteria\.$"
    ):
        draw(PracticePlan(packs.UNIT, ("1.1", "1.2"), 5), bank, 1, today=TODAY, history=NOTHING)


def test_a_plan_goes_to_json_and_back() -> None:
    for plan in (
        PracticePlan(packs.UNIT, ("1.1", "1.10"), 5, mixed=False),
        PracticePlan(packs.UNIT, ("1.1",), None, bases=ALL_BASES),
    ):
        assert PracticePlan.from_json(plan.to_json()) == plan
    assert PracticePlan(packs.UNIT, ("1.1",), 5).to_json() == (
        '{"unit": "L/601/7638", "codes": ["1.1"], "size": 5, "mixed": true, "bases": ["both", "specification"]}'
    )


@given(seed=st.integers(0, 2**31))
@settings(max_examples=4)
def test_on_the_shipped_bank_thirty_questions_are_thirty_different_ones_and_none_is_kept_for_the_test(
    shipped_bank: QuestionBank, unit_203: Unit, seed: int
) -> None:
    every_code = tuple(criterion.ref.code for criterion in unit_203.criteria)
    for chosen in (every_code, ("1.2",)):
        plan = PracticePlan(unit_203.key, chosen, 30)
        drawn = draw_all(plan, shipped_bank, seed, today=TODAY, history=NOTHING)
        assert {question.head.use for question in drawn} == {"practice"}
        assert {question.head.basis for question in drawn} <= {"specification", "both"}
        assert len({question.head.id for question in drawn}) == 30
        assert {question.head.criterion for question in drawn} == set(chosen)
