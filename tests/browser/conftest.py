"""A real server on a port and a data folder of its own, and a real Chromium or Chrome."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from by_keyboard import settled
from playwright.sync_api import Browser, Page, expect, sync_playwright
from serving import ROOT, Server, found_browser
from walking import Seen, notes

# A busy machine, with tests on every core, may take far longer than Playwright’s five seconds.
expect.set_options(timeout=40_000)

# Debian's Chromium otherwise imitates a graphics card on the processor: a sixth more work for the same pages.
WITHOUT_GRAPHICS_CARD = (
    "--disable-gpu",
    "--disable-gpu-compositing",
    "--disable-gpu-rasterization",
    "--disable-software-rasterizer",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, and skip it with the remedy where there is no browser."""
    missing = found_browser() is None
    for item in items:
        if ROOT / "tests" / "browser" not in item.path.parents:
            continue
        item.add_marker(pytest.mark.browser)
        if missing:
            item.add_marker(
                pytest.mark.skip(
                    reason="no Chromium or Chrome here; on Debian or Ubuntu: sudo apt-get install -y chromium"
                )
            )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=found_browser(), args=["--no-sandbox", *WITHOUT_GRAPHICS_CARD]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = Server(tmp_path / "data")
    yield running
    running.kill()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1100, "height": 900}, locale="en-GB")
    context.set_default_timeout(40_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def start(page: Page, server: Server) -> Callable[[], Page]:
    """Return a function that opens Headset for the first time and chooses “Just me”."""

    def started() -> Page:
        page.goto(server.url)
        page.get_by_role("button", name="Just me").wait_for()
        settled(page)
        page.get_by_role("button", name="Just me").click()
        page.get_by_role("heading", name="Hello").wait_for()
        return page

    return started


@pytest.fixture(scope="session")
def shown(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[Seen]]:
    """Return a function that says what a chapter of the walk shows; each is walked once in a test run."""
    from chapters import CHAPTERS, bare  # they fill folders, for which few tests have to wait

    here = tmp_path_factory.getbasetemp()
    folder = (here.parent if "PYTEST_XDIST_WORKER" in os.environ else here) / "walk"
    known: dict[str, list[Seen]] = {}

    def of(chapter: str) -> list[Seen]:
        if chapter not in known:
            walk = bare if chapter == "bare" else CHAPTERS[chapter]
            own = tmp_path_factory.mktemp("chapter")
            known[chapter] = notes(folder, chapter, lambda: walk(browser, own))
        return known[chapter]

    return of
