"""Papers of Unit 203 from the bank that is shipped."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.questions import SingleChoice
from quiz.sessions import QuestionBank, assemble, unseen_papers
from quiz.syllabus import Unit

TODAY = date(2026, 11, 22)


@given(seed=st.integers(0, 2**31))
@settings(max_examples=25)
def test_a_paper_meets_the_blueprint(shipped_bank: QuestionBank, unit_203: Unit, seed: int) -> None:
    paper = assemble(unit_203, shipped_bank, seed, today=TODAY)
    asked = Counter(question.head.criterion for question in paper.questions)
    assert Counter(q.head.ref.outcome for q in paper.questions) == {1: 10, 2: 5, 3: 5, 4: 5, 5: 5, 6: 5, 7: 5}
    assert (len(asked), set(asked.values())) == (24, {1, 2})
    assert len(paper.families) == 40
    for question in paper.questions:
        assert isinstance(question, SingleChoice)
        assert [option.right for option in question.options].count(True) == 1
        assert len({option.key for option in question.options}) == 4
        assert question.head.basis in {"specification", "both"}
        assert question.head.use == "test"


@given(seed=st.integers(0, 2**31))
@settings(max_examples=10)
def test_three_papers_in_a_row_are_wholly_unseen_and_share_no_question(
    shipped_bank: QuestionBank, unit_203: Unit, seed: int
) -> None:
    seen: list[str] = []
    for papers_left, offset in ((3, 0), (2, 1), (1, 2)):
        assert unseen_papers(unit_203, shipped_bank, today=TODAY, seen=seen) == papers_left
        paper = assemble(unit_203, shipped_bank, seed + offset, today=TODAY, seen=seen)
        assert paper.families.isdisjoint(seen)
        seen += sorted(paper.families)
    assert unseen_papers(unit_203, shipped_bank, today=TODAY, seen=seen) == 0


def test_twenty_papers_in_a_row_are_twenty_different_ones(shipped_bank: QuestionBank, unit_203: Unit) -> None:
    seen: list[str] = []
    sat: list[frozenset[str]] = []
    for seed in range(20):
        paper = assemble(unit_203, shipped_bank, seed, today=TODAY, seen=seen, sat=sat)
        seen = [family for family in seen if family not in paper.families] + sorted(paper.families)
        sat.append(paper.families)
    assert len(set(sat)) == 20


def test_a_printed_paper_takes_nothing_from_the_tests_to_come(
    shipped_bank: QuestionBank, unit_203: Unit
) -> None:
    for seed in range(10):
        paper = assemble(unit_203, shipped_bank, seed, today=TODAY, reserved=False)
        assert {question.head.use for question in paper.questions} == {"practice"}


def test_the_right_option_stands_in_every_place_about_as_often(
    shipped_bank: QuestionBank, unit_203: Unit
) -> None:
    places: Counter[int] = Counter()
    for seed in range(25):
        for question in assemble(unit_203, shipped_bank, seed, today=TODAY).questions:
            assert isinstance(question, SingleChoice)
            places[[option.right for option in question.options].index(True)] += 1
    # 1,000 questions: 250 of each place, give or take four standard deviations of 13.7.
    assert all(195 <= places[place] <= 305 for place in range(4))
