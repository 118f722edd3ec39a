"""Who is learning, which unit, and which attempt: what every page asks first."""

from __future__ import annotations

from threading import local
from typing import Any
from uuid import UUID

import streamlit as st

from models import (
    Device,
    Learner,
    StoredAttempt,
    note_use,
    select_attempt,
    select_learners,
    select_open_tests,
    select_optional_attempt,
    select_optional_latest_unit,
    select_optional_learner,
    select_optional_plan,
    settle_attempt,
)
from quiz.errors import MoveRefused, NotInBank
from quiz.sessions import Attempt, Kind
from quiz.syllabus import PlanCheck, Qualification, Unit, UnitOutline, check_plan
from quiz.wording import unknown
from ui import access, clock, keys, store
from ui.components import whole_choices


def optional_learner() -> Learner | None:
    """Return the learner of this session; in a new session, whoever used this machine last, the demo class apart.

    In class mode a learner's device has its own learner, whatever the session or the address says, a guest
    has none, and the tutor has none until one is chosen.
    """
    learner = optional_learner_on(access.device())
    _note_qualification(learner)
    return learner


def optional_learner_on(device: Device | None) -> Learner | None:
    """Return the learner of this session on a device at hand; None: one's own machine, or a device not known."""
    with store.database().read() as session:
        return _learner_on(device, session)


def _learner_on(device: Device | None, session: Any) -> Learner | None:
    role = access.role_of(device)
    own = device.learner if device is not None else None
    chosen = st.session_state.get(keys.LEARNER, own) if role.trusted else own
    if chosen is not None:
        return select_optional_learner(session=session, learner_id=chosen)
    if role is not access.Role.OWN_MACHINE or st.session_state.get(keys.NEWCOMER):
        return None
    real = next((learner for learner in select_learners(session=session) if not learner.demo), None)
    if real is None:
        # Whoever is asked for a name is not made somebody else, where another tab has given one meanwhile.
        st.session_state[keys.NEWCOMER] = True
    else:
        st.session_state[keys.LEARNER] = real.id
    return real


def require_learner() -> Learner:
    """Return the learner, or go to Home, where one is chosen; their overdue tests are settled."""
    return _required(())[0]


def learner_and_attempt(*kinds: Kind) -> tuple[Learner, StoredAttempt | None]:
    """Return the learner, as `require_learner` does, and the attempt named in the address, settled.

    The attempt is None where the address names none.

    Raises:
        NotInBank: the address names no attempt of those kinds, or another learner's. In class mode
            a learner is told the same of both.
    """
    stored, reader = _JUST.stored, st.session_state.get(keys.READER)
    _JUST.stored = None
    if (
        stored is not None
        and reader is not None
        and stored.attempt.learner == reader.id
        and stored.attempt.kind in kinds
        and stored.attempt.id == _named_attempt()
    ):
        return reader, settle_if_due(stored)
    return _required(kinds)


class _Just(local):
    """What the step of this thread's run has stored."""

    stored: StoredAttempt | None = None


_JUST = _Just()


def stands(stored: StoredAttempt | None) -> None:
    """Keep how an attempt stands after the step just stored, so that the drawing that follows need not read it.

    `learner_and_attempt` takes it, once and in the same run only; None lets it read.
    """
    _JUST.stored = stored


def _required(kinds: tuple[Kind, ...]) -> tuple[Learner, StoredAttempt | None]:
    # One transaction for all that every run of a page reads: to begin one costs as much as two reads.
    named = _named_attempt() if kinds else None
    attempt = None
    with store.database().read() as session:
        learner = _learner_on(access.device(), session)
        open_tests = _open_tests(learner, session) if learner is not None else []
        if learner is not None and named is not None:
            only = None if access.role().trusted else learner.id
            attempt = select_optional_attempt(session=session, attempt_id=named, learner=only)
    _note_qualification(learner)
    if learner is None:
        st.switch_page("app_pages/home.py")
    for waiting in open_tests:
        settle_if_due(waiting)
    if named is None:
        return learner, None
    if attempt is None or attempt.attempt.kind not in kinds:
        raise NotInBank(_NO_ATTEMPT)
    _refuse_foreign(attempt, learner)
    return learner, settle_if_due(attempt)


def settle_overdue(learner: Learner) -> None:
    """Finish every test of the learner whose time ran out while nobody looked, as of its deadline."""
    with store.database().read() as session:
        stored = _open_tests(learner, session)
    for attempt in stored:
        settle_if_due(attempt)


def _open_tests(learner: Learner, session: Any) -> list[StoredAttempt]:
    waiting = select_open_tests(session=session, learner=learner.id)
    return [select_attempt(session=session, attempt_id=attempt) for attempt in waiting]


def _note_qualification(learner: Learner | None) -> None:
    st.session_state[keys.QUALIFICATION] = learner.settings.get("qualification") if learner else None
    st.session_state[keys.READER] = learner


def choose_learner(learner: Learner) -> None:
    """Make this the learner of this session and of the next one on this machine.

    Raises:
        MoveRefused: in class mode, on another device than the tutor's.
    """
    if not access.role().trusted:
        raise MoveRefused("Only your tutor can choose another learner. Nothing was changed.")
    with store.database().write() as session:
        note_use(session=session, learner_id=learner.id, now=clock.now())
    st.session_state[keys.LEARNER] = learner.id


def unit() -> Unit:
    """Return the unit named in the address, else the one chosen before or practised last, else the first.

    Raises:
        NotInBank: the address names a unit that the content does not hold.
    """
    pack = store.bank().pack
    named = st.query_params.get("unit")
    if named is not None and pack.optional_unit(named) is None:
        raise NotInBank(unknown("unit", named, "Go to Home and choose a unit."))
    chosen = named or st.session_state.get(keys.UNIT)
    found = (pack.optional_unit(chosen) if chosen else None) or _latest_unit()
    st.session_state[keys.UNIT] = found.key
    return found


def unit_of(attempt: Attempt) -> Unit:
    """Return the unit that an attempt belongs to, whatever the address says.

    Raises:
        NotInBank: the content no longer holds it.
    """
    found = store.bank().pack.units.get(attempt.unit)
    if found is None:
        raise NotInBank(
            f"Unit {attempt.unit} is no longer in the content, so this session cannot be shown. "
            "Its answers are kept. Go to Home and choose another unit."
        )
    st.session_state[keys.UNIT] = found.key
    return found


def _latest_unit() -> Unit:
    """Return the unit practised last; for a newcomer, one with an on-screen test if there is any."""
    units = store.bank().pack.units
    learner = optional_learner()
    if learner is not None:
        with store.database().read() as session:
            latest = select_optional_latest_unit(session=session, learner=learner.id)
        if latest is not None and latest in units:
            return units[latest]
        mine = taught_for(planned_units(learner))
    else:
        mine = list(units.values())
    tested = (unit for unit in mine if unit.entry.assessment == "onscreen_test")
    return next(tested, next(iter(mine or units.values())))


def number(unit_key: str) -> str:
    """Return a unit's number in the learner's qualification, else in the first that numbers it."""
    return store.bank().pack.number(unit_key, _qualification_key())


def unit_name(chosen: Unit | UnitOutline) -> str:
    """Return a unit's number and title, as in “Unit 203: Principles of …”."""
    return f"Unit {number(chosen.key)}: {chosen.title}"


def optional_qualification() -> Qualification | None:
    """Return the qualification that the learner works towards, or None while none is chosen."""
    key = _qualification_key()
    return store.bank().pack.qualifications[key] if key else None


def optional_plan(learner: Learner) -> PlanCheck | None:
    """Return the learner's stored plan and what it comes to, or None while there is none.

    A unit that the content no longer lists in the qualification is left out.
    """
    qualification = optional_qualification()
    if qualification is None:
        return None
    with store.database().read() as session:
        units = select_optional_plan(session=session, learner=learner.id, qualification=qualification.key)
    if units is None:
        return None
    return check_plan(qualification, store.bank().pack.outlines, units & qualification.members)


def planned_units(learner: Learner) -> list[UnitOutline]:
    """Return the units of the plan; without one all of the qualification; without one, those taught."""
    pack = store.bank().pack
    plan, qualification = optional_plan(learner), optional_qualification()
    if plan is not None:
        return [pack.outlines[key] for key in plan.units]
    if qualification is not None:
        return [pack.outlines[entry.unit] for entry in qualification.units]
    return [pack.outlines[key] for key in sorted(pack.units, key=number)]


def taught_for(units: list[UnitOutline]) -> list[Unit]:
    """Return the taught units among some units, then those whose criteria are linked to theirs.

    The linked ones come in order of how many criteria they help with, the most first.
    """
    pack = store.bank().pack
    own = [pack.units[unit.key] for unit in units if unit.taught]
    helped: dict[str, set[object]] = {}
    for unit in units:
        if unit.taught:
            continue
        for stand_in in (unit, *_on_the_same_standard(unit)):
            for criterion in stand_in.criteria:
                for link in pack.teaching(criterion.ref):
                    helped.setdefault(link.ref.unit, set()).add(criterion.ref)
    linked = sorted(helped, key=lambda key: (-len(helped[key]), key))
    return own + [pack.units[key] for key in linked if pack.units[key] not in own]


def _on_the_same_standard(unit: UnitOutline) -> list[UnitOutline]:
    """Return the units with criteria that stand in for one listed by its title, where that is likely."""
    pack = store.bank().pack
    if unit.criteria:
        return []
    return [
        pack.outlines[pair.same_as]
        for pair in pack.same_as(unit.key)
        if pair.unit == unit.key and pair.confidence != "low"
    ]


def choose_unit(learner: Learner, current: Unit, page: str) -> None:
    """Show which unit a page is about, and let the learner change it; units of the plan come first."""
    units = store.bank().pack.units
    first = [unit.key for unit in taught_for(planned_units(learner))]
    options = first + sorted((key for key in units if key not in first), key=number)
    if current.key not in options:
        options.insert(0, current.key)
    key = f"unit-switch-{page}"
    st.selectbox(
        "Unit",
        options,
        index=options.index(current.key),
        format_func=lambda unit: unit_name(units[unit]),
        key=key,
        on_change=_switch_unit,
        args=(key,),
    )
    whole_choices()


def _switch_unit(key: str) -> None:
    chosen = st.session_state[key]
    if chosen not in store.bank().pack.units:
        return  # no page offered it
    st.session_state[keys.UNIT] = chosen
    for name in list(st.query_params):
        del st.query_params[name]
    st.query_params["unit"] = chosen


def _qualification_key() -> str | None:
    """Return the key of the learner's qualification where the content holds it."""
    key = st.session_state.get(keys.QUALIFICATION)
    return str(key) if key in store.bank().pack.qualifications else None


def _named_attempt() -> UUID | None:
    """Return the id of the attempt in the address, or None where none is named."""
    named = st.query_params.get("attempt")
    if named is None:
        return None
    try:
        return UUID(named)
    except ValueError:
        raise NotInBank(_NO_ATTEMPT) from None


def settle_if_due(stored: StoredAttempt) -> StoredAttempt:
    """Return the attempt; if its time ran out unseen, it is stored as finished at its deadline."""
    now = clock.now()
    deadline = stored.attempt.deadline(now)
    if stored.attempt.finished or deadline is None or now < deadline:
        return stored
    with store.database().write() as session:
        attempt = settle_attempt(session=session, attempt=stored.attempt, now=now)
    return StoredAttempt(attempt, stored.plan, stored.seed, stored.content_version)


_NO_ATTEMPT = (
    "There is no such session here: the address may be cut off or from another "
    "computer. Your own sessions are listed on Home; nothing is lost."
)


def _refuse_foreign(stored: StoredAttempt, learner: Learner) -> None:
    if stored.attempt.learner == learner.id:
        return
    with store.database().read() as session:
        owner = select_optional_learner(session=session, learner_id=stored.attempt.learner)
    name = owner.name if owner else "another learner"
    raise NotInBank(
        f"This session belongs to {name}, and you are {learner.name}. Go to Home, choose {name}, "
        "and open it from there."
    )
