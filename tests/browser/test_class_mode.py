"""A class over the network: a learner's device reaches its own learner and nothing else."""

import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

import httpx2
import pytest
from literal_attempts import a_test, practice, question
from loops import in_loop
from playwright.sync_api import Browser, Page, expect
from serving import ClassServer
from streamlit.proto.WidgetStates_pb2 import WidgetState
from test_stories import answer_with_keys, rows, settled

from benchmarks.websocket import Visitor
from models import (
    add_member,
    create_attempt,
    create_group,
    create_learner,
    create_lesson,
    create_return_code,
    join_live,
    open_database,
    open_live,
    report_question,
    save_comment,
    save_finish,
    save_item,
    save_own_words,
    save_response,
    save_task,
)
from models.devices import create_device
from quiz.classes import make_task
from quiz.portfolio import make_item
from quiz.questions import SingleChoiceResponse
from quiz.sessions import Attempt, Lesson, answer, finish
from quiz.statistics import ReportReason
from quiz.syllabus import CriterionRef
from ui.access import COOKIE
from ui.shell import PAGES

UNIT = "L/601/7638"
REF = CriterionRef(UNIT, "1.2")
SECRET = "Quillfeather"
"""It stands in every text that is another learner's or the tutor's, and nowhere else."""
FOR_ANYONE = {"live", "qualifications", "glossary", "about"}
FOR_TUTORS = {"lesson", "groups", "questions", "import"}
FIRST = "Join your class first"
OVER = "Signed out or joined anew"
NOT_YOURS = "This page is for your tutor"


@dataclass(frozen=True)
class School:
    """A class server with what Bertram Quillfeather has done on it."""

    server: ClassServer
    bertram: UUID
    group: UUID
    code: str
    lesson: UUID
    lesson_code: str
    practising: UUID
    sat: UUID
    item: UUID

    @property
    def queries(self) -> tuple[str, ...]:
        """Return addresses that name what is not theirs."""
        at = f"unit={UNIT}&criterion=1.2&question=L6017638-1.2-01"
        return (
            f"attempt={self.practising}",
            f"attempt={self.sat}",
            f"group={self.group}&learner={self.bertram}&lesson={self.lesson}&view=members&{at}",
        )


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    """Return a server on which Bertram, of the tutor's one group, has done everything that can be done."""
    folder = tmp_path_factory.mktemp("class") / "data"
    database, now = open_database(folder), datetime.now(UTC) - timedelta(minutes=20)
    asked = [
        question("1.2", n).model_copy(update={"stem": f"What does {SECRET} number {n} ask?"}) for n in (1, 2)
    ]
    lesson = Lesson(uuid4(), UNIT, f"{SECRET}'s lesson", tuple(asked))
    with database.write() as db:
        bertram = create_learner(session=db, name=f"Bertram {SECRET}", now=now).id
        group = create_group(
            session=db, name=f"{SECRET}'s group", qualification=None, units=(UNIT,), random=Random(4), now=now
        )
        add_member(session=db, group_id=group.id, learner=bertram, now=now)
        begun, sat = (
            make(*asked, id=uuid4(), learner=bertram, title=f"{SECRET} {make.__name__}", started_at=now)
            for make in (practice, a_test)
        )
        for attempt in (begun, sat):
            create_attempt(session=db, attempt=attempt, plan="{}", seed=1, content_version="1")
        response = SingleChoiceResponse(chosen="b")
        begun, sat = (given(db, attempt, response, now) for attempt in (begun, sat))
        save_finish(session=db, attempt=finish(sat, now + timedelta(minutes=5)))
        report_question(
            session=db, learner=bertram, attempt_id=begun.id, position=0, reason=ReportReason.OTHER,
            text=f"{SECRET} reports this", now=now,
        )  # fmt: skip
        save_own_words(
            session=db, learner=bertram, ref=REF, text=f"{SECRET} in own words", points=(), now=now
        )
        item = make_item(
            uuid4(), title=f"{SECRET}'s evidence", type_code="O", reference="", kept_where="", dated=None,
            note="", refs={REF},
        )  # fmt: skip
        save_item(session=db, learner=bertram, item=item, now=now)
        save_comment(
            session=db, comment_id=uuid4(), group_id=group.id, learner=bertram, ref=REF,
            text=f"A comment for {SECRET}", now=now,
        )  # fmt: skip
        save_task(
            session=db,
            task=make_task(
                uuid4(), group.id, title=f"A task for {SECRET}", unit=UNIT, codes=["1.2"], questions=5,
                due=now.date() + timedelta(days=9), now=now, today=now.date(),
            ),
        )  # fmt: skip
        create_lesson(session=db, lesson=lesson, now=now)
        live = open_live(session=db, lesson=lesson.id, group=group.id, random=Random(5), now=now)
        device, _ = create_device(session=db, now=now)
        join_live(
            session=db, lesson=lesson.id, device=device.id, name=SECRET, learner=None, keeps=False, now=now
        )
    database.close()
    assert live.code is not None
    server = ClassServer(folder)
    yield School(server, bertram, group.id, group.join_code, lesson.id, live.code, begun.id, sat.id, item.id)
    server.kill()


def given(db: object, attempt: Attempt, response: SingleChoiceResponse, now: datetime) -> Attempt:
    answered = answer(attempt, 0, response, now)
    save_response(session=db, attempt=answered, position=0, response=response, now=now, submit_id=uuid4())
    return answered


def http(school: School, token: str | None = None) -> httpx2.Client:
    cookies = {COOKIE: token} if token else {}
    return httpx2.Client(base_url=school.server.url, cookies=cookies, trust_env=False)


def a_learner(school: School) -> tuple[str, str]:
    """Return a newcomer's name and the token of their device, which joined no group of Bertram's."""
    name = f"Asha {uuid4().hex[:6]}"
    database = open_database(school.server.data)
    with database.write() as db:
        learner = create_learner(session=db, name=name, now=datetime.now(UTC))
        _, token = create_device(session=db, now=datetime.now(UTC), learner=learner.id)
    database.close()
    return name, token


def a_tutor(school: School) -> str:
    """Return the token of a device on which the passcode was given."""
    with http(school) as laptop:
        answered = laptop.post("/tutor", data={"passcode": school.server.passcode})
        assert answered.status_code == 303
        return answered.cookies[COOKIE]


def visit(
    school: School, token: str | None, story: Callable[[Visitor], Awaitable[None]], at: str = ""
) -> None:
    """Open a tab with that token, let the story happen in it, and hold that nothing broke."""
    path, _, query = at.partition("?")

    async def told() -> None:
        cookies = {COOKIE: token} if token else {}
        url = school.server.url
        async with Visitor(url, cookies=cookies, path=path, query=query, keep=True) as visitor:
            await story(visitor)
            assert [fault for fault in visitor.faults if "hung up" not in fault] == []
            assert "met a fault of its own" not in visitor.text()

    in_loop(told())


async def every_page(school: School, visitor: Visitor) -> dict[str, list[str]]:
    """Open every page, plainly and by addresses that name another's, and return the texts of each."""
    texts: dict[str, list[str]] = {}
    for entry in PAGES:
        for query in ("", *school.queries):
            await visitor.go(entry.title, query)
            texts.setdefault(entry.url, []).append(visitor.text())
    return texts


def told_nothing(school: School, visitor: Visitor) -> None:
    """Hold that nothing of Bertram's, and nothing of the machine's, was ever sent to this tab."""
    assert not visitor.heard(SECRET)
    assert not visitor.heard(str(school.server.data))
    for secret in (school.bertram, school.item):
        assert not visitor.heard(secret.hex)
    assert not visitor.heard(school.lesson_code)


# --- A learner's device


def test_a_learners_device_finds_nothing_of_others_on_any_page_by_any_address(school: School) -> None:
    name, token = a_learner(school)

    async def story(asha: Visitor) -> None:
        assert f"Hello, {name}" in asha.text()
        for page, texts in (await every_page(school, asha)).items():
            for text in texts:
                assert (NOT_YOURS in text) == (page in FOR_TUTORS), page
                assert FIRST not in text
        told_nothing(school, asha)

    visit(school, token, story)


def test_the_menu_lists_what_the_device_may_open_and_no_more(school: School) -> None:
    listed: dict[str, set[str]] = {}
    sections: dict[str, list[tuple[str, list[str]]]] = {}

    def listing(who: str) -> Callable[[Visitor], Awaitable[None]]:
        async def story(visitor: Visitor) -> None:
            shown = [page for page in visitor.pages if not page.is_hidden]
            listed[who] = {page.page_name for page in shown}
            sections[who] = [
                (section, [page.page_name for page in group])
                for section, group in groupby(shown, key=lambda page: page.section_header)
            ]

        return story

    visit(school, None, listing("guest"))
    visit(school, a_learner(school)[1], listing("learner"))
    visit(school, a_tutor(school), listing("tutor"))
    everything = {entry.title for entry in PAGES if entry.visibility == "visible"}
    assert listed["guest"] == {"Qualifications", "Glossary", "About and help"}
    assert listed["learner"] == everything - {"Lesson", "Groups", "Questions", "Import"}
    assert listed["tutor"] == everything
    daily = ("", ["Home", "Study", "Practise", "Review", "Test", "Progress"])
    qualification = ("Qualification", ["Plan", "Portfolio", "Qualifications"])
    assert sections["learner"] == [daily, qualification, ("Help", ["Glossary", "About and help"])]
    assert [section for section, _ in sections["tutor"]] == ["", "Qualification", "Teaching", "Help"]
    assert [section for section, _ in sections["guest"]] == [""]


@pytest.mark.parametrize("page", ["practise", "test", "report", "review"])
def test_anothers_session_is_to_a_learner_as_one_that_does_not_exist(school: School, page: str) -> None:
    _, token = a_learner(school)
    shown: list[str] = []

    async def story(asha: Visitor) -> None:
        for attempt in (school.practising, school.sat, uuid4()):
            await asha.open(page, {"attempt": str(attempt)})
            shown.append(asha.text())

    visit(school, token, story)
    assert len(set(shown)) == 1
    if page != "review":  # review looks at no address
        assert "There is no such session here" in shown[0]


def test_a_learner_takes_nothing_in_and_changes_nothing_that_is_everybodys(school: School) -> None:
    name, token = a_learner(school)

    async def story(asha: Visitor) -> None:
        await asha.open("progress")
        assert "Download JSON" in asha.labels("download_button")  # their own figures are theirs
        assert not asha.find_all("file_uploader")
        await asha.open("portfolio")
        assert "Types" not in asha.labels("text_area")
        await asha.open()
        assert "Switch learner" not in asha.labels("button")

    visit(school, token, story)


def test_buttons_of_the_tutors_pages_pressed_by_a_learner_do_nothing(school: School) -> None:
    """Widgets that the tutor's tab showed are sent, as they are, from a learner's tab to the same pages."""
    name, token = a_learner(school)
    widgets: dict[str, list[str]] = {}

    async def seen(tutor: Visitor) -> None:
        for page, query in (
            ("Home", ""),
            ("Groups", f"group={school.group}&view=members"),
            ("Questions", ""),
        ):
            await tutor.go(page, query)
            assert tutor.heard(SECRET)
            widgets[page] = [shown.id for shown in tutor.find_all("button")]
            assert widgets[page]

    visit(school, a_tutor(school), seen)

    async def story(asha: Visitor) -> None:
        for page, ids in widgets.items():
            await asha.go(page, f"group={school.group}&view=members")
            for widget in ids:
                await asha.rerun(triggers=[WidgetState(id=widget, trigger_value=True)])
        await asha.go("Home")
        assert f"Hello, {name}" in asha.text()
        told_nothing(school, asha)

    before = everything_stored(school)
    visit(school, token, story)
    assert everything_stored(school) == before


def everything_stored(school: School) -> dict[str, list[object]]:
    tables = (
        "learner",
        "study_group",
        "group_member",
        "group_task",
        "return_code",
        "question_report",
        "lesson",
    )
    known = {
        str(name) for (name,) in rows(school.server, "SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    named = [table for table in tables if table in known]
    assert len(named) >= 5
    return {table: rows(school.server, f"SELECT * FROM {table} ORDER BY 1") for table in named}


# --- No cookie, a made-up one, an old one


def left(school: School) -> str:
    """Return the token of a device that its learner has left."""
    _, token = a_learner(school)
    with http(school, token) as phone:
        assert phone.post("/leave").status_code == 303
    return token


@pytest.mark.parametrize(
    "token_of",
    [lambda school: None, lambda school: "A" * 43, lambda school: "", left],
    ids=["no cookie", "made up", "empty", "left"],
)
def test_a_device_that_is_nobodys_sees_only_what_is_for_everybody(
    school: School, token_of: Callable[[School], str | None]
) -> None:
    async def story(guest: Visitor) -> None:
        for page, texts in (await every_page(school, guest)).items():
            for text in texts:
                assert (FIRST in text) == (page not in FOR_ANYONE), page
        told_nothing(school, guest)

    visit(school, token_of(school), story)


def test_a_tab_left_open_on_a_tutors_page_is_shut_with_the_next_step(school: School) -> None:
    token = a_tutor(school)

    async def story(tab: Visitor) -> None:
        assert f"Bertram {SECRET}" in tab.text()
        with http(school, token) as same_browser:
            assert same_browser.post("/leave").headers["location"] == "/tutor"
        await tab.click("Take out of the group")
        assert OVER in tab.text()
        assert SECRET not in tab.text()
        for page, texts in (await every_page(school, tab)).items():
            assert all(OVER in text and SECRET not in text for text in texts), page

    before = everything_stored(school)
    visit(school, token, story, f"groups?group={school.group}&view=members")
    assert everything_stored(school) == before


def test_a_part_of_a_tutors_page_that_draws_itself_is_shut_as_well(school: School) -> None:
    token = a_tutor(school)

    async def story(tab: Visitor) -> None:
        part = next(shown.fragment for shown in tab.find_all() if shown.fragment)
        assert SECRET in tab.text()  # a nickname in the lobby
        with http(school, token) as same_browser:
            same_browser.post("/leave")
        await tab.rerun(fragment=part)
        assert OVER in tab.text()
        assert SECRET not in tab.text()

    visit(school, token, story, f"lesson?lesson={school.lesson}")


def test_a_session_is_over_once_its_browser_is_another_learners(school: School) -> None:
    """Two learners share a tablet: in the tab that is still open nothing of the first becomes the second's."""
    _, first = a_learner(school)
    second_name, second = a_learner(school)

    async def story(tab: Visitor) -> None:
        await tab.type("Your answer", "what the first one wrote")
        await tab.close()
        tab.cookies[COOKIE] = second
        await tab.reconnect()
        assert OVER in tab.text()
        await tab.rerun(page_hash=tab.page_hash)
        assert OVER in tab.text()
        assert "text_area" not in {shown.kind for shown in tab.find_all()}
        await tab.open("")
        assert f"Hello, {second_name}" in tab.text()

    visit(school, first, story, f"study?unit={UNIT}&criterion=1.2")


# --- HTTP


def test_news_and_figures_are_not_for_a_learner_outside_the_lesson(school: School) -> None:
    _, token = a_learner(school)
    with http(school, token) as phone:
        for topic in ("place", "answers"):
            asked = phone.get("/live/news", params={"lesson": str(school.lesson), "topic": topic})
            assert asked.status_code == 403
        assert phone.post("/_stcore/agent/interact", json={}).status_code in {403, 404}
        for path in ("/app/static/../headset.db", "/app/static/%2e%2e/streamlit_app.py", "/headset.db"):
            assert b"SQLite" not in phone.get(path).content
            assert b"import" not in phone.get(path).content[:200]


def test_a_websocket_from_a_page_of_another_site_is_refused(school: School) -> None:
    _, token = a_learner(school)
    address = f"{school.server.url.replace('http', 'ws')}/_stcore/stream"
    from websockets.exceptions import InvalidStatus
    from websockets.sync.client import connect

    with pytest.raises(InvalidStatus) as refused:
        connect(
            address, origin="http://evil.example", subprotocols=["streamlit"], proxy=None,
            additional_headers={"Cookie": f"{COOKIE}={token}"},
        )  # fmt: skip
    assert refused.value.response.status_code == 403


# --- What works


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 375, "height": 700}, locale="en-GB")
    context.set_default_timeout(40_000)
    yield context.new_page()
    context.close()


def test_a_learner_joins_practises_reloads_and_comes_back_on_a_new_device(
    school: School, phone: Page, page: Page
) -> None:
    url, name = school.server.url, f"Chidi {uuid4().hex[:5]}"
    phone.goto(url)
    phone.get_by_role("link", name="Type the code").click()
    phone.get_by_label("Code").fill(f" {school.code.lower()} ")
    phone.get_by_role("button", name="Go on").click()
    phone.get_by_label("Your name").fill(f"Bertram {SECRET}")
    phone.get_by_role("button", name="Join", exact=True).click()
    expect(phone.get_by_role("alert")).to_contain_text("already")
    phone.get_by_label("Your name").fill(name)
    phone.get_by_role("button", name="Join", exact=True).click()
    expect(phone.get_by_role("heading", name=f"Hello, {name}")).to_be_visible()
    expect(phone.locator(".st-key-who")).to_have_text(f"{name} · leave")

    phone.goto(f"{url}/practise")
    phone.get_by_role("button", name="Start practising").click()
    expect(phone.get_by_role("button", name="Check answer")).to_be_visible()
    settled(phone)
    answer_with_keys(phone)
    settled(phone)
    phone.get_by_role("button", name="Check answer").click()
    expect(phone.get_by_role("link", name=re.compile("Read the note"))).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("link", name=re.compile("Read the note"))).to_be_visible()
    mine = "SELECT count(*) FROM response JOIN attempt ON attempt.id = attempt_id JOIN learner ON learner.id = learner_id "
    assert rows(school.server, f"{mine} WHERE learner.name = '{name}'") == [(1,)]

    # The tutor mistypes the passcode, then sees the group and makes a code for a new device.
    page.goto(f"{url}/tutor")
    page.get_by_label("Passcode").fill("not the passcode")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("That is not the passcode.")
    page.get_by_label("Passcode").fill(school.server.passcode)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Your class")).to_be_visible()
    page.goto(f"{url}/groups?group={school.group}&view=members")
    expect(page.get_by_role("img", name=f"QR code of http://127.0.0.1:{school.server.port}/j/{school.code}")).to_be_visible()  # fmt: skip
    page.get_by_text(f"{name}, since").click()
    page.get_by_role("button", name="Make a code").click()
    shown = page.get_by_text(re.compile(r"^[A-Z0-9]{6}, until \d\d:\d\d"))
    expect(shown).to_be_visible()
    code = shown.inner_text()[:6]

    # The new device is in, the old one out.
    page.context.clear_cookies()
    page.goto(f"{url}/j/{code}")
    page.get_by_role("button", name=f"Go on as {name}").click()
    expect(page.get_by_role("heading", name=f"Hello, {name}")).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("heading", name=FIRST)).to_be_visible()
    settled(page)
    page.get_by_role("link", name="leave").click()
    page.get_by_role("button", name="Leave this device").click()
    expect(page.get_by_label("Code")).to_be_visible()


def test_a_return_code_does_not_outlive_its_learner_or_its_use(school: School) -> None:
    _, token = a_learner(school)
    database = open_database(school.server.data)
    with database.write() as db:
        learner = create_learner(session=db, name=f"Dee {uuid4().hex[:6]}", now=datetime.now(UTC)).id
        code = create_return_code(session=db, learner=learner, random=Random(8), now=datetime.now(UTC))
    database.close()
    with http(school) as new, http(school) as late:
        assert new.post("/join", data={"code": code, "enter": "back"}).status_code == 303
        assert late.post("/join", data={"code": code, "enter": "back"}).status_code == 404


# --- The settings


class Counting(ClassServer):
    """The class command on a page that counts garbage collections, started in a folder without settings."""

    def command(self) -> list[str]:
        serve = (
            "import pathlib, sys; from ui import server; "
            f"server.SCRIPT = pathlib.Path({str(Path(__file__).with_name('collections_counted.py'))!r}); "
            "sys.exit(server.main(sys.argv[1:]))"
        )
        run = super().command()
        return [run[0], "-c", serve, *run[3:]]


def test_the_measured_settings_are_in_force_for_a_class(page: Page, tmp_path: Path) -> None:
    server = Counting(tmp_path / "data")
    try:
        page.goto(server.url)
        for run in range(1, 6):
            expect(page.get_by_text(f"run {run}:")).to_be_visible()
            page.get_by_role("button", name="Again").click()
        text = page.get_by_text("run 6:").inner_text()
    finally:
        server.kill()
    found = re.search(r": (\d+) full", text)
    assert found
    assert int(found[1]) <= 2
