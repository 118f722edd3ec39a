"""Headset's front door: the app that a server imports, and what is run for each page."""

import streamlit as st

if __name__ != "__main__":
    from starlette.middleware import Middleware

    from ui import opening

    base = st.get_option("server.baseUrlPath")
    app = st.App(
        __file__,
        routes=opening.routes(base),
        middleware=[Middleware(opening.PackedScripts, base=base)],
        lifespan=opening.in_a_browser,
    )
else:
    from quiz.collecting import uncollected

    with uncollected():  # the first run of a server imports all there is
        from ui.shell import pages, run

    page = st.navigation(pages(), position="top")
    st.set_page_config(page_title=f"{page.title} · Headset", page_icon="static/mark.svg", layout="centered")

    run(page)
