"""Lesson: questions for the classroom screen, uncovered step by step, with hands counted by the tutor."""

from uuid import UUID, uuid4

import streamlit as st

from models import (
    create_lesson,
    delete_lesson,
    save_hands,
    select_lessons,
    select_optional_lesson,
)
from quiz.errors import NotInBank
from quiz.sessions import (
    LONGEST,
    MOST_HANDS,
    TEST_BASES,
    History,
    Lesson,
    PracticePlan,
    Step,
    can_count,
    draw_all,
    hands_by_criterion,
    hands_split,
)
from quiz.wording import count, day_and_time, sentence
from ui import clock, feedback, lesson_screen, session, store
from ui.components import full_screen_button, keys_and_focus
from ui.shell import guarded
from ui.text import plain


def show(**query) -> None:
    """Go to another view of this page."""
    st.switch_page("app_pages/lesson.py", query_params=query)


def set_up() -> None:
    """Let the tutor choose what the lesson is about, or go on with one."""
    st.title("Lesson", anchor=False)
    st.markdown(
        "Questions for the classroom screen, one at a time: first the question, then its options, the answer, why, and the note. "
        "Count hands for each option if you like. Nobody signs in, and nothing is stored about anybody."
    )
    units = store.bank().pack.units
    key = st.selectbox(
        "Unit", list(units), format_func=lambda unit: session.unit_name(units[unit]), key="lesson-unit"
    )
    unit = units[key]
    codes = st.multiselect(
        "Criteria (all, if none is chosen)",
        [criterion.ref.code for criterion in unit.criteria],
        format_func=lambda code: f"{code} {unit.by_code[code].title}",
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
    if st.button("Start the lesson", type="primary", key="start-lesson"):
        chosen = codes or [
            c.ref.code for c in (unit.of_outcome(outcome.number) if outcome else unit.criteria)
        ]
        begin(unit, tuple(chosen), size, title_of(unit, codes, outcome))
    earlier()


def title_of(unit, codes, outcome) -> str:
    """Return what a lesson is called."""
    number = session.number(unit.key)
    if codes:
        return f"Unit {number}: {', '.join(codes)}"
    return f"Unit {number}, outcome {outcome.number}" if outcome else f"Unit {number}"


def begin(unit, codes, size, title) -> None:
    """Store a new lesson and show its first question."""
    lesson_id = uuid4()
    plan = PracticePlan(unit.key, codes, size, bases=TEST_BASES)
    questions = draw_all(plan, store.bank(), lesson_id.int % 2**31, today=clock.today(), history=History())
    lesson = Lesson(lesson_id, unit.key, title, questions)
    with store.database().write() as db:
        create_lesson(session=db, lesson=lesson, now=clock.now())
    show(lesson=str(lesson_id))


def earlier() -> None:
    """List earlier lessons, to go on with or to remove."""
    with store.database().read() as db:
        lessons = select_lessons(session=db)
    if not lessons:
        return
    st.subheader("Earlier lessons", anchor=False)
    for entry in lessons:
        left, right = st.columns([5, 1], vertical_alignment="center")
        label = f"{entry.title}: {count(entry.questions, 'question')}, {day_and_time(entry.made_at)}"
        if left.button(plain(label), key=f"open-{entry.id.hex}", width="stretch"):
            show(lesson=str(entry.id))
        with right.popover("Remove"):
            st.markdown(f"“{plain(entry.title)}” and its counts are removed for good.")
            if st.button("Remove it", key=f"remove-{entry.id.hex}", type="primary"):
                with store.database().write() as db:
                    delete_lesson(session=db, lesson_id=entry.id)
                st.rerun()


def present(lesson) -> None:
    """Show the question at hand as far as it is uncovered."""
    at, step = lesson.place(number_in("at"), number_in("step"))
    question = lesson.questions[at]
    st.html(f"<style>{lesson_screen.STYLE}</style>")
    with st.container(key="place"):
        st.title(plain(f"{lesson.title}: question {at + 1} of {len(lesson.questions)}"), anchor=False)
    with st.container(key=f"question-{at}-{int(step)}"):
        st.header(plain(question.stem), anchor=False)
    if step >= Step.WHY:
        feedback.explain_all(question, None)
    elif step >= Step.OPTIONS:
        lesson_screen.parts(question, answer=step >= Step.ANSWER)
    if step >= Step.OPTIONS and can_count(question):
        hands(lesson, at, question, step)
    if step >= Step.NOTE:
        note_of(question)
    controls(lesson, at, step)
    keys_and_focus(
        letters=True,
        presenter=True,
        focus=f"question-{at}-{int(step)}",
        token=f"{lesson.id.hex[:8]}-{at}-{int(step)}",
    )


def hands(lesson, at, question, step) -> None:
    """Let the tutor count hands, and show how they fell once the answer is out."""
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
    if step >= Step.ANSWER and found.total:
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


def controls(lesson, at, step) -> None:
    """Show the buttons: uncover, cover, next, back, end."""
    last = at + 1 >= len(lesson.questions)
    with st.container(horizontal=True, key="lesson-controls"):
        st.button(
            "Reveal",
            key="reveal",
            type="primary",
            disabled=step >= Step.NOTE,
            on_click=go,
            args=(at, min(step + 1, Step.NOTE)),
        )
        st.button(
            "Hide", key="hide", disabled=step <= Step.QUESTION, on_click=go, args=(at, max(step - 1, 0))
        )
        st.button("Back", key="back", disabled=at == 0, on_click=go, args=(at - 1, Step.QUESTION))
        if last:
            if st.button("See how it went", key="next"):
                show(lesson=str(lesson.id), view="summary")
        else:
            st.button("Next", key="next", on_click=go, args=(at + 1, Step.QUESTION))
        full_screen_button(key="full-screen")
        if st.button("End", key="end-lesson"):
            show()
    st.caption("Keys: R or right arrow reveals, H or left arrow hides, N next, P back. A clicker works too.")


def summary(lesson) -> None:
    """Show how the class did by criterion, and what to teach again."""
    st.title("How it went", anchor=False)
    st.markdown(f"**{plain(lesson.title)}**")
    rows = hands_by_criterion(lesson.questions, lesson.counts)
    if not rows:
        st.markdown("No hands were counted, so there is nothing to sum up.")
    else:
        again = [row for row in rows if row.teach_again]
        if again:
            st.markdown(f"**Worth teaching again:** {', '.join(row.ref.code for row in again)}.")
        unit = store.bank().pack.units.get(lesson.unit)
        st.dataframe(
            [
                {
                    "Criterion": f"{row.ref.code} {unit.by_code[row.ref.code].title}"
                    if unit and row.ref.code in unit.by_code
                    else row.ref.code,
                    "Questions": row.questions,
                    "Hands": row.hands,
                    "Right": f"{row.right_share:.0%}",
                    "": "teach again" if row.teach_again else "",
                }
                for row in rows
            ],
            hide_index=True,
            width="stretch",
        )
    with st.container(horizontal=True):
        if st.button("Back to the questions", key="back-to-lesson"):
            show(lesson=str(lesson.id))
        if st.button("Another lesson", key="another-lesson", type="primary"):
            show()


def number_in(name) -> int:
    """Return a number of the address, 0 where there is none."""
    text = st.query_params.get(name, "0")
    return int(text) if text.isdigit() else 0


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
    with store.database().read() as db:
        lesson = select_optional_lesson(session=db, lesson_id=lesson_id)
    if lesson is None:
        raise NotInBank("This lesson is not on this machine any more. Start another under Lesson.")
    if st.query_params.get("view") == "summary":
        summary(lesson)
    else:
        present(lesson)


page()
