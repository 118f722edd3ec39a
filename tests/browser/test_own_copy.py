"""In a class: what a learner may save of themselves, and that nobody but the tutor backs up, restores or deletes."""

import asyncio
import json
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest
from literal_attempts import RIGHT, a_test, practice, question
from loops import in_loop
from serving import ClassServer
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.websocket import Visitor
from models import create_attempt, create_learner, open_database, save_finish, save_response
from models.devices import create_device
from quiz.sessions import Attempt, answer, finish
from ui.access import COOKIE

Story = Callable[[Visitor], Awaitable[None]]
OF_THE_TUTOR = {"save-backup", "restore-file", "delete-name", "delete-everything"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClassServer]:
    running = ClassServer(tmp_path_factory.mktemp("own") / "data")
    yield running
    running.kill()


def newcomer(server: ClassServer, name: str) -> tuple[UUID, str]:
    """Return a new learner and the token of their device."""
    now = datetime.now(UTC)
    with closing(open_database(server.data)) as database, database.write() as session:
        learner = create_learner(session=session, name=name, now=now).id
        return learner, create_device(session=session, now=now, learner=learner)[1]


def begun(server: ClassServer, learner: UUID, make: Callable[..., Attempt], secret: str) -> Attempt:
    """Store a sitting of two questions, the first answered, whose explanations hold a word of their own."""
    asked = [
        one.model_copy(
            update={"options": tuple(o.model_copy(update={"why": f"{secret} {o.key}"}) for o in one.options)}
        )
        for one in (question("1.2", 1), question("1.2", 2))
    ]
    now = datetime.now(UTC)
    attempt = make(*asked, id=uuid4(), learner=learner, started_at=now)
    with closing(open_database(server.data)) as database, database.write() as session:
        create_attempt(session=session, attempt=attempt, plan="{}", seed=1, content_version="1")
        attempt = answer(attempt, 0, RIGHT, now)
        save_response(
            session=session, attempt=attempt, position=0, response=RIGHT, now=now, submit_id=uuid4()
        )
    return attempt


def visit(server: ClassServer, token: str | None, at: str, story: Story) -> None:
    async def told() -> None:
        cookies = {COOKIE: token} if token else {}
        async with Visitor(server.url, path=at, cookies=cookies, keep=True) as visitor:
            await story(visitor)

    in_loop(told())


def tutor(server: ClassServer) -> str:
    with httpx2.Client(base_url=server.url, trust_env=False) as laptop:
        return str(laptop.post("/tutor", data={"passcode": server.passcode}).cookies[COOKIE])


async def saved(visitor: Visitor, button: str) -> str:
    """Return the text of the file behind a button, as the browser fetches it."""
    wanted = BackMsg()
    request = wanted.backend_operation_request
    request.request_id, request.session_id = uuid4().hex, visitor.session_id
    request.deferred_file.file_id = visitor.find("download_button", button).sent.deferred_file_id
    await visitor.send(wanted)
    for _ in range(400):
        await asyncio.sleep(0.05)
        for data in visitor._kept or []:
            reply = ForwardMsg.FromString(data).backend_operation_response
            if reply.request_id == request.request_id:
                assert reply.error_msg == ""
                async with httpx2.AsyncClient(base_url=visitor.url, trust_env=False) as browser:
                    return (await browser.get(reply.deferred_file.url)).text
    raise TimeoutError("The file was not made.")


def keys(visitor: Visitor) -> set[str]:
    return {shown.key or "" for shown in visitor.find_all()}


def learners(server: ClassServer) -> set[str]:
    with closing(sqlite3.connect(server.data / "headset.db")) as database:
        return {str(name) for (name,) in database.execute("SELECT name FROM learner")}


def test_a_learner_saves_all_about_themselves_and_nothing_of_others_and_has_no_way_to_the_rest(
    server: ClassServer,
) -> None:
    ben, _ = newcomer(server, "Ben Quillfeather")
    begun(server, ben, practice, "Quillfeather says")
    ada, token = newcomer(server, "Ada")
    texts: list[Any] = []

    async def story(visitor: Visitor) -> None:
        assert keys(visitor) & {"save-everything", *OF_THE_TUTOR} == {"save-everything"}
        assert "Your tutor can delete it all for good: ask them, and save the file first." in visitor.text()
        texts.append(json.loads(await saved(visitor, "save-everything")))
        assert not visitor.heard("Quillfeather")

    visit(server, token, "about", story)
    assert texts[0]["learner"] == {"id": str(ada), "name": "Ada"}
    assert [device["tutor"] for device in texts[0]["here"]["devices"]] == [False]
    assert "Quillfeather" not in json.dumps(texts)


def test_a_guest_is_offered_none_of_it(server: ClassServer) -> None:
    async def story(visitor: Visitor) -> None:
        assert "About and help" in visitor.text()
        assert keys(visitor) & {"save-everything", *OF_THE_TUTOR} == set()

    visit(server, None, "about", story)


def test_what_the_tutor_deletes_and_restores_with_does_nothing_in_a_learners_tab(server: ClassServer) -> None:
    ada, token = newcomer(server, "Adele")
    widgets: dict[str, str] = {}

    async def seen(visitor: Visitor) -> None:
        await visitor.click(f"learner-{ada.hex}")
        await visitor.go("About and help")
        widgets.update({shown.key: shown.id for shown in visitor.find_all() if shown.key in OF_THE_TUTOR})
        assert set(widgets) == OF_THE_TUTOR

    visit(server, tutor(server), "", seen)
    before = learners(server)

    async def story(visitor: Visitor) -> None:
        states = [WidgetState(id=widgets["delete-name"], string_value="Adele")]
        for button in ("delete-everything", "save-backup"):
            await visitor.rerun(states=states, triggers=[WidgetState(id=widgets[button], trigger_value=True)])
        assert visitor.errors() == []
        assert not visitor.heard("Deleted everything")

    visit(server, token, "about", story)
    assert learners(server) == before


def test_the_tutor_deletes_a_learner_for_good_and_their_device_is_a_guests(server: ClassServer) -> None:
    cleo, token = newcomer(server, "Cleo Marchbanks")

    async def story(visitor: Visitor) -> None:
        await visitor.click(f"learner-{cleo.hex}")
        await visitor.go("About and help")
        await visitor.type("delete-name", "Cleo Marchbanks")
        await visitor.click("delete-everything")
        assert "Deleted everything about Cleo Marchbanks." in visitor.text()

    visit(server, tutor(server), "", story)
    assert "Cleo Marchbanks" not in learners(server)

    async def afterwards(visitor: Visitor) -> None:
        assert "Join your class first" in visitor.text()

    visit(server, token, "", afterwards)
    for file in server.data.glob("headset*"):
        assert b"Marchbanks" not in file.read_bytes(), file


@pytest.mark.parametrize(
    ("page", "button"),
    [("about", "save-everything"), ("progress", "summary-json"), ("progress", "summary-xapi")],
)
def test_no_file_that_a_learner_saves_tells_the_key_of_a_test_that_is_not_finished(
    server: ClassServer, page: str, button: str
) -> None:
    learner, token = newcomer(server, f"Dev {uuid4().hex[:8]}")
    sat = begun(server, learner, a_test, "Open test says")
    told: list[str] = []

    async def story(visitor: Visitor) -> None:
        told.append(await saved(visitor, button))

    visit(server, token, page, story)
    with closing(open_database(server.data)) as database, database.write() as session:
        save_finish(session=session, attempt=finish(sat, datetime.now(UTC)))
    visit(server, token, page, story)
    kept = [("Open test says" in text or "correctResponsesPattern" in text) for text in told]
    assert kept == [False, True]
