"""axe-core finds nothing on our pages that a bare Streamlit page does not show by itself."""

from collections.abc import Callable

import pytest
from chapters import CHAPTERS
from playwright.sync_api import Browser
from walking import Seen, walking

Shown = Callable[[str], list[Seen]]

REFUSED = {"door: no such code": "404 /join", "door: wrong passcode": "403 /tutor"}
"""Answers that refuse what was typed: browsers note the status of such a page as an error."""

FAULTY = """<!doctype html><html lang="en"><head><title>Tea</title></head><body><main>
<h1 style="color:#aaa;background:#fff">Tea</h1><button></button>
<div style="display:flex"><button style="width:9px;height:9px;padding:0">+</button><button style="width:9px;height:9px;padding:0">-</button></div>
</main></body></html>"""


def kinds(seen: list[Seen]) -> set[tuple[str, str]]:
    """Return the rules that were broken, each with the kind of element that broke it."""
    return {(rule, kind) for state in seen for _, rule, kind, _ in state["violations"]}


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_no_page_or_state_adds_a_violation(chapter: str, shown: Shown) -> None:
    bare = kinds(shown("bare"))
    found = {
        f"{state['state']} ({look})": f"{rule}, {kind}: {html}"
        for state in shown(chapter)
        for look, rule, kind, html in state["violations"]
        if (rule, kind) not in bare
    }
    assert found == {}


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_no_page_or_state_logs_an_error_or_asks_another_host(chapter: str, shown: Shown) -> None:
    # Streamlit looks for its own address below that of a page that is opened directly.
    own = {said.partition("/_stcore/")[2] for state in shown("bare") for said in state["console"]}
    found = {
        state["state"]: said
        for state in shown(chapter)
        if (
            said := [
                *(
                    said
                    for said in state["console"]
                    if said.partition("/_stcore/")[2] not in own and REFUSED.get(state["state"]) != said
                ),
                *state["foreign"],
            ]
        )
    }
    assert found == {}


def test_what_a_bare_page_shows_is_little(shown: Shown) -> None:
    assert kinds(shown("bare")) <= {
        ("color-contrast", "stCaptionContainer p"),
        ("list", "stSidebarNavItems ul"),
        ("listitem", "stSidebarNavItems li"),
        ("scrollable-region-focusable", "stTable div"),
        ("target-size", "stDateInputFieldsScroller span"),
    }
    assert {told.partition("/_stcore/")[2] for s in shown("bare") for told in s["console"]} == {
        "health",
        "host-config",
    }


def test_the_axe_core_that_is_kept_here_knows_wcag_2_2_and_finds_planted_faults(browser: Browser) -> None:
    with walking(browser) as walker:
        walker.page.goto("about:blank")
        assert walker.page.evaluate("axe.version") == "4.14.1"
        walker.page.set_content(FAULTY)
        walker.look("faulty")
    assert {rule for _, rule, _, _ in walker.seen[0]["violations"]} == {
        "button-name",
        "color-contrast",
        "target-size",
    }
