"""A bare Streamlit page with every kind of element that ours use: what the accessibility of ours is held against."""

import streamlit as st


def bare() -> None:
    st.title("A bare page")
    st.header("Fields")
    st.radio("Choose", ["one", "two"], index=None, help="Either.")
    st.radio("Choose in a row", ["one", "two"], index=None, horizontal=True)
    st.checkbox("Tick")
    st.toggle("Switch", help="On or off.")
    st.selectbox("Pick", ["one", "two"])
    st.multiselect("Pick some", ["one", "two"], ["one"])
    st.slider("How many", 1, 9)
    st.number_input("Number", 0, 9)
    st.date_input("Day")
    st.text_input("Word")
    st.text_area("Words")
    st.segmented_control("Show", ["one", "two"], default="one")
    st.pills("Names", ["one", "two"])
    st.file_uploader("File")
    st.header("Buttons")
    st.button("Go")
    st.button("Go first", type="primary", icon=":material/flag:")
    st.button("Up", type="tertiary")
    st.button("Not now", disabled=True)
    st.download_button("Download", "text")
    with st.popover("More"):
        st.markdown("More of it.")
    st.page_link(OTHER, label="The other page", icon=":material/school:")
    with st.form("form"):
        st.text_input("Name")
        st.form_submit_button("Send")
    st.header("What is shown")
    st.markdown("Text with a [link](http://localhost) in it and `code`.\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    st.caption("Small print.")
    for box in (st.info, st.success, st.warning, st.error):
        box("Said.")
    st.metric("Answers", 7, border=True, help="So many.")
    st.dataframe([{"a": 1}], hide_index=True)
    st.table([{f"A long heading, number {n}": n for n in range(6)}])
    with st.expander("Opened", expanded=True):
        st.markdown("Inside.")
    with st.expander("Closed"):
        st.markdown("Inside.")


OTHER = st.Page(lambda: st.title("Other"), title="Other", url_path="other")
SECTIONS = {"": [st.Page(bare, title="Bare")], "More": [OTHER]}
st.navigation(SECTIONS, position="top").run()
