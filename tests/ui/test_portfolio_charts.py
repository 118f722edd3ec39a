"""Practice and portfolio as pictures: four columns of marks, filled for yes and open for no, and the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from quiz.portfolio import CriterionStanding, Standing, Status, UnitStanding
from quiz.syllabus import CriterionOutline, CriterionRef, OutcomeKind, OutcomeOutline, UnitOutline
from ui.charts import TEXT_COLOUR
from ui.portfolio_charts import FOUR, facts, plan_side_by_side, unit_side_by_side

KEY = "T/503/0342"
CODES = ["1.1", "1.2", "1.9", "1.10", "2.1"]
PRACTISED, SECURE, GATHERED, CONFIRMED = 0.0, 1.0, 2.5, 3.5
"""Where the columns stand."""

YES_TO = {
    "1.1": {"practised"},
    "1.2": {"practised", "secure", "gathered"},
    "1.10": {"gathered", "confirmed"},
    "2.1": {"practised", "secure", "gathered", "confirmed"},
}


def standing(yes_to: dict[str, set[str]], codes: Sequence[str] = CODES) -> UnitStanding:
    """Return a unit in which the named facts, and no others, are true."""
    kind = OutcomeKind.COMPETENCE
    criteria = [CriterionOutline(CriterionRef(KEY, code), "Know", f"tea {code}", kind) for code in codes]
    outcome = OutcomeOutline(1, kind, "tea", tuple(criteria))
    rows = []
    for criterion in criteria:
        yes = yes_to.get(criterion.ref.code, set())
        known = Status(Standing.CONFIRMED if "confirmed" in yes else Standing.NOTHING)
        rows.append(
            CriterionStanding(
                criterion=criterion,
                taught=True,
                answers=9 if "practised" in yes else 0,
                practised="practised" in yes,
                secure="secure" in yes,
                items=1 if "gathered" in yes else 0,
                drafts=0,
                status=known,
            )
        )
    return UnitStanding(UnitOutline(KEY, "Tea", 2, 4, 15, (outcome,), taught=False), tuple(rows))


MIXED = standing(YES_TO)
NONE = standing({})
ALL = standing(dict.fromkeys(CODES, {"practised", "secure", "gathered", "confirmed"}))
BARE = UnitStanding(UnitOutline("H11S 04", "Cups", None, None, None, (), taught=False), ())


def marks(figure: Any) -> dict[tuple[float, str], str]:
    """Map each place of a mark to its symbol."""
    found: dict[tuple[float, str], str] = {}
    for trace in figure.data:
        for x, y in zip(trace.x, trace.y, strict=True):
            assert (x, y) not in found
            found[(x, y)] = trace.marker.symbol
    return found


def test_the_four_facts_have_names_and_an_order() -> None:
    assert FOUR == ("practised", "likely secure", "evidence gathered", "confirmed by assessor")
    assert [facts(row) for row in MIXED.criteria] == [
        (True, False, False, False),
        (True, True, True, False),
        (False, False, False, False),
        (False, False, True, True),
        (True, True, True, True),
    ]


def test_the_title_of_a_unit_counts_three_of_the_facts() -> None:
    assert unit_side_by_side(MIXED, "Unit 1").title == (
        "Unit 1: 3 of 5 criteria practised, 3 with evidence, 2 confirmed"
    )
    assert unit_side_by_side(NONE, "Unit 1").title == (
        "Unit 1: 0 of 5 criteria practised, 0 with evidence, 0 confirmed"
    )


def test_the_words_of_a_unit_name_each_fact_of_each_criterion() -> None:
    assert unit_side_by_side(MIXED, "Unit 1").alt == (
        "1.1: practised. "
        "1.2: practised, likely secure, evidence gathered. "
        "1.9: nothing yet. "
        "1.10: evidence gathered, confirmed by assessor. "
        "2.1: practised, likely secure, evidence gathered, confirmed by assessor."
    )


def test_each_criterion_has_a_mark_in_each_column_filled_for_yes_and_open_for_no() -> None:
    assert marks(unit_side_by_side(MIXED, "Unit 1").figure) == {
        (PRACTISED, "1.1"): "circle",
        (PRACTISED, "1.2"): "circle",
        (PRACTISED, "1.9"): "circle-open",
        (PRACTISED, "1.10"): "circle-open",
        (PRACTISED, "2.1"): "circle",
        (SECURE, "1.1"): "circle-open",
        (SECURE, "1.2"): "circle",
        (SECURE, "1.9"): "circle-open",
        (SECURE, "1.10"): "circle-open",
        (SECURE, "2.1"): "circle",
        (GATHERED, "1.1"): "square-open",
        (GATHERED, "1.2"): "square",
        (GATHERED, "1.9"): "square-open",
        (GATHERED, "1.10"): "square",
        (GATHERED, "2.1"): "square",
        (CONFIRMED, "1.1"): "square-open",
        (CONFIRMED, "1.2"): "square-open",
        (CONFIRMED, "1.9"): "square-open",
        (CONFIRMED, "1.10"): "square",
        (CONFIRMED, "2.1"): "square",
    }


@pytest.mark.parametrize(
    ("unit", "symbols"),
    [
        (NONE, {"circle-open", "square-open"}),
        (ALL, {"circle", "square"}),
    ],
)
def test_a_unit_with_all_facts_or_none_has_marks_of_one_form(unit: UnitStanding, symbols: set[str]) -> None:
    drawn = marks(unit_side_by_side(unit, "Unit 1").figure)
    assert len(drawn) == 4 * len(CODES)
    assert set(drawn.values()) == symbols


def test_filled_and_open_marks_are_not_told_apart_by_colour_alone_and_practice_never_looks_like_portfolio() -> (
    None
):
    figure = unit_side_by_side(MIXED, "Unit 1").figure
    colours = {(trace.x[0] < 2, trace.marker.color) for trace in figure.data}
    assert len(colours) == 2
    assert len({colour for _, colour in colours}) == 2
    practice = {trace.marker.symbol for trace in figure.data if trace.x[0] < 2}
    portfolio = {trace.marker.symbol for trace in figure.data if trace.x[0] > 2}
    assert (practice, portfolio) == ({"circle", "circle-open"}, {"square", "square-open"})


def test_criteria_stand_downwards_in_their_own_order_with_1_10_after_1_9() -> None:
    axis = unit_side_by_side(MIXED, "Unit 1").figure.layout.yaxis
    assert list(axis.categoryarray) == ["1.1", "1.2", "1.9", "1.10", "2.1"]
    # as categories, for as numbers 1.10 would be 1.1
    assert (axis.type, axis.categoryorder, axis.autorange) == ("category", "array", "reversed")


def test_the_columns_are_named_and_stand_under_practice_and_portfolio() -> None:
    layout = unit_side_by_side(MIXED, "Unit 1").figure.layout
    assert list(layout.xaxis.tickvals) == [PRACTISED, SECURE, GATHERED, CONFIRMED]
    assert [text.replace("<br>", " ") for text in layout.xaxis.ticktext] == list(FOUR)
    assert [(note.x, note.text) for note in layout.annotations] == [
        (0.5, "<b>quiz practice</b>"),
        (3.0, "<b>portfolio</b>"),
    ]
    # Without a colour of their own they take that of all words, which changes with the theme.
    assert [note.font.color for note in layout.annotations] == [None, None]
    assert (layout.font.color, layout.xaxis.tickfont.color) == (TEXT_COLOUR, TEXT_COLOUR)


def test_a_mark_says_what_it_means_when_it_is_pointed_at() -> None:
    said = {
        (trace.x[0], trace.marker.symbol): trace.hovertemplate
        for trace in unit_side_by_side(MIXED, "Unit 1").figure.data
    }
    assert said == {
        (PRACTISED, "circle"): "%{y}: practised<extra></extra>",
        (PRACTISED, "circle-open"): "%{y}: not practised<extra></extra>",
        (SECURE, "circle"): "%{y}: likely secure<extra></extra>",
        (SECURE, "circle-open"): "%{y}: not likely secure<extra></extra>",
        (GATHERED, "square"): "%{y}: evidence gathered<extra></extra>",
        (GATHERED, "square-open"): "%{y}: not evidence gathered<extra></extra>",
        (CONFIRMED, "square"): "%{y}: confirmed by assessor<extra></extra>",
        (CONFIRMED, "square-open"): "%{y}: not confirmed by assessor<extra></extra>",
    }


def test_every_criterion_adds_the_same_height() -> None:
    one, two, five = (
        unit_side_by_side(standing({}, CODES[:number]), "Unit 1").figure.layout.height for number in (1, 2, 5)
    )
    assert five - one == 4 * (two - one) > 0


def test_a_unit_without_criteria_still_has_a_picture() -> None:
    picture = unit_side_by_side(BARE, "Cups")
    assert (picture.title, picture.alt) == (
        "Cups: 0 of 0 criteria practised, 0 with evidence, 0 confirmed",
        "",
    )
    assert len(picture.figure.data) == 0


def test_a_plan_counts_confirmed_criteria_of_all_its_units_in_the_title() -> None:
    assert plan_side_by_side([MIXED, ALL, NONE], ["1", "2", "3"], 15).title == (
        "7 of 15 criteria entered as confirmed by an assessor"
    )
    one = standing({}, ["1.1"])
    assert plan_side_by_side([one], ["1"], 1).title == "0 of 1 criterion entered as confirmed by an assessor"


def test_the_title_of_a_plan_counts_units_that_are_not_drawn() -> None:
    assert plan_side_by_side([MIXED], ["201"], 105).title == (
        "2 of 105 criteria entered as confirmed by an assessor"
    )


def test_a_plan_says_the_four_counts_of_each_unit_in_words() -> None:
    assert plan_side_by_side([MIXED, NONE], ["201", "H11S 04"], 10).alt == (
        "201: practised 3 of 5, likely secure 2 of 5, evidence gathered 3 of 5, confirmed by assessor 2 of 5. "
        "H11S 04: practised 0 of 5, likely secure 0 of 5, evidence gathered 0 of 5, confirmed by assessor 0 of 5."
    )


def test_a_plan_has_a_bar_for_each_fact_of_each_unit_with_its_words_beside_it() -> None:
    bars = plan_side_by_side([MIXED, ALL, NONE], ["201", "202", "203"], 15).figure.data
    assert [(bar.name, list(bar.y), list(bar.x)) for bar in bars] == [
        ("practised", ["201", "202", "203"], [0.6, 1.0, 0.0]),
        ("likely secure", ["201", "202", "203"], [0.4, 1.0, 0.0]),
        ("evidence gathered", ["201", "202", "203"], [0.6, 1.0, 0.0]),
        ("confirmed by assessor", ["201", "202", "203"], [0.4, 1.0, 0.0]),
    ]
    assert list(bars[2].text) == [
        "evidence gathered: 3 of 5",
        "evidence gathered: 5 of 5",
        "evidence gathered: 0 of 5",
    ]


def test_units_of_a_plan_stand_downwards_in_its_order_by_name_and_not_by_number() -> None:
    axis = plan_side_by_side([MIXED, NONE], ["10", "9"], 10).figure.layout.yaxis
    assert (axis.type, axis.autorange) == ("category", "reversed")


def test_bars_of_practice_and_portfolio_differ_in_colour_and_their_pairs_in_pattern() -> None:
    bars = plan_side_by_side([MIXED], ["201"], 5).figure.data
    looks = [(bar.marker.color, bar.marker.pattern.shape) for bar in bars]
    assert len(set(looks)) == 4
    assert looks[0][0] == looks[1][0] != looks[2][0] == looks[3][0]


@pytest.mark.parametrize(
    ("standings", "names", "title"),
    [
        ([], [], "0 of 0 criteria entered as confirmed by an assessor"),
        ([BARE], ["Cups"], "0 of 0 criteria entered as confirmed by an assessor"),
        ([ALL], ["201"], "5 of 5 criteria entered as confirmed by an assessor"),
    ],
)
def test_a_plan_without_units_or_criteria_and_one_that_is_complete_have_a_picture(
    standings: list[UnitStanding], names: list[str], title: str
) -> None:
    picture = plan_side_by_side(standings, names, sum(len(one.criteria) for one in standings))
    assert picture.title == title
    assert [list(bar.x) for bar in picture.figure.data] == [
        [len(standing.criteria) / len(CODES) for standing in standings]
    ] * 4


@pytest.mark.parametrize("unit", [MIXED, NONE, ALL, BARE])
def test_every_picture_can_be_written_for_a_page(unit: UnitStanding) -> None:
    for picture in (unit_side_by_side(unit, "Unit 1"), plan_side_by_side([unit], ["1"], 5)):
        assert picture.figure.to_json().startswith('{"data":')
