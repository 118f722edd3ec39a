"""Moving about a page as somebody does who has a keyboard and nothing else: no click, and no focus set by a script."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

WITH_FOCUS = """let focused = document.activeElement;
while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
const told = (element) => {
  if (element.getAttribute("aria-label")) return element.getAttribute("aria-label").trim();
  const copy = element.cloneNode(true);
  copy.querySelectorAll("[aria-hidden=true]").forEach((part) => part.remove());
  return copy.textContent.trim();
};"""


def settled(page: Page) -> None:
    """Wait until the page has been drawn, with its style: what is on it before belongs to the page before."""
    page.wait_for_timeout(300)
    expect(page.locator('[data-testid="stApp"]')).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.locator("#root")).to_have_css("opacity", "1")


def of_focused(page: Page, expression: str) -> Any:
    """Return what a script makes of `focused`, the element that has the focus; `told` is its name as it is read out."""
    return page.evaluate(f"() => {{ {WITH_FOCUS} return {expression}; }}")


def tab_until(page: Page, condition: str, most: int = 90) -> None:
    """Press Tab until a condition on `focused`, a script, is true."""
    seen = []
    for _ in range(most):
        page.keyboard.press("Tab")
        if of_focused(page, f"Boolean(focused && ({condition}))"):
            return
        seen.append(of_focused(page, "focused ? told(focused).slice(0, 40) : ''"))
    raise AssertionError(f"{condition} was not reached with the Tab key; these were: {seen}")


def tab_into(page: Page, within: str) -> None:
    """Press Tab until the focus is inside what a selector finds."""
    tab_until(page, f"focused.closest({within!r})")


def enter_on(page: Page, name: str) -> None:
    """Go to the button or link of that name with Tab, and press Enter on it."""
    settled(page)
    tab_until(page, f"focused.matches('button, a, [role=button]') && told(focused) === {name!r}")
    page.keyboard.press("Enter")


def asked(page: Page, stem: str = "") -> None:
    """Wait until a question is on the screen, and the focus on it."""
    expect(page.locator('[class*="st-key-question-"] h2', has_text=stem)).to_be_focused()
    settled(page)


def check_and_see(page: Page, said: str) -> None:
    """Press “Check answer” and wait until the focus is on what came of it."""
    enter_on(page, "Check answer")
    expect(page.locator('[class*="st-key-feedback-"] h3', has_text=said)).to_be_focused()
    settled(page)


def choose_from_lists(page: Page, places: list[int]) -> None:
    """Choose the option at that place, from 0, in each list box of the question at hand, in order."""
    boxes = page.locator('[data-testid="stMain"] [data-testid="stSelectbox"] input')
    for index, place in enumerate(places):
        tab_until(page, "focused.matches('[data-testid=stSelectbox] input')")
        expect(boxes.nth(index)).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("option").first).to_be_visible()
        for _ in range(place):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.get_by_role("option")).to_have_count(0)
        expect(boxes.nth(index)).not_to_have_value("")


def choose_in_groups(page: Page, places: list[int]) -> None:
    """Choose the radio button at that place, from 0, in each group of the question at hand, in order."""
    groups = page.locator('[data-testid="stMain"] [data-testid="stRadio"]')
    for index, place in enumerate(places):
        tab_until(page, "focused.matches('[data-testid=stRadio] input')")
        page.keyboard.press("Space")
        for _ in range(place):
            page.keyboard.press("ArrowDown")
        expect(groups.nth(index).locator("input").nth(place)).to_be_checked()
