"""Sheets for printing: nothing that is written by hand can become markup, answers come after the questions."""

from __future__ import annotations

from typing import Any

import literal_packs as packs
import pytest
from literal_questions import MATCHING, MULTIPLE_RESPONSE, ONE_OF_EACH, ORDERING, SORTING, single_choice

from quiz.questions import Question
from quiz.reports import note_sheet, paper_sheet

NASTY = "<script>alert('x')</script> & \"tea\""
ESCAPED = "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; &quot;tea&quot;"


def halves(*questions: Question) -> tuple[str, str]:
    """Return a paper's questions and its answers."""
    asked, heading, answers = paper_sheet("Practice test", "a practice test", questions).partition(
        "<h1>Answers: Practice test</h1>"
    )
    assert heading
    return asked, answers


def test_a_paper_is_a_whole_page_in_british_english_with_room_for_name_and_date() -> None:
    page = paper_sheet("Practice test", "a practice test", [single_choice()])
    assert page.startswith(
        "<!doctype html><html lang='en-GB'><head><meta charset='utf-8'><title>Practice test</title>"
    )
    assert page.endswith("</body></html>")
    assert (
        "<p class='small'>A practice test.</p><p>Name: ______________________ Date: ______________</p>"
        in page
    )
    assert "<script" not in page
    assert "href" not in page


def test_answers_stand_after_the_answers_heading_and_nowhere_before() -> None:
    asked, answers = halves(*ONE_OF_EACH)
    rows = [
        "<tr><th>1</th><td>A. more leaves</td><td>1.1</td></tr>",
        "<tr><th>2</th><td>A. hot water; B. dry leaves</td><td>1.1</td></tr>",
        "<tr><th>3</th><td>kettle: B; caddy: D; strainer: C; timer: A</td><td>1.1</td></tr>",
        "<tr><th>4</th><td>1. boil the water; 2. add the leaves; 3. pour the water; 4. let it draw</td>"
        "<td>1.1</td></tr>",
        "<tr><th>5</th><td>Assam: Black; Darjeeling: Black; Sencha: Green; Matcha: Green</td>"
        "<td>1.1</td></tr>",
    ]
    assert answers == (
        "<table><tr><th>Question</th><th>Answer</th><th>Criterion</th></tr>"
        + "".join(rows)
        + "</table></div></body></html>"
    )
    for row in rows:
        assert row.split("<td>")[1] not in asked
    assert asked.count("About more leaves.") == 0


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        (
            single_choice(),
            "<p><b>1.</b> The brew is too weak. What helps?</p><ol class='options'><li>more leaves</li>"
            "<li>more milk</li><li>a bigger cup</li><li>a clean spoon</li></ol>",
        ),
        (
            MULTIPLE_RESPONSE,
            "<p><b>1.</b> Choose two things that go into a teapot.</p><ol class='options'>"
            "<li>hot water</li><li>dry leaves</li><li>cold soup</li><li>wet gravel</li></ol>",
        ),
        (
            MATCHING,
            "<table><tr><td>kettle</td><td>____</td><td>A. counts minutes</td></tr>"
            "<tr><td>caddy</td><td>____</td><td>B. heats water</td></tr>"
            "<tr><td>strainer</td><td>____</td><td>C. holds leaves back</td></tr>"
            "<tr><td>timer</td><td>____</td><td>D. stores leaves</td></tr></table>",
        ),
        (
            ORDERING,
            "<p>____ pour the water</p><p>____ boil the water</p><p>____ let it draw</p>"
            "<p>____ add the leaves</p>",
        ),
        (
            SORTING,
            "<p class='small'>Black (tea that was oxidised); Green (tea that was steamed)</p>"
            "<table><tr><td>Assam</td><td>____________</td></tr>"
            "<tr><td>Darjeeling</td><td>____________</td></tr>"
            "<tr><td>Sencha</td><td>____________</td></tr>"
            "<tr><td>Matcha</td><td>____________</td></tr></table>",
        ),
    ],
    ids=lambda value: value.type if not isinstance(value, str) else "",
)
def test_each_type_is_shown_as_it_is_to_be_answered(question: Question, shown: str) -> None:
    assert shown in halves(question)[0]


def with_every_text(question: Question, text: str) -> Question:
    """Return the question with all that a learner reads of it replaced, keys and classes apart."""

    def nasty(part: Any) -> Any:
        shown = {
            name for name in ("text", "left", "right", "why") if isinstance(getattr(part, name, None), str)
        }
        return part.model_copy(update=dict.fromkeys(shown, text))

    parts = {
        name: tuple(nasty(part) for part in value)
        for name, value in question
        if isinstance(value, tuple) and name != "right_order"
    }
    classes = {"classes": {f"{text} {name}": text for name in SORTING.classes}} if question is SORTING else {}
    return question.model_copy(update={"stem": text, **parts, **classes})


@pytest.mark.parametrize("question", ONE_OF_EACH, ids=lambda question: question.type)
def test_everything_on_a_paper_is_escaped(question: Question) -> None:
    page = paper_sheet(NASTY, NASTY, [with_every_text(question, NASTY)])
    assert "<script" not in page
    # the title three times, the label once, the stem once, and each part at least once
    assert page.count(ESCAPED) >= 5 + 4


def criterion(**changes: Any) -> packs.Criterion:
    law = {
        "id": "tea-tax",
        "about": "the tax on tea",
        "status": "in_force",
        "checked_on": "2026-11-22",
        "today": "Tea is taxed.",
    }
    return packs.criterion("1.1", **{"note": "Boil **fresh** water.", "law": [law], **changes})


def test_a_note_sheet_holds_the_note_the_words_the_law_and_the_task_but_no_model_answer() -> None:
    page = note_sheet(criterion(), "203 Making Tea")
    _, _, body = page.partition("<body>")
    assert body == (
        "<h1>1.1 Describe tea 1.1</h1><p class='small'>203 Making Tea</p>"
        "<p>Boil <strong>fresh</strong> water.</p>\n"
        "<h2>Words to know</h2><table><tr><th>caddy</th><td>a tin for leaves</td></tr></table>"
        "<h2>The law today</h2><ul><li>The tax on tea: Tea is taxed.</li></ul>"
        "<h2>In your own words</h2><p>How is tea made where you work?</p>"
        "<h2>Points to check</h2><ul><li>water</li><li>leaves</li><li>time</li></ul>"
        "</body></html>"
    )
    assert "<title>1.1 Describe tea 1.1</title>" in page


def test_a_criterion_without_law_has_no_heading_for_it() -> None:
    assert "The law today" not in note_sheet(criterion(law=[]), "203 Making Tea")


def test_everything_on_a_note_sheet_is_escaped() -> None:
    law = {
        "id": "tea-tax",
        "about": NASTY,
        "status": "in_force",
        "checked_on": "2026-11-22",
        "today": NASTY,
    }
    page = note_sheet(
        criterion(
            verb=NASTY,
            label=NASTY,
            note=f"{NASTY}\n\n<img src=x onerror=alert(1)>\n\n[tea](javascript:alert(1))",
            terms=[{"term": NASTY, "means": NASTY}],
            law=[law],
            own_words={"prompt": NASTY, "demands": "x", "checklist": [NASTY], "model_answer": "x"},
        ),
        NASTY,
    )
    assert "<script" not in page
    assert "<img" not in page
    assert "href" not in page
    assert page.count(ESCAPED) >= 9
