"""The demo class on the tutor's page: make it, remove it, and mark its learners."""

from __future__ import annotations

import streamlit as st

from models import Learner, StorageError
from quiz.errors import QuizError
from quiz.wording import count
from ui import clock, store
from ui.text import plain

LEARNERS, WEEKS = 30, 6
_SAID = "demo-said"


def demo_mark(learner: Learner) -> str:
    """Return what follows a learner's name: “ (demo)” where it is a demo learner, else nothing."""
    return " (demo)" if learner.demo else ""


def show_demo_controls() -> None:
    """Show the button that makes a demo class up to today and, while there is one, that which removes it."""
    from models.demo import demo_learners  # slow to import

    with store.database().read() as db:
        number = len(demo_learners(db))
    said = st.session_state.pop(_SAID, None)
    if said:
        st.success(plain(said))
    st.markdown(
        f"There is a demo class of {count(number, 'learner')} on this computer. All of it is made up, and "
        "every name carries “demo”."
        if number
        else f"To look round, make a class of {LEARNERS} made-up learners with {WEEKS} weeks of practice. "
        "It is marked “demo” everywhere and touches nothing real."
    )
    with st.container(horizontal=True):
        if st.button("Make a new demo class" if number else "Make a demo class", key="make-demo"):
            _make()
        if number and st.button("Remove the demo class", key="remove-demo"):
            _remove()


def _make() -> None:
    from models.demo import make_demo

    try:
        with st.spinner("Making a demo class…"):
            made = make_demo(
                store.database(), store.bank(), learners=LEARNERS, weeks=WEEKS, until=clock.today()
            )
    except (StorageError, QuizError) as error:
        st.error(plain(str(error)))
        return
    st.session_state[_SAID] = (
        f"Made a demo class: {count(len(made.learners), 'learner')}, {count(made.sessions, 'session')}, "
        f"{count(made.answers, 'answer')}."
    )
    st.rerun()


def _remove() -> None:
    from models.demo import remove_demo

    try:
        with st.spinner("Removing the demo class…"), store.database().write() as db:
            removed = remove_demo(db)
    except StorageError as error:
        st.error(plain(str(error)))
        return
    st.session_state[_SAID] = (
        f"Removed the demo class of {count(removed, 'learner')}. Everything else is as it was."
    )
    st.rerun()
