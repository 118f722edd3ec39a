"""Reading comfort in a real browser: at once, everywhere, and without disturbing an answer or a clock."""

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Literal

import pytest
from by_keyboard import enter_on, settled, tab_until
from playwright.sync_api import Locator, Page, WebSocketRoute, expect
from serving import ClassServer, Server
from test_keyboard_alone import one_of_each
from test_stories import heading, press, rows

from ui.comfort import TINTS, Comfort

Start = Callable[[], Page]
SESSION = "practise?attempt=22222222-2222-4222-8222-222222222222"
CONTRAST = (Path(__file__).parent / "text_contrast.js").read_text(encoding="utf-8")


def read_as(server: Server, wanted: Comfort) -> None:
    """Store how the learner reads."""
    with closing(sqlite3.connect(server.data / "headset.db", timeout=20)) as database:
        database.execute("UPDATE learner SET settings = ?", (json.dumps(wanted.settings),))
        database.commit()


def expect_root_size(page: Page, pixels: float) -> None:
    """Wait until the page's text has that size: the style is an element of the page like its heading."""
    page.wait_for_function(
        "pixels => Math.abs(parseFloat(getComputedStyle(document.documentElement).fontSize) - pixels) < 0.02",
        arg=pixels,
    )


def choose(page: Page, label: str) -> None:
    """Choose in the open panel with a click, and wait until it is drawn."""
    page.locator('[data-testid="stPopoverBody"] label', has_text=re.compile(f"^{label}$")).click()
    settled(page)


def open_panel(page: Page) -> None:
    page.get_by_role("button", name="Reading").click()
    expect(page.get_by_test_id("stPopoverBody").get_by_text("Tint behind text")).to_be_visible()


def seconds_left(page: Page) -> int:
    minutes, seconds = page.locator(".timer .time").inner_text().split(" ")[0].split(":")
    return int(minutes) * 60 + int(seconds)


def test_in_a_running_test_the_panel_changes_neither_answer_nor_clock(start: Start, server: Server) -> None:
    page = start()
    page.goto(f"{server.url}/test?unit=203")
    page.get_by_role("button", name="Start test").click()
    heading(page, "On-screen test: question 1 of 40")
    press(page, "b")
    expect(page.get_by_text("1 of 40 answered")).to_be_visible()
    settled(page)
    (began,) = rows(server, "SELECT started_at FROM attempt")[0]
    stored = rows(server, "SELECT sequence, response FROM response")
    enter_on(page, "Reading")
    expect(page.get_by_text("Tint behind text")).to_be_visible()
    tab_until(page, "focused.matches('[data-testid=stPopoverBody] input')")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("label", has_text=re.compile("^130%$")).locator("input")).to_be_checked()
    settled(page)
    expect_root_size(page, 17 * 1.3)
    choose(page, "Cream")
    choose(page, "OpenDyslexic")
    expect(page.get_by_text("Tint behind text")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Tint behind text")).to_have_count(0)  # keys are the panel's while it is open
    settled(page)
    expect(page.locator('[class*="st-key-choices-"] input').nth(1)).to_be_checked()
    left = 3600 - (datetime.now().astimezone() - datetime.fromisoformat(began)).total_seconds()
    assert abs(seconds_left(page) - left) <= 2
    assert rows(server, "SELECT sequence, response FROM response") == stored
    assert page.evaluate("document.fonts.check('17px OpenDyslexic')")
    face = "getComputedStyle(document.querySelector('[class*=st-key-question-] h2')).fontFamily"
    assert page.evaluate(face).startswith("OpenDyslexic")
    press(page, "n")
    heading(page, "On-screen test: question 2 of 40")
    page.reload()
    heading(page, "On-screen test: question 2 of 40")
    expect_root_size(page, 17 * 1.3)


def test_in_practice_what_is_chosen_and_not_yet_checked_stays_chosen(page: Page, server: Server) -> None:
    one_of_each(server)
    page.goto(f"{server.url}/{SESSION}")
    heading(page, "Practice: question 1 of 5")
    settled(page)
    press(page, "a")
    open_panel(page)
    choose(page, "Widest")
    choose(page, "Blue")
    page.keyboard.press("Escape")
    expect(page.locator('[class*="st-key-choices-"] input').nth(0)).to_be_checked()
    page.get_by_role("button", name="Check answer").click()
    expect(page.get_by_role("heading", name="That is right")).to_be_visible()
    assert rows(server, "SELECT response FROM response") == [('{"chosen": "a"}',)] or rows(
        server, "SELECT fraction FROM attempt_item WHERE position = 0"
    ) == [(1.0,)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_on_every_tint(page: Page, server: Server, scheme: str) -> None:
    one_of_each(server)
    page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
    page.goto(f"{server.url}/{SESSION}")
    heading(page, "Practice: question 1 of 5")
    settled(page)
    press(page, "b")
    press(page, "Enter")
    expect(page.get_by_role("heading", name="Not yet")).to_be_visible()
    found = {}
    for place in (SESSION, "study?unit=203&criterion=1.2", "about"):
        page.goto(f"{server.url}/{place}")
        page.get_by_role("heading", level=1).first.wait_for()
        settled(page)
        open_panel(page)
        for name, tint in TINTS.items():
            choose(page, tint.label if tint else "None")
            looked = page.evaluate(CONTRAST)
            assert looked["seen"] > 15
            if looked["faults"]:
                found[f"{name} {place}"] = looked["faults"]
    assert found == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_button_keeps_its_contrast_under_the_pointer_and_while_it_is_pressed(
    page: Page, start: Start, server: Server, scheme: Literal["light", "dark"]
) -> None:
    start()
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{server.url}/practise")
    page.get_by_role("button", name="Start practising").click()
    page.mouse.move(2, 890)  # what it rests on may say more about itself, over the button
    settled(page)
    for name in ("Check answer", "Read aloud", "Leave for now"):
        page.get_by_role("button", name=name).hover()
        page.wait_for_timeout(400)  # colours change by degrees
        assert page.evaluate(CONTRAST)["faults"] == {}, name
        page.mouse.down()
        page.wait_for_timeout(400)
        assert page.evaluate(CONTRAST)["faults"] == {}, name
        page.mouse.move(2, 890)  # let go elsewhere, it is not pressed
        page.mouse.up()


def test_the_largest_text_fits_on_every_page_at_every_width(page: Page, server: Server) -> None:
    one_of_each(server)
    read_as(server, Comfort("200", "widest", "cream", "dyslexic"))
    wide = {}
    for place in (
        "",
        "study?criterion=1.2",
        SESSION,
        "test",
        "review",
        "progress",
        "portfolio?unit=203",
        "glossary",
        "about",
    ):
        page.goto(f"{server.url}/{place}")
        page.get_by_role("heading", level=1).first.wait_for()
        for width in (320, 375, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            settled(page)
            expect(page.locator('[data-testid="stSkeleton"]')).to_have_count(0)
            found = page.evaluate(
                "() => { const m = document.querySelector('[data-testid=stMain]'); return [m.scrollWidth, m.clientWidth]; }"
            )
            if found[0] > found[1]:
                wide[f"{place} {width}"] = found
            panel = page.get_by_role("button", name="Reading").bounding_box()
            assert panel is not None
            assert panel["x"] >= 0
            assert panel["x"] + panel["width"] <= width
            menu = page.get_by_test_id("stExpandSidebarButton")
            if width < 768:  # on a phone the menu's button stands in the same row
                box = menu.bounding_box()
                assert box is not None
                assert box["x"] + box["width"] <= panel["x"]
    assert wide == {}


def test_less_movement_is_had_from_the_system_or_from_the_panel(page: Page, server: Server) -> None:
    one_of_each(server)
    page.goto(f"{server.url}/practise")
    button = page.get_by_role("button", name="Start practising")
    button.wait_for()
    page.emulate_media(reduced_motion="reduce")
    expect(button).to_have_css("transition-duration", "0.001s")
    page.emulate_media(reduced_motion="no-preference")
    expect(button).not_to_have_css("transition-duration", "0.001s")
    open_panel(page)
    page.get_by_text("Less movement", exact=True).click()
    expect(button).to_have_css("transition-duration", "0.001s")


def test_a_guest_of_a_class_reads_as_they_like_for_the_visit(page: Page, tmp_path: Path) -> None:
    running = ClassServer(tmp_path / "class")
    try:
        page.goto(f"{running.url}/glossary")
        heading(page, "Glossary")
        open_panel(page)
        expect(page.get_by_text("Kept until you close this page.")).to_be_visible()
        choose(page, "130%")
        page.keyboard.press("Escape")
        page.get_by_role("link", name="Qualifications").first.click()
        heading(page, "Qualifications")
        expect_root_size(page, 17 * 1.3)
    finally:
        running.kill()


TYPED = "SELECT json_extract(settings, '$.\"typed-L6017638-1.2\"') FROM learner"

NOTHING_NOTED = "Object.keys(localStorage).every((key) => !key.startsWith('headset-typed-'))"


def own_words_field(page: Page, server: Server) -> Locator:
    """Open the criterion and return the field for one's own words."""
    page.goto(f"{server.url}/study?unit=203&criterion=1.2")
    heading(page, "1.2")
    return page.get_by_role("textbox", name="Your answer")


def wait_for_typed(page: Page, server: Server, text: str) -> None:
    """Wait until the database holds what was typed."""
    for _ in range(100):
        if rows(server, TYPED) == [(text,)]:
            break
        page.wait_for_timeout(100)
    assert rows(server, TYPED) == [(text,)]


def field_and_silence(page: Page, server: Server) -> tuple[Locator, Callable[[], None]]:
    """Return the field for one's own words, and what lets nothing more arrive that its page says."""
    silent = False

    def between(visitor: WebSocketRoute) -> None:
        server = visitor.connect_to_server()
        visitor.on_message(lambda message: None if silent else server.send(message))

    def silence() -> None:
        nonlocal silent
        silent = True

    page.route_web_socket("**/_stcore/stream", between)
    one_of_each(server)
    answer = own_words_field(page, server)
    settled(page)
    return answer, silence


def test_text_typed_in_own_words_is_kept_without_leaving_the_field_or_by_leaving_at_once(
    page: Page, server: Server
) -> None:
    one_of_each(server)
    answer = own_words_field(page, server)
    settled(page)
    answer.click()
    page.keyboard.type("At work the law asks")
    wait_for_typed(page, server, "At work the law asks")
    expect(answer).to_be_focused()
    page.keyboard.type(" a lot of us.")
    page.goto(f"{server.url}/progress")
    heading(page, "Progress")
    answer = own_words_field(page, server)
    expect(answer).to_have_value("At work the law asks a lot of us.")
    settled(page)
    answer.click()
    page.keyboard.press("End")
    page.keyboard.type(" Every day.")
    later = page.context.new_page()
    page.close(run_before_unload=True)
    whole = "At work the law asks a lot of us. Every day."
    expect(own_words_field(later, server)).to_have_value(whole)
    wait_for_typed(later, server, whole)
    later.close()


def test_text_that_never_reached_the_server_comes_back_into_its_field_once(
    page: Page, server: Server
) -> None:
    answer, silence = field_and_silence(page, server)
    answer.fill("Headsets are checked")
    wait_for_typed(page, server, "Headsets are checked")
    settled(page)
    silence()
    answer.click()
    page.keyboard.press("End")
    page.keyboard.type(" every morning.")
    page.close()
    assert rows(server, TYPED) == [("Headsets are checked",)]
    later = page.context.new_page()
    answer = own_words_field(later, server)
    expect(answer).to_have_value("Headsets are checked every morning.")
    wait_for_typed(later, server, "Headsets are checked every morning.")
    later.wait_for_function(NOTHING_NOTED)
    answer.fill("Something else")
    wait_for_typed(later, server, "Something else")
    later.goto("about:blank")
    expect(own_words_field(later, server)).to_have_value("Something else")
    later.close()


def test_text_that_never_reached_the_server_does_not_replace_what_was_stored_since(
    page: Page, server: Server
) -> None:
    answer, silence = field_and_silence(page, server)
    silence()
    answer.click()
    page.keyboard.type("Never sent")
    page.close()
    with closing(sqlite3.connect(server.data / "headset.db", timeout=20)) as database:
        database.execute(
            "UPDATE learner SET settings = json_set(settings, '$.\"typed-L6017638-1.2\"', 'From my phone')"
        )
        database.commit()
    later = page.context.new_page()
    answer = own_words_field(later, server)
    expect(answer).to_have_value("From my phone")
    later.wait_for_function(NOTHING_NOTED)
    settled(later)
    expect(answer).to_have_value("From my phone")
    later.close()
    assert rows(server, TYPED) == [("From my phone",)]


def test_the_open_menu_of_a_phone_has_the_sign_that_closes_it_to_itself(start: Start) -> None:
    page = start()
    page.set_viewport_size({"width": 375, "height": 700})
    page.get_by_test_id("stExpandSidebarButton").click()
    closing = page.get_by_test_id("stSidebarCollapseButton").get_by_role("button")
    expect(page.get_by_role("button", name="Reading")).to_be_hidden()
    closing.click()
    expect(page.get_by_role("button", name="Reading")).to_be_visible()
    expect(closing).to_be_hidden()
