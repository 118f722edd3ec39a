"""A bare Streamlit page: what the accessibility of ours is held against."""

import streamlit as st


def bare() -> None:
    st.title("A bare page")
    st.radio("Choose", ["one", "two"], index=None)
    st.button("Go")
    st.dataframe([{"a": 1}], hide_index=True)


st.navigation(
    [st.Page(bare, title="Bare"), st.Page(lambda: st.title("Other"), title="Other", url_path="other")],
    position="top",
).run()
