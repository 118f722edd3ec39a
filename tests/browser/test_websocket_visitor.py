"""The visitor without a browser sees and does what a browser would: on the app, and on a page made to be hard."""

import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing

import pytest
from loops import in_loop
from serving import ROOT, Server

from benchmarks.load import OurLearner
from benchmarks.websocket import NotShown, VisitFailed, Visitor


@pytest.fixture(scope="module")
def headset(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("visited") / "data")
    yield running
    running.kill()


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("hard") / "data", ROOT / "tests" / "browser" / "visited.py")
    yield running
    running.kill()


def visit(server: Server, story: Callable[[Visitor], Awaitable[None]]) -> None:
    async def told() -> None:
        async with Visitor(server.url) as visitor:
            await story(visitor)
            assert visitor.faults == []

    in_loop(told())


def test_an_answer_checked_with_a_double_click_is_explained_and_stored_once(headset: Server) -> None:
    async def story() -> str:
        ada = OurLearner(headset.url, "Ada", seed=1)
        await ada.arrive()
        await ada.fill()
        await ada.visitor.click("Check answer", wait=False)
        await ada.visitor.click("Check answer", wait=False)
        await ada.visitor.calm()
        shown = ada.visitor.text()
        assert {"Next", "Try again"} & set(ada.visitor.labels("button"))
        assert "Check answer" not in ada.visitor.labels()
        assert ada.visitor.faults == []
        await ada.visitor.close()
        return shown

    assert "Read the note on" in in_loop(story())
    with closing(sqlite3.connect(headset.data / "headset.db")) as database:
        stored = database.execute(
            "SELECT learner.name, count(*) FROM response JOIN attempt ON attempt.id = response.attempt_id "
            "JOIN learner ON learner.id = attempt.learner_id WHERE learner.name = 'Ada'"
        ).fetchall()
    assert stored == [("Ada", 1)]


def test_a_reload_comes_back_to_the_same_question_and_a_lost_network_to_the_same_session(
    headset: Server,
) -> None:
    async def story() -> None:
        ben = OurLearner(headset.url, "Ben", seed=2)
        await ben.arrive()
        visitor = ben.visitor
        before, session = visitor.text(), visitor.session_id
        assert visitor.path == "practise"
        assert visitor.query.startswith("attempt=")
        await visitor.reconnect()
        assert (visitor.text(), visitor.session_id) == (before, session)
        await visitor.open()
        assert visitor.text() == before
        assert visitor.session_id != session
        await visitor.close()

    in_loop(story())


def test_a_component_takes_the_learner_to_another_question_of_the_test(headset: Server) -> None:
    async def story() -> None:
        cleo = OurLearner(headset.url, "Cleo", seed=3)
        await cleo.arrive()
        visitor = cleo.visitor
        await cleo.begin_test()
        taken = await cleo.sit()
        assert set(taken) == {"test: pick", "test: next"}
        assert "question 2 of" in visitor.text()
        (navigator,) = [s for s in visitor.find_all("bidi_component") if s.label == "headset_navigator"]
        await visitor.trigger(navigator.key or "", "go", 0)
        assert "question 1 of" in visitor.text()
        assert "1 of 40 answered" in visitor.text()
        assert visitor.value("Choose one answer") is not None
        await visitor.close()

    in_loop(story())


def test_a_page_of_another_address_cannot_open_a_session(headset: Server) -> None:
    async def story() -> None:
        with pytest.raises(VisitFailed, match="refused"):
            await Visitor(headset.url, origin="http://elsewhere.example").open()

    in_loop(story())


def test_a_fragment_runs_by_itself_and_alone(hard: Server) -> None:
    async def story(visitor: Visitor) -> None:
        await visitor.until("ticks so far: 3", 10)
        await visitor.click("Press in the fragment")
        assert "pressed inside: 1" in visitor.text()
        assert "runs of the page: 1" in visitor.text()
        await visitor.go("Other")
        assert visitor.text() == "Other"
        await visitor.calm(0.5)

    visit(hard, story)


def test_a_form_is_sent_whole_once_and_emptied(hard: Server) -> None:
    async def story(visitor: Visitor) -> None:
        await visitor.type("Name", "Dai & Eve")
        assert "runs of the page: 1" in visitor.text()
        await visitor.click("Send")
        assert "sent: Dai & Eve" in visitor.text()
        assert visitor.query == "name=Dai+%26+Eve"
        assert visitor.value("Name") is None or visitor.value("Name") == ""
        await visitor.click("Again")
        assert "sent:" not in visitor.text()
        assert "runs of the page: 104" in visitor.text()

    visit(hard, story)


def test_a_component_holds_its_state_and_fires_its_trigger_once(hard: Server) -> None:
    async def story(visitor: Visitor) -> None:
        await visitor.hold("counter", "held", "a stone")
        await visitor.trigger("counter", "added", 5)
        assert "held: a stone, added: 5, 1 times" in visitor.text()
        await visitor.tick("On")
        assert "held: a stone, added: None, 1 times" in visitor.text()

    visit(hard, story)


def test_every_kind_of_widget_is_sent_as_the_page_expects_it(hard: Server) -> None:
    async def story(visitor: Visitor) -> None:
        assert "3 None ['two'] a 4 False" in visitor.text()
        await visitor.number("Number", 8)
        await visitor.date("Day", "2026/11/20")
        await visitor.choose_all("Several", ["three", "one"])
        await visitor.choose("One", "b")
        await visitor.number("Level", 9)
        await visitor.tick("On")
        assert "8 2026-11-20 ['three', 'one'] b 9 True" in visitor.text()
        assert {"letter", "x", "figure", "7"} <= set(visitor.text().splitlines())
        with pytest.raises(NotShown, match="disabled"):
            await visitor.click("Not for you")
        with pytest.raises(NotShown, match="there are"):
            await visitor.click("Nowhere")

    visit(hard, story)


def test_a_long_text_is_sent_once_and_shown_in_every_run(hard: Server) -> None:
    async def story(visitor: Visitor) -> None:
        first = visitor.bytes_received
        await visitor.tick("On")
        assert first > 25_000 > visitor.bytes_received - first
        assert "sent once and then only named" in visitor.text()

    visit(hard, story)


def test_an_exception_on_the_page_is_remembered(hard: Server) -> None:
    async def story() -> None:
        async with Visitor(hard.url, keep=True) as visitor:
            await visitor.click("Break")
            assert len(visitor.faults) == len(visitor.errors()) == 1
            await visitor.tick("On")
            assert visitor.errors() == []
            assert len(visitor.faults) == 1
            assert visitor.heard("ticks so far")
            assert not visitor.heard("broken on purpose")  # client.showErrorDetails is "none"

    in_loop(story())
