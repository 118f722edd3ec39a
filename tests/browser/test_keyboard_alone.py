"""Everything a learner does, with the keyboard alone, and a focus that can always be seen."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pytest
from by_keyboard import (
    asked,
    check_and_see,
    choose_from_lists,
    choose_in_groups,
    enter_on,
    of_focused,
    tab_into,
    tab_until,
)
from literal_attempts import practice
from literal_questions import ONE_OF_EACH
from playwright.sync_api import Page, Route, expect
from serving import ROOT, Server
from test_stories import heading, press, rows, settled

from models import create_attempt, create_learner, open_database

Start = Callable[[], Page]


def one_of_each(server: Server) -> None:
    """Store a learner who has just begun a session with a question of each type."""
    database, now = open_database(server.data), datetime.now(UTC)
    with database.write() as session:
        learner = create_learner(session=session, name="Kim", now=now).id
        begun = replace(practice(*ONE_OF_EACH), learner=learner, started_at=now)
        create_attempt(session=session, attempt=begun, plan="{}", seed=1, content_version="1")
    database.close()


def test_a_session_with_all_five_types_is_practised_with_the_keyboard_alone(
    page: Page, server: Server
) -> None:
    one_of_each(server)
    page.goto(f"{server.url}/practise?attempt=22222222-2222-4222-8222-222222222222")
    heading(page, "Practice: question 1 of 5")
    settled(page)
    press(page, "b")
    press(page, "Enter")
    expect(page.locator('[class*="st-key-feedback-"] h3', has_text="Not yet")).to_be_focused()
    settled(page)
    press(page, "Enter")  # try again
    asked(page, "The brew is too weak.")
    press(page, "a")
    press(page, "Enter")
    expect(page.locator('[class*="st-key-feedback-"] h3', has_text="That is right")).to_be_focused()
    settled(page)
    press(page, "n")

    asked(page, "Choose two things")
    press(page, "a")
    press(page, "b")
    check_and_see(page, "That is right")
    press(page, "Enter")

    asked(page, "Match each tool")
    choose_from_lists(page, [1, 3, 2, 0])
    check_and_see(page, "That is right")
    enter_on(page, "Next")

    asked(page, "Making a pot of tea")
    choose_in_groups(page, [2, 0, 3, 1])
    press(page, "Enter")
    expect(page.locator('[class*="st-key-feedback-"] h3', has_text="That is right")).to_be_focused()
    settled(page)
    press(page, "n")

    asked(page, "Sort these")
    choose_in_groups(page, [0, 0, 1, 1])
    check_and_see(page, "That is right")
    press(page, "n")

    expect(page.get_by_role("heading", level=1, name="How it went")).to_be_focused()
    assert rows(server, "SELECT position, fraction FROM attempt_item ORDER BY position") == [
        (0, 0.0),
        (1, 1.0),
        (2, 1.0),
        (3, 1.0),
        (4, 1.0),
    ]


def test_an_answer_is_shown_with_the_keyboard_and_the_focus_stays_with_it(page: Page, server: Server) -> None:
    one_of_each(server)
    page.goto(f"{server.url}/practise?attempt=22222222-2222-4222-8222-222222222222")
    heading(page, "Practice: question 1 of 5")
    settled(page)
    assert of_focused(page, "focused === document.body"), "a page that is just loaded is read from its top"
    press(page, "d")
    press(page, "Enter")
    expect(page.locator('[class*="st-key-feedback-"] h3', has_text="Not yet")).to_be_focused()
    enter_on(page, "Show the answer")
    expect(page.get_by_text("About more leaves.")).to_be_visible()
    expect(page.locator('[class*="st-key-feedback-"] h3')).to_be_focused()
    settled(page)
    press(page, "Enter")
    asked(page, "Choose two things")


def test_a_whole_test_is_sat_with_the_keyboard_alone(page: Page, server: Server) -> None:
    page.goto(server.url)
    heading(page, "Headset")
    enter_on(page, "Just me")
    heading(page, "Hello")
    enter_on(page, "Test")
    heading(page, "On-screen test")
    enter_on(page, "Start test")
    question = page.locator('[class*="st-key-question-"] h2')
    for number in range(1, 41):
        heading(page, f"On-screen test: question {number} of 40")
        expect(question).to_be_focused()
        if number == 3:
            tab_until(page, "focused.matches('[data-testid=stRadio] input')")
            page.keyboard.press("Space")
        elif number != 5:
            press(page, "abcd"[number % 4])
        if number == 7:
            expect(page.get_by_text("6 of 40 answered")).to_be_visible()
            press(page, "g")
            expect(page.get_by_role("button", name="Remove flag")).to_be_visible()
        if number == 10:
            enter_on(page, "Rest break")
            expect(page.get_by_role("heading", name="Rest break")).to_be_focused()
            press(page, "Enter")
            expect(question).to_be_focused()
        answered = number if number < 5 else number - 1
        expect(page.get_by_text(f"{answered} of 40 answered")).to_be_visible()
        press(page, "n")
    expect(page.get_by_role("heading", name="Review your answers")).to_be_focused()
    expect(page.get_by_text("Not answered (1): 5")).to_be_visible()
    expect(page.get_by_text("Flagged (1): 7")).to_be_visible()
    settled(page)
    tab_until(page, "focused.closest('nav')?.getAttribute('aria-label') === 'Questions'")
    assert of_focused(page, "focused.getAttribute('aria-label')") == "Question 40, answered"
    page.keyboard.press("Home")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    assert of_focused(page, "focused.getAttribute('aria-label')") == "Question 5, not answered"
    page.keyboard.press("Enter")
    heading(page, "On-screen test: question 5 of 40")
    expect(question).to_be_focused()
    press(page, "c")
    expect(page.get_by_text("40 of 40 answered")).to_be_visible()
    press(page, "p")
    heading(page, "On-screen test: question 4 of 40")
    enter_on(page, "Review answers")
    expect(page.get_by_role("heading", name="Review your answers")).to_be_focused()
    settled(page)
    tab_into(page, '[data-testid="stCheckbox"]')
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Finish test")).to_be_enabled()
    enter_on(page, "Finish test")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_role("heading", name="Score report")).to_be_visible()
    assert rows(server, "SELECT finish FROM attempt") == [("learner",)]
    assert rows(server, "SELECT count(*) FROM attempt_item WHERE marked_at IS NOT NULL") == [(40,)]


def test_a_key_pressed_before_the_options_have_come_chooses_one_as_soon_as_they_are_there(
    page: Page, server: Server
) -> None:
    one_of_each(server)
    held: list[Route] = []
    # What draws options is loaded when the first are to be drawn: here, over a slow network.
    page.route("**/Radio.*.js", lambda route: held.append(route))
    page.goto(f"{server.url}/test?unit=203")
    heading(page, "On-screen test")
    enter_on(page, "Start test")
    heading(page, "On-screen test: question 1 of 40")
    expect(page.locator('[class*="st-key-question-"] h2')).to_be_focused()
    press(page, "b")
    page.wait_for_timeout(1000)
    assert len(held) == 1
    assert page.locator('[class*="st-key-choices-"] input').count() == 0
    held[0].continue_()
    expect(page.locator('[class*="st-key-choices-"] input').nth(1)).to_be_checked()
    expect(page.get_by_text("1 of 40 answered")).to_be_visible()


def test_a_key_does_nothing_while_typing_in_a_panel_with_a_modifier_or_when_switched_off(
    page: Page, server: Server
) -> None:
    one_of_each(server)
    page.goto(f"{server.url}/practise?attempt=22222222-2222-4222-8222-222222222222")
    heading(page, "Practice: question 1 of 5")
    settled(page)
    options = page.locator('[class*="st-key-choices-"] input')
    for combined in ("Control+a", "Alt+b", "Shift+C", "Meta+d"):
        press(page, combined)
    enter_on(page, "Reading")
    tab_until(page, "focused.matches('[data-testid=stPopoverBody] input')")
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator('[data-testid="stPopoverBody"]')).to_have_count(0)
    settled(page)
    expect(page.locator('[class*="st-key-choices-"] input:checked')).to_have_count(0)
    expect(page.get_by_role("button", name="Check answer")).to_be_visible()
    press(page, "b")
    expect(options.nth(1)).to_be_checked()
    page.goto(f"{server.url}/about")
    heading(page, "About and help")
    settled(page)
    tab_until(page, "focused.closest('.st-key-letter-keys')")
    page.keyboard.press("Space")
    settled(page)
    assert json.loads(str(rows(server, "SELECT settings FROM learner")[0][0])) == {"letter_keys": False}
    page.goto(f"{server.url}/practise?attempt=22222222-2222-4222-8222-222222222222")
    heading(page, "Practice: question 1 of 5")
    settled(page)
    press(page, "c")
    settled(page)
    expect(page.locator('[class*="st-key-choices-"] input:checked')).to_have_count(0)


def test_the_help_page_lists_every_key_there_is() -> None:
    script = (ROOT / "ui" / "components" / "keys.js").read_text(encoding="utf-8")
    about = (ROOT / "app_pages" / "about.py").read_text(encoding="utf-8")
    assert "/^[a-fnpg]$/" in script
    assert script.count('press({ n: "next", p: "back", g: "flag" }[key])') == 1
    presenter = script.split("const PRESENTER = {")[1].split("};")[0]
    names = [part.split(":")[0].split()[-1] for part in presenter.split("[")[:-1]]
    assert names == ["enter", "pagedown", "arrowright", "pageup", "arrowleft", "r", "h", "n", "p"]
    for listed in (
        '"A to F", "choose an option"',
        '"Enter", "check the answer or send it, or go on"',
        '"N", "next question',
        '"P", "previous question',
        '"G", "flag the question',
        '"Right arrow, page down, Enter", "begin, reveal, or go on',
        '"Left arrow, page up", "hide, or go back',
        '"R, H", "reveal, hide"',
        '"N, P", "next question, previous question"',
    ):
        assert listed in about


FOCUS_SEEN = (Path(__file__).parent / "focus_seen.js").read_text(encoding="utf-8")


ASKED = "practise?attempt=22222222-2222-4222-8222-222222222222"
PLACES = (
    "", "practise", ASKED, "portfolio?unit=203", "portfolio?unit=203&criterion=1.1", "plan?qualification=nvq2-cco",
    "study?unit=203&criterion=1.2", "progress?unit=203", "review", "lesson", "live", "groups", "questions", "import",
    "glossary", "qualifications", "about", "no-such-page",
)  # fmt: skip


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (375, "dark")])
def test_whatever_has_the_focus_shows_it_whole_and_is_not_covered(
    page: Page, server: Server, width: int, scheme: Literal["light", "dark"]
) -> None:
    one_of_each(server)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{server.url}/test?unit=203")
    heading(page, "On-screen test")
    enter_on(page, "Start test")
    heading(page, "On-screen test: question 1 of 40")
    sat = page.url.removeprefix(f"{server.url}/")
    faults: dict[str, set[str]] = {}
    for place in (sat, *PLACES):
        page.goto(f"{server.url}/{place}")
        page.get_by_role("heading", level=1).first.wait_for()
        settled(page)
        # The script that looks whether anything was done on the page comes with the question, a little after it:
        # a Tab before that counts as done, and the focus goes to the question's heading.
        page.wait_for_timeout(1200 if place in (sat, ASKED) else 300)
        seen: set[str] = set()
        for key, most in (("Tab", 60), ("Shift+Tab", 30)):
            for _ in range(most):
                page.keyboard.press(key)
                found = page.evaluate(FOCUS_SEEN, key)
                if found.get("again"):  # once round the page
                    break
                seen.add(found["name"])
                if found["fault"]:
                    faults.setdefault(f"/{place.split('?')[0]} {found['fault']}", set()).add(found["name"])
        assert len(seen) >= (1 if place == "no-such-page" else 5), place
    assert faults == {}


def test_a_ring_that_is_cut_off_or_covered_would_be_found(page: Page, start: Start) -> None:
    start()
    for style, fault in (
        ("", ""),
        ("overflow: hidden", "its ring is cut off: left, right, top, bottom"),
        ("overflow: hidden; padding: 6px", ""),
    ):
        page.evaluate(
            """style => {
              document.querySelector("#planted")?.remove();
              document.querySelector(".stMain h1").insertAdjacentHTML(
                "beforebegin", `<div id="planted"><div style="${style}"><button style="width:100%">Planted</button></div></div>`);
              document.querySelector("#planted button").focus({ focusVisible: true });
            }""",
            style,
        )
        assert page.evaluate(FOCUS_SEEN, style) == {"name": "Planted", "fault": fault}
    page.evaluate(
        """() => document.querySelector("#planted").insertAdjacentHTML(
          "beforeend", `<p style="position: relative; top: -30px; height: 40px; background: white">Over it</p>`)"""
    )
    assert page.evaluate(FOCUS_SEEN, "covered")["fault"].startswith("covered by ")
