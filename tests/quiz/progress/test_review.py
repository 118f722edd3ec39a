"""Spaced review: when a family is due, and how what is due is spread over days.

The intervals come from the scheduler's published formulas; those of “all Good” are its golden values.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given
from hypothesis import strategies as st

from quiz.progress import QuizEvidence, ReviewCard, Schedule, schedule
from quiz.progress.review import card_id
from quiz.progress.review_days import mixed, spread
from quiz.sessions import Kind, Sureness
from quiz.syllabus import CriterionRef

UNIT = "L/601/7638"
REF = CriterionRef(UNIT, "1.1")
START = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
LATER = datetime(2027, 12, 1, 9, 0, tzinfo=UTC)


def fact(at: datetime, fraction: float = 1.0, family: str = "a", **changes: object) -> QuizEvidence:
    stated = {"kind": Kind.PRACTICE, "seconds": None, "sure": None, "question": family, **changes}
    return QuizEvidence(REF, family=family, fraction=fraction, at=at, **stated)


def after(days: int, fraction: float = 1.0, **changes: object) -> QuizEvidence:
    return fact(START + timedelta(days=days), fraction, **changes)


def only(*facts: QuizEvidence, now: datetime = LATER, exam: date | None = None) -> ReviewCard:
    (card,) = schedule(facts, now=now, exam=exam).cards
    return card


def interval(*facts: QuizEvidence, exam: date | None = None, now: datetime = LATER) -> int:
    card = only(*facts, now=now, exam=exam)
    return (card.due - facts[-1].day).days


def card(
    number: int, code: str = "1.1", due: date = TODAY, known: float = 0.5, sure: bool = False
) -> ReviewCard:
    last = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    return ReviewCard(f"f{number:03d}", CriterionRef(UNIT, code), due, last, 5.0, known, 1, 0, sure)


def names(cards: tuple[ReviewCard, ...]) -> list[str]:
    return [found.family for found in cards]


# --- When a family is due ---


def test_right_each_time_on_the_due_day_it_is_due_after_2_then_11_then_46_then_163_days() -> None:
    facts: list[QuizEvidence] = []
    found, day = [], 0
    for _ in range(4):
        facts.append(after(day))
        found.append(interval(*facts))
        day += found[-1]
    assert found == [2, 11, 46, 163]


def test_without_a_test_ahead_or_with_one_far_off_no_interval_is_longer_than_a_year() -> None:
    known = [after(day) for day in (0, 2, 13, 59, 222)]
    assert interval(*known) == 365
    assert interval(*known, exam=date(2029, 1, 1)) == 365


def test_a_wrong_or_a_partly_right_answer_is_due_again_the_next_day_or_three_days_on_if_well_known() -> None:
    for fraction in (0.0, 0.5, 0.99):
        assert interval(after(0, fraction)) == 1
    known = [after(0), after(2), after(13)]
    assert interval(*known) == 46
    # FSRS 6: 1.4835 · D^−.0614 · ((S + 1)^.2629 − 1) · e^(1.6483 (1 − R)), S = 46.28, D = 2.104: 2.93 days
    assert interval(*known, after(59, 0.0)) == 3
    assert interval(*known, after(59, 0.5)) == 3


def test_a_guess_and_a_think_so_bring_a_right_answer_back_sooner_and_sure_does_not_put_it_off() -> None:
    days = {sure: interval(after(0, sure=sure)) for sure in (None, *Sureness)}
    assert days == {None: 2, Sureness.SURE: 2, Sureness.THINK_SO: 1, Sureness.GUESS: 1}
    # S (1 + e^1.8722 · (11 − D) · S^−.1666 · (e^(.796 (1 − R)) − 1) · .6014), S = 2.3065, D = 2.118: 7.51 days
    second = {sure: interval(after(0), after(2, sure=sure)) for sure in (None, *Sureness)}
    assert second == {None: 11, Sureness.SURE: 11, Sureness.THINK_SO: 8, Sureness.GUESS: 8}


@pytest.mark.parametrize(
    ("timed", "seconds", "days"),
    [
        (20, 18.0, 2),  # of 1 to 20 seconds the 90th percentile is 18
        (20, 18.1, 1),
        (19, 99.0, 2),  # too few to have a pace
        (20, None, 2),
    ],
)
def test_right_but_slower_than_nine_tenths_of_ones_own_twenty_answers_comes_back_sooner(
    timed: int, seconds: float | None, days: int
) -> None:
    before = [
        fact(START - timedelta(days=1, minutes=-n), family=f"b{n}", seconds=float(n))
        for n in range(1, timed + 1)
    ]
    cards = {c.family: c for c in schedule([*before, after(0, seconds=seconds)], now=LATER).cards}
    assert (cards["a"].due - START.date()).days == days


def test_a_slow_wrong_answer_is_wrong() -> None:
    before = [fact(START - timedelta(days=1), family=f"b{n}", seconds=5.0) for n in range(20)]
    slow = schedule([*before, after(0, 0.0, seconds=99.0)], now=LATER).cards[0]
    assert slow == only(after(0, 0.0, seconds=99.0))


def test_how_fast_later_answers_were_changes_nothing_about_earlier_ones() -> None:
    facts = [fact(START + timedelta(minutes=n), family=f"b{n:02d}", seconds=10.0) for n in range(25)]
    faster = [fact(START + timedelta(days=1, minutes=n), family=f"c{n:02d}", seconds=1.0) for n in range(99)]
    assert schedule([*facts, *faster], now=LATER).cards[:25] == schedule(facts, now=LATER).cards


def test_only_the_first_answer_to_a_family_on_a_day_counts_whichever_variant_was_asked() -> None:
    first = fact(START, 0.0, question="a.1")
    again = [fact(START + timedelta(minutes=n), 1.0, question=f"a.{n}") for n in range(2, 7)]
    assert only(first, *again) == only(first)
    assert only(first, *again).reps == 1


def test_five_quick_successes_on_a_day_are_one() -> None:
    assert interval(*(fact(START + timedelta(minutes=n)) for n in range(5))) == 2


def test_two_answers_on_either_side_of_midnight_in_london_are_two_days() -> None:
    # 23:59 and 00:01 in British Summer Time
    before = fact(datetime(2026, 6, 30, 22, 59, tzinfo=UTC))
    past = fact(datetime(2026, 6, 30, 23, 1, tzinfo=UTC))
    found = only(before, past)
    assert (found.reps, found.last) == (2, past.at)
    assert found.due == date(2026, 7, 1) + timedelta(days=interval(after(0), after(1)))


@pytest.mark.parametrize("eve", [date(2026, 3, 28), date(2026, 10, 24)])  # the clocks change on the next day
@pytest.mark.parametrize("hour", [0, 1, 12, 22])
def test_a_change_of_the_clocks_moves_no_due_day(eve: date, hour: int) -> None:
    answered = datetime(eve.year, eve.month, eve.day, hour, 30, tzinfo=UTC)
    found = only(fact(answered), fact(answered + timedelta(days=2)), now=answered + timedelta(days=2))
    assert found.due == eve + timedelta(days=2 + 11)
    assert found.retrievability == 1.0


def test_due_today_ends_with_the_day_in_london() -> None:
    # Answered on 28 June: due on 30 June, which ends at 23:00 UTC.
    facts = [fact(datetime(2026, 6, 28, 21, 0, tzinfo=UTC))]
    late = schedule(facts, now=datetime(2026, 6, 29, 22, 59, tzinfo=UTC))
    assert (late.day, late.due(late.day)) == (date(2026, 6, 29), ())
    past = schedule(facts, now=datetime(2026, 6, 29, 23, 0, tzinfo=UTC))
    assert (past.day, names(past.due(past.day))) == (date(2026, 6, 30), ["a"])


def test_stability_is_the_days_until_nine_tenths_are_remembered() -> None:
    answered = after(0)
    assert only(answered).stability == 2.3065  # the scheduler's third weight
    ten_days = only(answered, now=answered.at + timedelta(days=10)).retrievability
    factor = 0.9 ** (-1 / 0.1542) - 1
    assert ten_days == pytest.approx((1 + factor * 10 / 2.3065) ** -0.1542, abs=1e-12)


def test_a_card_counts_its_answers_and_the_right_ones_that_were_followed_by_a_wrong_one() -> None:
    found = only(*(after(day, float(right)) for day, right in enumerate((0, 0, 1, 0, 0, 1, 1, 0))))
    assert (found.reps, found.lapses) == (8, 2)


def test_sure_but_wrong_is_said_of_the_latest_answer() -> None:
    wrong, right = after(0, 0.0, sure=Sureness.SURE), after(1, 1.0, sure=Sureness.SURE)
    assert only(wrong).sure_but_wrong
    assert not only(wrong, right).sure_but_wrong
    assert not only(after(0, 0.0, sure=Sureness.THINK_SO)).sure_but_wrong


def test_a_test_ahead_brings_every_card_back_by_the_day_before_it() -> None:
    known = [after(0), after(2), after(13)]  # due 46 days after 18 January
    answered = date(2026, 1, 18)
    now = START + timedelta(days=20)
    for days, expected in ((60, 46), (47, 46), (46, 45), (10, 9)):
        assert interval(*known, exam=answered + timedelta(days=days), now=now) == expected
    found = schedule(known, now=now, exam=answered + timedelta(days=30))
    assert names(found.due_before(answered + timedelta(days=30))) == ["a"]
    assert found.due_before(answered + timedelta(days=29)) == ()


def test_answers_on_the_eve_and_on_the_day_of_the_test() -> None:
    exam = START.date()
    assert interval(after(-1), exam=exam, now=START) == 1
    assert interval(after(0), exam=exam, now=START) == 2


def test_a_test_in_the_past_is_ignored() -> None:
    known = [after(0), after(2), after(13)]
    exam = date(2026, 1, 25)
    assert interval(*known, exam=exam, now=datetime(2026, 1, 25, 20, 0, tzinfo=UTC)) == 6
    assert interval(*known, exam=exam, now=datetime(2026, 1, 26, 0, 0, tzinfo=UTC)) == 46


def test_answers_later_than_now_are_not_looked_at() -> None:
    assert only(after(0), after(5, 0.0), now=START + timedelta(days=4)) == only(
        after(0), now=START + timedelta(days=4)
    )
    assert schedule([after(5)], now=START).cards == ()


def test_a_cards_number_is_the_same_in_every_run_and_fits_a_database() -> None:
    # printf %s L6017638-1.1-01 | b2sum -l 64, without its last bit
    assert card_id("L6017638-1.1-01") == 0x68F5A40D992E953E // 2
    assert len({card_id(f"L6017638-1.1-{n:02d}") for n in range(500)}) == 500
    assert all(0 <= card_id(str(n)) < 2**63 for n in range(500))


def test_the_schedule_loads_no_optimiser_and_no_torch() -> None:
    code = "import sys, quiz.progress.review; print({'torch', 'pandas', 'fsrs.optimizer'} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "set()"


# --- Replay ---

ANSWERS = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from([0.0, 0.5, 1.0]),
        st.integers(0, 40),
        st.integers(0, 60 * 24 - 1),
        st.sampled_from([None, *Sureness]),
        st.sampled_from([None, 4.0, 9.0, 30.0]),
    ),
    max_size=40,
)
Answers = list[tuple[str, float, int, int, Sureness | None, float | None]]


def log_of(rows: Answers) -> list[QuizEvidence]:
    return [
        fact(START + timedelta(days=day, minutes=minute), share, family, sure=sure, seconds=seconds)
        for family, share, day, minute, sure, seconds in rows
    ]


@given(ANSWERS, st.randoms(use_true_random=False))
def test_the_same_evidence_gives_the_same_schedule_in_whatever_order_and_however_often_it_comes(
    rows: Answers, rng: object
) -> None:
    evidence = log_of(rows)
    shuffled = [*evidence, *evidence]
    rng.shuffle(shuffled)
    assert schedule(iter(shuffled), now=LATER).cards == schedule(evidence, now=LATER).cards


@given(ANSWERS)
def test_replay_equals_reviewing_card_by_card_as_the_answers_come_in_with_the_card_kept_as_text(
    rows: Answers,
) -> None:
    evidence = [replace(found, seconds=None) for found in log_of(rows)]
    scheduler = Scheduler(
        enable_fuzzing=False,
        learning_steps=(),
        relearning_steps=(),
        desired_retention=0.9,
        maximum_interval=365,
    )
    kept: dict[str, str] = {}
    days: set[tuple[str, date]] = set()
    for found in sorted(
        evidence, key=lambda found: (found.at, found.family, found.fraction, found.sure or "")
    ):
        if (found.family, found.day) in days:
            continue
        days.add((found.family, found.day))
        noon = datetime(found.day.year, found.day.month, found.day.day, 12, tzinfo=UTC)
        known = kept.get(found.family)
        before = Card.from_json(known) if known else Card(card_id=card_id(found.family), due=noon)
        good = Rating.Good if found.sure in {None, Sureness.SURE} else Rating.Hard
        card, _ = scheduler.review_card(before, good if found.fraction == 1.0 else Rating.Again, noon)
        kept[found.family] = card.to_json()
    replayed = schedule(evidence, now=LATER).cards
    assert {c.family: (c.due, c.stability) for c in replayed} == {
        family: (Card.from_json(text).due.date(), Card.from_json(text).stability)
        for family, text in kept.items()
    }


@given(ANSWERS, st.integers(0, 41))
def test_what_was_said_on_a_day_stays_true_of_cards_that_were_not_answered_since(
    rows: Answers, cut: int
) -> None:
    evidence = log_of(rows)
    moment = START + timedelta(days=cut)
    then = schedule([found for found in evidence if found.at <= moment], now=LATER).cards
    answered_since = {found.family for found in evidence if found.at > moment}
    now = {c.family: c for c in schedule(evidence, now=LATER).cards}
    assert all(now[c.family] == c for c in then if c.family not in answered_since)


# --- What is offered ---


def test_due_lists_sure_but_wrong_first_then_what_is_likeliest_forgotten() -> None:
    cards = (
        card(1, known=0.9),
        card(2, known=0.2),
        card(3, known=0.8, sure=True),
        card(4, known=0.6, sure=True),
        card(5, known=0.1, due=TODAY + timedelta(days=1)),
    )
    found = Schedule(TODAY, cards)
    assert names(found.due(TODAY)) == ["f004", "f003", "f002", "f001"]
    assert names(found.due_before(TODAY + timedelta(days=2))) == ["f004", "f003", "f005", "f002", "f001"]
    assert names(found.only({"f001", "f005"}).due(TODAY)) == ["f001"]


def test_no_two_neighbours_are_of_one_criterion_where_that_can_be() -> None:
    order = ["1.1", "1.1", "1.1", "1.2", "1.2", "2.1"]
    found = mixed([card(n, code) for n, code in enumerate(order)])
    assert names(found) == ["f000", "f003", "f001", "f004", "f002", "f005"]


def test_what_one_criterion_has_too_many_of_stands_at_the_end() -> None:
    found = mixed([card(n, code) for n, code in enumerate(["1.1", "1.1", "1.1", "1.1", "1.2"])])
    assert [c.ref.code for c in found] == ["1.1", "1.2", "1.1", "1.1", "1.1"]


@given(st.lists(st.sampled_from(["1.1", "1.2", "2.1", "2.2"]), max_size=24))
def test_mixing_keeps_every_card_and_leaves_as_few_neighbours_of_one_criterion_as_can_be(
    codes: list[str],
) -> None:
    cards = [card(n, code) for n, code in enumerate(codes)]
    found = mixed(cards)
    assert Counter(found) == Counter(cards)
    alike = sum(one.ref == other.ref for one, other in zip(found, found[1:], strict=False))
    most = max(Counter(codes).values(), default=0)
    assert alike == max(0, most - 1 - (len(codes) - most))


def test_what_is_due_stands_on_its_day_while_there_is_room() -> None:
    cards = [card(1), card(2, due=TODAY + timedelta(days=2)), card(3, due=TODAY + timedelta(days=4))]
    plan = Schedule(TODAY, tuple(cards)).daily_plan(TODAY, TODAY + timedelta(days=4))
    assert [(part.day.day, part.families) for part in plan.days] == [(22, ("f001",)), (24, ("f002",))]
    assert plan.words == "1 question is due today, and 1 more before 26 November 2026."
    assert plan.on(date(2026, 11, 23)).cards == ()


def test_after_a_break_43_questions_are_spread_over_three_days_the_weakest_first() -> None:
    cards = [replace(card(n, known=n / 100), last=datetime(2026, 10, 20, tzinfo=UTC)) for n in range(43)]
    plan = spread(reversed(cards), TODAY, TODAY + timedelta(days=30))
    assert [(part.day.day, len(part.cards)) for part in plan.days] == [(22, 20), (23, 20), (24, 3)]
    assert [sorted(part.families)[0] for part in plan.days] == ["f000", "f020", "f040"]
    assert plan.left_out == ()
    assert plan.words == (
        "After your break: 20 a day until 24 November 2026, the weakest first, "
        "for the 43 questions that are due."
    )


def test_without_a_break_none_is_spoken_of() -> None:
    plan = spread([card(n) for n in range(21)], TODAY, TODAY + timedelta(days=30))
    assert plan.words == (
        "20 a day until 23 November 2026, the weakest first, for the 21 questions that are due."
    )


@pytest.mark.parametrize(("later", "words"), [(1, "1 more comes due"), (2, "2 more come due")])
def test_what_comes_due_after_a_backlog_is_named_after_it(later: int, words: str) -> None:
    soon = [card(50 + n, due=TODAY + timedelta(days=5)) for n in range(later)]
    plan = spread([*(card(n) for n in range(21)), *soon], TODAY, TODAY + timedelta(days=30))
    assert plan.words == (
        "20 a day until 23 November 2026, the weakest first, for the 21 questions that are due. "
        f"{words} before 22 December 2026."
    )


def test_a_month_away_with_300_due_is_feasible() -> None:
    began = datetime(2026, 9, 1, 10, 0, tzinfo=UTC)
    evidence = [
        replace(
            fact(began + timedelta(days=n % 30, minutes=n), float(n % 3 > 0), f"f{n:03d}"),
            ref=CriterionRef(UNIT, f"{1 + n % 4}.1"),
        )
        for n in range(300)
    ]
    now = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
    found = schedule(evidence, now=now)
    today, until = date(2026, 11, 1), date(2026, 11, 30)
    assert len(found.due(today)) == 300
    plan = found.daily_plan(today, until)
    assert [len(part.cards) for part in plan.days] == [20] * 15
    assert plan.left_out == ()
    assert {family for part in plan.days for family in part.families} == {f"f{n:03d}" for n in range(300)}
    worst = [max(c.retrievability for c in part.cards) for part in plan.days]
    best = [min(c.retrievability for c in part.cards) for part in plan.days]
    assert all(earlier <= later for earlier, later in zip(worst, best[1:], strict=False))
    for part in plan.days:
        most = max(Counter(c.ref for c in part.cards).values())
        alike = sum(a.ref == b.ref for a, b in zip(part.cards, part.cards[1:], strict=False))
        assert alike == max(0, 2 * most - 1 - 20)
    assert plan.words == (
        "After your break: 20 a day until 15 November 2026, the weakest first, "
        "for the 300 questions that are due."
    )


def test_what_fits_on_no_day_is_left_out_with_the_reason_and_it_is_the_best_known() -> None:
    cards = [card(n, known=n / 100) for n in range(50)]
    plan = spread(cards, TODAY, TODAY + timedelta(days=2))
    assert [len(part.cards) for part in plan.days] == [20, 20]
    assert names(tuple(left.card for left in plan.left_out)) == [f"f{n:03d}" for n in range(40, 50)]
    assert {left.reason for left in plan.left_out} == {
        "No day before 24 November 2026 has room for it at 20 a day. It can be reviewed after that."
    }
    assert plan.words == (
        "20 a day until 23 November 2026, the weakest first, for the 50 questions that are due. "
        "10 questions do not fit before 24 November 2026 and can wait; 25 a day would hold them all."
    )


def test_a_crowded_last_day_is_relieved_on_the_days_just_before_it() -> None:
    eve = TODAY + timedelta(days=4)
    plan = spread([card(n, due=eve) for n in range(50)], TODAY, eve + timedelta(days=1))
    assert [(part.day.day, len(part.cards)) for part in plan.days] == [(24, 10), (25, 20), (26, 20)]
    assert plan.left_out == ()
    assert plan.words == (
        "Nothing is due today; 50 questions come due before 27 November 2026. "
        "30 questions come before the due day, so that there is room."
    )


def test_what_was_reviewed_today_is_taken_off_todays_part() -> None:
    cards = tuple(card(n, known=n / 100) for n in range(43))
    some = Schedule(TODAY, cards, reviewed=15).daily_plan(TODAY, TODAY + timedelta(days=9))
    assert [len(part.cards) for part in some.days] == [5, 20, 18]
    done = Schedule(TODAY, cards, reviewed=20).daily_plan(TODAY, TODAY + timedelta(days=9))
    assert [(part.day.day, len(part.cards)) for part in done.days] == [(23, 20), (24, 20), (25, 3)]
    assert done.words == (
        "20 a day from tomorrow until 25 November 2026, the weakest first, for the 43 questions that are due."
    )
    tomorrow = Schedule(TODAY, cards, reviewed=20).daily_plan(TODAY + timedelta(days=1), TODAY)
    assert [len(part.cards) for part in tomorrow.days] == [20]


def test_review_answers_of_the_day_are_counted_and_practice_is_not() -> None:
    facts = [
        after(0, family="a", kind=Kind.REVIEW),
        after(1, family="a", kind=Kind.REVIEW),
        after(1, family="b", kind=Kind.REVIEW),
        after(1, family="c"),
    ]
    assert schedule(facts, now=START + timedelta(days=1)).reviewed == 2


def test_a_plan_up_to_today_or_an_earlier_day_is_todays() -> None:
    cards = tuple(card(n, known=n / 100) for n in range(23))
    for until in (TODAY, TODAY - timedelta(days=9), TODAY + timedelta(days=1)):
        plan = Schedule(TODAY, cards).daily_plan(TODAY, until)
        assert [(part.day, len(part.cards)) for part in plan.days] == [(TODAY, 20)]
        assert plan.words == "20 questions now, the weakest first; the other 3 can wait."
    done = Schedule(TODAY, cards, reviewed=20).daily_plan(TODAY, TODAY)
    assert (done.days, done.words) == (
        (),
        "Today’s share is done. 23 questions can wait.",
    )
    one_more = Schedule(TODAY, cards[:21]).daily_plan(TODAY, TODAY)
    assert one_more.words == "20 questions now, the weakest first; the other one can wait."
    assert Schedule(TODAY, cards).daily_plan(TODAY, TODAY).on(TODAY).cards == Schedule(
        TODAY, cards
    ).today_part(TODAY)


def test_with_nothing_due_the_plan_says_so() -> None:
    plan = spread([], TODAY, date(2026, 11, 25))
    assert (plan.days, plan.left_out, plan.words) == ((), (), "Nothing is due before 25 November 2026.")


def test_a_day_of_no_questions_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^A day of review has to hold at least 1 question\.$"):
        spread([], TODAY, TODAY, per_day=0)


@given(
    st.lists(st.tuples(st.integers(-30, 12), st.integers(0, 99), st.booleans()), max_size=60),
    st.integers(-1, 10),
    st.integers(1, 9),
    st.integers(0, 12),
)
def test_no_day_holds_more_than_its_room_and_only_what_fits_nowhere_is_left_out(
    rows: list[tuple[int, int, bool]], length: int, per_day: int, reviewed: int
) -> None:
    cards = [
        card(n, due=TODAY + timedelta(days=due), known=known / 100, sure=sure)
        for n, (due, known, sure) in enumerate(rows)
    ]
    until = TODAY + timedelta(days=length)
    plan = spread(cards, TODAY, until, per_day, reviewed)
    end = max(until, TODAY + timedelta(days=1))
    room = {TODAY + timedelta(days=n): per_day for n in range((end - TODAY).days)}
    room[TODAY] = max(0, per_day - reviewed)
    assert all(0 < len(part.cards) <= room[part.day] for part in plan.days)
    wanted = [c for c in cards if c.due < end]
    placed = [c for part in plan.days for c in part.cards]
    assert sorted(names((*placed, *(left.card for left in plan.left_out)))) == names(tuple(wanted))
    assert len(plan.left_out) == max(0, len(wanted) - sum(room.values()))
    assert spread(reversed(cards), TODAY, until, per_day, reviewed) == plan
