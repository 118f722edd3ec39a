"""Every button that stores something, pressed twice before its page is drawn anew: stored once, and no fault shown."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from literal_attempts import a_test, practice, question
from loops import in_loop
from serving import Server
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.websocket import Visitor
from models import create_attempt, create_learner, open_database
from quiz.sessions import PracticePlan

UNIT = "L/601/7638"
AT = f"unit={UNIT}&criterion=1.2"
GAPS = (0.0, 0.004, 0.012, 0.03)
"""Seconds between the two messages: Streamlit runs the second beside the first, whatever that one is at."""
Story = Callable[[Visitor], Awaitable[None]]


@pytest.fixture(scope="module")
def headset(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("twice") / "data")
    yield running
    running.kill()


def newcomer(server: Server) -> UUID:
    """Store a learner, as whom a new tab then begins."""
    with closing(open_database(server.data)) as database, database.write() as session:
        return create_learner(session=session, name=f"Ada {uuid4().hex[:8]}", now=datetime.now(UTC)).id


def begun(server: Server, make: Callable[..., object]) -> UUID:
    """Store a practice session or a test of three questions, of a learner of its own."""
    asked = [question("1.2", number) for number in (1, 2, 3)]
    attempt = make(*asked, id=uuid4(), learner=newcomer(server), started_at=datetime.now(UTC))
    plan = PracticePlan(UNIT, ("1.2",), 3).to_json()
    with closing(open_database(server.data)) as database, database.write() as session:
        create_attempt(session=session, attempt=attempt, plan=plan, seed=1, content_version="1")
    return attempt.id


def rows(server: Server, statement: str, *values: object) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(server.data / "headset.db", timeout=10)) as database:
        return database.execute(statement, values).fetchall()


def events(server: Server, attempt: UUID) -> list[tuple[object, ...]]:
    return rows(
        server, "SELECT kind, position FROM attempt_event WHERE attempt_id = ? ORDER BY sequence", attempt.hex
    )


async def twice(tab: Visitor, button: str, gap: float = 0.0) -> None:
    """Press a button and send exactly the same message once more."""
    trigger = WidgetState(id=tab.find("button", button).id, trigger_value=True)
    query, page = tab.query, tab.page_hash
    await tab.click(button, wait=False)
    states = list(tab.states.values())
    await asyncio.sleep(gap)
    await tab.rerun(states=states, triggers=[trigger], query=query, page_hash=page, wait=False)
    await tab.wait()
    await tab.calm()
    assert [*tab.errors(), *tab.faults] == []


async def twice_at_once(server: Server, tab: Visitor, button: str) -> None:
    """Press a button twice, the second time while the first is sure to wait for the database.

    A button that turns something on and off again undoes it when it is pressed once it is drawn anew; on a busy
    machine that may be before a second message of the same moment is read.
    """
    with closing(sqlite3.connect(server.data / "headset.db", isolation_level=None, timeout=10)) as other:
        other.execute("BEGIN IMMEDIATE")
        pressed = asyncio.create_task(twice(tab, button))
        await asyncio.sleep(0.3)
        other.execute("ROLLBACK")
        await pressed


def visit(server: Server, story: Story, at: str) -> None:
    path, _, query = at.partition("?")

    async def told() -> None:
        async with Visitor(server.url, path=path, query=query) as tab:
            await story(tab)

    in_loop(told())


@pytest.mark.parametrize("gap", GAPS)
@pytest.mark.parametrize(
    ("page", "button"),
    [("practise", "start-practice"), ("practise", "starting-check"), ("test", "start-test")],
)
def test_a_session_is_begun_once(headset: Server, page: str, button: str, gap: float) -> None:
    learner = newcomer(headset)

    async def story(tab: Visitor) -> None:
        await twice(tab, button, gap)
        assert rows(headset, "SELECT count(*) FROM attempt WHERE learner_id = ?", learner.hex) == [(1,)]

    visit(headset, story, f"{page}?unit={UNIT}")


def test_each_step_of_practice_is_stored_once(headset: Server) -> None:
    attempt = begun(headset, practice)

    async def story(tab: Visitor) -> None:
        await tab.choose("Choose one answer", 1)
        await twice(tab, "check")
        assert rows(headset, "SELECT sequence FROM response WHERE attempt_id = ?", attempt.hex) == [(1,)]
        await twice(tab, "show")
        await twice(tab, "next")
        assert events(headset, attempt) == [("show", 0), ("move", 1)]
        assert "question 2 of 3" in tab.text()
        await twice(tab, "end")
        assert rows(headset, "SELECT finish FROM attempt WHERE id = ?", attempt.hex) == [("learner",)]

    visit(headset, story, f"practise?attempt={attempt}")


def test_each_step_of_a_test_is_stored_once(headset: Server) -> None:
    attempt = begun(headset, a_test)

    async def story(tab: Visitor) -> None:
        for button in ("flag", "flag", "next", "back", "rest", "next"):
            await twice_at_once(headset, tab, button)
        assert events(headset, attempt) == [
            ("flag", 0), ("unflag", 0), ("move", 1), ("move", 0), ("break_start", None), ("break_end", None),
        ]  # fmt: skip
        await tab.choose("Choose one answer", 1)
        await tab.click("to-review")
        await tab.tick("sure")
        await twice(tab, "finish")
        assert "Practice test, finished on" in tab.text()

    visit(headset, story, f"test?attempt={attempt}")
    assert rows(headset, "SELECT position FROM response WHERE attempt_id = ?", attempt.hex) == [(0,)]
    assert rows(
        headset,
        "SELECT a.finish, count(i.marked_at) FROM attempt a JOIN attempt_item i ON i.attempt_id = a.id WHERE a.id = ?",
        attempt.hex,
    ) == [("learner", 1)]


@pytest.mark.parametrize("gap", GAPS)
def test_each_step_of_a_portfolio_is_stored_once(headset: Server, gap: float) -> None:
    learner = newcomer(headset)

    def titles() -> list[str]:
        found = rows(
            headset, "SELECT title FROM evidence_item WHERE learner_id = ? ORDER BY title", learner.hex
        )
        return [str(title) for (title,) in found]

    def standings() -> list[str]:
        found = rows(
            headset, "SELECT status FROM portfolio_status WHERE learner_id = ? ORDER BY set_at", learner.hex
        )
        return [str(status) for (status,) in found]

    def form(tab: Visitor, begins: str) -> str:
        """Return what names the widgets of a form."""
        named = [shown.key or "" for shown in tab.find_all("text_input")]
        (key,) = [key for key in named if key.startswith(f"title-{begins}")]
        return key.removeprefix("title-")

    async def story(tab: Visitor) -> None:
        for number in (1, 2):  # the second form is another one
            key = form(tab, "new-")
            await tab.type(f"title-{key}", f"Piece {number}")
            await tab.choose(f"type-{key}", 0)
            await twice(tab, f"save-{key}", gap)
            assert titles() == [f"Piece {n}" for n in range(1, number + 1)]
        (item,) = rows(
            headset, "SELECT id FROM evidence_item WHERE learner_id = ? AND title = 'Piece 1'", learner.hex
        )
        await tab.type(f"title-{item[0]}", "Piece 1, changed")
        await twice(tab, f"save-{item[0]}", gap)
        assert titles() == ["Piece 1, changed", "Piece 2"]
        await twice(tab, f"remove-{item[0]}", gap)
        assert titles() == ["Piece 2"]
        await tab.type("assessor", "Pat Lee")
        await tab.date("confirmed-on", "2026/11/20")
        await twice(tab, "confirm", gap)
        await twice(tab, "take-back", gap)
        assert standings() == ["confirmed by the assessor", "ready for the assessor"]
        await tab.open("study", AT)
        await tab.type("Your answer", "I greet the customer first.")
        await twice(tab, "save-own-words", gap)
        assert rows(headset, "SELECT count(*) FROM own_words WHERE learner_id = ?", learner.hex) == [(1,)]
        await twice(tab, "draft-own-words", gap)
        assert len(titles()) == 2
        await tab.open("portfolio", f"unit={UNIT}&criterion=1.1")
        (other,) = rows(
            headset, "SELECT id FROM evidence_item WHERE learner_id = ? AND title = 'Piece 2'", learner.hex
        )
        await tab.choose("attach", "Piece 2")
        await twice(tab, f"attach-{other[0]}", gap)
        served = rows(
            headset,
            "SELECT l.criterion FROM evidence_link l JOIN evidence_item i ON i.id = l.item_id WHERE i.learner_id = ?",
            learner.hex,
        )
        assert sorted(str(criterion) for (criterion,) in served) == ["1.1", "1.2", "1.2"]

    visit(headset, story, f"portfolio?{AT}")


def test_a_standing_chosen_twice_is_stored_once(headset: Server) -> None:
    learner = newcomer(headset)

    async def story(tab: Visitor) -> None:
        (box,) = [shown for shown in tab.find_all("selectbox") if shown.label == "Status of 1.2"]
        for option in (1, 1, 2, 2):
            await tab.choose(box.key or "", option, wait=False)
        await tab.wait()
        await tab.calm()
        found = rows(
            headset, "SELECT status FROM portfolio_status WHERE learner_id = ? ORDER BY set_at", learner.hex
        )
        assert found[-1] == ("ready for the assessor",)
        assert all(before != after for before, after in pairwise(found))

    visit(headset, story, f"portfolio?unit={UNIT}")
