"""Messages that no browser would send: nothing of another's, no key before its time, no fault that lasts."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import SystemRandom
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest
from literal_attempts import a_test, practice, question
from literal_questions import MULTIPLE_RESPONSE, ONE_OF_EACH
from loops import in_loop
from serving import ClassServer, Server
from starlette.types import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from test_stories import rows

from benchmarks.screen import Shown
from benchmarks.websocket import VisitFailed, Visitor
from models import (
    create_attempt,
    create_learner,
    create_lesson,
    end_live,
    free_nickname,
    join_live,
    open_database,
    open_live,
    save_place,
)
from models.devices import create_device
from quiz.questions import Matching, Ordering, Question, SingleChoice, Sorting
from quiz.sessions import Attempt, Lesson, Step
from ui.access import COOKIE
from ui.doors import SafeAnswers

UNIT = "L/601/7638"
AT = f"unit={UNIT}&criterion=1.2"
Story = Callable[[Visitor], Awaitable[None]]

FORGED: tuple[dict[str, Any], ...] = (
    {"string_value": "an option that does not exist"},
    {"string_value": "x" * 10_000},
    {"string_value": "confirmed by the assessor"},
    {"int_value": 2**62},
    {"int_value": -1},
    {"double_value": float("nan")},
    {"double_value": float("inf")},
    {"bool_value": True},
    {"string_array_value": ["9999/12/31", "0001/01/01"]},
    {"double_array_value": [1e308]},
    {"json_value": '{"cut off":'},
    {"json_value": '{"held": [[[]]], "value": null}'},
    {"bytes_value": b"\xff\x00"},
    {"trigger_value": True},
)
"""What a widget may be said to hold; each is the wrong kind for most, and beyond the bounds of the rest."""
GARBAGE = ("garbage", "00000000-0000-0000-0000-000000000000", "x" * 10_000, "²", "<b>%00")


def state(widget: str, **held: Any) -> WidgetState:
    made = WidgetState(id=widget)
    for field, value in held.items():
        if field.endswith("_array_value"):
            getattr(made, field).data.extend(value)
        else:
            setattr(made, field, value)
    return made


def parts_of(asked: Question) -> str:
    """Return the name of the field that holds the parts of a question."""
    (found,) = {"options", "pairs", "steps", "cases"} & set(type(asked).model_fields)
    return found


def why(code: str, asked: Question) -> Question:
    """Return the question with an explanation on each of its parts that stands nowhere else."""
    parts = parts_of(asked)
    explained = tuple(
        part.model_copy(update={"why": f"{code} says that {part.key} is so"})
        for part in getattr(asked, parts)
    )
    return asked.model_copy(update={parts: explained})


def key_lines(asked: Question) -> list[str]:
    """Return what a page says of the right answer to a question, and says nowhere else."""
    if isinstance(asked, Matching):
        return [f"{pair.left}: {pair.right}"[1:] for pair in asked.pairs]  # the first letter may be a capital
    if isinstance(asked, Ordering):
        return [f"{step.place}. {step.text}" for step in asked.steps]
    if isinstance(asked, Sorting):
        return [f"{case.text}: {case.belongs}" for case in asked.cases]
    return ["Right answer"]


WRONG: dict[str, dict[str, int | bool]] = {
    "single_choice": {"": 1},
    "multiple_response": {"c": True, "d": True},
    "matching": {"k": 3, "c": 1, "s": 0, "t": 2},
    "ordering": {"p": 0, "b": 1, "d": 2, "a": 3},
    "sorting": {"a": 1, "d": 1, "s": 0, "m": 0},
}
"""A full answer to each of the small questions about tea with no part where it belongs: what is put in which widget."""


async def answer_wrongly(visitor: Visitor, asked: Question) -> None:
    """Fill in the card of a question about tea."""
    numbers = {part.key: number for number, part in enumerate(getattr(asked, parts_of(asked)))}
    for part, put in WRONG[asked.type].items():
        (card,) = [
            shown for shown in visitor.find_all()
            if (shown.key or "").startswith(("answer-", "live-")) and shown.kind in {"radio", "checkbox", "selectbox"}
            and not (shown.key or "").endswith("-sure") and (not part or (shown.key or "").endswith(f"-{numbers[part]}"))
        ]  # fmt: skip
        if put is True:
            await visitor.tick(card.key or "")
        else:
            await visitor.choose(card.key or "", put)


def tell(url: str, story: Story, at: str = "", token: str | None = None) -> None:
    """Let a story happen in a tab, and hold that no fault of the server's insides ever came over the wire."""
    path, _, query = at.partition("?")

    async def told() -> None:
        cookies = {COOKIE: token} if token else {}
        async with Visitor(url, path=path, query=query, cookies=cookies, keep=True) as visitor:
            await story(visitor)
            for inside in ("Traceback", 'File "', "site-packages", "sqlalchemy", "sqlite3."):
                assert not visitor.heard(inside), inside

    in_loop(told())


async def refused(visitor: Visitor) -> str:
    """Return what the page says of the last step."""
    await visitor.calm(0.1)
    return "\n".join(visitor.errors())


def inputs(visitor: Visitor) -> list[Shown]:
    """Return what holds a value on the page: everything with an id but buttons and links."""
    buttons = {"button", "download_button", "page_link", "menu_button"}
    return [shown for shown in visitor.find_all() if shown.id and shown.kind not in buttons]


# --- One's own machine


@dataclass(frozen=True)
class Home:
    """A server of one's own with a learner, Ada, who has begun something."""

    server: Server
    learner: UUID

    def store(self, attempt: Attempt) -> UUID:
        """Store an attempt of Ada's and return its id."""
        with closing(open_database(self.server.data)) as database, database.write() as db:
            create_attempt(session=db, attempt=attempt, plan="{}", seed=1, content_version="1")
        return attempt.id

    def begun(self, make: Callable[..., Attempt], *asked: Question, minutes: float = 1, **how: Any) -> UUID:
        """Store an attempt that began so many minutes ago."""
        started = datetime.now(UTC) - timedelta(minutes=minutes)
        return self.store(make(*asked, id=uuid4(), learner=self.learner, started_at=started, **how))

    def answers(self, attempt: UUID) -> list[tuple[Any, ...]]:
        """Return the position and the response of each answer stored."""
        return rows(
            self.server,
            f"SELECT position, response FROM response WHERE attempt_id = '{attempt.hex}' ORDER BY sequence",
        )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    server = Server(tmp_path_factory.mktemp("forged") / "data")
    with closing(open_database(server.data)) as database, database.write() as db:
        learner = create_learner(session=db, name="Ada", now=datetime.now(UTC)).id
    yield Home(server, learner)
    server.kill()


@pytest.mark.parametrize(
    "page",
    [
        "practise",
        "test",
        f"study?{AT}",
        "review",
        "plan",
        f"portfolio?unit={UNIT}",
        f"portfolio?{AT}",
        "lesson",
        "about",
    ],
)
def test_widgets_said_to_hold_what_they_cannot_break_nothing_that_lasts(home: Home, page: str) -> None:
    before = stored(home.server)

    async def story(ada: Visitor) -> None:
        shown = without_typed(ada.text())
        for held in FORGED:
            await ada.rerun(states=[state(widget.id, **held) for widget in inputs(ada)])
            await ada.open()
            assert without_typed(ada.text()) == shown

    tell(home.server.url, story, page)
    assert stored(home.server) == before


def without_typed(text: str) -> str:
    """Return a page's text without what its learner has typed in own words: that may be any text, and is kept."""
    return re.sub(r'"held": "(?:[^"\\]|\\.)*"', "", text)


def stored(server: Server) -> list[list[tuple[Any, ...]]]:
    """Return what a learner enters, without counts and choices that have bounds of their own."""
    tables = (
        "learner",
        "plan",
        "own_words",
        "portfolio_status",
        "evidence_item",
        "attempt",
        "response",
        "lesson",
    )
    return [
        rows(server, f"SELECT * FROM {table} ORDER BY 1")
        if table != "learner"
        else rows(
            server, "SELECT id, name, json_extract(settings, '$.qualification') FROM learner ORDER BY 1"
        )
        for table in tables
    ]


def test_a_value_of_the_wrong_kind_stores_nothing_and_harms_no_tab_but_the_one_that_sent_it_until_its_reload(
    home: Home,
) -> None:
    attempt = home.begun(practice, question("1.2"))

    async def story(ada: Visitor) -> None:
        card, check = ada.find("radio", "Choose one answer"), ada.find("button", "check")
        async with Visitor(home.server.url, path=ada.path, query=ada.query) as other:
            for held in (
                {"int_value": 3},
                {"json_value": "{"},
                {"bytes_value": b"\xff"},
                {"double_value": 1.5},
            ):
                await ada.rerun(
                    states=[state(card.id, **held)], triggers=[state(check.id, trigger_value=True)]
                )
                # Streamlit reads the value before any of our code runs, and then shows a message of its own.
                (*_, told) = ada.errors()
                assert told.startswith(
                    ("Headset met a fault of its own.", "This app has encountered an error.")
                )
                await other.rerun()
                assert other.errors() == []
            assert home.answers(attempt) == []
            await other.choose("Choose one answer", 1)
            await other.click("check")
            assert other.errors() == []
        await ada.open()
        assert ada.errors() == []
        assert "Not yet" in ada.text()

    tell(home.server.url, story, f"practise?attempt={attempt}")
    assert len(home.answers(attempt)) == 1


def test_what_all_sessions_share_can_be_dropped_again_and_again_under_a_test_and_no_pick_is_lost(
    home: Home,
) -> None:
    attempt = home.begun(a_test, question("1.2"))

    async def story(ada: Visitor) -> None:
        async with Visitor(home.server.url) as other:
            for number in range(10):
                await asyncio.gather(
                    ada.choose("Choose one answer", number % 2), other.send(BackMsg(clear_cache=True))
                )
                assert ada.errors() == []
            await other.go("Progress")
            assert other.errors() == []

    tell(home.server.url, story, f"test?attempt={attempt}")
    assert [json.loads(response)["chosen"] for _, response in home.answers(attempt)] == ["a", "b"] * 5
    assert rows(home.server, "PRAGMA integrity_check") == [("ok",)]


def test_addresses_that_no_page_makes_end_in_words(home: Home) -> None:
    practising = home.begun(practice, question("1.2"))
    sitting, lesson = home.begun(a_test, question("1.2")), uuid4()
    with closing(open_database(home.server.data)) as database, database.write() as db:
        create_lesson(
            session=db, lesson=Lesson(lesson, UNIT, "Tea", (question("1.2"),)), now=datetime.now(UTC)
        )

    async def story(ada: Visitor) -> None:
        for page, name in (
            ("practise", "attempt"), ("test", "attempt"), ("report", "attempt"), ("study", "unit"), ("progress", "unit"),
            ("plan", "qualification"), ("questions", "unit"), ("groups", "group"), ("lesson", "lesson"),
        ):  # fmt: skip
            for value in GARBAGE:
                await ada.open(page, {name: value})
                assert "met a fault of its own" not in ada.text(), (page, value[:20])
        for number in ("²", "9" * 6_000, "-1", "1e9"):
            await ada.open("lesson", {"lesson": str(lesson), "at": number, "step": number, "view": number})
            assert "question 1 of 1" in ada.text()
        for page, other in (("practise", sitting), ("test", practising), ("report", practising)):
            await ada.open(page, f"attempt={other}")
            assert "There is no such session here" in ada.text()
        # Of a name that is there twice, Streamlit takes the last.
        await ada.open("practise", f"attempt=garbage&attempt={practising}")
        assert "question 1 of 1" in ada.text()
        assert ada.faults == []

    tell(home.server.url, story)


def test_the_key_of_a_practice_question_is_not_sent_before_the_answer(home: Home) -> None:
    asked = why("W1", question("1.2"))
    attempt = home.begun(practice, asked)

    async def story(ada: Visitor) -> None:
        card = ada.find("radio", "Choose one answer")
        checked = next(entry for entry in ada.find_all("button") if entry.key == "check")
        for option in ("no option", "right", "x" * 10_000):
            await ada.put(card, state(card.id, string_value=option))
            await ada.click("check")
            assert "Check answer" in ada.labels("button")
        assert not ada.heard("W1 says")
        assert home.answers(attempt) == []
        await ada.choose("Choose one answer", "quite wrong")
        await ada.click("check")
        assert ada.heard("W1 says that c is so")
        assert not ada.heard("W1 says that a is so")  # there is a second try
        await ada.click("Try again")
        await ada.choose("Choose one answer", 0)
        await ada.click("check")
        assert ada.heard("W1 says that a is so")
        # The question is settled: the old button and the old widget change nothing.
        given = home.answers(attempt)
        for option in card.options:
            await ada.rerun(
                states=[state(card.id, string_value=option)],
                triggers=[state(checked.id, trigger_value=True)],
            )
        assert home.answers(attempt) == given
        assert len(given) == 2

    tell(home.server.url, story, f"practise?attempt={attempt}")


@pytest.mark.parametrize("asked", ONE_OF_EACH, ids=lambda asked: asked.type)
def test_of_no_type_of_question_is_key_reason_or_mark_sent_before_a_full_answer_or_the_key_after_a_wrong_one(
    home: Home, asked: Question
) -> None:
    asked = why(f"Type {asked.type}", asked)
    attempt = home.begun(practice, asked)
    marks = ("Not yet", "Partly right", "That is right", "of the mark", "where they belong")

    def told(ada: Visitor, *texts: str) -> list[str]:
        return [text for text in texts if ada.heard(text)]

    async def story(ada: Visitor) -> None:
        assert ada.heard(asked.stem)
        await ada.click("check")
        assert home.answers(attempt) == []
        assert told(ada, f"Type {asked.type} says", *key_lines(asked), *marks) == []
        await answer_wrongly(ada, asked)
        assert told(ada, f"Type {asked.type} says", *key_lines(asked), *marks) == []
        await ada.click("check")
        assert ada.heard("Not yet")
        # Of the options chosen the reasons are told; of what belongs somewhere only that it is elsewhere.
        reasons = {"single_choice": {"b"}, "multiple_response": {"c", "d"}}.get(asked.type, set())
        heard = {part for part in "abcdkmpst" if ada.heard(f"Type {asked.type} says that {part} is so")}
        assert heard == reasons
        assert told(ada, *key_lines(asked)) == []
        await ada.click("Try again")
        assert told(ada, *key_lines(asked)) == []
        await ada.open()
        await ada.click("show")
        assert told(ada, *key_lines(asked)) == key_lines(asked)

    tell(home.server.url, story, f"practise?attempt={attempt}")
    assert len(home.answers(attempt)) == 1


def test_a_test_tells_nothing_before_its_end_and_takes_nothing_after_it(home: Home) -> None:
    asked = (why("W2", question("1.2")), why("W3", question("1.2", 2)))
    attempt = home.begun(a_test, *asked)

    async def story(ada: Visitor) -> None:
        card = ada.find("radio", "Choose one answer")
        for option in ("no option", "right", "x" * 10_000):
            await ada.put(card, state(card.id, string_value=option))
        (navigator,) = [s for s in ada.find_all("bidi_component") if s.label == "headset_navigator"]
        for place in (7, -1, 10**30, "1", None, True, {"go": 1}, [0]):
            await ada.trigger(navigator.key or "", "go", place)
            assert "question 1 of 2" in ada.text()
        await ada.choose("Choose one answer", 1)
        await ada.click("Next")
        await ada.choose("Choose one answer", 0)
        await ada.click("Review answers")
        # The button that hands in is disabled until one has ticked the box; pressed all the same it does nothing.
        await ada.click("Finish test", force=True)
        assert "Review your answers" in ada.text()
        assert [
            word for word in ("Right answer", "of the mark", "Passed", "Not passed") if ada.heard(word)
        ] == []
        assert not ada.heard("says that")
        assert "Right answer" not in ada.text()
        await ada.open("report", f"attempt={attempt}")
        assert "Passed" not in ada.text()
        assert not ada.heard("says that")
        await ada.click("Review answers")
        await ada.tick("sure")
        await ada.click("Finish test")
        await ada.calm()
        assert ada.heard("W2 says that a is so")
        given = home.answers(attempt)
        await ada.rerun(states=[state(card.id, string_value=card.options[2])])
        await ada.open("test", f"attempt={attempt}")
        assert home.answers(attempt) == given

    tell(home.server.url, story, f"test?attempt={attempt}")
    kept = [json.loads(response)["chosen"] for position, response in home.answers(attempt) if position == 0]
    assert kept[-1] == "b"


def test_an_answer_after_the_deadline_is_not_taken_from_a_page_that_is_still_open(home: Home) -> None:
    attempt = home.begun(a_test, question("1.2"), minutes=60 - 3 / 60)

    async def story(ada: Visitor) -> None:
        assert "question 1 of 1" in ada.text()
        await asyncio.sleep(3.2)
        await ada.choose("Choose one answer", 0)
        assert "Not passed this time" in ada.text()

    tell(home.server.url, story, f"test?attempt={attempt}")
    assert home.answers(attempt) == []
    assert rows(home.server, f"SELECT finish FROM attempt WHERE id = '{attempt.hex}'") == [("time",)]


def test_messages_that_are_no_messages_end_a_connection_and_nothing_else(home: Home) -> None:
    def of_streamlit(**field: Any) -> bytes:
        return bytes(BackMsg(**field).SerializeToString())

    async def story(ada: Visitor) -> None:
        for message in (
            b"\xff\xff garbage", of_streamlit(debug_shutdown_runtime=True), of_streamlit(debug_disconnect_websocket=True),
            of_streamlit(clear_cache=True), of_streamlit(set_run_on_save=True), of_streamlit(load_git_info=True), b"",
        ):  # fmt: skip
            async with Visitor(home.server.url, keep=True) as other:
                await other.send(message)
                await asyncio.sleep(0.05)
                assert not other.heard("Traceback")
        with pytest.raises((VisitFailed, TimeoutError)):
            async with Visitor(home.server.url, limit=3) as other:
                await other.rerun(states=[state("$$ID-x", string_value="x" * 26_000_000)])
        for widget in ("", "$$ID-none-None", "$$STREAMLIT_INTERNAL_KEY_x__events", "x" * 10_000):
            await ada.rerun(
                states=[state(widget, string_value="x")], triggers=[state(widget, trigger_value=True)]
            )
        await ada.rerun(fragment="no such part", wait=False)  # no run comes of it
        await asyncio.sleep(0.3)
        await ada.rerun(page_hash="no such page")
        await ada.open("")
        assert "Hello, Ada" in ada.text()

    tell(home.server.url, story)


def test_a_class_server_passes_on_no_message_that_would_clear_what_all_sessions_share() -> None:
    wanted = BackMsg()
    wanted.rerun_script.page_script_hash = "page"
    sent = [
        BackMsg(clear_cache=True),
        BackMsg(set_run_on_save=True),
        BackMsg(load_git_info=True),
        BackMsg(),
        wanted,
    ]
    passed: list[Message] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        while True:
            passed.append(await receive())
            if passed[-1]["type"] == "websocket.disconnect":
                return

    async def receive() -> Message:
        if sent:
            return {"type": "websocket.receive", "bytes": sent.pop(0).SerializeToString()}
        return {"type": "websocket.disconnect"}

    async def send(message: Message) -> None: ...

    in_loop(SafeAnswers(app)({"type": "websocket"}, receive, send))
    assert [message.get("bytes") for message in passed] == [wanted.SerializeToString(), None]


# --- A class


@dataclass(frozen=True)
class Room:
    """A class server with a live lesson of two questions and one of each type, which Asha and Ben have joined."""

    server: ClassServer
    lesson: UUID
    asha: str
    ben: str
    participants: dict[str, UUID]

    def show(self, position: int, step: Step) -> None:
        """Let the tutor go to a step of a question."""
        with closing(open_database(self.server.data)) as database, database.write() as db:
            save_place(session=db, lesson=self.lesson, position=position, step=step)

    def answers(self) -> list[tuple[Any, ...]]:
        """Return who answered what where."""
        return rows(
            self.server,
            "SELECT p.nickname, a.position, a.response FROM live_answer a JOIN participant p ON p.id = a.participant_id "
            f"WHERE p.lesson_id = '{self.lesson.hex}' ORDER BY 1, 2",
        )


@pytest.fixture(scope="module")
def class_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClassServer]:
    server = ClassServer(tmp_path_factory.mktemp("class") / "data")
    yield server
    server.kill()


@pytest.fixture
def room(class_server: ClassServer) -> Room:
    now = datetime.now(UTC)
    others = (why(f"Type {asked.type}", asked) for asked in ONE_OF_EACH)
    lesson = Lesson(uuid4(), UNIT, "Tea", (why("W4", question("1.2")), why("W5", MULTIPLE_RESPONSE), *others))
    tokens, participants = {}, {}
    with closing(open_database(class_server.data)) as database, database.write() as db:
        create_lesson(session=db, lesson=lesson, now=now)
        open_live(session=db, lesson=lesson.id, group=None, random=SystemRandom(), now=now)
        for name in ("Asha", "Ben"):
            learner = create_learner(session=db, name=f"{name} {uuid4().hex}", now=now).id
            device, tokens[name] = create_device(session=db, now=now, learner=learner)
            participants[name] = join_live(
                session=db,
                lesson=lesson.id,
                device=device.id,
                name=name,
                learner=learner,
                keeps=False,
                now=now,
            ).id
    return Room(class_server, lesson.id, tokens["Asha"], tokens["Ben"], participants)


def chosen(answers: list[tuple[Any, ...]]) -> list[tuple[str, int, Any]]:
    return [(name, position, json.loads(response)["chosen"]) for name, position, response in answers]


def test_a_phone_learns_no_key_before_the_answer_is_shown_and_answers_for_nobody_else(room: Room) -> None:
    room.show(0, Step.QUESTION)

    async def story(asha: Visitor) -> None:
        for query in (
            "",
            f"lesson={room.lesson}&at=1&step=4&view=summary",
            f"attempt={room.lesson}",
            "step=9" * 900,
        ):
            await asha.open("live", query)
            assert "Question L6017638-1.2-01?" in asha.text()
        assert not asha.heard("quite wrong")  # the options are still covered
        room.show(0, Step.OPTIONS)
        await asha.open()
        card = asha.find("radio", "Choose one answer")
        for option in ("no option", "right", "x" * 10_000):
            await asha.put(card, state(card.id, string_value=option))
            assert room.answers() == []
        await asha.choose("Choose one answer", 1)
        assert chosen(room.answers()) == [("Asha", 0, "b")]
        # Ben's widgets, sent from Asha's phone, and another lesson's or position's, are nobody's.
        async with Visitor(room.server.url, path="live", cookies={COOKIE: room.ben}) as ben:
            theirs = ben.find("radio", "Choose one answer")
            assert theirs.id == card.id  # the same name in both tabs: whose it is comes from the cookie alone
        for widget in (card.id.replace("-0", "-1"), card.id.replace("live-", "live-0")):
            await asha.rerun(states=[state(widget, string_value=card.options[0])])
        assert chosen(room.answers()) == [("Asha", 0, "b")]
        assert not asha.heard("says that")
        room.show(0, Step.ANSWER)
        await asha.rerun(states=[state(card.id, string_value=card.options[0])])
        assert chosen(room.answers()) == [("Asha", 0, "b")]
        assert not asha.heard("W4 says")  # the answer is out, the reasons are not
        room.show(0, Step.WHY)
        await asha.rerun()
        assert asha.heard("W4 says that b is so")
        room.show(0, Step.OPTIONS)
        await asha.rerun(states=[state(card.id, string_value=card.options[2])])
        assert chosen(room.answers()) == [("Asha", 0, "b")]

    tell(room.server.url, story, "live", room.asha)


@pytest.mark.parametrize(
    ("position", "asked"), [*enumerate(ONE_OF_EACH, 2)], ids=[q.type for q in ONE_OF_EACH]
)
def test_of_no_type_of_question_a_phone_hears_the_key_before_the_answer_or_a_reason_before_the_reasons(
    room: Room, position: int, asked: Question
) -> None:
    reason = f"Type {asked.type} says"
    room.show(position, Step.OPTIONS)

    async def story(asha: Visitor) -> None:
        await answer_wrongly(asha, asked)
        if not isinstance(asked, SingleChoice):
            await asha.click("Send my answer")
        assert [(name, place) for name, place, _ in room.answers()] == [("Asha", position)]
        await asha.open()
        assert [text for text in (reason, *key_lines(asked), "Not yet") if asha.heard(text)] == []
        room.show(position, Step.ANSWER)
        await asha.open()
        assert asha.heard("Not yet")
        assert [text for text in key_lines(asked) if not asha.heard(text)] == []
        assert not asha.heard(reason)
        room.show(position, Step.WHY)
        await asha.open()
        assert asha.heard(reason)

    tell(room.server.url, story, "live", room.asha)


def test_a_phone_that_is_out_answers_no_more_under_the_name_it_had(room: Room) -> None:
    room.show(1, Step.OPTIONS)

    async def story(asha: Visitor) -> None:
        boxes = asha.find_all("checkbox")[: len(MULTIPLE_RESPONSE.options)]
        asha.states.update({box.id: state(box.id, bool_value=True) for box in boxes})
        await asha.click("Send my answer")
        assert room.answers() == []  # more than there are to choose
        assert await refused(asha)
        for box in boxes[2:]:
            asha.states[box.id] = state(box.id, bool_value=False)
        out(room, "Asha")
        with closing(open_database(room.server.data)) as database, database.write() as db:
            new, _ = create_device(session=db, now=datetime.now(UTC))
            join_live(
                session=db, lesson=room.lesson, device=new.id, name="Asha", learner=None, keeps=False, now=datetime.now(UTC)
            )  # fmt: skip
        await asha.click("Send my answer")
        assert "not in the lesson any more" in asha.text()
        assert room.answers() == []

    tell(room.server.url, story, "live", room.asha)


def out(room: Room, name: str) -> None:
    """Let the tutor free a name for another device."""
    with closing(open_database(room.server.data)) as database, database.write() as db:
        free_nickname(session=db, lesson=room.lesson, participant=room.participants[name])


def test_an_answer_after_the_end_of_a_lesson_is_not_taken(room: Room) -> None:
    room.show(0, Step.OPTIONS)

    async def story(asha: Visitor) -> None:
        card = asha.find("radio", "Choose one answer")
        with closing(open_database(room.server.data)) as database, database.write() as db:
            end_live(session=db, lesson=room.lesson, content_version="1", now=datetime.now(UTC))
        await asha.rerun(states=[state(card.id, string_value=card.options[0])])
        await asha.calm()
        assert "How it went" in asha.text()
        assert room.answers() == []

    tell(room.server.url, story, "live", room.asha)


def test_a_part_of_the_tutors_page_is_drawn_for_nobody_else(room: Room) -> None:
    async def story(asha: Visitor) -> None:
        tutor = Visitor(room.server.url, path="lesson", query=f"lesson={room.lesson}")
        tutor.cookies[COOKIE] = signed_in(room)
        await tutor.open()
        parts = {shown.fragment for shown in tutor.find_all() if shown.fragment}
        assert parts
        for part in parts:
            await asha.rerun(fragment=part, page_hash=tutor.page_hash, wait=False)  # no run comes of it
            await asyncio.sleep(0.2)
            await asha.rerun(page_hash=tutor.page_hash, query=tutor.query)
        assert "This page is for your tutor" in asha.text()
        assert not asha.heard("Ben")
        await tutor.close()

    tell(room.server.url, story, "", room.asha)


def signed_in(room: Room) -> str:
    """Return the token of a device on which the passcode was given."""
    with httpx2.Client(base_url=room.server.url, trust_env=False) as laptop:
        return str(laptop.post("/tutor", data={"passcode": room.server.passcode}).cookies[COOKIE])
