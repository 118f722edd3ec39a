"""The chapters of the walk through Headset: who goes where, and in which states each page is looked at."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random

from filled import Filled, fill
from playwright.sync_api import Browser, Page, expect
from serving import ClassServer, Server
from test_stories import answer_with_keys
from walking import BareServer, Seen, Walker, walking

from models import open_database, open_live

TYPE_NAMES = ("single choice", "multiple response", "matching", "ordering", "sorting")


def heading(page: Page, name: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def bare(browser: Browser, folder: Path) -> list[Seen]:
    """Look at a Streamlit page without anything of ours, opened at its second address and at its first."""
    with (
        running(BareServer(folder / "bare")) as server,
        walking(browser) as walker,
        walking(browser, width=375, height=700) as phone,
    ):
        walker.go(f"{server.url}/other")
        walker.look("other")
        walker.go(server.url)
        walker.look("bare")
        walker.page.get_by_test_id("stPopoverButton").click()
        walker.page.get_by_text("More of it.").wait_for()
        walker.look("popover")
        page = phone.go(server.url)
        page.get_by_role("button", name="Expand sidebar").click()
        page.get_by_role("link", name="Other", exact=True).wait_for()
        phone.look("menu of a phone")
    return walker.seen + phone.seen


def newcomer(browser: Browser, folder: Path) -> list[Seen]:
    """Open every page of one's own machine before anything has been answered."""
    with (
        running(Server(folder / "newcomer")) as server,
        walking(browser, projected=True) as walker,
        walking(browser, width=375, height=700) as phone,
    ):
        page = walker.go(server.url)
        page.get_by_role("button", name="Just me").wait_for()
        walker.look("first run")
        press(page, "Just me")
        heading(page, re.compile("Hello"))
        walker.look("home, empty")
        for path in (
            "study", "study?criterion=1.2", "practise", "review", "test", "progress", "progress?unit=203",
            "lesson", "groups", "questions", "import", "plan",
            "plan?qualification=nvq2-cco", "portfolio",
            "qualifications", "qualifications?qualification=nvq3-cco", "qualifications?unit=K/503/0385", "glossary",
            "about", "live", "progress?unit=999",
        ):  # fmt: skip
            walker.go(f"{server.url}/{path}")
            walker.look(f"{path}, empty")
        walker.go(f"{server.url}/plan?qualification=nvq2-cco")
        press(page, "Work towards this one")
        expect(page.get_by_role("button", name="Work towards this one")).to_have_count(0)
        walker.go(server.url)
        walker.settled()
        opened(page)
        walker.look("home with units that have no notes")
        walker.go(f"{server.url}/progress?unit=999")
        press(page, "Reading")
        page.get_by_role("radiogroup", name="Text size").wait_for()
        walker.look("reading panel")
        page = phone.go(server.url)
        page.get_by_role("button", name="Expand sidebar").click()
        page.get_by_role("link", name="Glossary").wait_for()
        phone.look("menu of a phone")
    return walker.seen + phone.seen


def learner(browser: Browser, folder: Path) -> list[Seen]:
    """Open the learner's pages after weeks of practice."""
    with filled(folder, "learner") as (found, server), walking(browser) as walker:
        page = walker.go(server.url)
        heading(page, re.compile("Hello"))
        walker.look("home")
        press(page, "Switch learner")
        heading(page, "Who is learning?")
        walker.look("switch learner")
        for path in (
            "study?unit=L/601/7638&criterion=1.2", "practise", "review", "test", "progress", "progress?unit=203",
            "progress?unit=203&criterion=1.2", "plan", "portfolio", "portfolio?unit=203",
            "portfolio?unit=203&criterion=1.2", "about", f"report?attempt={found.passed}",
        ):  # fmt: skip
            walker.go(f"{server.url}/{path}")
            walker.settled()
            opened(page)
            walker.look(path.partition("?attempt")[0])
        walker.go(f"{server.url}/qualifications")
        page.get_by_role("textbox").first.fill("health")
        page.keyboard.press("Enter")
        page.get_by_text("found.").wait_for()
        walker.look("qualifications, searched")
    return walker.seen


def opened(page: Page) -> None:
    """Open what is folded in the page's main part, the first four."""
    folded = page.locator('[data-testid="stMain"] details:not([open]) > summary')
    for _ in range(min(4, folded.count())):
        folded.first.click()


def practice(browser: Browser, folder: Path) -> list[Seen]:
    """Answer a question of each type; the first is checked once without an answer."""
    with filled(folder, "practice") as (found, server), walking(browser) as walker:
        page = walker.go(f"{server.url}/practise?attempt={found.practising}")
        for number, name in enumerate(TYPE_NAMES, 1):
            heading(page, f"Tea: question {number} of 5")
            walker.look(f"question open: {name}")
            if number == 1:
                page.get_by_role("button", name="Check answer").click()
                page.get_by_text("Choose an answer first.").wait_for()
                walker.look(f"nothing chosen: {name}")
            answer_with_keys(page)
            page.evaluate("document.activeElement?.blur()")
            page.keyboard.press("Enter")  # in turn behind the keys that chose
            page.locator('[class*="st-key-feedback-"]').get_by_role("heading").wait_for()
            walker.look(f"feedback shown: {name}")
            show = page.get_by_role("button", name="Show the answer")
            if show.count():
                show.click()
                page.get_by_role("button", name=re.compile("^(Next|See how it went)$")).wait_for()
                if number == 3:
                    walker.look(f"answer shown: {name}")
            page.get_by_role("button", name=re.compile("^(Next|See how it went)$")).click()
        heading(page, "How it went")
        walker.look("how it went")
    return walker.seen


def test(browser: Browser, folder: Path) -> list[Seen]:
    """Sit a test: answer and flag, rest, review, hand in, and read that it was not passed."""
    with filled(folder, "test") as (_, server), walking(browser) as walker:
        page = walker.go(f"{server.url}/test")
        press(page, "Start test")
        page.get_by_role("button", name="Question 1,").wait_for()
        walker.look("test running")
        page.get_by_role("radiogroup").locator("label").first.click()
        page.get_by_text("1 of 40 answered").wait_for()
        press(page, "Flag for review")
        page.get_by_role("button", name="Question 1, answered, flagged").wait_for()
        walker.look("test running, answered and flagged")
        press(page, "Next")
        page.get_by_role("heading", name=re.compile("question 2 of 40")).wait_for()
        walker.look("test running, next question")
        press(page, "Rest break")
        heading(page, "Rest break")
        walker.look("rest break")
        press(page, "Go on with the test")
        press(page, "Review answers")
        heading(page, "Review your answers")
        walker.look("review")
        page.get_by_text("I have finished and want to hand in").click()
        expect(page.get_by_role("button", name="Finish test")).to_be_enabled()
        walker.look("hand-in confirmation")
        press(page, "Finish test")
        page.get_by_role("heading", name="Score report").wait_for()
        walker.look("report, not passed")
    return walker.seen


def tutor(browser: Browser, folder: Path) -> list[Seen]:
    """Look after groups and questions, present a lesson and import a document."""
    with filled(folder, "tutor") as (found, server), walking(browser, projected=True) as walker:
        page = walker.go(f"{server.url}/lesson?lesson={found.lesson}")
        walker.look("lesson: question")
        for step in ("options", "answer", "why", "note"):
            press(page, "Reveal")
            walker.look(f"lesson: {step}")
            if step == "options":  # few enough have it right to teach it again
                page.get_by_label("Hands for B").fill("25")
                page.keyboard.press("Enter")
                walker.settled()
        for at in (2, 4):
            walker.go(f"{server.url}/lesson?lesson={found.lesson}&at={at}&step=2")
            walker.look(f"lesson: {TYPE_NAMES[at]}, answer")
        walker.go(f"{server.url}/lesson?lesson={found.lesson}&view=summary")
        walker.look("lesson: summary")
        group = f"groups?group={found.group}"
        for name, path in {
            "lesson set-up": "lesson",
            "groups": "groups",
            "group progress": group,
            "group tasks": f"{group}&view=tasks",
            "group lessons": f"{group}&view=lessons",
            "group learners": f"{group}&view=members",
            "group settings": f"{group}&view=settings",
            "group without learners": f"groups?group={found.own_group}",
            "learner of a group": f"{group}&learner={found.learner}",
            "questions": "questions?unit=L/601/7638",
            "one question": f"questions?unit=L/601/7638&question={found.family}",
            "correct a question": f"questions?unit=L/601/7638&question={found.family}&correct=yes",
        }.items():
            walker.go(f"{server.url}/{path}")
            walker.settled()
            opened(page)
            walker.look(name)
        walker.go(f"{server.url}/import")
        page.locator("input[type=file]").set_input_files(
            {"name": "cups.txt", "mimeType": "text/plain", "buffer": DOCUMENT}
        )
        press(page, "Read the document")
        page.get_by_role("heading", name="What was found").wait_for()
        walker.look("import: what was found")
        press(page, "Attach the wording to 1 unit we have")
        page.get_by_role("heading", name="Attached now").wait_for()
        walker.look("import: attached")
        walker.go(f"{server.url}/qualifications?unit=L/601/7638")
        walker.look("unit with its official wording")
    return walker.seen


DOCUMENT = (
    b"Unit 3: Principles of Personal Responsibilities and Working in a Business Environment\n\n"
    b"Unit reference number: L/601/7638\n\nLevel: 2\n\nCredit value: 5\n\nGuided learning hours: 32\n\n"
    b"Learning outcomes and assessment criteria\n\n"
    b"Learning outcomes\t\tAssessment criteria\t\tEvidence type\tPortfolio reference\tDate\n"
    b"1\tKnow tea\t1.1\tIdentify the tea of one cup\t\t\t\n"
    b"\t\t\tDescribe the tea of another cup\t\t\t\n"
    b"\t\t1.3\tExplain the tea of a third cup\t\t\t\nLearner name:\tDate:\n"
)


def class_doors(browser: Browser, folder: Path) -> list[Seen]:
    """Come to a class as somebody whom it does not know, by every door."""
    with filled(folder, "doors", ClassServer) as (found, server), walking(browser) as walker:
        for name, path in {
            "guest: home": "",
            "guest: a tutor's page": "groups",
            "guest: glossary": "glossary",
            "guest: live lesson": "live",
            "door: join": "join",
            "door: tutor": "tutor",
            "door: group": f"j/{found.own_code}",
        }.items():
            walker.go(f"{server.url}/{path}")
            walker.look(name)
        page = walker.go(f"{server.url}/join")
        page.get_by_label("Code").fill("AAAAAA")
        press(page, "Go on")
        page.get_by_role("alert").wait_for()
        walker.look("door: no such code")
        walker.go(f"{server.url}/tutor")
        page.get_by_label("Passcode").fill("wrong")
        press(page, "Sign in")
        page.get_by_role("alert").wait_for()
        walker.look("door: wrong passcode")
        walker.go(f"{server.url}/j/{found.own_code}")
        page.get_by_label("Your name").fill("Wei")
        press(page, "Join")
        heading(page, "Hello, Wei")
        walker.look("class: a learner's home")
        walker.go(f"{server.url}/groups")
        walker.look("class: not for learners")
        walker.go(f"{server.url}/leave")
        walker.look("door: leave")
    return walker.seen


def class_lesson(browser: Browser, folder: Path) -> list[Seen]:
    """Lead a live lesson on the tutor's screen, and answer it on a phone."""
    with (
        filled(folder, "live", ClassServer) as (found, server),
        walking(browser, projected=True) as tutor,
        walking(browser, width=375, height=700) as phone,
    ):
        screen = tutor.go(f"{server.url}/tutor")
        screen.get_by_label("Passcode").fill(server.passcode)
        press(screen, "Sign in")
        heading(screen, "Your class")
        tutor.look("tutor's home")
        tutor.go(f"{server.url}/lesson")
        tutor.look("tutor: lesson set-up")
        tutor.go(f"{server.url}/groups?group={found.own_group}&view=members")
        tutor.look("tutor: group with its door")
        code = opened_live(server, found)
        tutor.go(f"{server.url}/lesson?lesson={found.lesson}")
        screen.locator(".join .code").wait_for()
        tutor.look("screen: nobody has joined")
        page = phone.go(f"{server.url}/j/{code}")
        phone.look("phone: a name for the lesson")
        page.get_by_label("A name for this lesson").fill("Wei")
        press(page, "Join")
        heading(page, "You are in as Wei")
        phone.look("phone: waiting")
        screen.get_by_text("1 has joined").wait_for()
        screen.get_by_role("radio", name="Wei").click()
        screen.get_by_role("button", name="Remove Wei").wait_for()
        tutor.look("screen: somebody has joined")
        press(screen, "Begin")
        page.get_by_text("You answer here as soon as the answers appear there").wait_for()
        tutor.look("screen: question")
        phone.look("phone: look at the screen")
        press(screen, "Reveal")
        page.get_by_role("radiogroup").wait_for()
        phone.look("phone: answering")
        phone.settled()
        page.get_by_role("radiogroup").locator("label").nth(1).click()
        page.get_by_text("Sent: B.").wait_for()
        phone.look("phone: sent")
        screen.get_by_text("1 of 1 has answered").wait_for()
        tutor.look("screen: options, answered")
        press(screen, "Joining and names")
        screen.locator('[data-testid="stPopoverBody"] .code').wait_for()
        tutor.look("screen: joining and names")
        screen.keyboard.press("Escape")
        press(screen, "Reveal")
        tutor.look("screen: answer")
        phone.look("phone: answer")
        press(screen, "Reveal")
        page.get_by_text("About more milk.").wait_for()
        tutor.settled()
        press(screen, "Reveal")
        page.get_by_role("heading", level=3).nth(1).wait_for()
        phone.look("phone: note")
        screen.get_by_role("button", name="End").click()
        press(screen, "End the live lesson")
        heading(screen, "How it went")
        tutor.look("screen: how it went")
        heading(page, re.compile("Wei: "))
        page.get_by_role("heading", name="How it went").wait_for()
        phone.look("phone: how it went")
    return tutor.seen + phone.seen


def opened_live(server: Server, found: Filled) -> str:
    """Let learners join the lesson on tea, and return its code."""
    with closing(open_database(server.data)) as database, database.write() as db:
        live = open_live(
            session=db, lesson=found.lesson, group=found.group, random=Random(2), now=datetime.now(UTC)
        )
    assert live.code is not None
    return live.code


@contextmanager
def running(server: Server) -> Iterator[Server]:
    """Give a server that is stopped at the end, whatever happens."""
    try:
        yield server
    finally:
        server.kill()


@contextmanager
def filled(folder: Path, name: str, kind: type[Server] = Server) -> Iterator[tuple[Filled, Server]]:
    """Give what is in a copy of the filled folder, and a server on it."""
    found = _original(folder.parent)
    shutil.copytree(found.folder, folder / name)
    with running(kind(folder / name)) as server:
        yield found, server


@cache
def _original(folder: Path) -> Filled:
    """Fill a folder once for all chapters of this process."""
    return fill(folder / "filled")


CHAPTERS: dict[str, Callable[[Browser, Path], list[Seen]]] = {
    "newcomer": newcomer,
    "learner": learner,
    "practice": practice,
    "test": test,
    "tutor": tutor,
    "class doors": class_doors,
    "class lesson": class_lesson,
}
"""What is Headset's own; `bare` is what it is held against."""


__all__ = ["CHAPTERS", "TYPE_NAMES", "Walker", "bare"]
