"""Headset's front door: page settings and the list of pages."""

import streamlit as st

from ui.shell import pages, run

st.set_page_config(page_title="Headset", page_icon="static/mark.svg", layout="centered")

run(st.navigation(pages(), position="top"))
