"""Headset's front door: page settings and the list of pages."""

import streamlit as st

from quiz.collecting import uncollected

with uncollected():  # the first run of a server imports all there is
    from ui.shell import pages, run

page = st.navigation(pages(), position="top")
st.set_page_config(page_title=f"{page.title} · Headset", page_icon="static/mark.svg", layout="centered")

run(page)
