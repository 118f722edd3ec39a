"""A page in the app's own clothes that takes two seconds to draw again."""

import time
from pathlib import Path

import streamlit as st

st.html(f"<style>{(Path(__file__).parents[2] / 'ui' / 'style.css').read_text('utf-8')}</style>")
st.title("A slow page")
if st.button("Take your time"):
    time.sleep(2)
st.markdown("What stood here before.")
