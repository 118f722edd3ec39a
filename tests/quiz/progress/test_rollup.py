"""Mastery rolled up to outcome, unit and qualification."""

from __future__ import annotations

import literal_packs as packs

from quiz.progress import (
    Mastery,
    OutcomeProgress,
    QualificationProgress,
    State,
    UnitProgress,
    roll_up,
    roll_up_qualification,
)
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


def unit(key: str, *outcomes: tuple[Mastery, ...]) -> UnitProgress:
    """Return a unit with those outcomes, numbered from 1."""
    return UnitProgress(
        key,
        tuple(
            OutcomeProgress(number, f"part {number}", entries) for number, entries in enumerate(outcomes, 1)
        ),
    )


# Levels of the outcomes: .9 and .5; .75 and (.7 + .5)/2 = .6; .65, where nothing was answered.
SPLIT = unit("A", (mastery("1.1", 0.9, 9, State.SECURE),), (mastery("2.1", 0.5, 6, State.SLIPPING),))
EVEN = unit(
    "B",
    (mastery("1.1", 0.75, 8, State.LEARNING),),
    (mastery("2.1", 0.7, 5, State.LEARNING), mastery("2.2", 0.5, 3, State.NOT_ENOUGH)),
)
FRESH = unit("C", (mastery("1.1", 0.65, 0, State.NOT_STARTED), mastery("1.2", 0.65, 0, State.NOT_STARTED)))


def test_a_qualification_counts_states_and_answers_over_every_criterion_of_its_units() -> None:
    whole = roll_up_qualification([SPLIT, EVEN, FRESH])
    assert {state: whole.count(state) for state in State} == {
        State.NOT_STARTED: 2,
        State.NOT_ENOUGH: 1,
        State.LEARNING: 2,
        State.SECURE: 1,
        State.SLIPPING: 1,
    }
    assert (whole.answers, len(whole.criteria)) == (31, 7)  # 9 + 6 + 8 + 5 + 3
    assert [entry.answers for entry in whole.units] == [15, 16, 0]


def test_the_share_that_is_secure_is_of_all_criteria_also_of_those_not_started() -> None:
    assert roll_up_qualification([SPLIT, EVEN, FRESH]).secure_share == 1 / 7
    assert roll_up_qualification([SPLIT]).secure_share == 0.5


def test_a_unit_is_as_ready_as_its_weakest_outcome_however_good_the_others_are() -> None:
    # The mean over the criteria of A is (.9 + .5)/2 = .7, above .65 of B; its second outcome is at .5, B's at .6.
    whole = roll_up_qualification([EVEN, SPLIT])
    assert whole.furthest_behind == whole.weakest == SPLIT
    assert SPLIT.weakest.number == 2


def test_a_unit_without_an_answer_is_weaker_than_any_begun_one_and_hides_none_of_them() -> None:
    whole = roll_up_qualification([EVEN, SPLIT, FRESH])
    assert whole.not_started == (FRESH,)
    assert (whole.weakest, whole.furthest_behind) == (FRESH, SPLIT)


def test_of_equally_weak_units_the_first_is_named() -> None:
    twin = UnitProgress("D", SPLIT.outcomes)
    assert roll_up_qualification([twin, EVEN, SPLIT]).furthest_behind == twin
    blank = UnitProgress("E", FRESH.outcomes)
    assert roll_up_qualification([blank, FRESH]).weakest == blank


def test_a_qualification_of_which_nothing_is_begun_has_a_weakest_unit_and_none_behind() -> None:
    whole = roll_up_qualification([FRESH])
    assert (whole.weakest, whole.furthest_behind, whole.answers, whole.secure_share) == (FRESH, None, 0, 0.0)


def test_units_without_criteria_are_left_out_and_no_unit_is_no_progress() -> None:
    assert roll_up_qualification([UnitProgress("F", ()), SPLIT]).units == (SPLIT,)
    nothing = roll_up_qualification([])
    assert nothing == QualificationProgress(())
    assert (nothing.weakest, nothing.furthest_behind, nothing.secure_share) == (None, None, 0.0)
