"""axe-core finds nothing on our pages that a bare Streamlit page does not show by itself."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from serving import Server
from test_stories import settled

LEVELS = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


def violations(page: Page) -> dict[str, list[str]]:
    """Return the places of each violated rule."""
    page.wait_for_load_state("networkidle")
    settled(page)
    found = Axe().run(page, options=LEVELS).response["violations"]
    return {fault["id"]: [node["html"][:300] for node in fault["nodes"]] for fault in found}


@pytest.fixture
def bare(browser: Browser, tmp_path: Path) -> set[str]:
    """Return the rules that a bare page of this Streamlit version violates."""
    running = Server(tmp_path / "bare", Path(__file__).parent / "bare.py")
    context = browser.new_context(viewport={"width": 1100, "height": 900})
    page = context.new_page()
    page.goto(running.url)
    page.get_by_role("heading", name="A bare page").wait_for()
    known = set(violations(page))
    context.close()
    running.kill()
    return known


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_or_state_adds_a_violation(
    browser: Browser, server: Server, bare: set[str], scheme: str
) -> None:
    context = browser.new_context(viewport={"width": 1100, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    found: dict[str, dict[str, list[str]]] = {}

    def look(state: str) -> None:
        found[state] = {rule: nodes for rule, nodes in violations(page).items() if rule not in bare}

    page.goto(server.url)
    expect(page.get_by_role("button", name="Just me")).to_be_visible()
    look("first run")
    page.get_by_role("button", name="Just me").click()
    expect(page.get_by_role("heading", name="Hello")).to_be_visible()
    look("home")
    _visit(page, server, look)
    _practise(page, server, look)
    _sit_a_test(page, server, look)
    _teach(page, server, look)
    for path in ("", "review", "progress", "progress?unit=203", "progress?unit=203&criterion=1.1"):
        page.goto(f"{server.url}/{path}")
        page.get_by_role("heading", level=1).first.wait_for()
        look(f"{path} with answers")
    context.close()
    assert {state: faults for state, faults in found.items() if faults} == {}


def _visit(page: Page, server: Server, look: Callable[[str], None]) -> None:
    for path in (
        "study",
        "study?criterion=1.2",
        "practise",
        "progress",
        "glossary",
        "about",
        "test",
        "plan?qualification=nvq2-cco",
        "portfolio",
        "portfolio?unit=203",
        "portfolio?unit=203&criterion=1.3",
        "qualifications",
        "qualifications?qualification=nvq3-cco",
        "qualifications?unit=K/503/0385",
        "review",
        "progress?unit=203",
        "lesson",
        "groups",
        "questions",
        "import",
    ):
        page.goto(f"{server.url}/{path}")
        page.get_by_role("heading", level=1).first.wait_for()
        look(path)


def _practise(page: Page, server: Server, look: Callable[[str], None]) -> None:
    page.goto(f"{server.url}/practise")
    page.get_by_role("button", name="Start practising").click()
    single = page.get_by_role("radiogroup", name="Choose one answer")
    expect(page.get_by_role("button", name="Check answer")).to_be_visible()
    look("question open")
    if single.count():
        single.locator("label").first.click()
        page.get_by_role("button", name="Check answer").click()
        expect(page.locator("ul.explained")).to_be_visible()
        look("feedback shown")


def _teach(page: Page, server: Server, look: Callable[[str], None]) -> None:
    page.goto(f"{server.url}/lesson")
    page.get_by_role("button", name="Start the lesson").click()
    expect(page.get_by_role("button", name="Reveal")).to_be_visible()
    look("lesson: question")
    for step in ("options", "answer", "why", "note"):
        page.get_by_role("button", name="Reveal").click()
        page.wait_for_timeout(300)
        look(f"lesson: {step}")


def _sit_a_test(page: Page, server: Server, look: Callable[[str], None]) -> None:
    page.goto(f"{server.url}/test")
    page.get_by_role("button", name="Start test").click()
    expect(page.get_by_role("button", name="Question 1,")).to_be_visible()
    look("test running")
    page.get_by_role("button", name="Rest break").click()
    expect(page.get_by_role("heading", name="Rest break")).to_be_visible()
    look("rest break")
    page.get_by_role("button", name="Go on with the test").click()
    page.get_by_role("button", name="Review answers").click()
    expect(page.get_by_role("heading", name="Review your answers")).to_be_visible()
    look("review")
    page.get_by_text("I have finished and want to hand in").click()
    page.get_by_role("button", name="Finish test").click()
    expect(page.get_by_role("heading", name="Score report")).to_be_visible()
    look("report")
    page.goto(f"{server.url}/progress?unit=203")
    page.get_by_role("heading", name="Tests", exact=True).wait_for()
    look("progress with a test")
