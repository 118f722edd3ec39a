"""The way to the first page: a sign of life while scripts come, no page without its style, and the browser that opens."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from by_keyboard import settled
from playwright.sync_api import Browser, Page, Route, expect
from serving import ROOT, ClassServer, Server, found_browser

OPENING = "Opening Headset"
RUNNING = "document.getAnimations().map((one) => one.animationName)"
WATCH = """
window.frames = [];
const watch = () => {
  const root = document.getElementById('root');
  const drawn = Boolean(document.querySelector('h1'));
  const styled = [...document.querySelectorAll('style')].some((one) => one.textContent.includes('--headset-page: 1'));
  if (root) window.frames.push([drawn, styled, Number(getComputedStyle(root).opacity)]);
  requestAnimationFrame(watch);
};
requestAnimationFrame(watch);
"""


def hold(page: Page, address: str) -> Callable[[], None]:
    """Hold back what an address gives; return what lets it through."""
    held: list[Route] = []
    free = False

    def answer(route: Route) -> None:
        if free:
            route.continue_()
        else:
            held.append(route)

    def let() -> None:
        nonlocal free
        free = True
        for route in held:
            route.continue_()

    page.route(address, answer)
    return let


def test_no_frame_shows_a_page_without_its_style(page: Page, server: Server) -> None:
    page.add_init_script(WATCH)
    for place in ("", "practise", "progress", "about"):
        page.goto(f"{server.url}/{place}")
        page.get_by_role("heading", level=1).first.wait_for()
        settled(page)
        frames = page.evaluate("window.frames")
        assert [frame for frame in frames if frame[2] > 0 and not frame[1]] == []
        assert frames[-1] == [True, True, 1]


@pytest.mark.parametrize("kind", [Server, ClassServer])
def test_a_page_whose_style_is_late_waits_for_it_behind_a_sign_of_life(
    page: Page, tmp_path: Path, kind: type[Server]
) -> None:
    server = kind(tmp_path / "data")
    try:
        let = hold(page, "**/static/js/Html.*.js")
        page.goto(f"{server.url}/about")
        page.get_by_role("heading", level=1).first.wait_for()
        expect(page.get_by_text(OPENING)).to_be_visible()
        expect(page.locator("#headset-opening")).to_have_css("opacity", "1")
        assert page.locator("#root").evaluate("root => getComputedStyle(root).opacity") == "0"
        let()
        expect(page.locator("#root")).to_have_css("opacity", "1")
        expect(page.get_by_text(OPENING)).to_be_hidden()
    finally:
        server.kill()


def test_a_page_whose_style_cannot_be_had_is_shown_as_it_is(page: Page, server: Server) -> None:
    page.route("**/static/js/Html.*.js", lambda route: route.abort())
    page.goto(f"{server.url}/about")
    page.get_by_role("heading", level=1).first.wait_for()
    assert {"headset-in-any-case", "headset-opened"} < set(page.evaluate(RUNNING))
    page.evaluate("document.getAnimations().forEach((one) => { one.currentTime = 8_001; })")
    expect(page.locator("#root")).to_have_css("opacity", "1")
    expect(page.get_by_text(OPENING)).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_while_the_first_script_is_on_its_way_the_page_says_so_within_a_second(
    page: Page, server: Server, scheme: str
) -> None:
    page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
    let = hold(page, "**/static/js/index.*.js")
    page.goto(server.url, wait_until="commit")
    sign = page.locator("#headset-opening")
    expect(sign).to_have_css("opacity", "1")
    shown = page.evaluate(
        "document.getAnimations().find((one) => one.animationName === 'headset-opening')?.effect.getComputedTiming()"
    )
    assert shown["delay"] + shown["duration"] <= 1000
    assert page.title() == "Headset"
    assert page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor") == {
        "light": "rgb(255, 253, 249)", "dark": "rgb(16, 25, 29)",
    }[scheme]  # fmt: skip
    assert page.evaluate(RUNNING) == [
        "headset-opening",
        "headset-dots",
    ]  # nothing ends it: there is no page to be seen
    let()
    expect(page.get_by_role("button", name="Just me")).to_be_visible()
    expect(sign).to_be_hidden()


def test_without_scripts_the_page_says_what_to_do(browser: Browser, server: Server) -> None:
    without = browser.browser_type.launch(
        executable_path=found_browser(), args=["--no-sandbox", "--blink-settings=scriptEnabled=false"]
    )
    page = without.new_page()
    page.goto(server.url)
    expect(page.locator("noscript p", has_text="Headset needs JavaScript.")).to_be_visible()
    expect(page.get_by_text(OPENING)).to_be_hidden()
    without.close()


def test_from_page_to_page_the_style_stays(page: Page, start: Callable[[], Page]) -> None:
    start()
    settled(page)
    page.evaluate(WATCH)
    for name in ("Study", "Practise", "Progress", "Home"):
        page.get_by_role("link", name=name, exact=True).first.click()
        settled(page)
    assert [frame for frame in page.evaluate("window.frames") if frame[1:] != [True, 1]] == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="stands in for Linux's xdg-open")
def test_the_readmes_command_opens_the_browser_at_a_server_that_answers(tmp_path: Path) -> None:
    """The program that opens addresses is replaced by one that asks for the address and notes what it got."""
    noted = tmp_path / "noted.json"
    opener = tmp_path / "xdg-open"
    opener.write_text(
        f"#!{sys.executable}\nimport json, sys, urllib.request\n"
        "page = urllib.request.urlopen(sys.argv[1], timeout=20).read().decode()\n"
        f"open({str(noted)!r}, 'w').write(json.dumps([sys.argv[1], '<title>Headset</title>' in page]))\n",
        encoding="utf-8",
    )
    opener.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", f"--server.port={port}", "--server.headless=false"],
        cwd=ROOT,
        env={**os.environ, "HEADSET_DATA": str(tmp_path / "data"), "PATH": f"{tmp_path}:{os.environ['PATH']}"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until = time.monotonic() + 60
        while not (noted.exists() and noted.stat().st_size) and time.monotonic() < until:
            time.sleep(0.1)
    finally:
        running.kill()
        running.wait()
    assert json.loads(noted.read_text(encoding="utf-8")) == [f"http://127.0.0.1:{port}", True]
