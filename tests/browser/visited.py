"""A page with what the visitor without a browser has to keep up with."""

import streamlit as st

LONG = "long text, sent once and then only named. " * 600
COUNTER = st.components.v2.component("counter", html="<button>Add</button>", js="export default () => {}")


@st.fragment(run_every=0.2)
def ticking() -> None:
    st.session_state["ticks"] = st.session_state.get("ticks", 0) + 1
    st.markdown(f"ticks so far: {st.session_state['ticks']}")
    st.button("Press in the fragment", key="inside", on_click=count, args=("inside",))
    st.markdown(f"pressed inside: {st.session_state.get('inside-count', 0)}")


def count(name: str) -> None:
    st.session_state[f"{name}-count"] = st.session_state.get(f"{name}-count", 0) + 1


def first() -> None:
    st.markdown(LONG)
    with st.spinner("Working"):
        st.session_state["runs"] = st.session_state.get("runs", 0) + 1
    st.markdown(f"runs of the page: {st.session_state['runs']}")
    ticking()
    with st.form("form", clear_on_submit=True):
        name = st.text_input("Name")
        sent = st.form_submit_button("Send")
    if sent:
        st.markdown(f"sent: {name}")
        st.query_params["name"] = name
    result = COUNTER(
        key="counter",
        default={"held": "nothing"},
        on_held_change=lambda: None,
        on_added_change=lambda: count("added"),
    )
    st.markdown(f"held: {result.held}, added: {result.added}, {st.session_state.get('added-count', 0)} times")
    number = st.number_input("Number", 0, 9, 3)
    day = st.date_input("Day", None)
    several = st.multiselect("Several", ["one", "two", "three"], ["two"])
    one = st.segmented_control("One", ["a", "b"], default="a")
    level = st.slider("Level", 0, 10, 4)
    on = st.toggle("On")
    st.markdown(f"{number} {day} {several} {one} {level} {on}")
    if st.button("Again"):
        st.session_state["runs"] += 100
        st.rerun()
    st.button("Not for you", disabled=True)
    st.dataframe([{"letter": "x", "figure": 7}], hide_index=True)
    if st.button("Break"):
        raise ValueError("broken on purpose")


st.navigation(
    [
        st.Page(first, title="First", default=True),
        st.Page(lambda: st.title("Other"), title="Other", url_path="other"),
    ]
).run()
