"""The clock is set back or forth while a question is on the screen: what is stored of the time it took."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from models import create_learner
from quiz.sessions import PracticePlan
from ui import clock, practising, store

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("later", "seconds"),
    [
        (timedelta(seconds=40), 40.0),
        (timedelta(0), 0.0),
        (timedelta(hours=-1), None),
        (timedelta(seconds=-1), None),
    ],
    ids=["forth", "the same", "an hour back", "a second back"],
)
def test_the_seconds_of_an_answer_are_not_known_where_the_clock_was_set_back_while_it_was_given(
    open_app: Callable[[], AppTest], monkeypatch: pytest.MonkeyPatch, later: timedelta, seconds: float | None
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    with store.database().write() as session:
        learner = create_learner(session=session, name="Sam", now=NOON).id
    unit = store.bank().pack.select_unit("203")
    attempt = practising.start(learner, unit, PracticePlan(unit.key, ("1.1",), 30, mixed=False), "Thirty")
    app = open_app()
    app.query_params["attempt"] = str(attempt)
    app.switch_page("app_pages/practice.py").run()
    while "Choose one answer" not in [radio.label for radio in app.radio]:
        position = int(app.title[0].value.split(": question ")[1].split(" ")[0]) - 1
        practising.go_on(attempt, position)
        app.run()
    app.radio[0].set_value(app.radio[0].options[0])
    monkeypatch.setattr(clock, "now", lambda: NOON + later)
    app.button(key="check").click().run()
    assert not app.exception
    assert [error.value for error in app.error] == []
    with closing(sqlite3.connect(store.database().path)) as connection:
        for table in ("response", "attempt_item WHERE marked_at IS NOT NULL"):
            assert connection.execute(f"SELECT seconds FROM {table}").fetchall() == [(seconds,)]
