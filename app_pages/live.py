"""Live lesson: what a learner's phone shows while the class is at the screen."""

import streamlit as st

from ui import access, live_phone, live_screen


def not_joined() -> None:
    """Say how to get in; somebody who was in before hears that they are out."""
    st.title("Join the lesson", anchor=False)
    if st.session_state.get(live_phone.WAS_IN) is not None:
        st.markdown(
            "You are not in the lesson any more: your tutor took you out, or let your name in on another device. "
            "You can join again with the code on the screen."
        )
    else:
        st.markdown("You are in no lesson on this device. The code is on the screen in the classroom.")
    st.html(live_phone.join_link("Type the code"))


def no_class() -> None:
    """Say what live lessons need."""
    st.title("Live lessons need class mode", anchor=False)
    st.markdown(live_screen.CLASS_MODE_NEEDED)


def page() -> None:
    if not access.class_mode():
        no_class()
        return
    device = access.device()
    place = live_phone.optional_place(device) if device is not None else None
    if place is None or live_phone.is_stale(place):
        not_joined()
    else:
        live_phone.show(place)


page()
