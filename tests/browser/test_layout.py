"""Every page and state at 320 px, zoomed to 200 % and 400 %, and on a 4K projector: nothing is cut off or too small."""

from collections.abc import Callable

import pytest
from chapters import CHAPTERS
from playwright.sync_api import Browser
from walking import PROJECTOR, Seen, walking

Shown = Callable[[str], list[Seen]]
# Begun in the middle: processes that run beside each other share the walk.
TURNED = (*list(CHAPTERS)[3:], *list(CHAPTERS)[:3])
SIZES = {"wide", "200 %", "400 %"}

FAULTY = """<!doctype html><html lang="en"><head><title>Tea</title></head><body style="margin:0;font-size:8px"><main>
<h1>Tea</h1><div style="width:900px">A line of tea that is much too wide for a small window, and that goes on and on for ever</div>
<p style="width:60px;overflow:hidden;white-space:nowrap">A long sentence on tea that is cut</p>
<button style="width:9px;height:9px;padding:0">+</button></main></body></html>"""


def at_every_size(seen: list[Seen], what: str) -> dict[str, list[str]]:
    return {
        f"{state['state']} ({size})": found[what]
        for state in seen
        for size, found in state["layout"].items()
        if found[what]
    }


@pytest.mark.parametrize("chapter", TURNED)
def test_nothing_scrolls_sideways(chapter: str, shown: Shown) -> None:
    assert at_every_size(shown(chapter), "sideways") == {}


@pytest.mark.parametrize("chapter", TURNED)
def test_nothing_is_cut_off(chapter: str, shown: Shown) -> None:
    assert at_every_size(shown(chapter), "cut") == {}


@pytest.mark.parametrize("chapter", TURNED)
def test_what_is_aimed_at_measures_24_pixels_each_way(chapter: str, shown: Shown) -> None:
    assert at_every_size(shown(chapter), "small") == {}


@pytest.mark.parametrize("chapter", ["newcomer", "tutor", "class lesson"])
def test_on_a_projector_of_4k_no_letter_is_smaller_than_a_ninetieth_of_the_picture(
    chapter: str, shown: Shown
) -> None:
    least = {
        state["state"]: found["letters"]
        for state in shown(chapter)
        if (found := state["layout"].get("4K")) and found["letters"][0] < PROJECTOR[1] / 90
    }
    assert least == {}


@pytest.mark.parametrize("chapter", TURNED)
def test_no_letter_is_smaller_than_twelve_pixels(chapter: str, shown: Shown) -> None:
    least = {
        f"{state['state']} ({size})": found["letters"]
        for state in shown(chapter)
        for size, found in state["layout"].items()
        if found["letters"][0] < 12
    }
    assert least == {}


def test_every_size_was_looked_at(shown: Shown) -> None:
    assert all(set(state["layout"]) >= SIZES for chapter in CHAPTERS for state in shown(chapter))
    assert all("4K" in state["layout"] for state in shown("tutor"))


def test_faults_of_layout_would_be_found(browser: Browser) -> None:
    with walking(browser, projected=True) as walker:
        walker.page.goto("about:blank")
        walker.page.set_content(FAULTY)
        walker.look("faulty")
    layout = walker.seen[0]["layout"]
    assert [bool(layout[size]["sideways"]) for size in ("400 %", "200 %", "wide", "4K")] == [
        True,
        True,
        False,
        False,
    ]
    assert any(found.startswith("across page p: A long sentence") for found in layout["wide"]["cut"])
    assert layout["wide"]["small"] == ["9x9 page button: +"]
    assert layout["4K"]["letters"][0] == 8
