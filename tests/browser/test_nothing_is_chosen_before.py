"""The widgets of a question are used again for later ones: what was chosen in them before is not there any more."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from by_keyboard import settled
from literal_attempts import ATTEMPT, practice
from literal_questions import ONE_OF_EACH
from playwright.sync_api import Page, expect
from serving import Server

from models import create_attempt, open_database, select_learners
from quiz.questions import Question

LISTS = '[data-testid="stMain"] [data-testid="stSelectbox"] input'
CHOSEN = """() => document.querySelectorAll(
  '[data-testid="stMain"] [role=radiogroup] input:checked, [class*="st-key-choices-"] input:checked'
).length"""
QUESTIONS = 10
"""More than there are sets of widgets, so that the first come again."""


def store(server: Server, question: Question) -> None:
    """Store a session of the one learner with the same question again and again, the hardest case."""
    with closing(open_database(server.data)) as database, database.write() as session:
        learner = select_learners(session=session)[0].id
        asked = practice(*[question] * QUESTIONS, learner=learner)
        begun = replace(asked, started_at=datetime.now(UTC))
        create_attempt(session=session, attempt=begun, plan="{}", seed=1, content_version="1")


def choose(page: Page) -> None:
    """Choose something for every part of the question, no place and no partner twice."""
    for number, box in enumerate(page.locator(LISTS).all()):
        box.click()
        page.get_by_role("option").nth(number).click()
    for tick in page.locator('[class*="st-key-choices-"] [data-testid="stCheckbox"] label').all()[:2]:
        tick.click()
    for number, group in enumerate(page.locator('[data-testid="stMain"] [role="radiogroup"]').all()):
        options = group.locator("label")
        options.nth(number % options.count()).click()


@pytest.mark.parametrize("question", ONE_OF_EACH, ids=lambda question: question.type)
def test_every_question_of_a_session_begins_with_nothing_chosen(
    start: Callable[[], Page], server: Server, question: Question
) -> None:
    page = start()
    store(server, question)
    page.goto(f"{server.url}/practise?attempt={ATTEMPT}")
    for number in range(1, QUESTIONS + 1):
        expect(page.locator('[class*="st-key-question-"] h1')).to_have_text(
            re.compile(f"question {number} of")
        )
        expect(page.get_by_role("button", name="Check answer")).to_be_visible()
        settled(page)
        assert page.evaluate(CHOSEN) == 0
        assert [box.input_value() for box in page.locator(LISTS).all() if box.input_value()] == []
        choose(page)
        page.get_by_role("button", name="Check answer").click()
        feedback = page.locator('[class*="st-key-feedback-"] h3')
        expect(feedback).to_be_visible()
        if feedback.inner_text() != "That is right":
            page.get_by_role("button", name="Show the answer").click()
        page.get_by_role("button", name=re.compile("^(Next|See how it went)$")).click()
    expect(page.get_by_role("heading", level=1, name="How it went")).to_be_visible()
    expect(page.get_by_text(f"You answered {QUESTIONS} questions")).to_be_visible()
