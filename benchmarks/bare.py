"""A bare Streamlit page inside `st.navigation`: what our speed is held against.

The environment variable BARE_PAGES says how many pages the menu has. The radio is sent with the
button, as on our question card.
"""

import os

import streamlit as st


def bare() -> None:
    """Show a title, a radio and a button."""
    st.title("A bare page")
    st.radio("Choose one answer", ["one", "two", "three", "four"], index=None, on_change="ignore")
    st.button("Go")


def other() -> None:
    """Show a title."""
    st.title("Another page")


others = [
    st.Page(other, title=f"Page {number}", url_path=f"page-{number}")
    for number in range(1, int(os.environ.get("BARE_PAGES", "15")))
]
st.navigation([st.Page(bare, title="Bare", default=True), *others], position="top").run()
