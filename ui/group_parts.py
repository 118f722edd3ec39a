"""What the pages of a group and of one of its learners share: names, the units to look at, tests that ran out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import streamlit as st

from models import select_attempt, select_open_group_tests
from quiz.classes import Group, Member
from quiz.errors import NotInBank
from quiz.syllabus import UnitOutline
from ui import session, store
from ui.shell import guarded

NO_TEST = "No test of this unit has been finished yet."
_Unit = TypeVar("_Unit", bound=UnitOutline)


def show(**query: str) -> None:
    """Go to another view of the groups."""
    st.switch_page("app_pages/groups.py", query_params=query)


def called(group: Group, member: Member) -> str:
    """Return a learner's name as it is shown; a demo learner's carries the word “demo”."""
    return f"{member.name} (demo)" if group.demo else member.name


def named(group: Group, unit: UnitOutline) -> str:
    """Return a unit's number in the group's qualification, and its title."""
    return f"Unit {store.bank().pack.number(unit.key, qualification_key(group))}: {unit.title}"


def qualification_key(group: Group) -> str | None:
    """Return the group's qualification, or None where it has none or the content no longer holds it."""
    return group.qualification if group.qualification in store.bank().pack.qualifications else None


def outlines_of(group: Group) -> list[UnitOutline]:
    """Return the units of the group: those chosen, else all of its qualification, else all that are taught."""
    pack, key = store.bank().pack, qualification_key(group)
    if group.units is not None:
        return [pack.outlines[unit] for unit in group.units if unit in pack.outlines]
    if key is not None:
        return [pack.outlines[entry.unit] for entry in pack.qualifications[key].units]
    return [pack.outlines[unit] for unit in pack.units]


def unit_in_address(units: Mapping[str, _Unit], first: _Unit) -> _Unit:
    """Return the unit that the address names, else the first of a list.

    Raises:
        NotInBank: the address names another.
    """
    asked = st.query_params.get("unit")
    if asked is None:
        return first
    if asked not in units:
        raise NotInBank(f"There is no unit “{asked}” in this group. Choose one in the list.")
    return units[asked]


def choose_unit(
    group: Group,
    units: Mapping[str, UnitOutline],
    current: UnitOutline,
    facts: Callable[[str], str] | None = None,
) -> None:
    """Show which unit is looked at, and let another be chosen."""
    key = f"group-unit-{group.id.hex}"
    st.session_state[key] = current.key
    st.selectbox(
        "Unit",
        list(units),
        format_func=lambda unit: named(group, units[unit]) + (facts(unit) if facts else ""),
        key=key,
        on_change=switch,
        args=("unit", key),
    )


@guarded
def switch(name: str, key: str) -> None:
    """Put what was chosen into the address."""
    st.query_params[name] = st.session_state[key]


def settle(group: Group) -> None:
    """Finish every test of the group whose time ran out unseen."""
    with store.database().read() as db:
        waiting = select_open_group_tests(db, group.id)
        stored = [select_attempt(session=db, attempt_id=attempt) for attempt in waiting]
    for attempt in stored:
        session.settle_if_due(attempt)
