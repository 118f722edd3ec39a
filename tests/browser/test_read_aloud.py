"""The browser's own voice reads a question; what it is given to read is noted, since a machine for tests has no voice."""

from __future__ import annotations

import re
from collections.abc import Callable

from by_keyboard import settled
from playwright.sync_api import Page, expect

NOTED = """
window.said = []; window.silenced = 0;
speechSynthesis.speak = (speech) => window.said.push([speech.lang, speech.text]);
speechSynthesis.cancel = () => { window.silenced += 1; };
"""


def test_a_question_is_read_until_the_button_is_pressed_again_or_the_next_one_comes(
    page: Page, start: Callable[[], Page]
) -> None:
    page.add_init_script(NOTED)
    start()
    page.get_by_role("link", name="Practise").click()
    page.get_by_role("button", name="Start practising").click()
    stem = page.locator('[class*="st-key-question-"] h2')
    expect(stem).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Read aloud").click()
    ((language, text),) = page.evaluate("window.said")
    assert language == "en-GB"
    assert text.startswith(stem.inner_text())
    assert len(text) > len(stem.inner_text()) + 10  # the options too
    page.get_by_role("button", name="Stop reading").click()
    expect(page.get_by_role("button", name="Read aloud")).to_be_visible()
    assert page.evaluate("window.silenced") == 1
    page.get_by_role("button", name="Read aloud").click()
    page.get_by_role("button", name="Leave for now").click()
    expect(page.get_by_role("heading", name=re.compile("^Hello"))).to_be_visible()
    expect(page.get_by_role("button", name="Stop reading")).to_have_count(0)
    assert page.evaluate("window.silenced") == 2
    assert len(page.evaluate("window.said")) == 2
