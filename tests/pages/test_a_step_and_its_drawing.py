"""A step hands over what it has stored to the drawing of its own run, and to no other."""

from __future__ import annotations

from uuid import UUID

from streamlit.testing.v1 import AppTest
from test_pages import give, practise, shown_question, titles

from quiz.questions import right_response
from ui import practising


def handed_over() -> None:
    """Show which plan `learner_and_attempt` gives: the one handed over is marked."""
    from dataclasses import replace
    from uuid import uuid4

    import streamlit as st

    from quiz.errors import NotInBank
    from quiz.sessions import Kind
    from ui import session

    def plan(kind: Kind = Kind.PRACTICE) -> str:
        try:
            _, stored = session.learner_and_attempt(kind)
        except NotInBank:
            return "refused"
        return "handed over" if stored is not None and stored.plan == "handed over" else "read"

    _, read = session.learner_and_attempt(Kind.PRACTICE)
    assert read is not None
    mine = replace(read, plan="handed over")
    session.stands(mine)
    st.text(f"the next: {plan()}")
    st.text(f"the one after: {plan()}")
    session.stands(mine)
    st.text(f"of another kind: {plan(Kind.TEST)}")
    session.stands(replace(mine, attempt=replace(mine.attempt, id=uuid4())))
    st.text(f"another attempt: {plan()}")
    session.stands(replace(mine, attempt=replace(mine.attempt, learner=uuid4())))
    st.text(f"another learner's: {plan()}")


def test_what_is_handed_over_is_taken_once_and_only_by_whom_it_belongs_to(app: AppTest) -> None:
    practise(app, "4.1")
    other = AppTest.from_function(handed_over)
    other.query_params["attempt"] = app.query_params["attempt"]
    other.run()
    assert not other.exception
    assert [line.value for line in other.text] == [
        "the next: handed over",
        "the one after: read",
        "of another kind: refused",
        "another attempt: read",
        "another learner's: read",
    ]


def test_what_another_tab_stores_after_a_step_is_drawn_at_the_next_run(app: AppTest) -> None:
    practise(app, "4.1")
    give(app, 0, 0, right=True)
    app.button(key="next").click().run()
    assert titles(app) == ["Criterion 4.1: question 2 of 5"]
    named = app.query_params["attempt"]
    attempt = UUID(named[0] if isinstance(named, list) else named)
    practising.submit(attempt, 1, 0, right_response(shown_question(app, 1)))
    app.run()
    assert app.button(key="next").label == "Next"
