"""A page that says how many full garbage collections there have been since the server started."""

import gc

import streamlit as st


@st.cache_resource
def counter() -> list[int]:
    counted = [0]

    def count(phase: str, info: dict[str, int]) -> None:
        counted[0] += phase == "stop" and info["generation"] == 2

    gc.callbacks.append(count)
    return counted


runs = st.session_state["runs"] = st.session_state.get("runs", 0) + 1
st.button("Again")
st.text(f"run {runs}: {counter()[0]} full collections")
