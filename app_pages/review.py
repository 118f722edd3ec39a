"""Review: what is due today, what comes before the test, and a plan for each day."""

from datetime import date, timedelta

import streamlit as st

from quiz.wording import count, day
from ui import clock, learning, session
from ui.learning import learning_of, save_choice, what_next
from ui.shell import guarded
from ui.text import plain

DAYS_AHEAD = 14


@guarded
def set_date(learner_id) -> None:
    """Store the date of the test, or that there is none."""
    chosen = st.session_state["test-date"]
    save_choice(learner_id, test_date=chosen.isoformat() if chosen else None)


@guarded
def set_per_day(learner_id) -> None:
    """Store how many questions a day the learner takes on."""
    save_choice(learner_id, per_day=int(st.session_state["per-day"]))


def due_today(known) -> None:
    """Show what is due and start its review."""
    today = clock.today()
    part = known.due.today_part(today, known.per_day)
    due = known.due.due_count(today)
    if not due:
        st.markdown("**Nothing is due today.** What you practise now comes back when it is about to fade.")
        upcoming = [card.due for card in known.schedule.cards if card.due > today]
        if upcoming:
            soonest = min(upcoming)
            number = sum(card == soonest for card in upcoming)
            st.caption(f"Next: {count(number, 'question')} on {day(soonest)}.")
        return
    if not part:
        st.markdown(
            f"**You have reviewed all you set yourself for today.** {count(due, 'question')} can wait for another day."
        )
        return
    sure = sum(card.sure_but_wrong for card in part)
    first = "it comes first" if sure == 1 else "they come first"
    rest = f" {sure} of them came out wrong though you were sure: {first}." if sure else ""
    with st.container(key="hero-review", gap="xsmall"):
        st.markdown(f"**{count(len(part), 'question')} for today.**{rest}")
        if st.button(
            f"Review {count(len(part), 'question')} now", type="primary", key="start-review", width="stretch"
        ):
            learning.begin_review(known)


def daily_plan(known) -> None:
    """Let the learner set the date and the pace, and show what that makes of the days."""
    today = clock.today()
    st.header("Plan", anchor=False)
    left, right = st.columns(2)
    left.date_input(
        "Date of your test or of your next review meeting",
        value=known.test_date,
        min_value=min(today, known.test_date or today),
        max_value=max(today + timedelta(days=730), known.test_date or today),
        format="DD/MM/YYYY",
        key="test-date",
        on_change=set_date,
        args=(known.learner.id,),
    )
    right.number_input(
        "Questions a day at most",
        min_value=5,
        max_value=60,
        step=5,
        value=known.per_day,
        key="per-day",
        on_change=set_per_day,
        args=(known.learner.id,),
    )
    st.caption(
        "What you have practised comes up for review before that day. Leave it empty to go on without one."
    )
    ahead = known.test_date if known.test_date and known.test_date > today else None
    until: date = ahead or today + timedelta(days=DAYS_AHEAD)
    plan = known.schedule.daily_plan(today, until, known.per_day)
    st.markdown(plain(plan.words))
    if plan.days:
        st.table(
            [
                {
                    "Day": "Today" if part.day == today else day(part.day),
                    "Questions": len(part.cards),
                    "From": plain(where_from(part.cards)),
                }
                for part in plan.days
            ],
            border="horizontal",
            hide_index=True,
        )
        st.caption(
            "Each question stands here once. What you get wrong comes back within days, on top of this."
        )


def where_from(cards) -> str:
    """Return how many criteria of which units cards are of; the code where a unit has but one."""
    codes: dict[str, set[str]] = {}
    for card in cards:
        codes.setdefault(session.number(card.ref.unit), set()).add(card.ref.code)
    return "; ".join(
        f"{unit}: {count(len(found), 'criterion', 'criteria')}" if len(found) > 1 else f"{unit}: {min(found)}"
        for unit, found in sorted(codes.items())
    )


def page() -> None:
    known = learning_of(session.require_learner())
    st.title("Review", anchor=False)
    if not known.answers:
        with st.container(key="hero-review", gap="xsmall"):
            st.markdown(
                "**Nothing has been answered yet.** Practise a few questions, and they come back here."
            )
            if st.button("Practise", type="primary", key="first-practice", width="stretch"):
                st.switch_page("app_pages/practice.py")
        st.markdown(
            "- Each question comes back just before you would forget it, in another form where there is one.\n"
            "- What you got wrong comes back soon, what you know well after weeks.\n"
            "- You set the day of your test and how many questions a day are enough; Headset works out the rest."
        )
        return
    due_today(known)
    if not known.due.today_part(clock.today(), known.per_day):
        what_next(known, "next", most=1)
    daily_plan(known)
    st.caption(
        "The days are worked out by a published schedule (FSRS) from your own answers: what you got wrong or were unsure of comes "
        "back sooner. Days off are fine; what is due is spread over the days to come."
    )


page()
