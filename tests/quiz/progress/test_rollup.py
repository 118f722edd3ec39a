"""Mastery rolled up to outcome and unit."""

from __future__ import annotations

import literal_packs as packs

from quiz.progress import Mastery, State, UnitProgress, roll_up
from quiz.syllabus import CriterionRef

UNIT = packs.unit_of([packs.criterion(code) for code in ("1.1", "1.2", "1.10", "2.1")], {1: 3, 2: 1})


def mastery(code: str, mean: float, answers: int, state: State) -> Mastery:
    return Mastery(CriterionRef(packs.UNIT, code), mean, mean - 0.1, mean + 0.1, answers, 1, None, state)


def rolled(*entries: Mastery) -> UnitProgress:
    """Return the roll-up of those, and of the unit's other criteria with no answer."""
    given = {entry.ref.code: entry for entry in entries}
    blank = {code: mastery(code, 0.65, 0, State.NOT_STARTED) for code in UNIT.by_code}
    return roll_up(UNIT, tuple({**blank, **given}.values()))


def test_each_outcome_has_its_criteria_in_order_with_its_label() -> None:
    progress = roll_up(
        UNIT,
        tuple(mastery(code, 0.5, 6, State.LEARNING) for code in ("2.1", "1.10", "1.2", "1.1")),
    )
    assert progress.unit == "L/601/7638"
    assert [(o.number, o.label, [m.ref.code for m in o.criteria]) for o in progress.outcomes] == [
        (1, "tea, part 1", ["1.1", "1.2", "1.10"]),
        (2, "tea, part 2", ["2.1"]),
    ]
    assert [m.ref.code for m in progress.criteria] == ["1.1", "1.2", "1.10", "2.1"]


def test_answers_and_states_are_counted() -> None:
    progress = rolled(
        mastery("1.1", 0.9, 9, State.SECURE),
        mastery("1.2", 0.4, 3, State.NOT_ENOUGH),
        mastery("2.1", 0.9, 12, State.SECURE),
    )
    assert [outcome.answers for outcome in progress.outcomes] == [12, 12]
    assert [outcome.count(State.SECURE) for outcome in progress.outcomes] == [1, 1]
    assert {state: progress.count(state) for state in State} == {
        State.NOT_STARTED: 1,
        State.NOT_ENOUGH: 1,
        State.LEARNING: 0,
        State.SECURE: 2,
        State.SLIPPING: 0,
    }


def test_the_weakest_is_the_lowest_estimate_once_all_have_enough_answers() -> None:
    progress = rolled(
        mastery("1.1", 0.7, 6, State.LEARNING),
        mastery("1.2", 0.5, 9, State.SLIPPING),
        mastery("1.10", 0.9, 5, State.SECURE),
    )
    assert progress.outcomes[0].weakest.ref.code == "1.2"


def test_a_criterion_with_too_few_answers_is_weaker_than_any_that_is_known() -> None:
    progress = rolled(
        mastery("1.1", 0.1, 6, State.LEARNING),
        mastery("1.2", 0.9, 4, State.NOT_ENOUGH),
        mastery("1.10", 0.95, 2, State.NOT_ENOUGH),
    )
    assert progress.outcomes[0].weakest.ref.code == "1.10"
    assert rolled(mastery("1.1", 0.1, 6, State.LEARNING)).outcomes[0].weakest.ref.code == "1.2"
