"""Papers from small literal packs: the blueprint, what comes first, what is refused."""

from __future__ import annotations

from collections import Counter
from datetime import date

import literal_packs as packs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.errors import CannotAssemble
from quiz.sessions import Paper, QuestionBank, assemble, unseen_papers
from quiz.syllabus import Unit

TODAY = date(2026, 11, 22)
Shape = dict[str, tuple[int, int]]


def unit_with(shape: Shape, per_outcome: dict[int, int]) -> tuple[Unit, QuestionBank]:
    criteria = [
        packs.criterion(code, packs.questions(code, for_test, for_practice))
        for code, (for_test, for_practice) in shape.items()
    ]
    unit = packs.unit_of(criteria, per_outcome)
    return unit, QuestionBank(packs.pack_of(unit))


@st.composite
def shapes(draw: st.DrawFn) -> tuple[Shape, dict[int, int]]:
    """Return criteria with numbers of questions, and a blueprint that they can meet."""
    shape: Shape = {}
    per_outcome: dict[int, int] = {}
    for outcome in range(1, draw(st.integers(1, 3)) + 1):
        codes = [f"{outcome}.{number}" for number in range(1, draw(st.integers(1, 4)) + 1)]
        for code in codes:
            shape[code] = draw(st.tuples(st.integers(1, 5), st.integers(0, 3)))
        held = sum(sum(shape[code]) for code in codes)
        per_outcome[outcome] = draw(st.integers(len(codes), held))
    return shape, per_outcome


def families(paper: Paper) -> list[str]:
    return sorted(paper.families)


@given(shapes(), st.integers(0, 2**31))
def test_the_blueprint_is_met_exactly_and_every_criterion_is_asked(
    pack: tuple[Shape, dict[int, int]], seed: int
) -> None:
    shape, per_outcome = pack
    unit, bank = unit_with(shape, per_outcome)
    paper = assemble(unit, bank, seed, today=TODAY)
    assert Counter(question.head.ref.outcome for question in paper.questions) == per_outcome
    assert {question.head.criterion for question in paper.questions} == set(shape)
    assert len(paper.families) == len(paper.questions)


@given(shapes(), st.integers(0, 2**31))
def test_criteria_share_their_outcomes_questions_as_evenly_as_they_go(
    pack: tuple[Shape, dict[int, int]], seed: int
) -> None:
    shape, per_outcome = pack
    unit, bank = unit_with(shape, per_outcome)
    asked = Counter(q.head.criterion for q in assemble(unit, bank, seed, today=TODAY).questions)
    for outcome in per_outcome:
        codes = [code for code in shape if code.startswith(f"{outcome}.")]
        most = max(asked[code] for code in codes)
        # A criterion asked less than the most, less one, has no question left.
        assert all(asked[code] >= most - 1 or asked[code] == sum(shape[code]) for code in codes)


@given(shapes(), st.integers(0, 2**31))
def test_the_same_arguments_give_the_same_paper(pack: tuple[Shape, dict[int, int]], seed: int) -> None:
    unit, bank = unit_with(*pack)
    seen = families(assemble(unit, bank, 0, today=TODAY))[:2]
    one, other = (assemble(unit, bank, seed, today=TODAY, seen=seen) for _ in range(2))
    assert one == other
    assert (one.unit, one.seed) == (packs.UNIT, seed)


def test_another_seed_gives_another_paper_and_another_order() -> None:
    unit, bank = unit_with({"1.1": (6, 6), "1.2": (6, 6)}, {1: 4})
    papers = [assemble(unit, bank, seed, today=TODAY) for seed in range(20)]
    assert len({paper.families for paper in papers}) > 10
    assert {paper.questions[0].head.criterion for paper in papers} == {"1.1", "1.2"}


def test_questions_kept_for_the_test_come_before_the_rest() -> None:
    unit, bank = unit_with({"1.1": (2, 5)}, {1: 3})
    for seed in range(20):
        paper = assemble(unit, bank, seed, today=TODAY)
        assert Counter(question.head.use for question in paper.questions) == {"test": 2, "practice": 1}


def test_unseen_questions_come_before_seen_ones_even_if_not_kept_for_the_test() -> None:
    unit, bank = unit_with({"1.1": (2, 1)}, {1: 2})
    for seed in range(20):
        paper = assemble(unit, bank, seed, today=TODAY, seen=["L6017638-1.1-01"])
        assert families(paper) == ["L6017638-1.1-02", "L6017638-1.1-03"]


def test_when_no_unseen_ones_are_left_those_seen_longest_ago_come_first() -> None:
    unit, bank = unit_with({"1.1": (3, 1), "1.2": (2, 0)}, {1: 4})
    seen = [
        "L6017638-1.1-04",
        "L6017638-1.1-02",
        "L6017638-1.2-02",
        "L6017638-1.1-01",
        "L6017638-1.1-03",
        "L6017638-1.2-01",
    ]
    for seed in range(20):
        paper = assemble(unit, bank, seed, today=TODAY, seen=seen)
        assert families(paper) == [
            "L6017638-1.1-02",
            "L6017638-1.1-04",
            "L6017638-1.2-01",
            "L6017638-1.2-02",
        ]


def test_of_two_seen_one_after_the_other_the_earlier_comes_first() -> None:
    unit, bank = unit_with({"1.1": (3, 1)}, {1: 1})
    seen = ["L6017638-1.1-03", "L6017638-1.1-01", "L6017638-1.1-04", "L6017638-1.1-02"]
    drawn = {families(assemble(unit, bank, seed, today=TODAY, seen=seen))[0] for seed in range(20)}
    assert drawn == {"L6017638-1.1-03"}


def test_the_extra_questions_of_an_outcome_go_to_the_criteria_with_most_unseen() -> None:
    unit, bank = unit_with({"1.1": (3, 0), "1.2": (3, 0), "1.3": (3, 0)}, {1: 4})
    seen = ["L6017638-1.1-01", "L6017638-1.3-01"]
    for seed in range(20):
        paper = assemble(unit, bank, seed, today=TODAY, seen=seen)
        asked = Counter(question.head.criterion for question in paper.questions)
        assert asked == {"1.1": 1, "1.2": 2, "1.3": 1}


def test_every_paper_that_can_be_made_is_drawn_before_one_is_refused() -> None:
    # Two questions of two criteria make four papers; those seen longest ago would make the first again.
    unit, bank = unit_with({"1.1": (2, 0), "1.2": (2, 0)}, {1: 2})
    sat: list[frozenset[str]] = []
    seen: list[str] = []
    for seed in range(4):
        paper = assemble(unit, bank, seed, today=TODAY, seen=seen, sat=sat)
        sat.append(paper.families)
        seen = [family for family in seen if family not in paper.families] + families(paper)
    assert len(set(sat)) == 4
    with pytest.raises(
        CannotAssemble,
        match=r"^No paper can be drawn for unit L/601/7638 that has not been sat before: the bank is too small\.$",
    ):
        assemble(unit, bank, 5, today=TODAY, seen=seen, sat=sat)


@given(shapes(), st.integers(0, 2**31), st.sets(st.integers(0, 40)))
def test_without_the_reserved_ones_no_unmet_question_of_the_test_is_drawn(
    pack: tuple[Shape, dict[int, int]], seed: int, met: set[int]
) -> None:
    unit, bank = unit_with(*pack)
    every = [entry.family for c in unit.criteria for entry in bank.written(c.ref, today=TODAY)]
    seen = [family for place, family in enumerate(every) if place in met]
    try:
        paper = assemble(unit, bank, seed, today=TODAY, seen=seen, reserved=False)
    except CannotAssemble:
        return
    assert {q.head.family for q in paper.questions if q.head.use == "test"} <= set(seen)


def test_a_printed_paper_holds_practice_questions_and_those_met_before() -> None:
    unit, bank = unit_with({"1.1": (3, 2)}, {1: 3})
    paper = assemble(unit, bank, 1, today=TODAY, seen=["L6017638-1.1-02"], reserved=False)
    assert families(paper) == ["L6017638-1.1-02", "L6017638-1.1-04", "L6017638-1.1-05"]


def test_only_what_fits_a_paper_is_drawn() -> None:
    asked = [
        packs.question("1.1", 1),
        packs.question("1.1", 2, basis="specification"),
        packs.question("1.1", 3, basis="today"),
        packs.question("1.1", 4, type="multiple_response"),
        packs.question("1.1", 5, options=packs.question("1.1", 5)["options"][:3]),
    ]
    unit = packs.unit_of([packs.criterion("1.1", asked)], {1: 2})
    bank = QuestionBank(packs.pack_of(unit))
    assert families(assemble(unit, bank, 1, today=TODAY)) == ["L6017638-1.1-01", "L6017638-1.1-02"]


def test_criteria_without_a_fitting_question_are_refused_by_name() -> None:
    unit, bank = unit_with({"1.1": (1, 0), "1.2": (0, 0), "1.3": (0, 0)}, {1: 3})
    with pytest.raises(
        CannotAssemble,
        match=r"^Unit L/601/7638: no question fits a paper for criterion 1\.2, 1\.3\. "
        r"Add written single-choice questions with four options\.$",
    ):
        assemble(unit, bank, 1, today=TODAY)


def test_a_criterion_with_only_reserved_questions_cannot_be_printed() -> None:
    unit, bank = unit_with({"1.1": (2, 0)}, {1: 1})
    with pytest.raises(CannotAssemble, match=r"no question fits a paper for criterion 1\.1\."):
        assemble(unit, bank, 1, today=TODAY, reserved=False)


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (5, "the blueprint asks 5 questions of 2 criteria, and 4 questions fit."),
        (1, "the blueprint asks 1 questions of 2 criteria, and 4 questions fit."),
    ],
)
def test_a_blueprint_that_asks_more_than_there_are_or_fewer_than_criteria_is_refused(
    wanted: int, message: str
) -> None:
    unit, bank = unit_with({"1.1": (2, 0), "1.2": (2, 0)}, {1: wanted})
    with pytest.raises(CannotAssemble) as raised:
        assemble(unit, bank, 1, today=TODAY)
    assert str(raised.value) == f"Unit L/601/7638, outcome 1: {message}"


def test_a_question_whose_law_has_lapsed_is_not_drawn() -> None:
    tax = {
        "id": "tea-tax",
        "about": "the tax on tea",
        "status": "in_force",
        "checked_on": "2026-11-22",
        "valid_to": "2026-11-22",
        "today": "Tea is taxed.",
        "changed": "Tea is free of tax.",
    }
    asked = [packs.question("1.1", 1, law=["tea-tax"]), packs.question("1.1", 2)]
    unit = packs.unit_of([packs.criterion("1.1", asked, law=[tax])], {1: 1})
    bank = QuestionBank(packs.pack_of(unit))

    def drawn(day: date) -> set[str]:
        return {families(assemble(unit, bank, seed, today=day))[0] for seed in range(20)}

    assert drawn(date(2026, 11, 22)) == {"L6017638-1.1-01", "L6017638-1.1-02"}
    assert drawn(date(2026, 11, 23)) == {"L6017638-1.1-02"}


@pytest.mark.parametrize(
    ("shape", "per_outcome", "seen", "papers"),
    [
        ({"1.1": (6, 6), "1.2": (6, 6)}, {1: 4}, [], 3),  # two of each criterion a paper
        ({"1.1": (6, 6), "1.2": (6, 6)}, {1: 3}, [], 3),  # two of one of them
        ({"1.1": (6, 0), "1.2": (4, 9)}, {1: 2}, [], 4),  # the scarcest sets the number
        ({"1.1": (6, 0), "1.2": (6, 0)}, {1: 4}, ["L6017638-1.2-03"], 2),
        ({"1.1": (1, 9)}, {1: 2}, [], 0),
        ({"1.1": (6, 0)}, {1: 2}, [], 3),
        ({"1.1": (6, 0), "1.2": (6, 0)}, {1: 1}, [], 0),  # no paper can ask both criteria
        ({"1.1": (6, 0)}, {1: 1, 2: 1}, [], 0),  # outcome 2 has no criterion
    ],
)
def test_how_many_wholly_unseen_papers_are_left(
    shape: Shape, per_outcome: dict[int, int], seen: list[str], papers: int
) -> None:
    unit, bank = unit_with(shape, per_outcome)
    assert unseen_papers(unit, bank, today=TODAY, seen=seen) == papers


@given(shapes())
def test_as_many_papers_as_promised_are_wholly_unseen_and_kept_for_the_test(
    pack: tuple[Shape, dict[int, int]],
) -> None:
    unit, bank = unit_with(*pack)
    seen: list[str] = []
    for seed in range(unseen_papers(unit, bank, today=TODAY, seen=[])):
        paper = assemble(unit, bank, seed, today=TODAY, seen=seen)
        assert paper.families.isdisjoint(seen)
        assert {question.head.use for question in paper.questions} == {"test"}
        seen += families(paper)
