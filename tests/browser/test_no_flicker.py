"""Nothing jumps while somebody answers, nothing is greyed, and a page that takes its time shows that it works.

Chromium reports every shift of what stays on the page from one drawing to the next (“layout-shift” of the Layout
Instability API): the share of the screen that moved times how far it moved. Shifts that follow a click are counted
too, though web.dev leaves them out of its bounds for a whole visit: stable up to 0.1, poor above 0.25.

To choose an answer shifts nothing at all, and the title, the question and its number stay where they are at every step.
What does move is what stands below an answer as long as it needs: the buttons give way to the explanation, and the
navigator to a longer question. On a wide screen that keeps each step below 0.1; a phone shows little else than that
part, so the bound of a step there is 0.25, and a new question, which may follow an explanation of two screens, is held
to being in view.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, expect
from serving import Server
from test_stories import heading, settled

Start = Callable[[], Page]

BOUNDS = {1280: 0.1, 375: 0.25}
"""How far a step may shift the page at most, by the width of the screen in pixels."""
WATCH = """
window.shifts = [];
new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shifts.push({
    value: entry.value,
    moved: entry.sources.map((source) => (source.node?.innerText ?? source.node?.textContent ?? '').trim().slice(0, 60)),
}); }).observe({ type: 'layout-shift', buffered: true });
"""


def shifted(page: Page, step: Callable[[], object], done: Callable[[], object]) -> tuple[float, list[str]]:
    """Return how far a step shifted the page until it was done and drawn, and what of it moved."""
    settled(page)
    page.evaluate("window.shifts.length = 0")
    step()
    done()
    settled(page)
    found: list[dict[str, Any]] = page.evaluate("window.shifts")
    return sum(entry["value"] for entry in found), [name for entry in found for name in entry["moved"]]


def place(page: Page, what: str) -> tuple[float, float]:
    """Return where the first thing that a selector finds stands on the page, however far that is scrolled."""
    box = page.locator(what).first.bounding_box()
    assert box is not None
    return box["x"], box["y"] + page.locator('[data-testid="stMain"]').evaluate("main => main.scrollTop")


@pytest.fixture
def watched(page: Page) -> Page:
    page.add_init_script(WATCH)
    return page


def single_choice(page: Page) -> None:
    """Go on until a question with one answer to choose is on the screen."""
    while True:
        expect(page.get_by_role("button", name="Check answer")).to_be_visible()
        settled(page)
        if page.get_by_role("radiogroup", name="Choose one answer").count():
            return
        page.get_by_role("button", name="End this session").click()
        heading(page, "How it went")
        page.get_by_role("button", name="Choose other practice").click()
        page.get_by_role("button", name="Start practising").click()


TITLE, STEM = '[class*="st-key-question-"] h1', '[class*="st-key-question-"] h2'


@pytest.mark.parametrize("width", BOUNDS)
def test_nothing_jumps_in_practice(watched: Page, start: Start, width: int) -> None:
    page = start()
    page.set_viewport_size({"width": width, "height": 900})
    page.get_by_role("button", name="Practise", exact=True).click()
    page.get_by_role("button", name="Start practising").click()
    single_choice(page)
    fixed = place(page, TITLE), place(page, STEM)
    check = place(page, ".st-key-check button")
    option = page.locator('[class*="st-key-choices-"] [role=radiogroup] label').nth(1)

    chosen = shifted(page, option.click, lambda: expect(page.get_by_role("radio").nth(1)).to_be_checked())
    assert chosen == (0, [])
    assert place(page, ".st-key-check button") == check

    feedback = page.locator('[class*="st-key-feedback-"]').get_by_role("heading")
    value, moved = shifted(
        page, page.get_by_role("button", name="Check answer").click, lambda: expect(feedback).to_be_focused()
    )
    assert value < BOUNDS[width], moved
    assert (place(page, TITLE), place(page, STEM)) == fixed

    if page.get_by_role("button", name="Show the answer").count():
        page.get_by_role("button", name="Show the answer").click()
    following = page.get_by_role("button", name="Next", exact=True)
    expect(following).to_be_visible()
    value, moved = shifted(page, following.click, lambda: expect(feedback).to_have_count(0))
    assert value < BOUNDS[width] or width == 375, moved
    assert place(page, TITLE) == fixed[0]
    expect(page.locator(STEM)).to_be_in_viewport()


@pytest.mark.parametrize("width", BOUNDS)
def test_nothing_jumps_in_a_test(watched: Page, start: Start, width: int) -> None:
    page = start()
    page.set_viewport_size({"width": width, "height": 900})
    page.get_by_role("button", name="On-screen test").click()
    page.get_by_role("button", name="Start test").click()
    heading(page, "On-screen test: question 1 of 40")
    settled(page)

    def choose(number: int) -> None:
        page.locator('[class*="st-key-choices-"] [role=radiogroup] label').nth(number).click()

    def next_one() -> None:
        page.get_by_role("button", name="Next", exact=True).click()

    for number in (1, 2, 3):
        here = [place(page, what) for what in (TITLE, STEM, ".st-key-next button")]
        answered = page.get_by_text(f"{number} of 40 answered")
        chosen = shifted(page, partial(choose, number), partial(expect(answered).to_be_visible))
        assert chosen == (0, [])
        assert [place(page, what) for what in (TITLE, STEM, ".st-key-next button")] == here
        asked = f"On-screen test: question {number + 1} of 40"
        value, moved = shifted(page, next_one, partial(heading, page, asked))
        assert value < BOUNDS[width], moved
        assert [place(page, what) for what in (TITLE, STEM)] == here[:2]
        expect(page.locator(STEM)).to_be_in_viewport()


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_a_slow_page_shows_a_sign_of_life_after_half_a_second_and_stays_readable(
    browser: Browser, tmp_path: Path, motion: Literal["no-preference", "reduce"]
) -> None:
    server = Server(tmp_path / "data", Path(__file__).parent / "slow.py")
    context = browser.new_context(reduced_motion=motion)
    page = context.new_page()
    page.goto(server.url)
    heading(page, "A slow page")
    settled(page)
    sign = (
        "() => Number(getComputedStyle(document.querySelector('[data-testid=stHeader]'), '::after').opacity)"
    )
    assert page.evaluate(sign) == 0
    page.get_by_role("button", name="Take your time").click()
    expect(page.locator('[data-testid="stApp"]')).to_have_attribute("data-test-script-state", "running")
    assert page.evaluate(sign) == 0  # what takes less than half a second does not flash
    page.wait_for_function(f"({sign})() === 1")
    left = page.get_by_text("What stood here before.")
    expect(left).to_be_visible()
    seen = "e => { let all = 1; for (; e; e = e.parentElement) all *= Number(getComputedStyle(e).opacity); return all; }"
    assert left.evaluate(seen) == 1
    settled(page)
    page.wait_for_function(f"({sign})() === 0")
    context.close()
    server.kill()
