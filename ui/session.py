"""Who is learning, which unit, and which attempt: what every page asks first."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from models import (
    Learner,
    StoredAttempt,
    note_use,
    select_attempt,
    select_learners,
    select_open_tests,
    select_optional_attempt,
    select_optional_latest_unit,
    select_optional_learner,
    settle_attempt,
)
from quiz.errors import NotInBank
from quiz.sessions import Attempt, Kind
from quiz.syllabus import Unit
from ui import clock, keys, store


def optional_learner() -> Learner | None:
    """Return the learner of this session; in a new session, whoever used this machine last."""
    with store.database().read() as session:
        chosen = st.session_state.get(keys.LEARNER)
        if chosen is not None:
            return select_optional_learner(session=session, learner_id=chosen)
        learners = select_learners(session=session)
    if not learners:
        return None
    st.session_state[keys.LEARNER] = learners[0].id
    return learners[0]


def require_learner() -> Learner:
    """Return the learner, or go to Home, where one is chosen."""
    learner = optional_learner()
    if learner is None:
        st.switch_page("app_pages/home.py")
    settle_overdue(learner)
    return learner


def settle_overdue(learner: Learner) -> None:
    """Finish every test of the learner whose time ran out while nobody looked, as of its deadline."""
    with store.database().read() as session:
        waiting = select_open_tests(session=session, learner=learner.id)
        stored = [select_attempt(session=session, attempt_id=attempt) for attempt in waiting]
    for attempt in stored:
        settle_if_due(attempt)


def choose_learner(learner: Learner) -> None:
    """Make this the learner of this session and of the next one on this machine."""
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
        raise NotInBank(f"There is no unit “{named}” here. Go to Home and choose a unit.")
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
    tested = (unit for unit in units.values() if unit.entry.assessment == "onscreen_test")
    return next(tested, next(iter(units.values())))


def unit_name(chosen: Unit) -> str:
    """Return a unit's number and title, as in “Unit 203: Principles of …”."""
    return f"Unit {store.bank().pack.number(chosen.key)}: {chosen.title}"


def optional_attempt(*kinds: Kind) -> StoredAttempt | None:
    """Return the attempt named in the address, settled, or None when none is named.

    Raises:
        NotInBank: the address names no attempt of those kinds, or another learner's.
    """
    named = st.query_params.get("attempt")
    if named is None:
        return None
    try:
        attempt_id = UUID(named)
    except ValueError:
        raise NotInBank(_NO_ATTEMPT) from None
    with store.database().read() as session:
        stored = select_optional_attempt(session=session, attempt_id=attempt_id)
    if stored is None or stored.attempt.kind not in kinds:
        raise NotInBank(_NO_ATTEMPT)
    _refuse_foreign(stored)
    return settle_if_due(stored)


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
    "There is no such session on this machine: the address may be cut off or from another "
    "computer. Your own sessions are listed on Home; nothing is lost."
)


def _refuse_foreign(stored: StoredAttempt) -> None:
    learner = require_learner()
    if stored.attempt.learner == learner.id:
        return
    with store.database().read() as session:
        owner = select_optional_learner(session=session, learner_id=stored.attempt.learner)
    name = owner.name if owner else "another learner"
    raise NotInBank(
        f"This session belongs to {name}, and you are {learner.name}. Go to Home, choose {name}, "
        "and open it from there."
    )
