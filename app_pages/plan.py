"""Plan: choose a qualification, tick units, see at once what they come to and what is missing."""

from html import escape

import streamlit as st

from models import save_plan, save_settings, select_optional_plan
from quiz.errors import NoPlan, NotInBank
from quiz.reports import plan_sheet, plan_words
from quiz.syllabus import NO_RULES, check_plan, count_plans, suggest, unit_name
from quiz.wording import count, listed_words, sentence, unknown
from ui import clock, keys, session, store, unit_criteria
from ui.components import print_button, whole_choices
from ui.shell import guarded
from ui.text import plain


@guarded
def choose_in_list(learner_id, key) -> None:
    """Take the qualification chosen in the list."""
    work_towards(learner_id, st.session_state[key])


@guarded
def work_towards(learner_id, chosen) -> None:
    """Store which qualification the learner works towards; the page then shows that one.

    Raises:
        NotInBank: the browser sent what is not in the list.
    """
    if chosen not in store.bank().pack.qualifications:
        raise NotInBank("There is no such qualification here. Choose one in the list.")
    with store.database().write() as db:
        save_settings(session=db, learner_id=learner_id, settings={"qualification": chosen})
    st.session_state.pop(keys.SUGGESTION, None)
    for name in list(st.query_params):
        del st.query_params[name]


@guarded
def tick(learner_id, qualification) -> None:
    """Store the units as they are ticked."""
    chosen = [
        entry.unit for entry in qualification.units if st.session_state.get(box(qualification, entry.unit))
    ]
    store_plan(learner_id, qualification, chosen)


def store_plan(learner_id, qualification, units) -> None:
    """Store the plan, and forget a suggestion that was made for another one."""
    st.session_state.pop(keys.SUGGESTION, None)
    with store.database().write() as db:
        save_plan(
            session=db, learner=learner_id, qualification=qualification.key, units=units, now=clock.now()
        )


@guarded
def take(learner_id, qualification, units) -> None:
    """Store the suggested plan."""
    for entry in qualification.units:
        st.session_state[box(qualification, entry.unit)] = entry.unit in units
    store_plan(learner_id, qualification, units)


def box(qualification, unit) -> str:
    """Return the key of a unit's tick box."""
    return f"unit-{qualification.key}-{unit}"


def choose_qualification(learner):
    """Show the list of qualifications; the one chosen counts everywhere from then on."""
    pack = store.bank().pack
    named = st.query_params.get("qualification")
    if named is not None and named not in pack.qualifications:
        raise NotInBank(unknown("qualification", named, "Choose one under Qualifications."))
    current = session.optional_qualification()
    if current is None and named is None:
        choose_first(learner)
        return None
    options = list(pack.qualifications)
    key = f"qualification-{named or 'own'}"
    chosen = st.selectbox(
        "The qualification you work towards",
        options,
        index=options.index(named or current.key),
        format_func=lambda option: pack.qualifications[option].title,
        key=key,
        on_change=choose_in_list,
        args=(learner.id, key),
    )
    qualification = pack.qualifications[chosen]
    if current is None or current.key != chosen:
        st.info("This is not the qualification you work towards at present. Your other plan stays stored.")
        st.button(
            "Work towards this one", key="work-towards", type="primary", on_click=work_towards,
            args=(learner.id, chosen),
        )  # fmt: skip
    return qualification


def choose_first(learner) -> None:
    """List all qualifications for somebody who works towards none yet."""
    st.markdown(
        "Which qualification are you registered for? Choose it, then tick the units you take: the mandatory ones are in already."
    )
    for qualification in store.bank().pack.qualifications.values():
        st.button(
            f"**{plain(qualification.title)}** · {plain(qualification.line)}",
            key=f"open-{qualification.key}",
            width="stretch",
            on_click=work_towards,
            args=(learner.id, qualification.key),
        )
    st.caption("Not sure? Ask your centre. You can change this at any time, and each plan stays stored.")


def sums(qualification, check) -> None:
    """Show what the choice comes to: credits, levels, hours, groups."""
    pack = store.bank().pack
    if not qualification.has_rules:
        st.info(plain(plan_words(check)))
        return
    columns = st.columns([3, 3, 4])
    columns[0].metric("Credits", f"{check.credits} of {qualification.min_credit}", border=True)
    columns[1].metric("Guided learning hours", check.hours, border=True)
    left = count_plans(qualification, pack.outlines, check.units)
    columns[2].metric("Valid ways to finish", f"{left:,}", border=True)
    levels = ", ".join(f"{value} at level {level}" for level, value in check.credits_by_level.items())
    st.markdown(f"**Credits by level:** {levels}.")
    begun = [group for group in qualification.groups if check.credits_by_group[group.name]]
    groups = "; ".join(f"{sentence(group.title)} {check.credits_by_group[group.name]}" for group in begun)
    others = (
        "" if len(begun) == len(qualification.groups) else "; none in the others" if begun else "none yet"
    )
    st.markdown(f"**Credits by group:** {plain(groups + others)}.")


def verdict(check) -> None:
    """Say whether the choice is valid, and every rule that it does not keep."""
    if check.valid:
        st.success("This is a valid choice of units.", icon=":material/check_circle:")
    for title, rules in (("Against the rules", check.conflicts), ("Still missing", check.missing)):
        if rules:
            st.header(title, anchor=False)
            st.markdown("\n".join(f"- {plain(rule.sentence)}" for rule in rules))
    for caution in check.cautions:
        if caution != NO_RULES:
            st.warning(plain(caution))


def ways_on(learner, qualification, check) -> None:
    """Offer the shortest way to finish, the plan to print, and the qualification's own page."""
    pack = store.bank().pack
    with st.container(horizontal=True):
        asked = qualification.has_rules and st.button("Suggest the shortest way to finish", key="suggest")
        print_button(
            key="print-plan",
            html=plan_sheet(qualification, pack.outlines, check, learner.label),
            label="Print this plan",
        )
        if st.button("About this qualification", key="about-qualification"):
            st.switch_page("app_pages/qualifications.py", query_params={"qualification": qualification.key})
    if qualification.has_rules:
        suggestion(learner, qualification, check, asked)


def suggestion(learner, qualification, check, asked) -> None:
    """Show the valid choice with the fewest hours that holds what is ticked, once it was asked for."""
    pack = store.bank().pack
    if asked:
        try:
            st.session_state[keys.SUGGESTION] = suggest(qualification, pack.outlines, check.units)
        except NoPlan as error:
            st.session_state.pop(keys.SUGGESTION, None)
            st.warning(plain(str(error)))
    found = st.session_state.get(keys.SUGGESTION)
    if (
        found is None
        or not set(check.units) <= set(found.units)
        or not set(found.units) <= qualification.members
    ):
        return
    with st.container(border=True):
        if not found.added:
            st.markdown(
                "Nothing has to be added: what is ticked is a valid choice, and adding units adds hours."
            )
            return
        names = [unit_name(qualification, pack.outlines, unit) for unit in found.added]
        st.markdown(
            f"With {plain(listed_words(names))} the choice is valid and takes **{found.hours} guided learning hours**. "
            "No valid choice with the ticked units takes fewer."
        )
        for caution in found.cautions:
            st.warning(plain(caution))
        st.button(
            "Take this plan",
            key="take-suggestion",
            type="primary",
            on_click=take,
            args=(learner.id, qualification, found.units),
        )


def units(learner, qualification, check) -> None:
    """Show the tick boxes, group by group; mandatory units are in."""
    pack = store.bank().pack
    for group in qualification.printed_groups:
        st.header(plain(sentence(group.title)), anchor=False)
        for key in group.units:
            unit = pack.outlines[key]
            head = head_of(qualification, unit)
            facts = (
                ""
                if unit.level is None
                else f": level {unit.level}, {count(unit.credit, 'credit')}, {unit.glh} hours"
            )
            mandatory = key in qualification.mandatory
            st.session_state[box(qualification, key)] = key in check.units
            st.checkbox(
                plain(f"{head}{facts}{' (mandatory)' if mandatory else ''}"),
                key=box(qualification, key),
                disabled=mandatory,
                help=as_printed(pack, key),
                on_change=tick,
                args=(learner.id, qualification),
            )


def head_of(qualification, unit) -> str:
    """Return a unit's number here and its title; its reference where it has no number."""
    number = qualification.numbers.get(unit.key)
    return f"{number} {unit.title}" if number else f"{unit.title} ({unit.key})"


def look_into(qualification) -> None:
    """Let the learner see what a unit asks for before they tick it."""
    pack = store.bank().pack
    listed = dict.fromkeys(key for group in qualification.printed_groups for key in group.units)
    names = {key: head_of(qualification, pack.outlines[key]) for key in listed}
    chosen = st.selectbox(
        "What does a unit ask for?",
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder="Choose a unit to see its criteria",
        key=f"look-into-{qualification.key}",
    )
    if chosen is None:
        return
    unit = pack.outlines[chosen]
    with st.container(border=True):
        st.header(plain(names[chosen]), anchor=False)
        if unit.outcomes:
            unit_criteria.show(unit)
        else:
            st.markdown(
                "The documents at hand list this unit by its title only: its criteria are not known here."
            )


def as_printed(pack, unit) -> str | None:
    """Return what the documents print otherwise about a unit, or None."""
    found = [slip for slip in pack.slips if unit in slip.units]
    return " ".join(plain(f"{slip.about} Read here as: {slip.read_as}") for slip in found) or None


def page() -> None:
    learner = session.require_learner()
    pack = store.bank().pack
    st.title("Plan", anchor=False)
    whole_choices()
    qualification = choose_qualification(learner)
    if qualification is None:
        return
    st.markdown(plain(qualification.dates_note))
    with store.database().read() as db:
        stored = select_optional_plan(session=db, learner=learner.id, qualification=qualification.key)
    check = check_plan(qualification, pack.outlines, (stored or frozenset()) & qualification.members)
    sums(qualification, check)
    verdict(check)
    ways_on(learner, qualification, check)
    st.caption("Every tick is stored at once. Ask your centre which of these units it offers.")
    look_into(qualification)
    units(learner, qualification, check)
    status(qualification, check)


def status(qualification, check) -> None:
    """Show in one line at the foot of the window what the ticks come to; a screen reader hears it change."""
    if not qualification.has_rules:
        words = count(len(check.units), "unit")
    else:
        found = [
            count(len(rules), one, many)
            for rules, one, many in (
                (check.conflicts, "broken rule", "broken rules"),
                (check.missing, "rule not met yet", "rules not met yet"),
            )
            if rules
        ]
        verdict = ", ".join(found) or "a valid choice"
        words = f"{check.credits} of {qualification.min_credit} credits, {check.hours} hours: {verdict}"
    with st.container(key="plan-status"):
        st.html(f"<p role='status'>{escape(words)}</p>")


page()
