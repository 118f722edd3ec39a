"""Goes through every page and state once and notes what axe-core, the layout and a screen reader find there.

Four modules of tests read the same notes. A chapter is walked by whichever process needs it first; processes
that run beside it read what it wrote.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, expect
from serving import ROOT, Server

HERE = Path(__file__).parent
WIDE, ZOOMED_TWICE, ZOOMED_FOUR_TIMES, PROJECTOR = (1280, 1024), (640, 512), (320, 256), (3840, 2160)
"""A window of 1280 by 1024, the same at 200 % and 400 % zoom, and a 4K projector, in CSS pixels."""

Seen = dict[str, Any]
"""What one state showed: `state`, `violations`, `layout` by size, `structure`, `rules`, `console`, `foreign`."""

_CONTROLS = {
    "button", "checkbox", "combobox", "DisclosureTriangle", "link", "listbox", "menuitem", "radio", "searchbox",
    "slider", "spinbutton", "switch", "tab", "textbox",
}  # fmt: skip
_LANDMARKS = {"banner", "navigation", "main", "contentinfo", "complementary"}
_GROUPS = {"radiogroup", "group", "dialog", "navigation", "toolbar", "region", "form", "list"}


class BareServer(Server):
    """A bare Streamlit page without our theme and settings."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        super().__init__(
            folder / "data",
            HERE / "bare.py",
            "--server.showEmailPrompt=false",
            "--browser.gatherUsageStats=false",
            "--server.fileWatcherType=none",
        )

    def working_directory(self) -> Path:
        return self.folder


class Walker:
    """A browser of one visitor, and what it has seen."""

    def __init__(
        self, browser: Browser, width: int = WIDE[0], height: int = WIDE[1], *, projected: bool = False
    ) -> None:
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": height}, locale="en-GB", reduced_motion="reduce"
        )
        self.context.set_default_timeout(40_000)
        for script in ("axe-core/axe.min.js", "walk.js"):
            self.context.add_init_script(path=HERE / script)
        self.page: Page = self.context.new_page()
        self.size, self.projected = (width, height), projected
        self.schemes = ("light", "dark")
        self.seen: list[Seen] = []
        self._said: list[str] = []
        self._foreign: list[str] = []
        self._known: dict[str, bool] = {}
        self._cdp = self.context.new_cdp_session(self.page)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self._said.append(f"uncaught: {error}"))
        self.page.on("request", self._request)
        self.page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self._said.append(message.text[:300])

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self._said.append(f"{response.status} {urlsplit(response.url).path}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.hostname != "127.0.0.1":
            self._foreign.append(request.url)

    def go(self, url: str) -> Page:
        """Open an address and wait for its heading."""
        self.page.goto(url)
        self.page.get_by_role("heading", level=1).first.wait_for()
        return self.page

    def settled(self) -> None:
        """Wait until the page has been drawn."""
        self.page.wait_for_timeout(150)
        app = self.page.locator('[data-testid="stApp"]')
        if app.count():
            expect(app).to_have_attribute("data-test-script-state", "notRunning")
            expect(self.page.locator("#root")).to_have_css("opacity", "1")
            expect(self.page.locator('[data-testid="stSkeleton"]:visible')).to_have_count(0)
        self.page.evaluate("headsetWalk.still()")

    def look(self, state: str) -> None:
        """Note what the state shows, light and dark, wide, narrow and zoomed; on a projector too where one is likely.

        The scheme alternates from look to look: to change it draws the whole page anew.
        """
        self.settled()
        before, after = self.schemes
        found: Seen = {"state": state, "violations": [], "layout": {}, "rules": self._rules()}
        found["structure"] = {**self._structure(), "focus": self.page.evaluate("headsetWalk.focus()")}
        found["layout"]["wide"] = self._layout()
        self._violations(found, f"{before}, wide", colours=False)
        self._resize(ZOOMED_TWICE)
        found["layout"]["200 %"] = self._layout()
        self._resize(ZOOMED_FOUR_TIMES)
        found["layout"]["400 %"] = self._layout()
        self._violations(found, f"{before}, narrow", colours=True)
        self._dress(after)
        self._violations(found, f"{after}, narrow", colours=False)
        if self.projected:
            self._resize(PROJECTOR)
            found["layout"]["4K"] = self._layout()
        self._resize(self.size)
        self._violations(found, f"{after}, wide", colours=True)
        found["console"], found["foreign"] = self._said[:], self._foreign[:]
        self._said.clear()
        self._foreign.clear()
        self.schemes = (after, before)
        self.seen.append(found)

    def _rules(self) -> dict[str, bool]:
        """Return the selectors of our style that are new, or find something for the first time, and whether they do."""
        now: dict[str, bool] = self.page.evaluate("headsetWalk.styled()")
        new = {selector: finds for selector, finds in now.items() if finds > self._known.get(selector, -1)}
        self._known |= new
        return new

    def _dress(self, scheme: Any) -> None:
        self.page.emulate_media(color_scheme=scheme)
        self.page.evaluate("scheme => headsetWalk.dressed(scheme)", scheme)

    def _resize(self, size: tuple[int, int]) -> None:
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.evaluate("headsetWalk.still()")

    def _violations(self, found: Seen, look: str, *, colours: bool) -> None:
        for rule, kind, html in self.page.evaluate("colours => headsetWalk.violations(colours)", colours):
            found["violations"].append([look, rule, kind, html])

    def _layout(self) -> Any:
        return self.page.evaluate("headsetWalk.layout()")

    def _structure(self) -> dict[str, Any]:
        tree = self._cdp.send("Accessibility.getFullAXTree")["nodes"]
        return {
            "title": self.page.title(),
            "language": self.page.evaluate("document.documentElement.lang"),
            "charts": self.page.evaluate("headsetWalk.charts()"),
            **_read(tree),
        }

    def close(self) -> None:
        self.context.close()


def _read(tree: list[dict[str, Any]]) -> dict[str, Any]:
    """Return headings, landmarks, controls and live regions, in the order in which they are read.

    A control comes with its role, its name, the groups it is in, what it stands under (the heading or the
    folded part before it), and where it leads if it is a link.
    """
    nodes = {node["nodeId"]: node for node in tree}
    read: dict[str, Any] = {"headings": [], "landmarks": [], "controls": [], "live": []}
    section = [""]

    def visit(node: dict[str, Any], groups: tuple[str, ...]) -> None:
        role = node.get("role", {}).get("value", "")
        name = str(node.get("name", {}).get("value", "")).strip()
        about = {entry["name"]: entry["value"].get("value") for entry in node.get("properties", [])}
        if not node.get("ignored"):
            if role == "heading":
                read["headings"].append([about.get("level"), name])
                section[0] = name
            if role in _LANDMARKS:
                read["landmarks"].append([role, name])
            if role in _CONTROLS:
                read["controls"].append([role, name, " > ".join(groups), section[0], about.get("url", "")])
            if role == "DisclosureTriangle":
                section[0] = name
            if about.get("live") not in (None, "off"):
                read["live"].append([about["live"], name or _words(node, nodes)])
            if role in _GROUPS and name:
                groups = (*groups, name)
        for child in node.get("childIds", []):
            if child in nodes:
                visit(nodes[child], groups)

    roots = [node for node in tree if node.get("parentId") not in nodes]
    for root in roots:
        visit(root, ())
    return read


def _words(node: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> str:
    own = node.get("name", {}).get("value", "") if node.get("role", {}).get("value") == "StaticText" else ""
    parts = [own, *(_words(nodes[child], nodes) for child in node.get("childIds", []) if child in nodes)]
    return " ".join(part for part in parts if part)


@contextmanager
def walking(browser: Browser, **how: Any) -> Iterator[Walker]:
    """Give a visitor with a browser of their own, closed at the end."""
    walker = Walker(browser, **how)
    try:
        yield walker
    finally:
        walker.close()


def notes(folder: Path, chapter: str, walk: Callable[[], list[Seen]]) -> list[Seen]:
    """Return what a chapter shows: walked now, or read where another process of this test run has walked it."""
    folder.mkdir(parents=True, exist_ok=True)
    written = folder / f"{chapter}.json"
    try:
        (folder / f"{chapter}.begun").mkdir()
    except FileExistsError:
        return _read_notes(written)
    try:
        found: Any = walk()
    except BaseException as error:
        _write(written, {"failed": f"{type(error).__name__}: {error}"[:4000]})
        raise
    _write(written, found)
    return list(found)


def _write(path: Path, found: Any) -> None:
    path.with_suffix(".part").write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(path.with_suffix(".part"), path)


def _read_notes(path: Path) -> list[Seen]:
    deadline = time.monotonic() + 600
    while not path.exists():
        if time.monotonic() > deadline:
            raise TimeoutError(f"Nobody has finished the chapter {path.stem}.")
        time.sleep(0.2)
    found = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(found, dict):
        raise AssertionError(f"The chapter {path.stem} could not be walked. {found['failed']}")
    return list(found)


__all__ = ["PROJECTOR", "ROOT", "WIDE", "BareServer", "Seen", "Walker", "notes", "walking"]
