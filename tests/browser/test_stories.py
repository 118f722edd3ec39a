"""What a learner does, in a real browser."""

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

from by_keyboard import asked, choose_from_lists, choose_in_groups, enter_on, settled
from playwright.sync_api import Page, WebSocket, expect
from serving import Server

Start = Callable[[], Page]


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1, name=text)).to_be_visible()


def press(page: Page, key: str) -> None:
    """Press a key once the page listens to keys."""
    expect(page.locator("html[data-headset-keys]")).to_have_count(1)
    page.keyboard.press(key)


def rows(server: Server, statement: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(server.data / "headset.db")) as connection:
        return connection.execute(statement).fetchall()


def focused_name(page: Page) -> str:
    return str(
        page.evaluate(
            """() => { let e = document.activeElement; while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
                return (e?.getAttribute('aria-label') || e?.innerText || '').trim(); }"""
        )
    )


def tab_to(page: Page, name: str, most: int = 60) -> None:
    for _ in range(most):
        if focused_name(page) == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(
        f"“{name}” was not reached with the Tab key; the focus is on “{focused_name(page)}”."
    )


def answer_with_keys(page: Page) -> None:
    """Give some full answer to whatever question is on the screen, with the keyboard alone."""
    choices = page.locator('[class*="st-key-choices-"]')
    main = page.locator('[data-testid="stMain"]')
    if choices.count():
        asked = choices.inner_text()
        press(page, "a")
        if "Choose two" in asked or "Choose three" in asked:
            page.keyboard.press("b")
        if "Choose three" in asked:
            page.keyboard.press("c")
        return
    lists = main.locator('[data-testid="stSelectbox"]').count()
    if lists:
        choose_from_lists(page, list(range(lists)))
        return
    groups = main.locator('[data-testid="stRadio"]')
    sizes = [groups.nth(index).locator("input").count() for index in range(groups.count())]
    choose_in_groups(page, [index % size for index, size in enumerate(sizes)])


def test_ten_questions_are_practised_with_the_keyboard_alone(page: Page, server: Server) -> None:
    page.goto(server.url)
    heading(page, "Headset")
    enter_on(page, "Just me")
    heading(page, "Hello")
    enter_on(page, "Practise")
    heading(page, "Practise")
    enter_on(page, "Start practising")
    feedback = page.locator('[class*="st-key-feedback-"]').get_by_role("heading")
    for number in range(1, 11):
        heading(page, f"Unit 203: question {number} of 10")
        asked(page)
        answer_with_keys(page)
        enter_on(page, "Check answer")
        expect(feedback).to_be_focused()
        settled(page)
        if page.get_by_role("button", name="Show the answer").count():
            enter_on(page, "Show the answer")
            expect(page.get_by_role("button", name="Show the answer")).to_have_count(0)
            expect(feedback).to_be_focused()
            settled(page)
        press(page, "n")
    heading(page, "How it went")
    assert rows(server, "SELECT count(*) FROM attempt_item WHERE marked_at IS NOT NULL") == [(10,)]


def test_a_whole_test_is_sat_with_a_reload_in_the_middle_and_its_report_read(
    start: Start, server: Server
) -> None:
    page = start()
    page.get_by_role("button", name="On-screen test").click()
    page.get_by_role("button", name="Start test").click()
    for number in range(1, 41):
        heading(page, f"On-screen test: question {number} of 40")
        press(page, "abcd"[number % 4])
        expect(page.get_by_text(f"{number} of 40 answered")).to_be_visible()
        if number == 7:
            press(page, "g")
            expect(page.get_by_role("button", name="Remove flag")).to_be_visible()
        if number == 20:
            page.reload()
            heading(page, "On-screen test: question 20 of 40")
            expect(page.get_by_text("20 of 40 answered")).to_be_visible()
            expect(page.locator('[class*="st-key-choices-"] input').nth(20 % 4)).to_be_checked()
        if number < 40:
            press(page, "n")
    expect(page.get_by_role("button", name="Question 7, answered, flagged")).to_be_visible()
    page.get_by_role("button", name="Review answers").click()
    heading(page, "Review your answers")
    expect(page.get_by_text("Not answered (0): none")).to_be_visible()
    page.get_by_text("I have finished and want to hand in").click()
    page.get_by_role("button", name="Finish test").click()
    expect(page.get_by_role("heading", name="Score report")).to_be_visible()
    right = rows(server, "SELECT count(*) FROM attempt_item WHERE fraction = 1.0")[0][0]
    expect(page.get_by_text(f"{right} of 40", exact=True)).to_be_visible()
    page.get_by_text("All", exact=True).click()
    expect(page.locator("ul.explained")).to_have_count(40)
    expect(page.locator("ul.explained").first.locator("li")).to_have_count(4)


def test_a_killed_server_loses_no_answer_and_the_clock_goes_by_the_start(
    start: Start, server: Server
) -> None:
    page = start()
    page.get_by_role("button", name="On-screen test").click()
    page.get_by_role("button", name="Start test").click()
    for number in (1, 2, 3):
        heading(page, f"On-screen test: question {number} of 40")
        press(page, "b")
        expect(page.get_by_text(f"{number} of 40 answered")).to_be_visible()
        press(page, "n")
    heading(page, "On-screen test: question 4 of 40")
    address, started = page.url, rows(server, "SELECT started_at FROM attempt")
    server.kill()
    server.start()
    page.goto(address)
    heading(page, "On-screen test: question 4 of 40")
    expect(page.get_by_text("3 of 40 answered")).to_be_visible()
    assert rows(server, "SELECT started_at FROM attempt") == started


def test_the_clock_reaching_zero_hands_the_test_in_by_itself(start: Start, server: Server) -> None:
    page = start()
    page.get_by_role("button", name="On-screen test").click()
    page.get_by_role("button", name="Start test").click()
    heading(page, "On-screen test: question 1 of 40")
    press(page, "a")
    expect(page.get_by_text("1 of 40 answered")).to_be_visible()
    with closing(sqlite3.connect(server.data / "headset.db")) as connection:
        connection.execute(
            "UPDATE attempt SET started_at = strftime('%Y-%m-%dT%H:%M:%S', 'now', '-3596 seconds') || '.000000+00:00'"
        )
        connection.commit()
    press(page, "n")
    expect(page.get_by_text("finished on")).to_contain_text("when the time ran out", timeout=30_000)
    assert rows(server, "SELECT finish FROM attempt") == [("time",)]


def test_the_time_left_is_announced_at_five_minutes_and_can_be_hidden(start: Start, server: Server) -> None:
    page = start()
    page.get_by_role("button", name="On-screen test").click()
    page.get_by_role("button", name="Start test").click()
    heading(page, "On-screen test: question 1 of 40")
    page.get_by_role("button", name="Hide time").click()
    expect(page.get_by_text("Time is hidden")).to_be_visible()
    with closing(sqlite3.connect(server.data / "headset.db")) as connection:
        connection.execute(
            "UPDATE attempt SET started_at = strftime('%Y-%m-%dT%H:%M:%S', 'now', '-3296 seconds') || '.000000+00:00'"
        )
        connection.commit()
    press(page, "n")
    expect(page.get_by_text("5 minutes left")).to_be_visible(timeout=15_000)
    page.get_by_role("button", name="Show time").click()
    expect(page.get_by_text(re.compile(r"^(5:00|4:5\d) left$"))).to_be_visible()


def test_neither_key_nor_explanation_of_a_test_is_sent_before_its_end(start: Start, server: Server) -> None:
    page = start()
    sent: list[bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on(
            "framereceived", lambda frame: sent.append(frame if isinstance(frame, bytes) else frame.encode())
        )

    page.on("websocket", listen)
    page.reload()
    heading(page, "Hello")
    page.get_by_role("button", name="On-screen test").click()
    page.get_by_role("button", name="Start test").click()
    for number in range(1, 6):
        heading(page, f"On-screen test: question {number} of 40")
        press(page, "a")
        expect(page.get_by_text(f"{number} of 40 answered")).to_be_visible()
        press(page, "n")
    heading(page, "On-screen test: question 6 of 40")
    settled(page)
    questions = [json.loads(content) for (content,) in rows(server, "SELECT content FROM shown_question")]
    traffic = b"".join(sent)
    asked = [q for q in questions if any(o["text"].encode() in traffic for o in q["options"])]
    assert len(asked) >= 6
    for question in questions:
        for option in question["options"]:
            assert option["why"].encode() not in traffic
            assert option["key"].encode() not in traffic


def test_a_printed_paper_has_its_answers_on_a_sheet_of_their_own(start: Start, server: Server) -> None:
    page = start()
    page.get_by_role("button", name="On-screen test").click()
    page.get_by_role("button", name="Make a paper to print").click()
    page.add_init_script("window.print = () => {}")
    page.get_by_role("button", name="Print this paper").click()
    frame = page.locator("iframe[data-headset-print]")
    expect(frame).to_have_count(1)
    sheet = page.frame_locator("iframe[data-headset-print]")
    assert sheet.locator(".question").count() == 40
    assert sheet.locator(".sheet tr").count() == 41
    assert sheet.locator(".sheet .question").count() == 0
