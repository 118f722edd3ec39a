"""A live lesson in a real browser: one classroom screen, learners' phones, a server in class mode."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from literal_questions import ONE_OF_EACH
from playwright.sync_api import Browser, Page, expect
from serving import ClassServer
from test_stories import focused_name, press, rows, settled, tab_to

from models import create_group, create_lesson, open_database, open_live
from quiz.questions import SingleChoice, question_from_json
from quiz.sessions import Lesson

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TWO_SECONDS = 2_000


@pytest.fixture
def group_code(tmp_path: Path) -> str:
    """Return the code of the group “Tuesday”, stored before the server starts."""
    database = open_database(tmp_path / "data")
    with database.write() as session:
        group = create_group(
            session=session, name="Tuesday", qualification=None, units=None, random=Random(1), now=NOW
        )
    database.close()
    return group.join_code


@pytest.fixture
def prepared(tmp_path: Path) -> tuple[UUID, str]:
    """Return a lesson with one question of each type that waits for learners, and its code."""
    lesson = Lesson(uuid4(), "L/601/7638", "Tea", ONE_OF_EACH)
    database = open_database(tmp_path / "data")
    with database.write() as session:
        create_lesson(session=session, lesson=lesson, now=NOW)
        live = open_live(session=session, lesson=lesson.id, group=None, random=Random(2), now=NOW)
    database.close()
    assert live.code is not None
    return lesson.id, live.code


@pytest.fixture
def class_server(tmp_path: Path) -> Iterator[ClassServer]:
    running = ClassServer(tmp_path / "data")
    yield running
    running.kill()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Any]:
    """Return a function that opens a browser of somebody's own: a phone, or the classroom screen."""
    contexts = []

    def device(width: int = 375, height: int = 700) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB")
        context.set_default_timeout(40_000)
        contexts.append(context)
        return context.new_page()

    yield device
    for context in contexts:
        context.close()


def sign_in(page: Page, server: ClassServer) -> None:
    page.goto(f"{server.url}/tutor")
    page.get_by_label("Passcode").fill(server.passcode)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Your class")).to_be_visible()


def type_code(page: Page, server: ClassServer, code: str) -> None:
    page.goto(f"{server.url}/join")
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Go on").click()


def give_name(page: Page, name: str) -> None:
    page.get_by_label("A name for this lesson").fill(name)
    page.get_by_role("button", name="Join", exact=True).click()


def keys(page: Page, *pressed: str) -> None:
    """Press keys of the presenter, each on a page that has been drawn."""
    for key in pressed:
        settled(page)
        page.evaluate("document.activeElement?.blur()")
        press(page, key)
    settled(page)


def option_of(page: Page, text: str) -> Any:
    return page.get_by_role("radiogroup", name="Choose one answer").locator("label").filter(has_text=text)


def asked(server: ClassServer) -> list[Any]:
    found = rows(
        server,
        "SELECT q.content FROM lesson_question l JOIN shown_question q ON q.hash = l.question_hash ORDER BY l.position",
    )
    return [question_from_json(str(content)) for (content,) in found]


def test_a_class_of_one_screen_and_two_phones_goes_through_a_live_lesson(
    opened: Any, group_code: str, class_server: ClassServer
) -> None:
    server, screen, amina, tom = class_server, opened(1920, 1080), opened(), opened()

    # Amina is a learner of the group, with a profile of her own.
    amina.goto(f"{server.url}/j/{group_code}")
    amina.get_by_label("Your name").fill("Amina Khan")
    amina.get_by_role("button", name="Join", exact=True).click()
    expect(amina.get_by_role("heading", name="Hello, Amina Khan")).to_be_visible()

    # The tutor starts a live lesson for the group; the screen says how to join.
    sign_in(screen, server)
    screen.goto(f"{server.url}/lesson")
    screen.get_by_role("combobox", name="Group whose results a live lesson belongs to").click()
    screen.get_by_role("option", name="Tuesday").click()
    settled(screen)
    screen.get_by_role("button", name="Start live").click()
    shown = screen.locator(".join .code")
    expect(shown).to_be_visible()
    code = re.sub(r"\s", "", shown.inner_text())
    assert rows(server, "SELECT code FROM live_lesson") == [(code,)]
    expect(screen.get_by_text(f"127.0.0.1:{server.port}/join")).to_be_visible()
    expect(screen.get_by_role("img", name=re.compile(f"QR code: .* with the code {code}"))).to_be_visible()
    expect(screen.get_by_text("Nobody has joined yet")).to_be_visible()

    # She comes in as the QR code leads, and says that her answers are hers as well.
    amina.goto(f"{server.url}/j/{code}")
    amina.get_by_label("Also keep these answers in my own practice").check()
    give_name(amina, "Amina")
    expect(amina.get_by_role("heading", name="You are in as Amina")).to_be_visible()
    expect(screen.get_by_text("1 has joined")).to_be_visible(timeout=TWO_SECONDS)
    expect(screen.get_by_role("radio", name="Amina")).to_be_visible()

    # Nobody takes her name.
    type_code(tom, server, f" {code[:3].lower()} {code[3:].lower()}")
    give_name(tom, "AMINA")
    expect(tom.get_by_role("alert")).to_contain_text("Somebody in this lesson is called “Amina” already")
    assert rows(server, "SELECT nickname FROM participant") == [("Amina",)]

    # The lesson begins, by keyboard alone from here; the first single choice is gone to.
    questions = asked(server)
    at = next(number for number, entry in enumerate(questions) if isinstance(entry, SingleChoice))
    question = questions[at]
    right = next(part for part in question.options if part.right)
    wrong = next(part for part in question.options if not part.right)
    letters = {part.key: letter for part, letter in zip(question.options, "ABCDEF", strict=False)}
    keys(screen, "ArrowRight", *"n" * at)
    expect(screen.get_by_role("heading", name=f"question {at + 1} of 10")).to_be_visible()
    expect(amina.get_by_role("heading", name=f"Amina: question {at + 1} of 10")).to_be_visible(
        timeout=TWO_SECONDS
    )
    expect(amina.get_by_text("You answer here as soon as the answers appear there")).to_be_visible()
    expect(amina.get_by_role("radiogroup")).to_have_count(0)
    keys(screen, "r")
    expect(option_of(amina, wrong.text)).to_be_visible(timeout=TWO_SECONDS)

    # Tom comes late, and comes in at what the screen shows.
    tom.get_by_label("A name for this lesson").fill("Tom")
    tom.get_by_role("button", name="Join", exact=True).click()
    expect(option_of(tom, right.text)).to_be_visible()
    expect(screen.get_by_text("0 of 2 have answered")).to_be_visible(timeout=TWO_SECONDS)

    # An answer is stored at once, counted within two seconds, and may be changed.
    option_of(amina, right.text).click()
    expect(amina.get_by_text(f"Sent: {letters[right.key]}.")).to_be_visible()
    expect(screen.get_by_text("1 of 2 have answered")).to_be_visible(timeout=TWO_SECONDS)
    option_of(amina, wrong.text).click()
    expect(amina.get_by_text(f"Sent: {letters[wrong.key]}.")).to_be_visible()
    expect(screen.get_by_text("1 of 2 have answered")).to_be_visible()
    assert rows(server, "SELECT count(*), max(fraction) FROM live_answer") == [(1, 0.0)]

    # A reload comes back to the question with the answer.
    amina.reload()
    expect(amina.get_by_text(f"Sent: {letters[wrong.key]}.")).to_be_visible()
    expect(option_of(amina, wrong.text).locator("input")).to_be_checked()

    # Her phone loses the network; the class goes on; it comes back to where the screen is.
    amina.context.set_offline(True)
    expect(amina.get_by_text("No connection to the lesson")).to_be_visible()
    option_of(tom, right.text).click()
    expect(screen.get_by_text("2 of 2 have answered")).to_be_visible(timeout=TWO_SECONDS)
    keys(screen, "r")
    expect(tom.get_by_role("heading", name="That is right")).to_be_visible(timeout=TWO_SECONDS)
    expect(tom.get_by_role("radiogroup")).to_have_count(0)
    for part in (right, wrong):
        expect(
            screen.locator("ol.lesson li").nth(list(letters).index(part.key)).get_by_text("1 of 2, 50%")
        ).to_be_visible()
    expect(tom.get_by_text(right.why)).to_have_count(0)
    keys(screen, "r")
    expect(tom.get_by_text(right.why)).to_be_visible(timeout=TWO_SECONDS)
    amina.context.set_offline(False)
    expect(amina.get_by_role("heading", name="Not yet")).to_be_visible()
    expect(amina.get_by_text(wrong.why)).to_be_visible()
    expect(amina.get_by_text("Your answer")).to_be_visible()
    expect(amina.get_by_text("No connection to the lesson")).to_be_hidden()

    # Covered again, the question takes no more answers; a reload of the screen keeps the place.
    keys(screen, "h", "h")
    expect(amina.get_by_text(f"You answered {letters[wrong.key]}.")).to_be_visible(timeout=TWO_SECONDS)
    expect(amina.get_by_role("radiogroup")).to_have_count(0)
    screen.reload()
    expect(screen.get_by_role("heading", name=f"question {at + 1} of 10")).to_be_visible()
    expect(screen.get_by_text("2 of 2 have answered")).to_be_visible()
    expect(screen.locator("ol.lesson li").first).to_be_visible()

    # The end, by keyboard: asked first, then the summary.
    settled(screen)
    for _ in range(30):
        screen.keyboard.press("Tab")
        if focused_name(screen).startswith("End"):  # a list box's sign stands beside the word
            break
    screen.keyboard.press("Enter")
    expect(screen.get_by_text("End the live lesson? Devices then show")).to_be_visible()
    tab_to(screen, "End the live lesson")
    screen.keyboard.press("Enter")
    expect(screen.get_by_role("heading", name="How it went")).to_be_visible()
    expect(screen.get_by_role("heading", name="Worth teaching again")).to_be_visible()
    expect(screen.locator("ol.again li")).to_have_text(
        re.compile(rf"^{re.escape(question.head.criterion)} .*50% right$")
    )
    for phone, number in ((amina, 0), (tom, 1)):
        expect(phone.get_by_role("heading", name="How it went")).to_be_visible(timeout=TWO_SECONDS)
        expect(
            phone.get_by_text(f"You answered 1 of 10 questions, {number or 'none'} of them right.")
        ).to_be_visible()
        expect(phone.get_by_text(f"{number} of 1 right")).to_be_visible()
    expect(tom.get_by_text("own practice")).to_have_count(0)

    # The answers belong to the group, and Amina's to her own practice too.
    assert rows(
        server, "SELECT g.name, l.code FROM live_lesson l JOIN learner_group g ON g.id = l.group_id"
    ) == [("Tuesday", None)]
    assert rows(
        server,
        "SELECT p.nickname, a.fraction FROM live_answer a JOIN participant p ON p.id = a.participant_id ORDER BY 1",
    ) == [("Amina", 0.0), ("Tom", 1.0)]
    kept = rows(server, "SELECT r.name, a.title FROM attempt a JOIN learner r ON r.id = a.learner_id")
    assert [name for name, _ in kept] == ["Amina Khan"]
    assert str(kept[0][1]).startswith("Lesson: Unit ")
    expect(amina.get_by_text("Your answers are kept in your own practice.")).to_be_visible()
    amina.get_by_role("button", name="Practise what I missed").click()
    expect(amina.get_by_role("heading", name="What I missed: question 1")).to_be_visible()


def test_the_tutor_lets_a_name_in_on_another_phone_and_takes_one_out(
    opened: Any, prepared: tuple[UUID, str], class_server: ClassServer
) -> None:
    lesson, code = prepared
    server, screen, old, new = class_server, opened(1280, 800), opened(), opened()
    new.goto(f"{server.url}/live")
    expect(new.get_by_role("heading", name="Join the lesson")).to_be_visible()
    expect(new.get_by_role("link", name="Type the code")).to_be_visible()
    new.goto(f"{server.url}/lesson?lesson={lesson}")
    expect(new.get_by_role("heading", name="Join your class first")).to_be_visible()
    expect(new.get_by_role("button", name="Begin")).to_have_count(0)
    sign_in(screen, server)
    screen.goto(f"{server.url}/lesson?lesson={lesson}")
    type_code(old, server, code)
    give_name(old, "Priya")
    expect(old.get_by_role("heading", name="You are in as Priya")).to_be_visible()
    keys(screen, "ArrowRight", "r")
    option_of(old, "more milk").click()
    expect(old.get_by_text("Sent: B.")).to_be_visible()

    screen.get_by_role("button", name="Joining and names").click()
    screen.get_by_role("radio", name="Priya").click()
    screen.get_by_role("button", name="Let in again on another device").click()
    expect(old.get_by_text("You are not in the lesson any more")).to_be_visible()
    type_code(new, server, code)
    give_name(new, "priya")
    expect(new.get_by_text("Sent: B.")).to_be_visible()

    remove = screen.get_by_role("button", name="Remove Priya")
    screen.wait_for_timeout(
        2000
    )  # the news that somebody joined draws the screen, and may close what was open
    if not remove.is_visible():
        if not screen.get_by_role("radio", name="Priya").is_visible():
            screen.get_by_role("button", name="Joining and names").click()
        screen.get_by_role("radio", name="Priya").click()
    remove.click()
    expect(new.get_by_text("You are not in the lesson any more")).to_be_visible()
    expect(screen.get_by_text("0 of 0 have answered")).to_be_visible()
    assert rows(server, "SELECT count(*) FROM live_answer") == [(0,)]
    new.get_by_role("link", name="Type the code").click()
    expect(new.get_by_label("Code")).to_be_visible()


def test_every_question_type_is_answered_on_a_phone_and_outlives_a_reload_and_a_power_cut(
    opened: Any, prepared: tuple[UUID, str], class_server: ClassServer
) -> None:
    lesson, code = prepared
    server, screen, phone = class_server, opened(1280, 800), opened()
    sign_in(screen, server)
    screen.goto(f"{server.url}/lesson?lesson={lesson}")
    type_code(phone, server, code)
    give_name(phone, "Wei")
    keys(screen, "ArrowRight", "n", "r")
    send = phone.get_by_role("button", name="Send my answer")

    phone.get_by_text("hot water").click()
    phone.get_by_text("cold soup").click()
    send.click()
    expect(phone.get_by_text("Sent: A and C. You can change it and send it again")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("Sent: A and C.")).to_be_visible()
    expect(phone.get_by_role("checkbox", name="hot water")).to_be_checked()
    expect(phone.get_by_role("checkbox", name="dry leaves")).not_to_be_checked()

    # The tutor's laptop fails and is started again: nobody on a phone has to do anything.
    server.kill()
    expect(phone.get_by_text("No connection to the lesson")).to_be_visible()
    server.start()
    sign_in(screen, server)
    screen.goto(f"{server.url}/lesson?lesson={lesson}")
    keys(screen, "r")
    expect(phone.get_by_role("heading", name="Partly right")).to_be_visible()
    expect(screen.locator("ol.lesson li").first).to_contain_text("1 of 1, 100%")

    keys(screen, "n", "r")  # matching, sent with nothing chosen
    send.click()
    expect(phone.get_by_text("Choose an answer first")).to_be_visible()
    keys(screen, "n", "r")  # ordering
    groups = phone.get_by_role("radiogroup")
    expect(groups).to_have_count(len(ONE_OF_EACH[3].steps))
    for number in range(groups.count()):
        groups.nth(number).locator("label").nth(number).click()
    send.click()
    expect(phone.get_by_text("Sent. You can change it and send it again")).to_be_visible()
    phone.reload()
    expect(groups.first.locator("input").first).to_be_checked()
    keys(screen, "r")
    expect(screen.locator(".bars")).to_be_visible()
    keys(screen, "n", "r", "r")  # sorting, not answered
    expect(phone.get_by_role("heading", name="You did not answer this one")).to_be_visible(
        timeout=TWO_SECONDS
    )
    with closing(sqlite3.connect(server.data / "headset.db")) as connection:
        assert connection.execute("SELECT position FROM live_answer ORDER BY 1").fetchall() == [(1,), (3,)]
