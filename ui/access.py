"""Who is behind this browser, and what they may do here.

On one's own machine everybody is trusted. In class mode (ui/server.py) a browser is known by the token
in a cookie that scripts cannot read; it is looked up again in every run and before every step, so that a
device that the tutor has put out is out at once.
"""

from __future__ import annotations

import os
from enum import StrEnum

import streamlit as st

from models import Device, select_optional_device
from ui import keys, store

COOKIE = "headset_device"
CLASS_MODE = "HEADSET_CLASS_MODE"
"""The environment variable that ui/server.py sets for its own process: it says where the server listens."""


class Role(StrEnum):
    """What somebody is to this server."""

    OWN_MACHINE = "own machine"
    TUTOR = "tutor"
    LEARNER = "learner"
    GUEST = "guest"
    """In class mode, without a profile: a newcomer, or somebody who only joined a lesson."""

    @property
    def trusted(self) -> bool:
        """Return whether every learner's data is open to them."""
        return self in {Role.OWN_MACHINE, Role.TUTOR}


def class_mode() -> bool:
    """Return whether this server serves a class."""
    return bool(os.environ.get(CLASS_MODE))


def address() -> str:
    """Return the address that learners type to reach this server, as in “http://192.168.1.20:8501”; else nothing."""
    return os.environ.get(CLASS_MODE, "")


def look_again() -> None:
    """Look the device up anew when it is next asked for: a run of the page, of a part of it, or a step begins."""
    st.session_state.pop(keys.DEVICE, None)


def device() -> Device | None:
    """Return the device behind this browser as the database knew it when this run began; None on one's own machine."""
    if not class_mode():
        return None
    if keys.DEVICE not in st.session_state:
        with store.database().read() as session:
            found = select_optional_device(session=session, token=st.context.cookies.get(COOKIE))
        st.session_state[keys.DEVICE] = found
    known: Device | None = st.session_state[keys.DEVICE]
    return known


def role_of(known: Device | None) -> Role:
    """Return what a device may do on this server."""
    if not class_mode():
        return Role.OWN_MACHINE
    if known is None:
        return Role.GUEST
    if known.tutor:
        return Role.TUTOR
    return Role.LEARNER if known.learner is not None else Role.GUEST


def who() -> tuple[str, str, str]:
    """Return what makes this visitor another than the one before: the device, its role, and whose it is."""
    return who_of(device())


def who_of(known: Device | None) -> tuple[str, str, str]:
    """Return what `who` does for a device at hand."""
    ids = ("", "") if known is None else (str(known.id), str(known.learner or ""))
    return (ids[0], role_of(known).value, ids[1])


def role() -> Role:
    """Return what whoever is behind this browser may do."""
    return role_of(device())
