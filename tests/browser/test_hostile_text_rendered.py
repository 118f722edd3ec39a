"""Whatever was typed or imported stands on every page letter by letter, and nothing in it comes to life."""

from collections.abc import Iterator
from time import monotonic
from typing import Any

import httpx2
import pytest
from literal_hostile import (
    GROUP,
    HOSTILE,
    IMPORTED,
    LINE,
    NAME,
    NICKNAME,
    OFFICIAL,
    TEXT,
    TITLE,
    UNIT,
    Hostile,
    fill,
    lines,
    squeezed,
)
from playwright.sync_api import Browser, BrowserContext, Page
from serving import ClassServer

from quiz.syllabus import Pack
from ui.access import COOKIE

NOTE = tuple(lines(TEXT))
AT = f"unit={UNIT}&criterion=1.2"

# What stands on the page, and what came to life of it: every piece that could has “zq” in it, or is on none
# of our pages otherwise. Folded parts are opened, and what is drawn in components is looked through too.
LOOK = """() => {
  const roots = [document], alive = [], said = [];
  for (const root of roots) for (const e of root.querySelectorAll("*")) if (e.shadowRoot) roots.push(e.shadowRoot);
  const zq = (e) => /zq/i.test(e.outerHTML);
  for (const root of roots) {
    for (const e of root.querySelectorAll("a, img, em, code, del, s, u, sup, sub, pre, blockquote, ol, ul, hr, table:not([role=grid])"))
      if (zq(e) && !e.matches("ul.explained, ol.lesson, ul.tally, [data-testid=stTable] table"))
        alive.push(e.outerHTML.slice(0, 200));
    for (const e of root.querySelectorAll(".katex, img[alt='Streamlit logo'], [data-testid=stIconMaterial], i, b, strong, span[style]"))
      if (e.matches(".katex, img") || /^\\W*zq\\w*$/i.test(e.textContent)) alive.push(e.outerHTML.slice(0, 200));
    for (const e of root.querySelectorAll("[onerror], script"))
      if (/hacked/.test(e.outerHTML)) alive.push(e.outerHTML.slice(0, 200));
    const walker = document.createTreeWalker(root === document ? document.body : root, NodeFilter.SHOW_TEXT);
    let last = null;
    while (walker.nextNode()) {
      const node = walker.currentNode, block = node.parentElement?.closest("p, li, dt, dd, h1, h2, h3, h4, td, th, div, text, button, label, span") ;
      if (node.parentElement?.closest("style, script")) continue;
      said.push((block === last ? "" : "\\n") + node.data);
      last = block;
    }
    for (const e of root.querySelectorAll("input, textarea")) said.push("\\n" + e.value);
  }
  const app = document.querySelector("[data-testid=stApp]");
  const still = !app || (app.dataset.testScriptState === "notRunning" && !document.querySelector("[data-testid=stSkeleton]"));
  return { alive, still, hacked: window.hacked ?? null, text: said.join("") };
}"""


@pytest.fixture(scope="module")
def stored(
    tmp_path_factory: pytest.TempPathFactory, shipped_pack: Pack
) -> Iterator[tuple[ClassServer, Hostile]]:
    folder = tmp_path_factory.mktemp("hostile") / "data"
    found = fill(folder, shipped_pack)
    server = ClassServer(folder)
    yield server, found
    server.kill()


def entered(browser: Browser, server: ClassServer, token: str, happened: list[str]) -> BrowserContext:
    """Return a browser with that token; dialogs and what is fetched from elsewhere are noted."""
    context = browser.new_context(viewport={"width": 1100, "height": 900}, locale="en-GB")
    context.set_default_timeout(40_000)
    context.add_cookies([{"name": COOKIE, "value": token, "url": server.url}])
    context.on("dialog", lambda dialog: (happened.append(f"a dialog: {dialog.message}"), dialog.dismiss()))
    context.on(
        "request",
        lambda asked: (
            None if asked.url.startswith((server.url, "data:", "blob:")) else happened.append(asked.url)
        ),
    )
    return context


def wrong_on(page: Page, expected: tuple[str, ...]) -> list[str]:
    """Return what is wrong with a page once all of it is drawn; some parts of Streamlit load last."""
    page.locator("h1").first.wait_for()
    deadline = monotonic() + 10
    while True:
        page.evaluate("document.querySelectorAll('details:not([open]) > summary').forEach((s) => s.click())")
        seen: dict[str, Any] = page.evaluate(LOOK)
        text = squeezed(seen["text"])
        missing = [part for part in expected if squeezed(part) not in text]
        if seen["still"] and not missing or monotonic() > deadline:
            break
        page.wait_for_timeout(100)
    wrong = [f"came to life: {part}" for part in seen["alive"]]
    wrong += [f"not shown letter by letter: {part}" for part in missing]
    return wrong + ([] if seen["hacked"] is None else ["a script ran"])


def test_nothing_typed_or_imported_comes_to_life_on_any_page(
    browser: Browser, stored: tuple[ClassServer, Hostile]
) -> None:
    server, ids = stored
    with httpx2.Client(base_url=server.url, trust_env=False) as laptop:
        tutor = laptop.post("/tutor", data={"passcode": server.passcode}).cookies[COOKIE]
    questions = tuple(HOSTILE[:2])
    group = f"groups?group={ids.group}"
    learners = {
        "": (NAME, TITLE),
        f"study?{AT}": (*NOTE, OFFICIAL),
        f"qualifications?unit={UNIT}": (OFFICIAL,),
        "practise": (TITLE,),
        f"practise?attempt={ids.practising}": (TITLE, HOSTILE[0]),
        f"report?attempt={ids.sat}": (*questions, LINE),
        f"progress?{AT}": (HOSTILE[0], LINE),
        f"progress?unit={UNIT}": (NAME,),
        "portfolio": (LINE,),
        f"portfolio?unit={UNIT}": (TITLE,),
        f"portfolio?{AT}": (LINE, OFFICIAL, *NOTE),
        "live": (NICKNAME,),
        "about": (NAME,),
        "leave": (NAME,),
        f"j/{ids.group_code}": (GROUP,),
        f"j/{ids.live_code}": (NAME,),
    }
    tutors = {
        "": (NAME, IMPORTED),
        "groups": (GROUP,),
        group: (GROUP, NAME, IMPORTED, NAME[:15]),
        f"{group}&view=tasks": (TITLE, NAME),
        f"{group}&view=members": (NAME, IMPORTED),
        f"{group}&view=settings": (GROUP,),
        f"{group}&learner={ids.learner}&unit={UNIT}": (NAME, LINE, *NOTE),
        "questions": (HOSTILE[0], squeezed(TEXT), LINE),
        "import": (TITLE,),
        "lesson": (TITLE,),
        f"lesson?lesson={ids.lesson}&at=1&step=3": (TITLE, HOSTILE[1], LINE),
        f"lesson?lesson={ids.live}": (TITLE, NICKNAME),
        f"lesson?lesson={ids.live}&view=summary": (TITLE, NICKNAME, *questions),
    }
    wrong: dict[str, list[str]] = {}
    happened: list[str] = []
    for token, pages in ((ids.token, learners), (tutor, tutors)):
        context = entered(browser, server, token, happened)
        tabs = {address: context.new_page() for address in pages}
        for address, tab in tabs.items():
            tab.goto(f"{server.url}/{address}", wait_until="commit")
        for address, expected in pages.items():
            if found := wrong_on(tabs[address], expected):
                wrong[address or f"home of {token[:3]}"] = found
        context.close()
    assert (wrong, happened) == ({}, [])
