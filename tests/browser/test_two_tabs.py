"""Two tabs of one learner, double clicks, and steps that arrive too late: what is stored, and what is shown."""

import asyncio
import json
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from literal_attempts import a_test, question
from loops import in_loop
from serving import Server

from benchmarks.load import OurLearner
from benchmarks.websocket import Visitor
from models import create_attempt, create_learner, open_database

Story = Callable[[Visitor, Visitor], Awaitable[None]]


@pytest.fixture(scope="module")
def headset(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("tabs") / "data")
    yield running
    running.kill()


def rows(server: Server, statement: str, *values: object) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(server.data / "headset.db", timeout=10)) as database:
        found = database.execute(statement, values).fetchall()
        database.commit()
    return found


def picks(server: Server, name: str) -> list[tuple[int, int, str]]:
    """Return number, position and text of every pick of a learner's test, as stored."""
    return [
        (sequence, position, next(o["text"] for o in json.loads(options) if o["key"] == chosen))
        for sequence, position, chosen, options in rows(
            server,
            "SELECT r.sequence, r.position, json_extract(r.response, '$.chosen'), json_extract(q.content, '$.options') "
            "FROM response r JOIN attempt a ON a.id = r.attempt_id JOIN learner l ON l.id = a.learner_id "
            "JOIN attempt_item i ON i.attempt_id = a.id AND i.position = r.position "
            "JOIN shown_question q ON q.hash = i.question_hash "
            "WHERE l.name = ? AND a.kind = 'test' ORDER BY r.sequence",
            name,
        )
    ]


def option(visitor: Visitor, place: int) -> str:
    """Return the text of an option without its letter."""
    shown = visitor.find("radio", "Choose one answer").options[place]
    return shown.replace("\\", "").split("** ", 1)[1]


def held(visitor: Visitor) -> str | None:
    """Return the text of the option that the page shows as picked."""
    value = visitor.value("Choose one answer")
    return None if value is None else str(value).replace("\\", "").split("** ", 1)[1]


def with_two_tabs(server: Server, name: str, story: Story, test: bool = True) -> None:
    """Let a new learner begin practice or a test, open it in a second tab, and go on with the story."""

    async def told() -> None:
        learner = OurLearner(server.url, name, seed=5)
        first = learner.visitor
        try:
            await learner.arrive()
            if test:
                await learner.begin_test()
            async with Visitor(server.url, path=first.path, query=first.query) as second:
                await story(first, second)
                assert [*first.faults, *second.faults] == []
        finally:
            await first.close()

    in_loop(told())


async def twice(visitor: Visitor, place: int) -> None:
    """Pick an option, and send the same message once more before anything has come back."""
    await visitor.choose("Choose one answer", place, wait=False)
    await visitor.rerun(wait=False)


def test_of_picks_made_in_two_tabs_at_once_the_one_stored_last_stands_and_both_tabs_show_it(
    headset: Server,
) -> None:
    async def story(first: Visitor, second: Visitor) -> None:
        for _ in range(5):
            await asyncio.gather(twice(first, 0), twice(second, 1))
            await asyncio.gather(first.calm(), second.calm())
        stored = picks(headset, "Tara")
        assert [(sequence, position) for sequence, position, _ in stored] == [
            (number, 0) for number in range(1, len(stored) + 1)
        ]
        texts = [text for _, _, text in stored]
        assert set(texts) == {option(first, 0), option(first, 1)}
        # A pick that stands already is not stored again: neither by a double click nor by the other tab.
        assert all(before != after for before, after in zip(texts, texts[1:], strict=False))
        for tab in (first, second):
            await tab.click("flag")
            assert held(tab) == texts[-1]
            assert "1 of 40 answered" in tab.text()

    with_two_tabs(headset, "Tara", story)


def test_a_tab_shows_at_its_next_step_what_the_other_tab_has_picked_since(headset: Server) -> None:
    async def story(first: Visitor, second: Visitor) -> None:
        await first.choose("Choose one answer", 0)
        await second.choose("Choose one answer", 2)
        assert held(first) == option(first, 0)
        await first.click("flag")
        assert held(first) == option(first, 2)
        await first.choose("Choose one answer", 0)
        assert [text for _, _, text in picks(headset, "Uma")] == [option(first, n) for n in (0, 2, 0)]

    with_two_tabs(headset, "Uma", story)


def test_an_answer_checked_twice_in_each_of_two_tabs_is_one_try_and_both_tabs_explain_it(
    headset: Server,
) -> None:
    async def story(first: Visitor, second: Visitor) -> None:
        for place, tab in enumerate((first, second)):
            filler = OurLearner(headset.url, "", seed=place)
            filler.visitor = tab
            await filler.fill()
        for _ in range(2):
            await asyncio.gather(first.click("check", wait=False), second.click("check", wait=False))
        await asyncio.gather(first.calm(), second.calm())
        for tab in (first, second):
            assert {"next"} <= {shown.key for shown in tab.find_all("button")}
            assert tab.errors() == []
        found = rows(
            headset,
            "SELECT r.sequence, r.position FROM response r JOIN attempt a ON a.id = r.attempt_id "
            "JOIN learner l ON l.id = a.learner_id WHERE l.name = 'Vera'",
        )
        assert found == [(1, 0)]

    with_two_tabs(headset, "Vera", story, test=False)


def test_a_test_handed_in_from_two_tabs_ends_once(headset: Server) -> None:
    async def story(first: Visitor, second: Visitor) -> None:
        await first.choose("Choose one answer", 0)
        for tab in (first, second):
            await tab.click("to-review")
            await tab.tick("sure")
        await asyncio.gather(*(tab.click("finish", wait=False) for tab in (first, second, first, second)))
        await asyncio.gather(first.calm(), second.calm())
        for tab in (first, second):
            assert "Practice test, finished on" in tab.text()
            assert tab.errors() == []
        ended = rows(
            headset,
            "SELECT a.finish, count(i.marked_at) FROM attempt a JOIN learner l ON l.id = a.learner_id "
            "JOIN attempt_item i ON i.attempt_id = a.id WHERE l.name = 'Wren' AND a.kind = 'test' GROUP BY a.id",
        )
        assert ended == [("learner", 1)]

    with_two_tabs(headset, "Wren", story)


def test_a_step_after_the_deadline_changes_nothing_and_the_test_ends_as_of_its_deadline(
    headset: Server,
) -> None:
    deadline = datetime.now(UTC) + timedelta(seconds=5)
    sat = a_test(question("1.1"), question("1.2"), id=uuid4(), started_at=deadline - timedelta(minutes=60))
    database = open_database(headset.data)
    with database.write() as session:
        learner = create_learner(session=session, name="Zoe", now=datetime.now(UTC)).id
        create_attempt(
            session=session, attempt=replace(sat, learner=learner), plan="{}", seed=1, content_version="1"
        )
    database.close()

    async def story() -> None:
        async with (
            Visitor(headset.url, path="test", query={"attempt": str(sat.id)}) as picks_late,
            Visitor(headset.url, path="test", query={"attempt": str(sat.id)}) as hands_in_late,
        ):
            await picks_late.choose("Choose one answer", 0)
            await hands_in_late.click("to-review")
            await hands_in_late.tick("sure")
            assert datetime.now(UTC) < deadline
            await asyncio.sleep((deadline - datetime.now(UTC)).total_seconds() + 0.05)
            await picks_late.choose("Choose one answer", 1)
            assert picks_late.errors() == ["The test has ended. Answers given before the end are kept."]
            await hands_in_late.click("finish")
            for tab in (picks_late, hands_in_late):
                assert "when the time ran out" in tab.text()

    in_loop(story())
    assert [(number, position, text) for number, position, text in picks(headset, "Zoe")] == [
        (1, 0, "right L6017638-1.1-01")
    ]
    ended = rows(headset, "SELECT finished_at, finish FROM attempt WHERE id = ?", sat.id.hex)
    assert ended == [(deadline.isoformat(timespec="microseconds"), "time")]
