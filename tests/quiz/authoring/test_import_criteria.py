"""Criteria in both layouts, and every way in which a table comes out of a PDF damaged."""

from __future__ import annotations

import pytest
from literal_specification import (
    CRITERIA,
    FACTS,
    HEAD,
    ROWS,
    SIGNED,
    TORN_HEAD,
    criterion_of,
    doubts_of,
    page,
    read,
    texts_of,
    unit_of,
)

from quiz.authoring.importing import ImportRefused, SpecCriterion

IN_CELL = """# **Unit 7: Keep a Tea Room**

**Unit reference number:** M/701/2345

**Level:** 2

**Credit value:** 9

**Guided learning hours:** 61

Learning outcomes\tAssessment criteria
<p>1 Know how tea is made</p>\t<p>1.1 Describe how green leaves are dried</p> <p>1.2 List the tools that a tea room needs</p> <p>1.3 Explain why water is drawn fresh</p>

Learning outcomes\tAssessment criteria
2 Be able to serve tea\t2.1 Warm a pot before the leaves go in 2.2 Pour without a drop on the cloth
"""

PIPES = """## Unit 7: Keep a Tea Room

Unit reference number: M/701/2345
Level: 2
Credit value: 9
Guided learning hours: 61

| Learning outcomes | Assessment criteria |
|---|---|
| 1 Know how tea is made | 1.1 Describe how green leaves are dried<br>1.2 List the tools that a tea room needs<br>1.3 Explain why water is drawn fresh |
| 2 Be able to serve tea | 2.1 Warm a pot before the leaves go in<br>2.2 Pour without a drop on the cloth |
"""

COLUMNS = """Unit 7: Keep a Tea Room
Unit reference number: M/701/2345
Level: 2
Credit value: 9
Guided learning hours: 61

Learning outcomes               Assessment criteria                Evidence  Portfolio
                                                                   type      reference
1   Know how tea is made        1.1   Describe how green leaves
                                      are dried
                                1.2   List the tools that a tea
                                      room needs
                                1.3   Explain why water is
                                      drawn fresh
2   Be able to serve            2.1   Warm a pot before the
    tea                               leaves go in
                                2.2   Pour without a drop on
                                      the cloth
Learner name:                   Date:
"""

LINES = """Unit 7
Keep a Tea Room
Unit reference number:
M/701/2345
Level: 2
Credit value: 9
Guided learning hours: 61
Learning outcomes and assessment criteria
1
Know how tea
is made
1.1
Describe how green leaves are dried
1.2 List the tools that
a tea room needs
1.3 Explain why water is drawn fresh
2 Be able to serve tea
2.1 Warm a pot before the leaves go in
2.2 Pour without a drop on the cloth
"""

LAYOUTS = {
    "one row a criterion": page(),
    "criteria in a cell": IN_CELL,
    "pipes": PIPES,
    "columns": COLUMNS,
    "lines": LINES,
}


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS)
def test_every_layout_gives_the_same_unit_and_leaves_nothing_in_doubt(text: str) -> None:
    unit = unit_of(text)
    assert (unit.number, unit.key, unit.title) == ("7", "M/701/2345", "Keep a Tea Room")
    assert (unit.level, unit.credit, unit.glh) == (2, 9, 61)
    assert [(o.number, o.statement) for o in unit.outcomes] == [
        (1, "Know how tea is made"),
        (2, "Be able to serve tea"),
    ]
    assert texts_of(text) == CRITERIA
    assert [criterion.verb for criterion in unit.criteria] == ["Describe", "List", "Explain", "Warm", "Pour"]
    assert {criterion.confidence for criterion in unit.criteria} == {1.0}
    assert read(text).unsure == ()


def test_a_criterion_names_the_line_it_stands_on() -> None:
    text = page()
    line = text.split("\n").index("\t\t2.2\tPour without a drop on the cloth\t\t\t") + 1
    assert criterion_of(text, "2.2") == SpecCriterion("2.2", "Pour", CRITERIA["2.2"], line, 1.0)


@pytest.mark.parametrize(
    ("damage", "whole"),
    [
        pytest.param({"head": TORN_HEAD}, True, id="the words of the head torn over cells"),
        pytest.param({"head": "Leai\tLearning outcomes\t\t\t\tEvidence type\tPortfolio reference\tDate"}, True, id="a head with a column lost"),
        pytest.param({"title": "Unit 7: Keep a\n\nTea\n\nRoom"}, True, id="a title broken over lines"),
        pytest.param({"rows": ROWS.replace("2\tBe able", "\tBe able")}, True, id="an outcome number lost"),
        pytest.param({"rows": ROWS.replace("2\tBe able", "S\tBe able")}, True, id="an outcome number read as a letter"),
        pytest.param({"rows": ROWS.replace("2\tBe able", "• •\tBe able")}, True, id="bullets for an outcome number"),
        pytest.param({"rows": ROWS.replace("2\tBe able to serve tea", "2 Be able to serve tea\t")}, True, id="number and statement in one cell"),
        pytest.param({"rows": ROWS.replace("\tis made\t1.2", "is made\t\t1.2")}, True, id="a statement a column too far left"),
        pytest.param({"rows": ROWS.replace("\tis made\t1.2", "\tis made 1.2\t1.2")}, True, id="a code printed twice"),
        pytest.param({"rows": ROWS.replace("\t\t1.3\t", "\t1.3\t1.3\t")}, True, id="a code printed in the column before as well"),
        pytest.param({"rows": ROWS.replace("\t\t1.3\t", "\t1.2\t1.3\t")}, True, id="another code in the column before"),
        pytest.param({"rows": ROWS.replace("\t\t1.3\t", f"{HEAD}\n\t\t1.3\t")}, True, id="a table continued over the page"),
        pytest.param({"rows": ROWS.replace("\t\t1.3\tExplain", "\t1.3\tExplain")}, True, id="a row without its first column"),
        pytest.param({"rows": ROWS.replace("\t\t1.3\tExplain", f"{HEAD}\n\t1.3 Explain")}, True, id="code and text in one cell"),
        pytest.param({"rows": ROWS.replace("\t\t2.2\tPour", "2.2\tPour")}, True, id="a row that left the table"),
        pytest.param({"rows": ROWS.replace("2.2\t", "2.2.\t")}, True, id="a full stop after a code"),
        pytest.param({"rows": ROWS.replace("2.2\t", "^{-e} 2.2\t")}, True, id="a stray glyph before a code"),
        pytest.param({"rows": ROWS.replace("cloth\t\t\t", "cloth\t\treference\t")}, True, id="a word of the head beside a criterion"),
        pytest.param({"rows": ROWS.replace("2.2\t", "2. 2\t")}, True, id="a space in a code"),
        pytest.param({"rows": ROWS.replace("1.3\t", "l.3\t")}, False, id="a letter for a figure in a code"),
        pytest.param({"rows": ROWS.replace("1.3\t", "13\t")}, False, id="a code without its point"),
        pytest.param({"rows": ROWS.replace("1.2\t", "1.9\t")}, False, id="a wrong figure in a code"),
        pytest.param({"rows": ROWS.replace("1.2\t", "\t")}, False, id="a code not printed"),
        pytest.param({"rows": ROWS.replace("1.2\tL", "ls that\tL")}, False, id="a scrap of text for a code"),
        pytest.param({"rows": ROWS.replace("2.1\t", "\t")}, False, id="the first code of an outcome not printed"),
        pytest.param({"rows": ROWS.replace("\tList the tools that a tea room needs\t\t\t\n\t\t1.3\t", " 1.3\tList the tools that a tea room needs. ")}, False, id="two criteria and their codes in one row"),
        pytest.param({"rows": ROWS.replace("needs\t\t\t\n\t\t1.3\t", "needs ")}, False, id="two criteria in one cell under one code"),
        pytest.param({"rows": ROWS.replace("\tis made\t1.2\tList the tools that a tea room needs\t", "\tis made 1.2 List the tools that a tea room needs\t1.2\t\t")}, False, id="a criterion in the outcome's cell"),
        pytest.param({"rows": ROWS.replace("\t1.2\tList the tools that a tea room needs\t", " 1.2 List the tools that a tea ro needs\tList the tools that a tea room needs\t\t")}, False, id="a criterion in the outcome's cell, damaged, and whole beside it"),
        pytest.param({"rows": ROWS.replace("room needs\t\t\t\n", "room needs\t\t\t\n\t\t1.2\tthe tools that a tea room\t\t\t\n")}, False, id="a part of a criterion printed again"),
        pytest.param({"rows": ROWS.replace("a tea room needs\t\t\t\n", "\t\t\t\n\t\t\ta tea room needs\t\t\t\n")}, False, id="a criterion broken over two rows"),
        pytest.param({"rows": ROWS.replace("a tea room needs\t\t\t\n\t\t1.3\tExplain", "\t\t\t\n\t\t1.3\ta tea room needs explain")}, False, id="words that slipped into the next row"),
    ],
)  # fmt: skip
def test_a_damaged_table_gives_the_same_criteria_and_tells_where_it_guessed(
    damage: dict[str, str], whole: bool
) -> None:
    text = page(**damage)
    found = {code: text.replace(" explain", " Explain") for code, text in texts_of(text).items()}
    assert {code: _bare(text) for code, text in found.items()} == {
        code: _bare(text) for code, text in CRITERIA.items()
    }
    specification = read(text)
    assert (not specification.unsure) == whole
    unsure = [criterion for criterion in unit_of(text).criteria if criterion.confidence < 0.9]
    assert (not unsure) == whole
    for criterion in unsure:
        assert any(
            f"criterion {criterion.code}" in doubt.what or criterion.code in doubt.what
            for doubt in specification.unsure
        )


def _bare(text: str) -> str:
    text = text.rstrip(".")
    return text[:1].upper() + text[1:]


def test_text_without_a_place_is_listed_and_not_dropped() -> None:
    text = page(ROWS.replace("2.1\tWarm a pot before the leaves go in", "ound dry cups stand\t"))
    assert "2.1" not in texts_of(text)
    (place,) = [doubt for doubt in read(text).unsure if "2.1 not found" in doubt.what]
    assert place.candidates == ("ound dry cups stand",)


def test_a_code_that_is_passed_over_is_listed_and_the_printed_codes_stay() -> None:
    text = page(ROWS.replace("\tis made\t1.2\tList the tools that a tea room needs\t\t\t\n", ""))
    assert list(texts_of(text)) == ["1.1", "1.3", "2.1", "2.2"]
    assert doubts_of(text) == ["Unit 7: 1.2 not found before 1.3"]


def test_the_same_code_with_other_words_keeps_the_first_and_shows_both() -> None:
    text = page(ROWS + "\t\t2.2\tTaste a cup of every new chest\t\t\t\n")
    doubt = next(doubt for doubt in read(text).unsure if "different words" in doubt.what)
    assert doubt.candidates == ("Pour without a drop on the cloth", "Taste a cup of every new chest")
    assert criterion_of(text, "2.2").confidence == 0.5


def test_a_statement_that_lost_its_beginning_is_in_doubt() -> None:
    text = page(ROWS.replace("Be able to serve tea", "to serve tea"))
    assert doubts_of(text) == ["Unit 7: the statement of outcome 2 lacks its beginning"]
    assert unit_of(text).outcomes[1].statement == "to serve tea"


def test_a_number_in_a_sentence_is_no_code() -> None:
    text = page(ROWS.replace("is drawn fresh", "is drawn fresh as in 1.2 and at 7.5 degrees"))
    assert texts_of(text)["1.3"] == "Explain why water is drawn fresh as in 1.2 and at 7.5 degrees"


def test_a_verb_comes_after_an_adverb_and_with_a_capital() -> None:
    text = page(
        ROWS.replace("Warm a pot", "always warm a pot").replace("Pour without", "Quickly pour without")
    )
    assert [criterion_of(text, code).verb for code in ("2.1", "2.2")] == ["Warm", "Pour"]


def test_a_unit_printed_twice_appears_once_with_both_numbers() -> None:
    second = page(
        ROWS.replace("1.3\tExplain why water is drawn fresh", "\t"), title="Unit 31: Keep a Tea Room"
    )
    (unit,) = read(f"{page()}\n{second}").units
    assert unit.number == "7,31"
    assert {criterion.code: criterion.text for criterion in unit.criteria} == CRITERIA
    assert not any("twice" in doubt for doubt in doubts_of(f"{page()}\n{second}"))


def test_a_reference_whose_letter_does_not_fit_is_kept_and_the_fitting_one_offered() -> None:
    text = page(facts=FACTS.replace("M/701", "A/701"))
    assert unit_of(text).key == "A/701/2345"
    (doubt,) = read(text).unsure
    assert doubt.what == "Unit 7: the letter of reference A/701/2345 does not fit its figures"
    assert doubt.candidates == ("M/701/2345", "A/701/2345")


def test_facts_that_cannot_be_read_are_none_and_listed() -> None:
    text = page(facts=FACTS.replace("Level: 2", "Level: ?").replace("Credit value: 9\n", ""))
    unit = unit_of(text)
    assert (unit.level, unit.credit, unit.glh) == (None, None, 61)
    assert doubts_of(text) == ["Unit 7: its credit value cannot be read", "Unit 7: its level cannot be read"]


def test_a_label_without_its_first_letter_is_read() -> None:
    assert unit_of(page(facts=FACTS.replace("Level", "evel"))).level == 2


def test_a_contents_list_is_no_unit_and_a_list_of_units_is_held_against_their_pages() -> None:
    contents = "Contents\n\tUnit 7:\tKeep a Tea Room\t19\nUnit reference\tUnit title\tLevel\tCredit value\nA/701/2345\tKeep a Tea Room\t2\t9\n"
    (doubt,) = read(f"{contents}\n{page()}").unsure
    assert doubt.line == 4
    assert doubt.candidates == ("M/701/2345",)
    stated = contents.replace("A/701", "M/701").replace("2\t9", "2\t4")
    assert doubts_of(f"{stated}\n{page()}") == ["Unit 7: the list of units states credit value 4, its page 9"]


def test_what_is_signed_below_a_table_is_no_criterion() -> None:
    assert texts_of(page(ROWS + SIGNED + "\nShow your book to the assessor\tand sign here\n")) == CRITERIA


@pytest.mark.parametrize(
    "text", ["", "A letter to a friend.\n1.1 Describe the weather", "Unit 1: Tea\nLevel: 2\nNothing more"]
)
def test_what_is_no_specification_is_refused(text: str) -> None:
    with pytest.raises(ImportRefused, match=r"This is not a specification|not one assessment criterion"):
        read(text)
