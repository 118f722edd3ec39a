"""The plan on paper: the units group by group, what they come to, what is missing, nothing that is made up."""

from __future__ import annotations

import re
from typing import Any

import pytest

from quiz.reports import plan_sheet, plan_words
from quiz.syllabus import Pack, Qualification, UnitOutline, check_plan
from quiz.syllabus.outline import Doubt

NASTY = "<script>alert('x')</script> & \"tea\""
ESCAPED = "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; &quot;tea&quot;"
TEA, HOT, COLD, CUPS = "L/601/7638", "T/503/0342", "D/503/0352", "Y/503/0348"


def outline(
    key: str, title: str, level: int | None, credit: int | None, glh: int | None, **more: Any
) -> UnitOutline:
    return UnitOutline(key, title, level, credit, glh, (), taught=False, **more)


OUTLINES = {
    TEA: outline(TEA, "Making Tea", 2, 4, 32),
    HOT: outline(HOT, "Running a Kitchen", 2, 4, 15),
    COLD: outline(COLD, "Keeping Cool", 1, 2, 9),
    CUPS: outline(CUPS, "Cups & Saucers", 1, 1, 5),
}


def kitchens(**changes: Any) -> Qualification:
    """Return a qualification with one mandatory unit, three to choose from and a barred pair."""
    stated = {
        "key": "kitchen",
        "title": "A Diploma in Kitchens",
        "short": "Kitchens",
        "body": "The Kettle Board",
        "number": None,
        "level": 2,
        "min_credit": 8,
        "glh": 40,
        "tqt": None,
        "registration": {"status": "not_known"},
        "dates_note": "Ask your centre.",
        "groups": [
            {"name": "Must", "title": "what all take", "rule": {"min_units": 1}, "units": [TEA]},
            {"name": "May", "title": "Group M", "rule": {"min_credits": 2}, "parts": ["Hot", "Cold"]},
            {"name": "Hot", "title": "Group H", "units": [HOT]},
            {"name": "Cold", "title": "Group C", "units": [COLD, CUPS]},
        ],
        "rules": [
            {"kind": "total_credits", "credits": 8},
            {"kind": "barred_pair", "units": [HOT, COLD]},
        ],
        "units": [
            {"unit": TEA, "number": "1"},
            {"unit": HOT, "number": "2"},
            {"unit": COLD, "number": "3"},
            {"unit": CUPS, "number": None},
        ],
    }
    return Qualification.model_validate({**stated, **changes})


def sheet(*chosen: str, learner: str = "Sam", outlines: dict[str, UnitOutline] = OUTLINES) -> str:
    """Return the body of the sheet of a plan in kitchens."""
    qualification = kitchens()
    check = check_plan(qualification, outlines, chosen)
    _, _, body = plan_sheet(qualification, outlines, check, learner).partition("<body>")
    return body


HEAD = "<tr><th>Number</th><th>Unit</th><th>Reference</th><th>Level</th><th>Credits</th><th>Hours</th></tr>"
OPENING = "<h1>A Diploma in Kitchens</h1><p class='small'>Plan of Sam. Ask your centre.</p>"
TEA_TABLE = (
    f"<h2>What all take</h2><table>{HEAD}<tr><td>1</td><td>Making Tea</td><td>L/601/7638</td><td>2</td>"
    "<td>4</td><td>32</td></tr></table>"
)


def test_a_valid_plan_shows_its_units_by_group_and_what_they_come_to() -> None:
    assert sheet(HOT) == (
        OPENING + TEA_TABLE + f"<h2>Group H</h2><table>{HEAD}<tr><td>2</td><td>Running a Kitchen</td>"
        "<td>T/503/0342</td><td>2</td><td>4</td><td>15</td></tr></table>"
        "<p><b>2 units, 8 credits (8 at level 2), 47 guided learning hours. This is a valid choice.</b></p>"
        "</body></html>"
    )


def test_a_plan_with_too_little_says_what_is_still_missing() -> None:
    assert sheet() == (
        OPENING + TEA_TABLE + "<p><b>1 unit, 4 credits (4 at level 2), 32 guided learning hours. "
        "This is not a valid choice yet.</b></p>"
        "<h2>Still missing</h2><ul>"
        "<li>Group M needs at least 2 credits; 0 chosen, 2 more to go.</li>"
        "<li>At least 8 credits are needed in all; 4 are chosen, 4 more to go.</li></ul>"
        "</body></html>"
    )


def test_a_plan_against_the_rules_says_which_rule() -> None:
    body = sheet(HOT, COLD)
    assert (
        "<p><b>3 units, 10 credits (2 at level 1, 8 at level 2), 56 guided learning hours. "
        "This is not a valid choice yet.</b></p>"
        "<h2>Against the rules</h2><ul><li>2 and 3 cannot be taken together.</li></ul></body></html>"
    ) in body
    assert "Still missing" not in body


def test_what_is_missing_stands_before_what_is_against_the_rules() -> None:
    bare = {**OUTLINES, HOT: outline(HOT, "Running a Kitchen", 2, 1, 15)}
    body = sheet(HOT, COLD, outlines=bare)
    _, _, rules = body.partition("</b></p>")
    assert rules == (
        "<h2>Still missing</h2><ul><li>At least 8 credits are needed in all; 7 are chosen, 1 more to go.</li></ul>"
        "<h2>Against the rules</h2><ul><li>2 and 3 cannot be taken together.</li></ul></body></html>"
    )


def test_a_unit_without_a_number_leaves_that_cell_empty_and_a_title_is_escaped() -> None:
    assert (
        f"<h2>Group C</h2><table>{HEAD}<tr><td></td><td>Cups &amp; Saucers</td><td>Y/503/0348</td><td>1</td>"
        "<td>1</td><td>5</td></tr></table>"
    ) in sheet(CUPS)


def test_a_figure_that_no_document_states_reads_not_known() -> None:
    unknown = {**OUTLINES, CUPS: outline(CUPS, "Cups & Saucers", None, None, None)}
    assert (
        f"<h2>Group C</h2><table>{HEAD}<tr><td></td><td>Cups &amp; Saucers</td><td>Y/503/0348</td>"
        "<td>not known</td><td>not known</td><td>not known</td></tr></table>"
    ) in sheet(CUPS, outlines=unknown)


def test_a_group_without_a_chosen_unit_is_left_out() -> None:
    body = sheet(CUPS)
    assert [title in body for title in ("What all take", "Group H", "Group C")] == [True, False, True]


def test_a_figure_that_the_documents_do_not_settle_is_named_when_the_answer_hangs_on_it() -> None:
    doubt = Doubt(field="credit", value=3, where="the diploma's table")
    doubtful = {**OUTLINES, HOT: outline(HOT, "Running a Kitchen", 2, 4, 15, doubt=doubt)}
    assert sheet(HOT, outlines=doubtful).endswith(
        "This is a valid choice.</b></p><p>The answer depends on the credits of unit 2: 4 on its own page, "
        "3 in the diploma&#x27;s table. Ask your centre which counts.</p></body></html>"
    )


def test_the_sheet_is_a_whole_page_without_scripts_or_links_and_escapes_everything() -> None:
    nasty = kitchens(
        title=NASTY,
        short=NASTY,
        dates_note=NASTY,
        groups=[{"name": "Must", "title": f"Group {NASTY}", "rule": {"min_units": 2}, "units": [TEA, HOT]}],
        rules=[{"kind": "total_credits", "credits": 99}],
        units=[{"unit": TEA, "number": NASTY}, {"unit": HOT, "number": "2"}],
    )
    outlines = {TEA: outline(TEA, NASTY, 2, 4, 32), HOT: OUTLINES[HOT]}
    page = plan_sheet(nasty, outlines, check_plan(nasty, outlines, []), NASTY)
    assert page.startswith(
        "<!doctype html><html lang='en-GB'><head><meta charset='utf-8'>"
        f"<title>Plan: {ESCAPED}</title>"
    )  # fmt: skip
    assert "<script" not in page
    assert "href" not in page
    # short title, title, learner, note on dates, group, the unit's number and title
    assert page.count(ESCAPED) == 7


def test_the_sentence_of_a_broken_rule_is_escaped() -> None:
    nasty = kitchens(
        units=[
            {"unit": TEA, "number": "1"},
            {"unit": HOT, "number": NASTY},
            {"unit": COLD, "number": "3"},
            {"unit": CUPS, "number": None},
        ]
    )
    page = plan_sheet(nasty, OUTLINES, check_plan(nasty, OUTLINES, [HOT, COLD]), "Sam")
    assert f"<li>{ESCAPED} and 3 cannot be taken together.</li>" in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (
            ["Y/503/0365", "L/503/0377", "M/503/0386"],
            "6 units, 14 credits (14 at level 2), 101 guided learning hours. This is a valid choice.",
        ),
        (
            ["T/503/0373", "L/503/0377"],
            "5 units, 13 credits (9 at level 2, 4 at level 3), 92 guided learning hours. "
            "This is not a valid choice yet.",
        ),
        (
            ["Y/503/0365", "T/503/0373"],
            "5 units, 14 credits (10 at level 2, 4 at level 3), 101 guided learning hours. "
            "This is not a valid choice yet.",
        ),
    ],
)
def test_what_choices_in_the_certificate_come_to(shipped_pack: Pack, chosen: list[str], words: str) -> None:
    qualification = shipped_pack.qualifications["btec2-cco"]
    assert plan_words(check_plan(qualification, shipped_pack.outlines, chosen)) == words


def test_the_sheet_of_the_certificate_says_what_stands_against_its_rules(shipped_pack: Pack) -> None:
    qualification = shipped_pack.qualifications["btec2-cco"]
    check = check_plan(qualification, shipped_pack.outlines, ["Y/503/0365", "T/503/0373"])
    page = plan_sheet(qualification, shipped_pack.outlines, check, "Sam")
    assert "<h2>Against the rules</h2><ul><li>204 and 304 cannot be taken together.</li></ul>" in page
    assert (
        "<h2>Optional Level 3 units</h2><table>" + HEAD + "<tr><td>304</td>"
        "<td>Principles and Processes of Systems and Technology in a Contact Centre</td>"
        "<td>T/503/0373</td><td>3</td><td>4</td><td>26</td></tr></table>"
    ) in page


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (
            ["F9A0 04"],
            "1 unit. The document gives no credits or rules, so the choice cannot be checked.",
        ),
        (
            ["F9A0 04", "H11S 04", "F942 04"],
            "3 units. The document gives no credits or rules, so the choice cannot be checked.",
        ),
    ],
)
def test_a_choice_in_an_svq_cannot_be_checked_and_the_sheet_says_so(
    shipped_pack: Pack, chosen: list[str], words: str
) -> None:
    qualification = shipped_pack.qualifications["sqa-svq2-cco"]
    check = check_plan(qualification, shipped_pack.outlines, chosen)
    assert plan_words(check) == words
    page = plan_sheet(qualification, shipped_pack.outlines, check, "Sam")
    assert f"<p><b>{words}</b></p>" in page
    title = shipped_pack.outlines["F9A0 04"].title
    table = f"<table><tr><th>Unit</th><th>Reference</th></tr><tr><td>{title}</td><td>F9A0 04</td></tr>"
    assert page.count(table) == 1
    assert page.count("<td>") == 2 * len(chosen)
    assert set(re.findall("<th>(.*?)</th>", page)) == {"Unit", "Reference"}
    assert "valid choice" not in page
    assert "not known" not in page
    assert "None" not in page


@pytest.mark.parametrize("key", ["sqa-svq2-cco", "sqa-svq3-cco"])
def test_an_svq_with_no_unit_chosen_is_called_neither_valid_nor_invalid(shipped_pack: Pack, key: str) -> None:
    check = check_plan(shipped_pack.qualifications[key], shipped_pack.outlines, [])
    assert plan_words(check) == (
        "0 units. The document gives no credits or rules, so the choice cannot be checked."
    )
