"""Lesson: questions for the classroom screen, uncovered step by step, answered by hands or on devices."""

from uuid import UUID, uuid4

import streamlit as st

from models import (
    create_lesson,
    delete_lesson,
    save_hands,
    select_groups,
    select_lessons,
    select_optional_lesson,
    select_optional_live,
)
from quiz.errors import NotInBank
from quiz.sessions import (
    LONGEST,
    MOST_HANDS,
    TEST_BASES,
    History,
    Lesson,
    LiveStage,
    PracticePlan,
    Step,
    can_count,
    draw_all,
    hands_split,
)
from quiz.wording import count, day_and_time, gone, sentence
from ui import access, clock, comfort, feedback, lesson_screen, live_screen, question_card, session, store
from ui.components import full_screen_button, keys_and_focus, whole_choices
from ui.news import NEWS, place_of
from ui.shell import guarded
from ui.text import plain


def show(**query) -> None:
    """Go to another view of this page."""
    st.switch_page("app_pages/lesson.py", query_params=query)


def set_up() -> None:
    """Let the tutor choose what the lesson is about, or go on with one."""
    st.title("Lesson", anchor=False)
    whole_choices()
    st.markdown(
        "Questions for the classroom screen, one at a time: first the question, then its options, the answer, why, and the note. "
        "Count hands for each option if you like, or let learners answer on their phones in a live lesson."
    )
    units = store.bank().pack.units
    key = st.selectbox(
        "Unit", list(units), format_func=lambda unit: session.unit_name(units[unit]), key="lesson-unit"
    )
    unit = units[key]
    codes = st.multiselect(
        "Criteria",
        [criterion.ref.code for criterion in unit.criteria],
        format_func=lambda code: f"{code} {unit.by_code[code].title}",
        placeholder="All criteria",
        key=f"lesson-codes-{key}",
    )
    outcome = st.selectbox(
        "Or one outcome",
        [None, *unit.outcomes],
        format_func=lambda o: "All outcomes" if o is None else f"{o.number} {sentence(o.label)}",
        key=f"lesson-outcome-{key}",
        disabled=bool(codes),
    )
    size = st.slider("How many questions", 1, LONGEST, 10, key="lesson-size")
    chosen = tuple(
        codes or [c.ref.code for c in (unit.of_outcome(outcome.number) if outcome else unit.criteria)]
    )
    title = title_of(unit, codes, outcome)
    if access.class_mode():
        start_in_class(unit, chosen, size, title)
    else:
        if st.button("Start the lesson", type="primary", key="start-lesson"):
            begin(unit, chosen, size, title)
        st.caption(live_screen.CLASS_MODE_NEEDED)
    earlier()


def start_in_class(unit, codes, size, title) -> None:
    """Let the tutor start a lesson with devices, for a group or for whoever comes, or one without."""
    with store.database().read() as db:
        groups = {entry.group.id: entry.group.title for entry in select_groups(session=db)}
    group = st.selectbox(
        "Group whose results a live lesson belongs to",
        [None, *groups],
        format_func=lambda key: "No group" if key is None else groups[key],
        key="lesson-group",
    )
    with st.container(horizontal=True):
        if st.button("Start live", type="primary", key="start-live"):
            begin(unit, codes, size, title, live=True, group=group)
        if st.button("Start the lesson without devices", key="start-lesson"):
            begin(unit, codes, size, title)


def title_of(unit, codes, outcome) -> str:
    """Return what a lesson is called."""
    number = session.number(unit.key)
    if codes:
        return f"Unit {number}: {', '.join(codes)}"
    return f"Unit {number}, outcome {outcome.number}" if outcome else f"Unit {number}"


def begin(unit, codes, size, title, *, live=False, group=None) -> None:
    """Store a new lesson and show its first question; a live one shows first how to join."""
    lesson_id = uuid4()
    plan = PracticePlan(unit.key, codes, size, bases=TEST_BASES)
    questions = draw_all(plan, store.bank(), lesson_id.int % 2**31, today=clock.today(), history=History())
    lesson = Lesson(lesson_id, unit.key, title, questions)
    with store.database().write() as db:
        create_lesson(session=db, lesson=lesson, now=clock.now())
    if live:
        live_screen.reopen(lesson_id, group)
    show(lesson=str(lesson_id))


def earlier() -> None:
    """List earlier lessons, to go on with or to remove."""
    with store.database().read() as db:
        lessons = select_lessons(session=db)
        live = {entry.id: select_optional_live(session=db, lesson=entry.id) for entry in lessons}
    if not lessons:
        return
    st.header("Earlier lessons", anchor=False)
    for entry in lessons:
        left, right = st.columns([5, 1], vertical_alignment="center")
        label = f"{entry.title}: {count(entry.questions, 'question')}, {day_and_time(entry.made_at)}"
        if live[entry.id]:
            label += ", live now" if live_screen.is_running(live[entry.id]) else ", live"
        if left.button(plain(label), key=f"open-{entry.id.hex}", width="stretch"):
            show(lesson=str(entry.id))
        with right.popover("Remove"):
            also = " and what learners answered in it" if live[entry.id] else " and its counts"
            st.markdown(f"“{plain(entry.title)}”{also} are removed for good.")
            if st.button("Remove it", key=f"remove-{entry.id.hex}", type="primary"):
                with store.database().write() as db:
                    delete_lesson(session=db, lesson_id=entry.id)
                NEWS.tell(place_of(entry.id))
                st.rerun()


def lobby(lesson, live) -> None:
    """Show how to join and who has, until the tutor begins."""
    st.html(f"<style>{lesson_screen.STYLE}{live_screen.STYLE}</style>")
    with st.container(key="place"):
        st.title(plain(f"{lesson.title}: join the lesson"), anchor=False)
    live_screen.how_to_join(live.code)
    live_screen.lobby(lesson.id)
    with st.container(horizontal=True, key="lesson-controls"):
        st.button(
            "Begin", key="begin", type="primary", on_click=live_screen.go, args=(lesson.id, 0, Step.QUESTION)
        )
        full_screen_button(key="full-screen")
        end_live_lesson(lesson)
    st.caption("Right arrow or a clicker begins. Learners can still join later.")
    keys_and_focus(letters=comfort.letters(), presenter=True)


def end_live_lesson(lesson) -> None:
    """Ask before a live lesson is ended."""
    with st.popover("End"):
        st.markdown(
            "End the live lesson? Devices then show how each learner did, and the code is free again."
        )
        if st.button("End the live lesson", key="end-live", type="primary"):
            live_screen.end(lesson.id)
            show(lesson=str(lesson.id), view="summary")


def present(lesson, live) -> None:
    """Show the question at hand as far as it is uncovered; while it is live the database knows the place."""
    running = live_screen.is_running(live)
    if running:
        at, step = lesson.place(live.place.position, live.place.step)
    else:
        at, step = lesson.place(number_in("at"), number_in("step"))
    question = lesson.questions[at]
    st.html(f"<style>{lesson_screen.STYLE}{live_screen.STYLE if live else ''}</style>")
    if running:
        live_screen.bar(lesson.id, live.code, at, step)
    question_card.stem(
        question, lesson.title, at + 1, len(lesson.questions), f"{lesson.id.hex[:8]}-{at}-{int(step)}"
    )
    answers = live_screen.answers_at(lesson.id, at) if live and step >= Step.ANSWER else []
    fell = live_screen.fell(question, answers, lesson.counts.get(at, {})) if live else {}
    live_screen.worth(question, answers)
    if step >= Step.WHY:
        feedback.explain_all(question, None, {key: entry.words for key, entry in fell.items()})
    elif step >= Step.OPTIONS:
        lesson_screen.parts(question, answer=step >= Step.ANSWER, fell=fell if step >= Step.ANSWER else None)
    if step >= Step.OPTIONS and can_count(question):
        hands(lesson, at, question, step, drawn=bool(live))
    if step >= Step.NOTE:
        note_of(question)
    controls(lesson, running, at, step)
    keys_and_focus(letters=comfort.letters(), presenter=True)


def hands(lesson, at, question, step, *, drawn) -> None:
    """Let the tutor count hands, and show how they fell once the answer is out, unless that is drawn already."""
    found = hands_split(question, lesson.counts.get(at, {}))
    with st.expander("Count hands", expanded=found.total > 0 and step < Step.ANSWER):
        columns = st.columns(len(question.options))
        for letter, option, column in zip("ABCDEFGH", question.options, columns, strict=False):
            key = f"hands-{lesson.id.hex[:8]}-{at}-{option.key}"
            st.session_state[key] = found.counts[option.key]
            column.number_input(
                f"Hands for {letter}",
                0,
                MOST_HANDS,
                key=key,
                on_change=count_hands,
                args=(lesson.id, at, option.key, key),
            )
    if step >= Step.ANSWER and found.total and not drawn:
        lesson_screen.bars(question, found)


@guarded
def count_hands(lesson_id, at, option, key) -> None:
    """Store how many hands an option drew."""
    with store.database().write() as db:
        save_hands(
            session=db, lesson_id=lesson_id, position=at, option=option, hands=int(st.session_state[key])
        )


def note_of(question) -> None:
    """Show the criterion and its note."""
    criterion = store.bank().pack.optional_criterion(question.head.ref)
    if criterion is None:
        st.markdown("The note on this question has left the content.")
        return
    st.subheader(plain(f"{criterion.ref.code} {criterion.title}"), anchor=False)
    st.markdown(lesson_screen.note(criterion.entry.note))


def go(at, step) -> None:
    """Show another step or question; the address keeps the place."""
    st.query_params["at"], st.query_params["step"] = str(at), str(int(step))


def controls(lesson, running, at, step) -> None:
    """Show the buttons: uncover, cover, next, back, end; those of a running live lesson move the devices too."""
    last = at + 1 >= len(lesson.questions)
    move, to = (live_screen.go, (lesson.id,)) if running else (go, ())
    with st.container(horizontal=True, key="lesson-controls"):
        st.button(
            "Reveal",
            key="reveal",
            type="primary",
            disabled=step >= Step.NOTE,
            on_click=move,
            args=(*to, at, min(step + 1, Step.NOTE)),
        )
        st.button(
            "Hide",
            key="hide",
            disabled=step <= Step.QUESTION,
            on_click=move,
            args=(*to, at, max(step - 1, 0)),
        )
        st.button("Back", key="back", disabled=at == 0, on_click=move, args=(*to, at - 1, Step.QUESTION))
        if last:
            # Not the key of “Next”: it would count as pressed in the run that brings the last question.
            if st.button("See how it went", key="finish"):
                show(lesson=str(lesson.id), view="summary")
        else:
            st.button("Next", key="next", on_click=move, args=(*to, at + 1, Step.QUESTION))
        full_screen_button(key="full-screen")
        if running:
            end_live_lesson(lesson)
        elif st.button("End", key="end-lesson"):
            show()
    letters = "; R reveals, H hides, N next, P back" if comfort.letters() else ""
    st.caption(
        f"Keys: right arrow reveals or goes on, left arrow hides or goes back{letters}. A clicker works too."
    )


def summary(lesson, live) -> None:
    """Show how a class did by hands and on its devices: what to teach again first, then everything."""
    running = live_screen.is_running(live)
    st.html(f"<style>{live_screen.STYLE}{live_screen.SUMMARY_STYLE}</style>")
    st.title("How it went" if not running else "How it is going", anchor=False)
    st.markdown(f"**{plain(lesson.title)}**")
    rows = live_screen.class_rows(lesson)
    if rows:
        live_screen.teach_again(lesson, rows)
        st.header("By criterion", anchor=False)
        with st.container(key="by-criterion"):
            st.table(live_screen.criterion_rows(lesson, rows), border="horizontal", hide_index=True)
    else:
        nothing = "No hands were counted" if live is None else "Nobody answered"
        st.markdown(f"{nothing}, so there is nothing to sum up.")
    if live is not None:
        live_screen.details(lesson)
    with st.container(horizontal=True):
        if running:
            if st.button("End the live lesson", key="end-live", type="primary"):
                live_screen.end(lesson.id)
                st.rerun()
        elif live is not None and access.class_mode() and st.button("Open it again", key="reopen-live"):
            live_screen.reopen(lesson.id, live.group)
            show(lesson=str(lesson.id))
        back = {"view": "questions"} if live is not None and not running else {}
        if st.button("Back to the questions", key="back-to-lesson"):
            show(lesson=str(lesson.id), **back)
        if st.button("Another lesson", key="another-lesson", type="secondary" if running else "primary"):
            show()
    if running:
        st.caption("The lesson is still open: devices show the question that was on the screen last.")


def number_in(name) -> int:
    """Return a number of the address, 0 where there is none."""
    text = st.query_params.get(name, "0")
    # Python reads other scripts' digits too, and refuses thousands of them.
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def page() -> None:
    session.optional_learner()
    named = st.query_params.get("lesson")
    if named is None:
        set_up()
        return
    try:
        lesson_id = UUID(named)
    except ValueError:
        raise NotInBank(
            "There is no such lesson: the address may be cut off. Choose one under Lesson."
        ) from None
    since = NEWS.number(place_of(lesson_id))
    with store.database().read() as db:
        lesson = select_optional_lesson(session=db, lesson_id=lesson_id)
        live = select_optional_live(session=db, lesson=lesson_id)
    if lesson is None:
        raise NotInBank(gone("lesson", "Start another under Lesson."))
    view = st.query_params.get("view")
    if live is None:
        (summary(lesson, None) if view == "summary" else present(lesson, None))
        return
    with live_screen.telling(lesson.id) as tell:
        if view == "summary" or (not live_screen.is_running(live) and view is None):
            summary(lesson, live)
        elif live.place.stage is LiveStage.WAITING:
            lobby(lesson, live)
        else:
            present(lesson, live)
        live_screen.listen_to_place(lesson.id, since + tell())


page()
