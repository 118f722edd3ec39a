"""Groups: a tutor's groups of learners, how each group and each learner stands, tasks, comments."""

from datetime import timedelta
from secrets import SystemRandom
from uuid import UUID, uuid4

import streamlit as st

from models import (
    ImportRefused,
    add_member,
    archive_group,
    create_group,
    delete_group,
    import_file,
    import_words,
    remove_member,
    restore_group,
    save_group,
    save_task,
    select_facility,
    select_group_evidence,
    select_group_sums,
    select_group_tests,
    select_groups,
    select_holdings,
    select_learners,
    select_members,
    select_optional_group,
    select_tasks,
    withdraw_task,
)
from quiz.classes import (
    MOST_QUESTIONS,
    class_progress,
    latest_tests,
    make_task,
    monday_of,
    who_did,
)
from quiz.errors import EntryRefused, NotInBank
from quiz.progress import ENOUGH_ANSWERS, State
from quiz.reports import DISCLAIMER
from quiz.wording import count, day, day_and_time, gone, sentence
from ui import access, class_charts, clock, joining, live_screen, session, store
from ui.components import whole_choices
from ui.demo import show_demo_controls
from ui.group_learner import show_learner
from ui.group_parts import (
    NO_TEST,
    called,
    choose_unit,
    named,
    outlines_of,
    qualification_key,
    settle,
    show,
    switch,
    unit_in_address,
)
from ui.pictures import picture
from ui.shell import guarded
from ui.text import cells, plain

VIEWS = {
    "progress": "Class progress", "tasks": "Tasks", "lessons": "Lessons", "members": "Learners", "settings": "Settings",
}  # fmt: skip
MOST_ON_A_PHONE = 10
"""Criteria whose figures can be read side by side on a phone; the cells of more stand there without figures."""


def overview() -> None:
    """List the groups, and let one be made."""
    st.title("Groups", anchor=False)
    st.markdown(
        "For a tutor: put learners of this computer into groups, see how a group stands, set tasks and comment. "
        + (
            "It asks for the passcode."
            if access.class_mode()
            else "Everybody at this computer can open this page."
        )
    )
    with store.database().read() as db:
        groups, archived = select_groups(session=db), select_groups(session=db, archived=True)
    if not groups:
        st.markdown("There is no group yet." if not archived else "Every group is archived.")
    for entry in groups:
        open_button(entry)
    with st.expander("Make a group", expanded=not groups):
        make()
    if archived:
        with st.expander(f"Archived groups ({len(archived)})"):
            for entry in archived:
                open_button(entry)
    st.header("Demo class", anchor=False)
    show_demo_controls()


def open_button(entry) -> None:
    """Show a button that opens a group."""
    label = f"{entry.group.title}: {count(entry.members, 'learner')}"
    if st.button(plain(label), key=f"open-{entry.group.id.hex}", width="stretch"):
        show(group=str(entry.group.id))


def make() -> None:
    """Show the form of a new group."""
    pack = store.bank().pack
    with st.form("new-group", border=False, clear_on_submit=False):
        name = st.text_input("Name of the group", max_chars=60, key="new-group-name")
        qualification = st.selectbox(
            "Qualification",
            [None, *pack.qualifications],
            format_func=lambda key: "None in particular" if key is None else pack.qualifications[key].title,
            key="new-group-qualification",
        )
        made = st.form_submit_button("Make the group", type="primary", key="make-group")
    if not made:
        return
    try:
        with store.database().write() as db:
            group = create_group(
                session=db, name=name, qualification=qualification, units=None, random=SystemRandom(),
                now=clock.now(),
            )  # fmt: skip
    except EntryRefused as error:
        st.error(plain(str(error)))
        return
    show(group=str(group.id), view="members")


# --- One group


def group_page(group, members) -> None:
    """Show a group: its progress, tasks, learners or settings."""
    if st.button("All groups", key="all-groups", icon=":material/arrow_back:", type="tertiary"):
        show()
    st.title(plain(group.title), anchor=False)
    key = qualification_key(group)
    title = store.bank().pack.qualifications[key].title if key else "No qualification in particular"
    st.caption(plain(title))
    if group.archived_at is not None:
        st.info(f"Archived on {day(group.archived_at)}: its learners do not see its tasks.")
        st.button(
            "Bring this group back", key="restore-group", on_click=restore, args=(group.id,), type="primary"
        )
    view = st.query_params.get("view")
    view = view if view in VIEWS else "progress"
    state = f"group-view-{group.id.hex}"
    st.session_state[state] = view
    st.segmented_control(
        "Show", list(VIEWS), format_func=VIEWS.get, required=True, key=state, on_change=switch, args=("view", state),
        label_visibility="collapsed",
    )  # fmt: skip
    if view == "lessons":
        live_screen.show_group_lessons(group)
        return
    {"progress": progress, "tasks": tasks, "members": learners, "settings": settings}[view](group, members)


def nobody(group) -> None:
    """Say that the group is empty, and lead to where learners are added."""
    st.markdown("No learner is in this group yet.")
    if st.button("Add learners", key="to-members", type="primary"):
        show(group=str(group.id), view="members")


def progress(group, members) -> None:
    """Show how the group stands in a unit, and lead to each learner."""
    if not members:
        nobody(group)
        return
    units = {unit.key: unit for unit in session.taught_for(outlines_of(group))}
    if not units:
        st.markdown("Headset has no questions for the units of this group. Choose others under Settings.")
        return
    settle(group)
    with store.database().read() as db:
        sums = select_group_sums(session=db, group_id=group.id, since=monday_of(clock.today()))
    answers = {key: sum(one.facts_in(key) for one in sums.values()) for key in units}
    unit = unit_in_address(
        units, next((units[key] for key in units if answers[key]), next(iter(units.values())))
    )
    choose_unit(group, units, unit, lambda key: f" ({count(answers[key], 'answer')})")
    with store.database().read() as db:
        facility = select_facility(session=db, demo=group.demo)
        sat = select_group_tests(db, group.id, unit.key)
    found = class_progress(unit, members, sums, facility, clock.today())
    st.caption(DISCLAIMER)
    this_week(found)
    heatmap(unit, found)
    picture(
        class_charts.outcomes_at_risk(found),
        "At risk: a criterion of the outcome with enough answers is estimated below 60%. On track: all of them have enough answers "
        "and none is below. Otherwise it is not yet known.",
    )
    tests, outcomes = latest_tests(members, sat, unit.blueprint.hurdle)
    if tests:
        picture(
            class_charts.class_tests_by_outcome(tests, outcomes),
            "Criteria shown in each outcome of each learner's latest test; “!” marks an outcome not passed.",
        )
    else:
        st.markdown(NO_TEST)
    each_learner(group, unit, found)


def this_week(found) -> None:
    """Say who has practised since Monday, and list who has not."""
    away = found.not_this_week
    st.markdown(
        f"**{len(found.learners) - len(away)} of {count(len(found.learners), 'learner')}** practised this week, "
        f"since Monday {day(found.monday)}, in any unit."
    )
    if away:
        with st.expander(f"Not practised this week ({len(away)})"):
            st.dataframe(cells(class_charts.away_rows(away)), hide_index=True, width="stretch")


def heatmap(unit, found) -> None:
    """Show the estimates of all learners, in one outcome if wished."""
    labels = {outcome.number: f"{outcome.number} {sentence(outcome.label)}" for outcome in unit.outcomes}
    outcome = st.selectbox(
        "Criteria to show",
        [None, *labels],
        format_func=lambda number: "All outcomes" if number is None else labels[number],
        key=f"class-outcome-{unit.key}",
    )
    picture(
        class_charts.class_heatmap(found, outcome),
        f"Each cell is the estimate in per cent. “3/{ENOUGH_ANSWERS}” means three of the {ENOUGH_ANSWERS} answers that an "
        "estimate needs. For the figures on a phone choose one outcome.",
        key="class-heatmap" + ("-wide" if outcome is None and len(unit.criteria) > MOST_ON_A_PHONE else ""),
    )


def each_learner(group, unit, found) -> None:
    """List the learners, each leading to their own progress."""
    st.header("Learner by learner", anchor=False)
    for one in found.learners:
        secure = one.progress.count(State.SECURE)
        last = f"last practised {day(one.last)}" if one.last else "not practised yet"
        label = (
            f"{one.member.name}: {count(one.answers, 'answer')} in this unit, {secure} likely secure, {last}"
        )
        if st.button(plain(label), key=f"open-{one.member.id.hex}", width="stretch"):
            show(group=str(group.id), learner=str(one.member.id), unit=unit.key)


# --- Tasks


def tasks(group, members) -> None:
    """Show the tasks with who did them, and let one be set."""
    units = {unit.key: unit for unit in session.taught_for(outlines_of(group))}
    with store.database().read() as db:
        every = select_tasks(session=db, group_id=group.id)
        standing = [task for task in every if task.withdrawn_at is None]
        evidence = {
            unit: select_group_evidence(db, group.id, unit, min(t.begins for t in standing if t.unit == unit))
            for unit in {task.unit for task in standing}
        }
    if not standing:
        st.markdown("No task is set.")
    for task in standing:
        task_card(group, task, members, evidence[task.unit])
    if units:
        st.header("Set a task", anchor=False)
        set_task(group, units)
    withdrawn = [task for task in every if task.withdrawn_at is not None]
    if withdrawn:
        with st.expander(f"Withdrawn tasks ({len(withdrawn)})"):
            for task in withdrawn:
                st.markdown(f"- {plain(task.title)}, withdrawn on {day(task.withdrawn_at)}")


def task_card(group, task, members, evidence) -> None:
    """Show a task, who did it, and the way to withdraw it."""
    found = who_did(task, members, evidence, clock.today())
    done = sum(not entry.left for _, entry in found)
    with st.container(border=True, key=f"task-{task.id.hex}"):
        st.markdown(f"**{plain(task.title)}**")
        number = store.bank().pack.number(task.unit, qualification_key(group))
        st.caption(
            plain(
                f"Unit {number}: {', '.join(task.codes)}; {count(task.questions, 'question')} by the end of {day(task.due)}; "
                f"set on {day_and_time(task.set_at)}"
            )
        )
        st.markdown(f"Done by {done} of {count(len(found), 'learner')}.")
        if found:
            st.dataframe(
                cells(
                    [
                        {
                            "Learner": member.name,
                            "Answered": f"{entry.answered} of {entry.questions}"
                            + (f", {entry.late} late" if entry.late else ""),
                            "How": entry.state.value
                            + (f", {day_and_time(entry.done_at)}" if entry.done_at else ""),
                        }
                        for member, entry in found
                    ]
                ),
                hide_index=True,
                width="stretch",
            )
        with st.popover(plain(f"Withdraw “{task.title}”")):
            st.markdown("The learners no longer see it. What they have answered stays as it is.")
            st.button(
                "Withdraw it",
                key=f"withdraw-{task.id.hex}",
                type="primary",
                on_click=withdraw,
                args=(task.id,),
            )


@guarded
def withdraw(task_id) -> None:
    """Store that a task no longer stands."""
    with store.database().write() as db:
        withdraw_task(session=db, task_id=task_id, now=clock.now())


def set_task(group, units) -> None:
    """Show the form of a new task; its criteria follow the unit chosen."""
    key = st.selectbox("Unit", list(units), format_func=lambda k: named(group, units[k]), key="task-unit")
    unit = units[key]
    outcome = st.selectbox(
        "Outcome",
        [None, *unit.outcomes],
        format_func=lambda o: "All outcomes" if o is None else f"{o.number} {sentence(o.label)}",
        key=f"task-outcome-{key}",
        disabled=bool(st.session_state.get(f"task-codes-{key}")),
    )
    codes = st.multiselect(
        "Or single criteria",
        [criterion.ref.code for criterion in unit.criteria],
        format_func=lambda code: f"{code} {unit.by_code[code].title}",
        placeholder="Choose criteria",
        key=f"task-codes-{key}",
    )
    left, right = st.columns(2)
    questions = left.number_input("Number of questions", 1, MOST_QUESTIONS, 20, key="task-questions")
    due = right.date_input(
        "Due by the end of", value=clock.today() + timedelta(days=7), format="DD/MM/YYYY", key="task-due"
    )
    title = st.text_input("Title (made from the choice, if left empty)", max_chars=100, key="task-title")
    if not st.button("Set the task", type="primary", key="set-task"):
        return
    chosen = codes or [c.ref.code for c in (unit.of_outcome(outcome.number) if outcome else unit.criteria)]
    try:
        task = make_task(
            st.session_state.setdefault("id-task", uuid4()), group.id, title=title.strip() or task_title(group, unit, codes, outcome, questions),
            unit=unit.key, codes=chosen, questions=int(questions), due=due, now=clock.now(), today=clock.today(),
        )  # fmt: skip
    except EntryRefused as error:
        st.error(plain(str(error)))
        return
    with store.database().write() as db:
        save_task(session=db, task=task)
    for name in ("id-task", "task-title", f"task-codes-{key}"):
        st.session_state.pop(name, None)
    st.rerun()


def task_title(group, unit, codes, outcome, questions) -> str:
    """Return what a task is called, as in “Unit 203, outcome 3: 20 questions”."""
    number = store.bank().pack.number(unit.key, qualification_key(group))
    asked = count(int(questions), "question")
    if codes:
        about = ", ".join(codes) if len(codes) <= 6 else count(len(codes), "criterion", "criteria")
        return f"Unit {number}, {about}: {asked}"
    return f"Unit {number}, outcome {outcome.number}: {asked}" if outcome else f"Unit {number}: {asked}"


# --- Learners of a group


def learners(group, members) -> None:
    """List who is in the group, and let learners be added and taken out."""
    joining.show_group_door(group)
    if not members:
        st.markdown("No learner is in this group yet.")
    for member in members:
        label = f"{called(group, member)}, since {day(member.joined_at)}"
        with st.expander(plain(label), key=f"row-{member.id.hex}"):
            if access.class_mode():
                st.markdown("**Another device**")
                joining.show_return_code(member)
                st.markdown("**Out of the group**")
            st.markdown("Their answers and portfolio stay with them; they can be put in again.")
            st.button(
                "Take out of the group",
                key=f"take-out-{member.id.hex}",
                on_click=take_out,
                args=(group.id, member.id),
            )
    add_learners(group, members)
    from_files(group)


@guarded
def take_out(group_id, learner_id) -> None:
    """Store that a learner has left."""
    with store.database().write() as db:
        remove_member(session=db, group_id=group_id, learner=learner_id, now=clock.now())


def add_learners(group, members) -> None:
    """Offer the learners of this machine who are not in the group."""
    with store.database().read() as db:
        known = select_learners(session=db)
    inside = {member.id for member in members}
    others = {learner.id: learner.label for learner in known if learner.id not in inside}
    st.header("Add learners", anchor=False)
    if not others:
        st.markdown(
            "Every learner of this computer is in the group."
            if known
            else "No learner is on this computer yet."
        )
        return
    key = f"add-{group.id.hex}"
    st.multiselect(
        "Learners of this computer",
        sorted(others, key=lambda one: others[one].casefold()),
        format_func=others.get,
        placeholder="Choose learners",
        key=key,
    )
    st.button("Add to the group", key="add-members", type="primary", on_click=add, args=(group.id, key))


@guarded
def add(group_id, key) -> None:
    """Put the learners chosen into the group."""
    with store.database().write() as db:
        for learner_id in st.session_state[key]:
            add_member(session=db, group_id=group_id, learner=learner_id, now=clock.now())
    st.session_state[key] = []


def from_files(group) -> None:
    """Take learners in from the files that they exported elsewhere."""
    st.header("Take learners in from files", anchor=False)
    notice = f"taken-in-{group.id.hex}"
    given = st.file_uploader(
        "JSON files that learners made under Progress", type=["json"], accept_multiple_files=True, key=f"files-{group.id.hex}"
    )  # fmt: skip
    if given and st.button("Take them in", key="take-in"):
        said = st.session_state[notice] = []
        for file in given:
            try:
                with store.database().write() as db:
                    results = import_file(session=db, data=file.getvalue(), now=clock.now())
                    for result in results:
                        add_member(session=db, group_id=group.id, learner=result.learner.id, now=clock.now())
            except ImportRefused as error:
                said.append((False, f"{file.name}: {error}"))
            else:
                said += [(True, import_words(result)) for result in results]
        st.rerun()
    for taken, words in st.session_state.pop(notice, []):
        (st.success if taken else st.error)(plain(words))


# --- Settings of a group


def settings(group, members) -> None:
    """Let the group be renamed, given other units, archived and removed."""
    pack = store.bank().pack
    name = st.text_input("Name of the group", value=group.name, max_chars=60, key=f"name-{group.id.hex}")
    options = [None, *pack.qualifications]
    qualification = st.selectbox(
        "Qualification",
        options,
        index=options.index(qualification_key(group)),
        format_func=lambda key: "None in particular" if key is None else pack.qualifications[key].title,
        key=f"qualification-{group.id.hex}",
    )
    known = (
        [entry.unit for entry in pack.qualifications[qualification].units]
        if qualification
        else list(pack.units)
    )
    units = st.multiselect(
        "Units",
        known,
        placeholder="All units",
        default=[unit for unit in group.units or () if unit in known],
        format_func=lambda unit: f"{pack.number(unit, qualification)} {pack.outlines[unit].title}",
        key=f"units-{group.id.hex}-{qualification}",
    )
    if st.button("Save the settings", key="save-group", type="primary"):
        try:
            with store.database().write() as db:
                save_group(
                    session=db, group_id=group.id, name=name, qualification=qualification, units=units or None
                )
        except EntryRefused as error:
            st.error(plain(str(error)))
        else:
            st.rerun()
    put_away(group)


def put_away(group) -> None:
    """Let the group be archived, or removed after a clear question."""
    st.header("Put away", anchor=False)
    if group.archived_at is None:
        st.markdown("An archived group keeps everything; its learners no longer see its tasks.")
        st.button("Archive this group", key="archive-group", on_click=archive, args=(group.id,))
    with store.database().read() as db:
        held = select_holdings(session=db, group_id=group.id)
    with st.popover("Remove this group"):
        st.markdown(
            f"Remove “{plain(group.title)}” for good? With it go {count(held.memberships, 'membership')}, "
            f"{count(held.tasks, 'task')} and {count(held.comments, 'comment')}. "
            "No learner is removed, and no answer, own-words answer or portfolio of theirs."
        )
        if st.button("Remove it for good", key="remove-group", type="primary"):
            with store.database().write() as db:
                delete_group(session=db, group_id=group.id)
            show()


@guarded
def archive(group_id) -> None:
    """Put the group away."""
    with store.database().write() as db:
        archive_group(session=db, group_id=group_id, now=clock.now())


@guarded
def restore(group_id) -> None:
    """Bring the group back."""
    with store.database().write() as db:
        restore_group(session=db, group_id=group_id)


def id_in_address(name):
    """Return the id that the address holds under a name, or None where it holds none.

    Raises:
        NotInBank: it is no id.
    """
    text = st.query_params.get(name)
    try:
        return UUID(text) if text is not None else None
    except ValueError:
        raise NotInBank(
            f"There is no such {name}: the address may be cut off. Choose one under Groups."
        ) from None


def page() -> None:
    session.optional_learner()
    whole_choices()
    group_id, learner_id = id_in_address("group"), id_in_address("learner")
    if group_id is None:
        overview()
        return
    with store.database().read() as db:
        group = select_optional_group(session=db, group_id=group_id)
        members = select_members(session=db, group_id=group_id)
    if group is None:
        raise NotInBank(gone("group", "Choose one under Groups."))
    if learner_id is None:
        group_page(group, members)
        return
    member = next((one for one in members if one.id == learner_id), None)
    if member is None:
        raise NotInBank("This learner is not in the group any more. Choose one under Groups.")
    show_learner(group, member)


page()
