"""Home: who is learning, the one best next step, progress at a glance, and the ways on."""

import streamlit as st

from models import create_learner, select_attempts, select_learners
from quiz.progress import ENOUGH_ANSWERS, State
from quiz.reports import plan_words
from quiz.sessions import Kind
from quiz.wording import count, day_and_time
from ui import access, clock, drafted, glance, joining, keeping, keys, overlay, practising, session, store
from ui.learning import learning_of, outcome_words, show_steps, steps_for
from ui.text import plain
from ui.tutor_notes import show_tasks

TEACHING = "Units that teach what yours ask for"


def tutor_welcome() -> None:
    """Show the tutor of a class the way in for learners and the tutor's pages; a learner's view is a choice."""
    st.title("Your class", anchor=False)
    joining.show_address()
    st.page_link("app_pages/lesson.py", label="Start a lesson", icon=":material/co_present:")
    st.page_link("app_pages/groups.py", label="Groups: codes, progress, tasks", icon=":material/groups:")
    st.page_link("app_pages/questions.py", label="Questions: reports and statistics", icon=":material/rule:")
    st.header("Look as a learner", anchor=False)
    choose_name()
    choose_demo_learner()


def welcome() -> None:
    """Show what this is and is not, and let a learner choose a name."""
    st.title("Headset", anchor=False)
    st.markdown(
        "Study notes, practice questions and a practice test for contact-centre qualifications. "
        "There is no account to make: choose a name and start."
    )
    with st.container(key="hero-name"):
        choose_name()
    choose_demo_learner()
    st.header("Before you start", anchor=False)
    st.markdown(
        "- **What it is:** quiz practice in our own words, made from the criteria of the unit.\n"
        "- **What it is not:** an assessment. Only an assessor can say that a criterion is met, and no "
        "screen or file of Headset says so.\n"
        f"- **Where your answers are:** in one file on this computer, `{store.database().path}`. "
        "Headset sends them nowhere."
    )
    st.markdown(
        "Some of these qualifications can no longer be registered for, and for others no closing date is known. "
        "Ask your centre. The dates of each stand on its page under Qualifications."
    )
    st.page_link(
        "app_pages/qualifications.py", label="All qualifications and units", icon=":material/school:"
    )


def choose_name() -> None:
    """Let somebody known choose their name, or somebody new give one."""
    with store.database().read() as db:
        learners = [known for known in select_learners(session=db) if not known.demo]
    for known in learners:
        if st.button(plain(known.name), key=f"learner-{known.id.hex}", width="stretch"):
            be(known)
    with st.form("new-learner", border=False, clear_on_submit=False):
        name = st.text_input(
            "Your name",
            max_chars=60,
            key="new-name",
            placeholder="It is shown on this computer only",
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


def choose_demo_learner() -> None:
    """Let somebody look at Headset as a learner of the demo class, who may be one of thousands."""
    with store.database().read() as db:
        learners = [known for known in select_learners(session=db) if known.demo]
    if not learners:
        return
    learners.sort(key=lambda known: known.name)
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
    with st.container(key="hero-name"):
        choose_name()
    choose_demo_learner()
    if st.button("Back", key="keep-learner"):
        st.session_state.pop(keys.SWITCHING)
        st.rerun()


def unit_card(learner, known, unit) -> None:
    """Show one unit: progress at a glance, and the four ways on."""
    answers, progress = known.by_unit.get(unit.key, 0), known.rolled_up(unit)
    with st.container(border=True, key=f"unit-{unit.key.replace('/', '')}"):
        st.subheader(plain(session.unit_name(unit)), anchor=False)
        drafted.label(unit.key)
        if answers:
            st.markdown(plain(how_far(answers, progress)))
            st.html(glance.strip(progress))
        else:
            st.caption(
                f"{unit.key} · level {unit.entry.level} · {count(unit.entry.credit, 'credit')} · "
                f"{unit.entry.glh} guided hours"
            )
            st.markdown(unit.entry.why)
        ways_on(learner, unit, bool(answers))


def how_far(answers, progress) -> str:
    """Return how much was practised in a unit, and where there is most to gain once that can be said."""
    said = f"{count(answers, 'question')} answered"
    if all(mastery.state in {State.NOT_STARTED, State.NOT_ENOUGH} for mastery in progress.criteria):
        return f"{said}. {ENOUGH_ANSWERS} on one criterion give its first estimate."
    return f"{said}; {outcome_words(progress)}." if all(o.answers for o in progress.outcomes) else f"{said}."


def what_next(learner, known) -> None:
    """Show the one best next step, and the others folded below it."""
    steps = steps_for(known)
    if not steps:
        return
    st.header("What next", anchor=False)
    show_steps(learner, steps[:1], "first")
    if steps[1:]:
        with st.expander("Or something else"):
            show_steps(learner, steps[1:8], "other", foremost=False)


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
    """Show study, practice, test where there is one and, at first, the starting check."""
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
    with st.container(horizontal=True, key=f"ways-{key}"):
        for label, page in (
            ("Study", "study"),
            ("Practise", "practice"),
            (unit.blueprint.name, "test"),
            ("Progress", "progress"),
        ):
            if page == "test" and unit.drafted:
                continue  # it has no paper
            if st.button(label, key=f"{page}-{key}", width="stretch"):
                st.session_state[keys.UNIT] = unit.key
                st.switch_page(f"app_pages/{page}.py", query_params={"unit": unit.key})


def home(learner) -> None:
    """Show the next step, progress in the unit at hand, and the ways on; the rest is folded."""
    with st.container(horizontal=True, key="hello"):
        st.title(f"Hello, {plain(learner.label)}" if learner.name != "Just me" else "Hello", anchor=False)
        if trusted and st.button("Switch learner", key="switch", type="tertiary"):
            st.session_state[keys.SWITCHING] = True
            st.rerun()
    known = learning_of(learner)
    what_next(learner, known)
    show_tasks(learner)
    earlier_sessions(learner)
    planned = session.planned_units(learner)
    chosen = session.unit()
    listed = [unit for unit in planned if not unit.taught]
    mine = {unit.key for unit in planned}
    teaching = session.taught_for(planned)
    own = not listed or chosen.key in mine
    if not own and chosen not in teaching and (chosen.key not in known.by_unit or not teaching):
        chosen = next(iter(teaching), None)
    if chosen is not None:
        at_hand(learner, known, chosen, "Your unit now" if own else "A unit that teaches what yours ask for")
    others = [unit for unit in teaching if unit != chosen]
    units_to_open(known, [unit for unit in others if unit.key in mine], "Your other units")
    units_to_open(known, [unit for unit in others if unit.key not in mine], TEACHING)
    units_without_notes(listed)
    if listed and not teaching:
        st.markdown("Headset has no notes or questions on these units. You can keep their portfolio here.")
    choose_qualification()
    st.page_link(
        "app_pages/qualifications.py", label="All qualifications and units", icon=":material/school:"
    )


def at_hand(learner, known, unit, heading) -> None:
    """Show the unit at hand under a heading."""
    st.header(heading, anchor=False)
    unit_card(learner, known, unit)


def choose_qualification() -> None:
    """Ask for the qualification while none is chosen; else show it, with what the plan comes to."""
    qualification = session.optional_qualification()
    with st.container(border=True, key="qualification-card"):
        if qualification is None:
            st.markdown("**Which qualification are you working towards?** Headset then shows its units.")
            if st.button("Choose a qualification and plan its units", key="make-plan"):
                st.switch_page("app_pages/plan.py")
            return
        plan = session.optional_plan(current)
        st.markdown(f"**{plain(qualification.title)}**")
        st.markdown(
            plain(plan_words(plan)) if plan else "No units are planned yet, so all of its units are shown."
        )
        if st.button("Change my plan" if plan else "Plan my units", key="make-plan"):
            st.switch_page("app_pages/plan.py")


def units_to_open(known, units, heading) -> None:
    """List taught units, folded, to open one in the card above."""
    if not units:
        return
    with st.expander(f"{heading} ({len(units)})"):
        for unit in units:
            label = f"{session.number(unit.key)} {unit.title} ({unit_facts(known, unit)})"
            if st.button(plain(label), key=f"open-{unit.key}", width="stretch"):
                st.session_state[keys.UNIT] = unit.key
                st.rerun()


def unit_facts(known, unit) -> str:
    """Return how far a unit is that was begun, else its size."""
    if unit.key not in known.by_unit:
        return f"level {unit.entry.level}, {count(unit.entry.credit, 'credit')}"
    secure = known.rolled_up(unit).count(State.SECURE)
    answered = f"{count(known.by_unit[unit.key], 'question')} answered"
    return f"{answered}, {secure} of {len(unit.criteria)} likely secure" if secure else answered


def units_without_notes(units) -> None:
    """List planned units that have no notes of their own, folded, with what there is for them."""
    if not units:
        return
    pack = store.bank().pack
    heading = "Units of your plan" if session.optional_plan(current) else "Units of the qualification"
    with st.expander(f"{heading} ({len(units)})"):
        for unit in units:
            helped = sum(bool(pack.teaching(criterion.ref)) for criterion in unit.criteria)
            facts = (
                f"practice for {helped} of {len(unit.criteria)} criteria"
                if unit.criteria
                else "listed by title"
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
