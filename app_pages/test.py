"""The on-screen test: instructions, one question a screen, review, finish."""

import streamlit as st

from models import select_attempts
from quiz.reports import paper_sheet
from quiz.sessions import Kind
from quiz.wording import count, day_and_time, minutes_and_seconds, sentence, share_words
from ui import clock, comfort, drafted, keys, question_card, session, store, testing
from ui.components import keys_and_focus, navigator, print_button, read_aloud, timer, voice
from ui.components.components import NavigatorItem, chosen_position
from ui.shell import fragment, guarded, show_fault
from ui.text import plain

MOST_NAMED = 10


def set_up(learner, unit) -> None:
    """Show the instructions; the clock starts with the button, not before."""
    plan = unit.blueprint
    st.title(plain(plan.name), anchor=False)
    session.choose_unit(learner, unit, "test")
    if unit.drafted:
        no_paper(unit)
        return
    st.caption(f"{plain(sentence(plan.label))}.")
    qualification = session.optional_qualification()
    if (
        qualification is not None
        and qualification.portfolio_only
        and unit.entry.assessment == "onscreen_test"
    ):
        st.caption(
            "Your certificate is assessed by portfolio only. This is practice in the form of another body's test."
        )
    with store.database().read() as db:
        open_tests = select_attempts(
            session=db, learner=learner.id, unit=unit.key, kinds=[Kind.TEST], finished=False, limit=1
        )
    if open_tests:
        waiting = open_tests[0]
        st.info(
            f"You have a test that is not finished, started on {day_and_time(waiting.started_at)}. Its clock goes on, unless it is on a rest break."
        )
        if st.button("Go on with the test", type="primary", key="resume-test"):
            open_test(waiting.id)
        return
    figures = st.container()
    instructions(unit, first=not sat_before(learner, unit))
    extra = st.number_input(
        "Extra time in per cent", 0, 400, learner.settings.get("extra_percent", 0), step=5, key="extra"
    )
    st.caption("Centres book 25% extra time where it has been agreed. Yours is for you to choose here.")
    with figures:
        left, right = st.columns(2)
        left.metric("Questions", plan.size, border=True)
        right.metric("Minutes", whole_minutes(plan.minutes * 60 * (100 + extra) / 100), border=True)
    supply = testing.supply(learner.id, unit)
    if supply.unseen:
        st.caption(
            f"{count(supply.unseen, 'paper').capitalize()} left that {'is' if supply.unseen == 1 else 'are'} made only of questions you have not met."
        )
    else:
        st.caption(
            "You have met all the questions that are kept for tests, so the next paper repeats some of them, those you met "
            "longest ago first. It is still another paper than any you have sat."
        )
    with st.container(horizontal=True):
        if st.button("Start test", type="primary", key="start-test"):
            open_test(testing.start(learner.id, unit, int(extra)))
        if st.button("Make a paper to print", key="make-print"):
            st.session_state[keys.PRINT_SEED] = st.session_state.get(keys.PRINT_SEED, 0) + 1
    if keys.PRINT_SEED in st.session_state:
        printable(learner, unit)


def no_paper(unit) -> None:
    """Say why a drafted unit has no paper, and lead to its practice."""
    drafted.label(unit.key)
    st.markdown(
        "**A drafted unit has practice only.** A paper tells whether you would pass, and nobody has yet checked these "
        "questions or written any for a paper."
    )
    if st.button("Practise", type="primary", key="practise-draft"):
        st.switch_page("app_pages/practice.py", query_params={"unit": unit.key})


def sat_before(learner, unit) -> bool:
    """Return whether the learner has finished a test of the unit, and so knows how one goes."""
    with store.database().read() as db:
        return bool(
            select_attempts(
                session=db, learner=learner.id, unit=unit.key, kinds=[Kind.TEST], finished=True, limit=1
            )
        )


def whole_minutes(seconds) -> str:
    """Return a span in minutes, with the seconds where there are any over."""
    return minutes_and_seconds(seconds).removesuffix(":00")


def instructions(unit, first) -> None:
    """Say how the test goes, and whose figures these are; it stands open before the `first` one."""
    plan = unit.blueprint
    hurdle = plan.hurdle
    with st.expander("How the test goes", expanded=first):
        st.markdown(
            "- Each question has four options and one right answer.\n"
            "- Go back and forth as you like, flag questions, and change any answer until the end.\n"
            "- The time left is always shown and can be hidden. The clock starts when you press “Start test”. A rest break stops it.\n"
            "- Every pick is stored at once. If the connection drops or the computer stops, come back and go on; the clock goes by the time you started.\n"
            "- No mark is shown before the end. Afterwards you get a score report by outcome, and every question explained."
        )
    with st.expander("How it is passed, and whose figures these are"):
        st.markdown(
            f"A criterion counts as shown when at least {hurdle.criterion_share:.0%} of its marks are earned; an outcome is passed when "
            f"at least {share_words(hurdle.outcome_share)} of its criteria are shown; the test is passed when every outcome is, and at least "
            f"{hurdle.pass_mark} of the {plan.size} answers are right.\n\n"
            + (
                "Pearson asks for about two thirds of the criteria in every outcome in its on-screen tests for business-skills "
                "knowledge units. Whether the test for Unit 203 uses that rule is not published: we apply it by analogy. The number "
                "of questions, the minutes and the pass mark are not published either; these are ours, and stand in the unit's file, where they can be changed. The specification also says "
                "that a pass needs every criterion. Ask your centre how you will be assessed."
                if unit.entry.assessment == "onscreen_test"
                else "This unit is assessed by portfolio; there is no on-screen test for it. The paper is practice, and its figures are ours."
            )
        )


def printable(learner, unit) -> None:
    """Offer a paper to print, with its answers on a sheet of their own."""
    paper = testing.printed_paper(learner.id, unit, st.session_state[keys.PRINT_SEED])
    title = f"{unit.blueprint.name}: {session.unit_name(unit)}"
    st.markdown(
        "A paper is ready. It leaves out the questions kept for your tests; the answers are on a sheet of their own."
    )
    print_button(
        key="print-paper",
        html=paper_sheet(title, unit.blueprint.label, paper.questions),
        label="Print this paper",
    )


def open_test(attempt_id) -> None:
    """Go to a test."""
    st.switch_page("app_pages/test.py", query_params={"attempt": str(attempt_id)})


def clock_and_position(attempt) -> None:
    """Show the time left and where the learner is."""
    left, right = st.columns(2)
    remaining = attempt.remaining(clock.now())
    with left:
        st.markdown(f"{attempt.answered} of {len(attempt.items)} answered")
    if remaining is not None:
        with right:
            timer(
                key=f"timer-{attempt.id.hex[:12]}",
                remaining=remaining,
                running=not attempt.on_break,
                on_expired=noop,
            )


def noop() -> None:
    """Let the page run again: whoever reads a test past its deadline finishes it."""


def question_page(learner, attempt) -> None:
    """Show one question, its options, and the way round the test."""
    clock_and_position(attempt)
    position, item = attempt.position, attempt.item
    question_card.stem(
        item.question, attempt.title, position + 1, len(attempt.items), f"{attempt.id.hex[:8]}-{position}"
    )
    widget = keys.pick_key(position)
    chosen = item.latest.response.chosen if item.latest else None
    question_card.ask_choice(item.question, widget, chosen, pick, (attempt.id, position, widget))
    last = position + 1 == len(attempt.items)
    with st.container(horizontal=True):
        st.button("Back", key="back", disabled=position == 0, on_click=go_to, args=(attempt.id, position - 1))
        if last:
            st.button("Review answers", type="primary", key="next", on_click=review, args=(attempt.id, True))
        else:
            st.button("Next", type="primary", key="next", on_click=go_to, args=(attempt.id, position + 1))
        st.button(
            "Remove flag" if item.flagged else "Flag for review", key="flag", icon=":material/flag:",
            on_click=set_flag, args=(attempt.id, position, not item.flagged),
        )  # fmt: skip
        read_aloud(question_card.spoken(item.question))
    show_fault()
    show_navigator(attempt)
    with st.container(horizontal=True):
        if not last:
            st.button("Review answers", key="to-review", on_click=review, args=(attempt.id, True))
        st.button("Rest break", key="rest", on_click=rest, args=(attempt.id,))


def show_navigator(attempt) -> None:
    """Show the numbered questions and what each is."""
    st.caption(
        "A tick and a solid border: answered. A dashed border: not answered. A flag: to look at again."
    )
    key = f"navigator-{attempt.id.hex[:12]}"
    items = [NavigatorItem(item.answered, item.flagged) for item in attempt.items]
    navigator(key=key, items=items, current=attempt.position, on_go=lambda: navigate(attempt.id, key))


@guarded
def navigate(attempt_id, key) -> None:
    """Go to the question chosen in the navigator."""
    position = chosen_position(key)
    if position is not None:
        st.session_state.pop(review_key(attempt_id), None)
        session.stands(testing.go_to(attempt_id, position))


@guarded
def pick(attempt_id, position, widget) -> None:
    """Store the answer that the widget holds."""
    chosen = st.session_state.get(widget)
    if chosen is None:
        return
    try:
        session.stands(testing.pick(attempt_id, position, chosen))
    except Exception:
        # What the screen shows has to be what is stored, so that the pick can be made again.
        st.session_state[widget] = testing.standing(attempt_id, position)
        raise


@guarded
def go_to(attempt_id, position) -> None:
    """Go to a question."""
    st.session_state.pop(review_key(attempt_id), None)
    session.stands(testing.go_to(attempt_id, position))


@guarded
def set_flag(attempt_id, position, flagged) -> None:
    """Flag a question, or take its flag off."""
    session.stands(testing.set_flag(attempt_id, position, flagged))


@guarded
def rest(attempt_id) -> None:
    """Take a rest break."""
    testing.rest(attempt_id)


@guarded
def resume(attempt_id) -> None:
    """Go on after a rest break."""
    testing.resume(attempt_id)


@guarded
def finish(attempt_id) -> None:
    """Finish the test."""
    testing.end(attempt_id)


def review_key(attempt_id) -> str:
    """Return the session-state key that says the review screen is open."""
    return f"review-{attempt_id.hex[:12]}"


def review(attempt_id, on) -> None:
    """Open or close the review screen."""
    st.session_state[review_key(attempt_id)] = on


def review_page(learner, attempt) -> None:
    """Name what is unanswered and flagged, and ask before finishing early."""
    clock_and_position(attempt)
    with st.container(key=f"heading-review-{attempt.id.hex[:8]}"):
        st.title("Review your answers", anchor=False)
    open_ones = [str(n) for n, item in enumerate(attempt.items, 1) if not item.answered]
    flagged = [str(n) for n, item in enumerate(attempt.items, 1) if item.flagged]
    st.markdown(f"**Not answered ({len(open_ones)}):** {named(open_ones, 'those with a dashed border')}")
    st.markdown(f"**Flagged ({len(flagged)}):** {named(flagged, 'those with a flag')}")
    show_navigator(attempt)
    sure = st.checkbox("I have finished and want to hand in. Nothing can be changed after that.", key="sure")
    with st.container(horizontal=True):
        st.button("Back to the questions", key="back", on_click=review, args=(attempt.id, False))
        st.button(
            "Finish test",
            type="primary",
            key="finish",
            disabled=not sure,
            on_click=finish,
            args=(attempt.id,),
        )
    keys_and_focus(letters=comfort.letters())


def named(numbers, where) -> str:
    """Return the numbers of questions, or where to see them when there are too many to read through."""
    return where if len(numbers) > MOST_NAMED else ", ".join(numbers) or "none"


def break_page(attempt) -> None:
    """Hide the paper while the clock stands still."""
    with st.container(key=f"heading-break-{attempt.id.hex[:8]}-{attempt.position}"):
        st.title("Rest break", anchor=False)
    st.markdown(
        "The clock has stopped and the paper is hidden. The break is recorded. Go on when you are ready."
    )
    timer(
        key=f"timer-{attempt.id.hex[:12]}",
        remaining=attempt.remaining(clock.now()),
        running=False,
        on_expired=noop,
    )
    st.button("Go on with the test", type="primary", key="next", on_click=resume, args=(attempt.id,))
    keys_and_focus(letters=comfort.letters())


@fragment
def sitting(at_hand) -> None:
    """Show the question at hand, and draw it again by itself at every step: the page round it stays.

    `at_hand` holds the learner and the attempt as the page has just read them; later they are read anew.
    """
    learner, stored = at_hand.pop() if at_hand else session.learner_and_attempt(Kind.TEST)
    attempt = stored.attempt if stored is not None else None
    if (
        attempt is None
        or attempt.finished
        or attempt.on_break
        or st.session_state.get(review_key(attempt.id))
    ):
        st.rerun()
    question_page(learner, attempt)


def page() -> None:
    learner, stored = session.learner_and_attempt(Kind.TEST)
    if stored is None:
        set_up(learner, session.unit())
    elif stored.attempt.finished:
        st.switch_page("app_pages/report.py", query_params={"attempt": str(stored.attempt.id)})
    elif stored.attempt.on_break:
        break_page(stored.attempt)
    elif st.session_state.get(review_key(stored.attempt.id)):
        review_page(learner, stored.attempt)
    else:
        sitting([(learner, stored)])
        keys_and_focus(letters=comfort.letters())
        voice()


page()
