"""Home: who is learning, what was left, and where to go next."""

import streamlit as st

from models import create_learner, select_attempts, select_evidence, select_learners
from quiz.progress import State, estimate, roll_up
from quiz.sessions import Kind
from quiz.wording import count, day_and_time
from ui import clock, keys, practising, session, store
from ui.text import plain


def welcome() -> None:
    """Show what this is and is not, and let a learner choose a name."""
    pack = store.bank().pack
    st.title("Headset", anchor=False)
    st.markdown(
        "Study notes, practice questions and a practice test for contact-centre qualifications. "
        "It is free of accounts: choose a name and start."
    )
    choose_name()
    st.subheader("Before you start", anchor=False)
    st.markdown(
        "- **What it is:** quiz practice in our own words, made from the criteria of the unit.\n"
        "- **What it is not:** an assessment. Only an assessor can say that a criterion is met, and no "
        "screen or file of Headset says so.\n"
        f"- **Where your answers are:** in one file on this computer, `{store.database().path}`. "
        "They leave it for nobody."
    )
    st.subheader("Dates of the qualification", anchor=False)
    for qualification in pack.qualifications.values():
        st.markdown(f"**{plain(qualification.title)}:** {plain(qualification.dates_note)}")


def choose_name() -> None:
    """Let somebody new give a name, or somebody known choose theirs."""
    with store.database().read() as db:
        learners = select_learners(session=db)
    for known in learners:
        if st.button(plain(known.name), key=f"learner-{known.id.hex}", width="stretch"):
            session.choose_learner(known)
            st.session_state.pop(keys.SWITCHING, None)
            st.rerun()
    with st.form("new-learner", border=False, clear_on_submit=False):
        name = st.text_input(
            "Your name", max_chars=60, key="new-name", help="It is shown on this computer only."
        )
        left, right = st.columns(2)
        named = left.form_submit_button("Start", type="primary", width="stretch", key="start-named")
        alone = right.form_submit_button(
            "Just me",
            width="stretch",
            key="start-alone",
            disabled=any(known.name == "Just me" for known in learners),
        )
    if named or alone:
        try:
            with store.database().write() as db:
                learner = create_learner(session=db, name="Just me" if alone else name, now=clock.now())
        except ValueError as error:
            st.error(plain(str(error)))
            return
        session.choose_learner(learner)
        st.session_state.pop(keys.SWITCHING, None)
        st.rerun()


def switch() -> None:
    """Show every learner of this machine."""
    st.title("Who is learning?", anchor=False)
    choose_name()
    if st.button("Back", key="keep-learner"):
        st.session_state.pop(keys.SWITCHING)
        st.rerun()


def unit_card(learner, unit) -> None:
    """Show one unit: progress at a glance, and the four ways on."""
    with store.database().read() as db:
        evidence = select_evidence(session=db, learner=learner.id, unit=unit.key)
    progress = roll_up(unit, estimate(evidence, [c.ref for c in unit.criteria]).mastery)
    with st.container(border=True, key=f"unit-{unit.key.replace('/', '')}"):
        st.subheader(plain(session.unit_name(unit)), anchor=False)
        st.caption(
            f"{unit.key} · level {unit.entry.level} · {count(unit.entry.credit, 'credit')} · {unit.entry.glh} guided hours"
        )
        if evidence:
            known = len(unit.criteria) - progress.count(State.NOT_STARTED) - progress.count(State.NOT_ENOUGH)
            st.markdown(
                f"{count(len(evidence), 'question')} answered. {known} of {len(unit.criteria)} criteria have enough "
                f"answers for an estimate; {progress.count(State.SECURE)} likely secure."
            )
        else:
            st.markdown(unit.entry.why)
        ways_on(learner, unit, bool(evidence))


def continue_what_was_left(learner) -> None:
    """Show the unfinished sessions of any unit: tests first, then practice, the latest first."""
    pack = store.bank().pack
    with store.database().read() as db:
        left = select_attempts(session=db, learner=learner.id, kinds=list(Kind), finished=False)
    held = sorted((a for a in left if a.unit in pack.units), key=lambda a: a.kind is not Kind.TEST)
    for place, attempt in enumerate(held[:3]):
        resume(attempt, first=place == 0)
    if held[3:]:
        with st.expander("Earlier sessions that are not finished"):
            for attempt in held[3:]:
                resume(attempt, first=False)


def resume(attempt, first: bool) -> None:
    """Show a button that goes on with what was left."""
    page = "app_pages/test.py" if attempt.kind is Kind.TEST else "app_pages/practice.py"
    of = f" of {attempt.size}" if attempt.size else ""
    number = store.bank().pack.number(attempt.unit)
    title = attempt.title if number in attempt.title else f"{attempt.title}, unit {number}"
    label = f"Continue: {title} ({attempt.answered}{of} answered, {day_and_time(attempt.last_at)})"
    if st.button(
        plain(label),
        key=f"resume-{attempt.id.hex}",
        type="primary" if first else "secondary",
        width="stretch",
    ):
        st.switch_page(page, query_params={"attempt": str(attempt.id)})


def ways_on(learner, unit, started: bool) -> None:
    """Show study, practice, test and, at first, the starting check."""
    key = unit.key.replace("/", "")
    if not started and st.button(
        f"Where do I begin? A starting check of {len(unit.criteria)} questions",
        key=f"check-{key}",
        width="stretch",
    ):
        attempt = practising.start(
            learner.id, unit, practising.check_plan(unit), "Starting check", Kind.CHECK
        )
        st.switch_page("app_pages/practice.py", query_params={"attempt": str(attempt)})
    row = st.columns(2) + st.columns(2)
    for column, (label, page) in zip(
        row,
        (
            ("Study", "study"),
            ("Practise", "practice"),
            (unit.blueprint.name, "test"),
            ("Progress", "progress"),
        ),
        strict=True,
    ):
        if column.button(label, key=f"{page}-{key}", width="stretch"):
            st.session_state[keys.UNIT] = unit.key
            st.switch_page(f"app_pages/{page}.py", query_params={"unit": unit.key})


def home(learner) -> None:
    """Show the learner's units."""
    st.title(f"Hello, {plain(learner.name)}" if learner.name != "Just me" else "Hello", anchor=False)
    if st.button("Switch learner", key="switch", type="tertiary"):
        st.session_state[keys.SWITCHING] = True
        st.rerun()
    continue_what_was_left(learner)
    chosen = session.unit()
    unit_card(learner, chosen)
    other_units(chosen)


def other_units(chosen) -> None:
    """List the qualification's other units, group by group."""
    pack = store.bank().pack
    for qualification in pack.qualifications.values():
        others = [
            (group, [pack.units[key] for key in group.units if key in pack.units and key != chosen.key])
            for group in qualification.groups
        ]
        if not any(units for _, units in others):
            continue
        st.header("Other units", anchor=False)
        st.caption(plain(qualification.title))
        for group, units in others:
            if units:
                st.markdown(f"**{plain(group.name)}**")
            for unit in units:
                entry = unit.entry
                label = f"{pack.number(unit.key)} {unit.title} (level {entry.level}, {count(entry.credit, 'credit')})"
                if st.button(plain(label), key=f"open-{unit.key}", width="stretch"):
                    st.session_state[keys.UNIT] = unit.key
                    st.rerun()


current = session.optional_learner()
if current is None:
    welcome()
elif st.session_state.get(keys.SWITCHING):
    switch()
else:
    session.settle_overdue(current)
    home(current)
