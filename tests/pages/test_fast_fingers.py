"""What is stored when a learner is faster than the page."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from models import create_learner, select_attempt
from quiz.errors import MoveRefused
from quiz.questions import right_response
from quiz.sessions import PracticePlan
from ui import clock, practising, store, testing


def stored(attempt: UUID) -> list[str]:
    with closing(sqlite3.connect(store.database().path)) as connection:
        rows = connection.execute(
            "SELECT json_extract(response, '$.chosen') FROM response WHERE attempt_id = ? ORDER BY sequence",
            (attempt.hex,),
        )
        return [chosen for (chosen,) in rows]


@pytest.fixture
def learner() -> UUID:
    with store.database().write() as session:
        return create_learner(session=session, name="Amira", now=clock.now()).id


@pytest.fixture
def under_way(learner: UUID) -> tuple[UUID, list[str]]:
    unit = store.bank().pack.select_unit("203")
    attempt = testing.start(learner, unit, 0)
    with closing(sqlite3.connect(store.database().path)) as connection:
        (options,) = connection.execute(
            "SELECT json_extract(q.content, '$.options') FROM attempt_item i "
            "JOIN shown_question q ON q.hash = i.question_hash WHERE i.attempt_id = ? AND i.position = 0",
            (attempt.hex,),
        ).fetchone()
    return attempt, [option["key"] for option in json.loads(options)]


def test_every_change_of_mind_is_kept_and_a_repeat_writes_nothing(
    under_way: tuple[UUID, list[str]],
) -> None:
    attempt, (a, b, *_) = under_way
    for chosen in (a, a, b, b, a, a):
        testing.pick(attempt, 0, chosen)
    assert stored(attempt) == [a, b, a]


def test_a_pick_after_the_end_is_refused_and_the_one_before_stands(
    under_way: tuple[UUID, list[str]],
) -> None:
    attempt, (a, b, *_) = under_way
    testing.pick(attempt, 0, a)
    testing.end(attempt)
    with pytest.raises(MoveRefused, match="The test has ended. Answers given before the end are kept."):
        testing.pick(attempt, 0, b)
    assert stored(attempt) == [a]


def test_finishing_twice_keeps_the_first_end(under_way: tuple[UUID, list[str]]) -> None:
    attempt, _ = under_way
    testing.end(attempt)
    with closing(sqlite3.connect(store.database().path)) as connection:
        first = connection.execute("SELECT finished_at FROM attempt").fetchone()
    testing.end(attempt)
    with closing(sqlite3.connect(store.database().path)) as connection:
        assert connection.execute("SELECT finished_at FROM attempt").fetchone() == first


def test_going_on_twice_in_endless_practice_draws_one_question(learner: UUID) -> None:
    unit = store.bank().pack.select_unit("203")
    attempt = practising.start(learner, unit, PracticePlan(unit.key, ("1.1",), None), "Endless")
    practising.go_on(attempt, 0)
    practising.go_on(attempt, 0)
    with closing(sqlite3.connect(store.database().path)) as connection:
        assert connection.execute("SELECT count(*) FROM attempt_item").fetchone() == (2,)


def test_a_practice_answer_sent_twice_is_one_try(learner: UUID) -> None:
    unit = store.bank().pack.select_unit("203")
    attempt = practising.start(learner, unit, PracticePlan(unit.key, ("1.1",), 5), "Five")
    with store.database().read() as session:
        question = select_attempt(session=session, attempt_id=attempt).attempt.items[0].question
    for _ in range(2):
        practising.submit(attempt, 0, 0, right_response(question))
    with closing(sqlite3.connect(store.database().path)) as connection:
        assert connection.execute("SELECT count(*) FROM response").fetchone() == (1,)


def test_two_newcomers_at_once_are_each_who_they_said(open_app: Callable[[], AppTest]) -> None:
    first, second = open_app(), open_app()
    for app, name in ((first, "Eve"), (second, "Sam")):
        app.text_input(key="new-name").set_value(name)
        app.button(key="start-named").click().run()
    assert [app.title[0].value for app in (first.run(), second.run())] == ["Hello, Eve", "Hello, Sam"]
