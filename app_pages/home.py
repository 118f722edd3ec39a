"""Home: who is learning, what was left, and where to go next."""

import streamlit as st

from models import create_learner, select_attempts, select_learners
from quiz.progress import State
from quiz.reports import plan_words
from quiz.sessions import Kind
from quiz.wording import count, day_and_time, sentence
from ui import access, clock, joining, keeping, keys, overlay, practising, session, store
from ui.learning import learning_of, outcome_words, show_steps, steps_for
from ui.text import plain
from ui.tutor_notes import show_tasks


def tutor_welcome() -> None:
    """Show the tutor of a class the way in for learners and the tutor's pages; a learner's view is a choice."""
    st.title("Your class", anchor=False)
    joining.show_address()
    st.page_link("app_pages/lesson.py", label="Start a lesson", icon=":material/co_present:")
    st.page_link("app_pages/groups.py", label="Groups: codes, progress, tasks", icon=":material/groups:")
    st.page_link("app_pages/questions.py", label="Questions: reports and statistics", icon=":material/rule:")
    st.header("Look as a learner", anchor=False)
    choose_name()


def welcome() -> None:
    """Show what this is and is not, and let a learner choose a name."""
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
    st.markdown(
        "Some of these qualifications can no longer be registered for, and for others no closing date is known. "
        "Ask your centre. The dates of each stand on its page under Qualifications."
    )
    st.page_link(
        "app_pages/qualifications.py", label="All qualifications and units", icon=":material/school:"
    )


def choose_name() -> None:
    """Let somebody new give a name, or somebody known choose theirs."""
    with store.database().read() as db:
        learners = select_learners(session=db)
    for known in learners:
        if not known.demo and st.button(plain(known.name), key=f"learner-{known.id.hex}", width="stretch"):
            be(known)
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
        be(learner)
    choose_demo_learner(sorted((known for known in learners if known.demo), key=lambda known: known.name))


def choose_demo_learner(learners) -> None:
    """Let somebody look at Headset as a learner of the demo class, who may be one of thousands."""
    if not learners:
        return
    with st.expander(f"Look as a learner of the demo class ({count(len(learners), 'learner')})"):
        known = st.selectbox(
            "Demo learner", learners, format_func=lambda entry: entry.label, key="demo-learner"
        )
        if st.button("Look as this learner", key="be-demo-learner"):
            be(known)


def be(learner) -> None:
    """Go on as this learner."""
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


def unit_card(learner, known, unit) -> None:
    """Show one unit: progress at a glance, and the four ways on."""
    answers, progress = known.by_unit.get(unit.key, 0), known.rolled_up(unit)
    with st.container(border=True, key=f"unit-{unit.key.replace('/', '')}"):
        st.subheader(plain(session.unit_name(unit)), anchor=False)
        st.caption(
            f"{unit.key} · level {unit.entry.level} · {count(unit.entry.credit, 'credit')} · {unit.entry.glh} guided hours"
        )
        if answers:
            estimated = (
                len(unit.criteria) - progress.count(State.NOT_STARTED) - progress.count(State.NOT_ENOUGH)
            )
            st.markdown(
                f"{count(answers, 'question')} answered. {estimated} of {len(unit.criteria)} criteria have enough "
                f"answers for an estimate; {progress.count(State.SECURE)} likely secure."
            )
            st.caption(plain(sentence(outcome_words(progress)) + "."))
        else:
            st.markdown(unit.entry.why)
        ways_on(learner, unit, bool(answers))


def what_next(learner, known) -> None:
    """Show the one best next step, and the others below it."""
    steps = steps_for(known)
    if not steps:
        return
    st.header("What next", anchor=False)
    show_steps(learner, steps[:1], "first")
    if steps[1:]:
        with st.expander("Or something else"):
            show_steps(learner, steps[1:8], "other")


def earlier_sessions(learner) -> None:
    """List older sessions that were left, which the next steps do not repeat."""
    pack = store.bank().pack
    with store.database().read() as db:
        left = select_attempts(session=db, learner=learner.id, kinds=list(Kind), finished=False)
    practice = [a for a in left if a.unit in pack.units and a.kind is not Kind.TEST]
    if practice[1:]:
        with st.expander("Earlier sessions that are not finished"):
            for attempt in practice[1:]:
                resume(attempt)


def resume(attempt) -> None:
    """Show a button that goes on with what was left."""
    of = f" of {attempt.size}" if attempt.size else ""
    number = session.number(attempt.unit)
    title = attempt.title if number in attempt.title else f"{attempt.title}, unit {number}"
    label = f"Continue: {title} ({attempt.answered}{of} answered, {day_and_time(attempt.last_at)})"
    if st.button(plain(label), key=f"resume-{attempt.id.hex}", width="stretch"):
        st.switch_page("app_pages/practice.py", query_params={"attempt": str(attempt.id)})


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
    """Show what was left, the unit at hand, and the units of the learner's plan."""
    st.title(f"Hello, {plain(learner.label)}" if learner.name != "Just me" else "Hello", anchor=False)
    if trusted and st.button("Switch learner", key="switch", type="tertiary"):
        st.session_state[keys.SWITCHING] = True
        st.rerun()
    known = learning_of(learner)
    what_next(learner, known)
    show_tasks(learner)
    earlier_sessions(learner)
    choose_qualification()
    planned = session.planned_units(learner)
    chosen = session.unit()
    listed = [unit for unit in planned if not unit.taught]
    mine = {unit.key for unit in planned}
    others = [unit for unit in session.taught_for(planned) if unit.key != chosen.key]
    if listed and chosen.key not in mine:
        units_without_notes(listed)
        helping = session.taught_for(planned)
        if not helping:
            st.markdown(
                "Headset has no notes or questions on these units. You can keep their portfolio here."
            )
        elif chosen in helping or chosen.key in known.by_unit:
            st.header("Units that teach what your units ask for", anchor=False)
            unit_card(learner, known, chosen)
            other_units([unit for unit in others if unit.key != chosen.key])
        else:
            st.header("Units that teach what your units ask for", anchor=False)
            other_units(helping)
    else:
        unit_card(learner, known, chosen)
        own = [unit for unit in others if unit.key in mine]
        if own:
            st.header("Your other units", anchor=False)
        other_units(own)
        if listed:
            units_without_notes(listed)
    st.page_link(
        "app_pages/qualifications.py", label="All qualifications and units", icon=":material/school:"
    )


def choose_qualification() -> None:
    """Ask for the qualification while none is chosen; else show it, with what the plan comes to."""
    qualification = session.optional_qualification()
    with st.container(border=True, key="qualification-card"):
        if qualification is None:
            st.markdown("**Which qualification are you working towards?** Headset then shows its units.")
            if st.button("Choose a qualification and plan its units", key="make-plan", width="stretch"):
                st.switch_page("app_pages/plan.py")
            return
        plan = session.optional_plan(current)
        st.markdown(f"**{plain(qualification.title)}**")
        st.markdown(
            plain(plan_words(plan)) if plan else "No units are planned yet, so all of its units are shown."
        )
        if st.button("Change my plan" if plan else "Plan my units", key="make-plan"):
            st.switch_page("app_pages/plan.py")


def other_units(units) -> None:
    """List taught units, to open one in the card above."""
    for unit in units:
        entry = unit.entry
        label = (
            f"{session.number(unit.key)} {unit.title} (level {entry.level}, {count(entry.credit, 'credit')})"
        )
        if st.button(plain(label), key=f"open-{unit.key}", width="stretch"):
            st.session_state[keys.UNIT] = unit.key
            st.rerun()


def units_without_notes(units) -> None:
    """List planned units that have no notes of their own, with what there is for them."""
    pack = store.bank().pack
    st.header(
        "Units of your plan" if session.optional_plan(current) else "Units of the qualification", anchor=False
    )
    for unit in units:
        helped = sum(bool(pack.teaching(criterion.ref)) for criterion in unit.criteria)
        facts = (
            f"practice for {helped} of {len(unit.criteria)} criteria" if unit.criteria else "listed by title"
        )
        label = f"{session.number(unit.key)} {unit.title} ({facts})"
        if st.button(plain(label), key=f"listed-{unit.key}", width="stretch"):
            st.switch_page("app_pages/qualifications.py", query_params={"unit": unit.key})


keeping.show_what_was_done()
trusted = access.role().trusted
if trusted:
    overlay.notice(brief=True)
current = session.optional_learner()
if current is None and access.class_mode():
    tutor_welcome()
elif current is None:
    welcome()
elif trusted and st.session_state.get(keys.SWITCHING):
    switch()
else:
    session.settle_overdue(current)
    home(current)
