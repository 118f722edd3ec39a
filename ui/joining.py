"""The ways into a class as its tutor sees them: the address, a group's code as text and as QR, return codes."""

from __future__ import annotations

from datetime import datetime
from html import escape
from secrets import SystemRandom
from typing import Final

import segno
import streamlit as st

from models import RETURN_CODE_LASTS, create_return_code
from quiz.classes import Group, Member
from quiz.wording import LONDON, count
from ui import access, clock, store
from ui.live_screen import CLASS_COMMAND
from ui.shell import guarded
from ui.text import plain

_MINUTES: Final = int(RETURN_CODE_LASTS.total_seconds() // 60)


def code_address(code: str) -> str:
    """Return the address that a QR code holds: it opens what the code opens."""
    return f"{access.address()}/j/{code}"


def qr(text: str, label: str) -> str:
    """Return text as a QR code, an image in HTML with that label: dark on white with its quiet zone, in any theme."""
    # As a picture's address: Streamlit takes inline SVG out of the HTML it is given.
    picture = segno.make(text, error="m", micro=False).svg_data_uri(
        scale=5, border=4, dark="#000000", light="#FFFFFF"
    )
    return f'<img class="qr" src="{picture}" alt="{escape(label, quote=True)}">'


def show_address() -> None:
    """Show the address at which learners join."""
    st.markdown(f"Learners on the same network open **{plain(access.address() + '/join')}** and type a code.")


def show_group_door(group: Group) -> None:
    """Show how learners join a group by themselves: in class mode with code, address and QR, else the command."""
    if group.archived_at is not None or group.demo:
        st.caption(
            "Nobody joins this group by code: it is archived."
            if group.archived_at
            else "Nobody joins a demo group by code."
        )
        return
    if not access.class_mode():
        st.caption(
            f"Join code {group.join_code}. For learners to join from devices of their own, start Headset for a class: "
            f"`{CLASS_COMMAND}`. On this computer add learners by name."
        )
        return
    left, right = st.columns([2, 1], vertical_alignment="center")
    with left:
        st.markdown(
            f"Learners open **{plain(access.address() + '/join')}** and type **{group.join_code}**, or take a picture of the "
            "square. They give a name once; the device remembers it."
        )
    with right:
        address = code_address(group.join_code)
        st.html(qr(address, f"QR code of {address}"))


def show_return_code(member: Member) -> None:
    """Offer, in class mode, a code by which a learner comes back on another device; once made, show how long it holds."""
    key = f"return-code-{member.id.hex}"
    st.markdown(
        f"For a lost phone, another browser, or a new device. The code works once, within {count(_MINUTES, 'minute')}; "
        "devices of before are signed out when it is used."
    )
    st.button("Make a code", key=f"make-{key}", type="primary", on_click=_make, args=(member, key))
    made: tuple[str, datetime] | None = st.session_state.get(key)
    if made is None:
        return
    code, until = made
    if until <= clock.now():
        st.markdown("The code made before is too old. Make another.")
        return
    address = code_address(code)
    st.markdown(
        f"**{code}**, until {until.astimezone(LONDON):%H:%M}. {plain(member.name)} types it at "
        f"{plain(access.address() + '/join')}, or takes a picture of the square."
    )
    st.html(qr(address, f"QR code of {address}"))


@guarded
def _make(member: Member, key: str) -> None:
    now = clock.now()
    with store.database().write() as session:
        code = create_return_code(session=session, learner=member.id, random=SystemRandom(), now=now)
    st.session_state[key] = (code, now + RETURN_CODE_LASTS)
