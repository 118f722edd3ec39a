"""What next: the order of the steps and the reason of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.progress import (
    Mastery,
    NextStep,
    OutcomeProgress,
    ReviewCard,
    Schedule,
    State,
    StepKind,
    StudiedUnit,
    Unfinished,
    UnitProgress,
    next_steps,
)
from quiz.sessions import Kind
from quiz.syllabus import CriterionRef

TODAY = date(2026, 11, 22)
KEY, OTHER_KEY = "L/601/7638", "T/503/0356"
NOTHING = Schedule(TODAY, ())


def mastery(code: str, mean: float, answers: int, width: float = 0.4, key: str = KEY) -> Mastery:
    state = State.NOT_STARTED if not answers else State.NOT_ENOUGH if answers < 5 else State.LEARNING
    low, high = mean - width / 2, mean + width / 2
    return Mastery(CriterionRef(key, code), mean, low, high, answers, 1, None, state)


def unit(*criteria: Mastery, number: str = "203", **changes: object) -> StudiedUnit:
    by_outcome: dict[int, list[Mastery]] = {}
    for entry in criteria:
        by_outcome.setdefault(entry.ref.outcome, []).append(entry)
    outcomes = tuple(OutcomeProgress(n, f"part {n}", tuple(held)) for n, held in by_outcome.items())
    return StudiedUnit(UnitProgress(criteria[0].ref.unit, outcomes), number, **changes)


def card(number: int, days_ago: int, code: str = "1.1", key: str = KEY, sure: bool = False) -> ReviewCard:
    last = datetime(2026, 11, 22, 9, 0, tzinfo=UTC) - timedelta(days=days_ago)
    return ReviewCard(f"f{number:02d}", CriterionRef(key, code), TODAY, last, 2.0, number / 100, 1, 0, sure)


def left(
    number: int, kind: Kind, answered: int = 12, size: int | None = 20, title: str = "Mixed"
) -> Unfinished:
    return Unfinished(UUID(int=number), KEY, kind, title, answered, size)


FRESH = unit(mastery("1.1", 0.65, 0), mastery("1.2", 0.65, 0))
BEGUN = unit(mastery("1.1", 0.7, 6), mastery("1.2", 0.4, 6), mastery("2.1", 0.65, 0))


def steps(*units: StudiedUnit, schedule: Schedule = NOTHING, **changes: object) -> tuple[NextStep, ...]:
    return next_steps(today=TODAY, units=units, schedule=schedule, **changes)


def the(kind: StepKind, found: tuple[NextStep, ...]) -> NextStep:
    (step,) = [step for step in found if step.kind is kind]
    return step


def test_test_then_practice_then_review_then_weakest_then_start_then_a_practice_test() -> None:
    ready = unit(mastery("1.1", 0.8, 9, key=OTHER_KEY), number="204", has_test=True, chance=0.62)
    found = steps(
        BEGUN,
        ready,
        schedule=Schedule(TODAY, (card(1, 3),)),
        unfinished=[left(1, Kind.PRACTICE), left(2, Kind.TEST), left(3, Kind.REVIEW)],
    )
    assert [(step.kind, step.unit) for step in found] == [
        (StepKind.CONTINUE, KEY),
        (StepKind.CONTINUE, KEY),
        (StepKind.REVIEW, KEY),
        (StepKind.WEAKEST, KEY),
        (StepKind.START, KEY),
        (StepKind.TEST, OTHER_KEY),
    ]
    assert [step.attempt for step in found[:3]] == [UUID(int=2), UUID(int=1), None]


def test_somebody_new_begins_with_the_first_criterion_of_the_plan() -> None:
    assert steps(FRESH) == (
        NextStep(
            StepKind.START,
            KEY,
            (CriterionRef(KEY, "1.1"),),
            "Begin criterion 1.1 of unit 203",
            "It is the first of 2 criteria.",
        ),
    )


@pytest.mark.parametrize(
    ("answered", "size", "reason"),
    [
        (12, 20, "12 of 20 questions answered; 8 left."),
        (0, 1, "0 of 1 question answered; 1 left."),
        (20, 20, "All 20 questions answered; finish it to see how it went."),
        (1, None, "1 question answered so far; you can go on where you were."),
    ],
)
def test_what_was_left_says_how_far_it_is(answered: int, size: int | None, reason: str) -> None:
    step = steps(FRESH, unfinished=[left(1, Kind.PRACTICE, answered, size)])[0]
    assert (step.title, step.reason) == ("Continue: Mixed", reason)


def test_a_pile_of_old_practice_does_not_push_everything_else_down() -> None:
    found = steps(FRESH, unfinished=[left(n, Kind.PRACTICE) for n in range(1, 9)])
    assert [(step.kind, step.attempt) for step in found] == [
        (StepKind.CONTINUE, UUID(int=1)),
        (StepKind.START, None),
    ]


def test_a_review_says_how_many_are_due_and_how_old_the_oldest_is() -> None:
    cards = tuple(card(n, 12 - n) for n in range(7))
    step = the(StepKind.REVIEW, steps(BEGUN, schedule=Schedule(TODAY, cards)))
    assert (step.title, step.refs) == ("Review 7 questions", (CriterionRef(KEY, "1.1"),))
    assert step.reason == "7 questions are due today; the oldest was last asked 12 days ago."
    one = the(StepKind.REVIEW, steps(BEGUN, schedule=Schedule(TODAY, (card(1, 1),))))
    assert one.reason == "1 question is due today; it was last asked 1 day ago."


@pytest.mark.parametrize(
    ("due", "sure", "reason"),
    [
        (272, 0, "20 questions for today, the likeliest forgotten first; "
                 "the other 252 are spread over the coming days."),
        (21, 0, "20 questions for today, the likeliest forgotten first; "
                "the other one is spread over the coming days."),
        (43, 2, "20 questions for today; 2 of them came out wrong though you were sure, and come first; "
                "the other 23 are spread over the coming days."),
        (43, 43, "20 questions for today; they all came out wrong though you were sure; "
                 "the other 23 are spread over the coming days."),
    ],
)  # fmt: skip
def test_after_a_month_away_the_part_for_today_leads_and_the_pile_comes_last(
    due: int, sure: int, reason: str
) -> None:
    cards = tuple(replace(card(n % 99, 30, sure=n < sure), family=f"f{n:03d}") for n in range(due))
    step = the(StepKind.REVIEW, steps(BEGUN, schedule=Schedule(TODAY, cards)))
    assert (step.title, step.reason) == ("Review 20 questions", reason)


def test_cards_that_were_not_read_are_counted_among_those_due() -> None:
    all_there = Schedule(TODAY, tuple(card(n, 30) for n in range(9)))
    first_five = Schedule(TODAY, all_there.cards[:5], waiting=4)
    assert (all_there.due_count(TODAY), first_five.due_count(TODAY)) == (9, 9)
    assert steps(schedule=first_five, per_day=5) == steps(schedule=all_there, per_day=5)


def test_once_todays_part_is_reviewed_no_more_is_asked_for() -> None:
    cards = tuple(card(n, 30) for n in range(43))
    found = steps(BEGUN, schedule=Schedule(TODAY, cards, reviewed=20))
    assert StepKind.REVIEW not in {step.kind for step in found}


def test_what_was_wrong_though_sure_is_the_reason_of_a_review() -> None:
    cards = (card(1, 3), card(2, 2, sure=True), card(3, 2, sure=True))
    step = the(StepKind.REVIEW, steps(BEGUN, schedule=Schedule(TODAY, cards)))
    assert step.reason == (
        "3 questions are due today; 2 of them came out wrong though you were sure, and come first."
    )


@pytest.mark.parametrize(
    ("sure", "others", "reason"),
    [
        (1, 0, "1 question is due today; it came out wrong though you were sure."),
        (1, 1, "2 questions are due today; 1 of them came out wrong though you were sure, and comes first."),
        (2, 0, "2 questions are due today; they all came out wrong though you were sure."),
    ],
)
def test_one_question_and_several_are_spoken_of_as_such(sure: int, others: int, reason: str) -> None:
    cards = tuple(card(n, 2, sure=n < sure) for n in range(sure + others))
    assert the(StepKind.REVIEW, steps(BEGUN, schedule=Schedule(TODAY, cards))).reason == reason


def test_a_review_over_two_units_belongs_to_neither() -> None:
    cards = (card(1, 3), card(2, 3, key=OTHER_KEY), card(3, 3))
    step = the(StepKind.REVIEW, steps(BEGUN, schedule=Schedule(TODAY, cards)))
    assert step.unit is None
    assert set(step.refs) == {CriterionRef(KEY, "1.1"), CriterionRef(OTHER_KEY, "1.1")}


def test_the_weakest_criterion_is_named_with_its_estimate() -> None:
    step = the(StepKind.WEAKEST, steps(BEGUN))
    assert (step.title, step.refs) == ("Practise criterion 1.2 of unit 203", (CriterionRef(KEY, "1.2"),))
    assert step.reason == "It has most to gain: about 40% right at the first try, from 6 answers."


def test_of_two_weak_criteria_the_less_known_has_more_to_gain() -> None:
    # .5 × 1.7 = .85 against .55 × 1.3 = .715
    known, unknown = mastery("1.1", 0.45, 9, width=0.3), mastery("1.2", 0.5, 2, width=0.7)
    step = the(StepKind.WEAKEST, steps(unit(known, unknown)))
    assert step.refs == (CriterionRef(KEY, "1.2"),)
    assert step.reason == "It has most to gain: 2 answers so far, and 3 more would tell how it stands."


def test_the_weakest_is_sought_in_the_unit_whose_weakest_outcome_is_furthest_behind() -> None:
    # Levels of the outcomes: .5 and .9 in the first; .6 and .6 in the other, which has the weakest criterion.
    uneven = unit(mastery("1.1", 0.5, 6), mastery("1.2", 0.5, 6), mastery("2.1", 0.9, 6))
    even = unit(
        mastery("1.1", 0.3, 6, key=OTHER_KEY),
        mastery("1.2", 0.9, 6, key=OTHER_KEY),
        mastery("2.1", 0.6, 6, key=OTHER_KEY),
        number="204",
    )
    step = the(StepKind.WEAKEST, steps(even, uneven))
    assert step.refs == (CriterionRef(KEY, "1.1"),)


def test_a_unit_not_begun_is_begun_and_not_called_weak() -> None:
    # Its only outcome is at .5, that of BEGUN at .55; to gain there is .5 × 1.4 = .7 against .6 × 1.4 = .84.
    other = unit(mastery("1.1", 0.5, 0, key=OTHER_KEY), number="204")
    found = steps(BEGUN, other)
    assert the(StepKind.WEAKEST, found).unit == KEY
    assert [(step.unit, step.title) for step in found if step.kind is StepKind.START] == [
        (KEY, "Begin criterion 2.1 of unit 203"),
        (OTHER_KEY, "Begin criterion 1.1 of unit 204"),
    ]


def test_units_begun_go_on_first_and_then_one_new_unit_is_begun() -> None:
    new = [unit(mastery("1.1", 0.5, 0, key=f"T/503/000{n}"), number=f"20{n}") for n in (1, 2)]
    titles = [step.title for step in steps(*new, BEGUN) if step.kind is StepKind.START]
    assert titles == ["Begin criterion 2.1 of unit 203", "Begin criterion 1.1 of unit 201"]


def test_after_five_right_answers_on_the_only_criterion_answered_another_is_begun() -> None:
    fresh = [mastery(f"1.{n}", 0.75, 0, width=0.65) for n in range(2, 25)]
    (step,) = steps(unit(mastery("1.1", 0.89, 5), *fresh))
    assert (step.kind, step.title) == (StepKind.START, "Begin criterion 1.2 of unit 203")
    assert step.reason == "It is the next in order; 23 of 24 criteria have no answer yet."


def test_the_only_criterion_answered_is_not_called_the_one_with_most_to_gain_however_it_went() -> None:
    (step,) = steps(unit(mastery("1.1", 0.2, 5), mastery("1.2", 0.65, 0)))
    assert (step.kind, step.refs) == (StepKind.START, (CriterionRef(KEY, "1.2"),))
    assert step.reason == "It is the next in order; 1 of 2 criteria has no answer yet."


@pytest.mark.parametrize(
    ("fresh", "kinds"),
    [
        (0.65, [StepKind.START]),  # .35 × 1.6 = .56 to gain, against .4 × 1.3 = .52
        (0.70, [StepKind.WEAKEST, StepKind.START]),  # .3 × 1.6 = .48
    ],
)
def test_what_was_answered_comes_first_only_with_more_to_gain_than_a_criterion_not_started(
    fresh: float, kinds: list[StepKind]
) -> None:
    known = [mastery(code, 0.6, 9, width=0.3) for code in ("1.1", "1.2")]
    other = unit(mastery("1.1", fresh, 0, width=0.6, key=OTHER_KEY), number="204")
    assert [step.kind for step in steps(unit(*known), other)] == kinds


def test_once_every_criterion_is_answered_the_weakest_is_proposed_even_if_it_is_the_only_one() -> None:
    (step,) = steps(unit(mastery("1.1", 0.95, 12)))
    assert (step.kind, step.refs) == (StepKind.WEAKEST, (CriterionRef(KEY, "1.1"),))


def test_a_unit_of_one_criterion_is_spoken_of_as_such() -> None:
    one = unit(mastery("1.1", 0.8, 9), has_test=True)
    assert the(StepKind.TEST, steps(one)).reason == (
        "Its one criterion is practised; a whole paper shows how it holds together."
    )
    begun = the(StepKind.START, steps(unit(mastery("1.1", 0.65, 0))))
    assert begun.reason == "It is the only criterion."


PRACTISED = (mastery("1.1", 0.8, 9), mastery("1.2", 0.7, 2))


@pytest.mark.parametrize(
    ("changes", "exam", "reason"),
    [
        ({"chance": 0.62}, None,
         "The estimated chance of passing today is 62%; a whole paper shows how it holds together."),
        ({"chance": 0.62}, date(2026, 12, 1),
         "The estimated chance of passing today is 62%, and your test is on 1 December 2026."),
        ({"chance": 0.62}, date(2026, 11, 21),
         "The estimated chance of passing today is 62%; a whole paper shows how it holds together."),
        ({"chance": 0.62, "last_test": date(2026, 11, 19)}, None,
         "The estimated chance of passing today is 62%; the last practice test was 3 days ago."),
        ({}, None, "All 2 criteria are practised; a whole paper shows how it holds together."),
    ],
)  # fmt: skip
def test_a_practice_test_is_proposed_with_its_reason(
    changes: dict[str, object], exam: date | None, reason: str
) -> None:
    step = the(StepKind.TEST, steps(unit(*PRACTISED, has_test=True, **changes), exam=exam))
    assert (step.title, step.reason) == ("Sit a practice test of unit 203", reason)


@pytest.mark.parametrize(
    "studied",
    [
        unit(*PRACTISED, chance=0.62),  # no test
        unit(*PRACTISED, has_test=True, chance=0.62, last_test=date(2026, 11, 20)),
        unit(*PRACTISED, mastery("2.1", 0.65, 0), has_test=True),  # nothing can be said yet
    ],
)
def test_no_practice_test_without_one_to_sit_just_after_one_or_before_anything_is_known(
    studied: StudiedUnit,
) -> None:
    assert StepKind.TEST not in {step.kind for step in steps(studied)}


def test_no_second_test_is_proposed_while_one_is_being_sat() -> None:
    studied = unit(*PRACTISED, has_test=True, chance=0.62)
    found = steps(studied, unfinished=[left(1, Kind.TEST)])
    assert [step.kind for step in found] == [StepKind.CONTINUE, StepKind.WEAKEST]


@given(
    st.lists(
        st.lists(st.tuples(st.floats(0.05, 0.95), st.integers(0, 12)), min_size=1, max_size=6), min_size=1
    ),
    st.integers(0, 30),
    st.booleans(),
)
def test_the_list_is_never_empty_and_every_step_has_a_reason_of_whole_sentences(
    rows: list[list[tuple[float, int]]], due: int, has_test: bool
) -> None:
    units = [
        unit(
            *(mastery(f"1.{n}", mean, answers) for n, (mean, answers) in enumerate(criteria, 1)),
            has_test=has_test,
        )
        for criteria in rows
    ]
    schedule = Schedule(TODAY, tuple(card(n, n + 1) for n in range(due)))
    found = steps(*units, schedule=schedule)
    assert found == steps(*units, schedule=schedule)
    assert found
    order = list(StepKind)
    assert [order.index(step.kind) for step in found] == sorted(order.index(step.kind) for step in found)
    assert all(
        step.reason.endswith(".") and step.reason[0].isupper() | step.reason[0].isdigit() for step in found
    )
