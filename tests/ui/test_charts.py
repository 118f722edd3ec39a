from datetime import date

import plotly.graph_objects as go
import pytest
from colour_measures import contrast
from streamlit import config
from streamlit.elements.lib.streamlit_plotly_theme import GRAY_90

from quiz.progress import DayPoint, Mastery, OutcomeProgress, State, UnitProgress
from quiz.syllabus import CriterionRef
from ui.charts import (
    INK,
    TEXT_COLOUR,
    Picture,
    Row,
    criteria_over_time,
    criterion_heatmap,
    filled,
    legible,
)


def mastery(code: str, mean: float, answers: int, state: State) -> Mastery:
    return Mastery(CriterionRef("L/601/7638", code), mean, mean - 0.1, mean + 0.1, answers, 1, None, state)


PROGRESS = UnitProgress(
    "L/601/7638",
    (
        OutcomeProgress(
            1, "one", (mastery("1.1", 0.82, 9, State.SECURE), mastery("1.2", 0.41, 6, State.LEARNING))
        ),
        OutcomeProgress(2, "two", (mastery("2.1", 0.65, 2, State.NOT_ENOUGH),)),
    ),
)


def test_the_heat_map_names_the_weakest_criterion_in_its_title() -> None:
    assert criterion_heatmap(PROGRESS).title == "2 of 3 criteria have an estimate; 1.2 is the weakest of them"


def test_a_single_estimate_has_no_weakest_and_a_verb_of_its_number() -> None:
    one = UnitProgress("U", (OutcomeProgress(1, "one", PROGRESS.criteria[:1]), PROGRESS.outcomes[1]))
    assert criterion_heatmap(one).title == "1 of 2 criteria has an estimate"
    alone = UnitProgress("U", (OutcomeProgress(1, "one", PROGRESS.criteria[:1]),))
    assert criterion_heatmap(alone).title == "1 of 1 criterion has an estimate"


def test_a_criterion_without_enough_answers_has_no_colour_and_says_how_many() -> None:
    blanks, values = criterion_heatmap(PROGRESS).figure.data
    assert [list(row) for row in values.z] == [[0.82, 0.41], [None, None]]
    assert [list(row) for row in blanks.z] == [[None, None], [0.0, None]]
    assert [list(row) for row in values.text] == [
        ["<b>1.1</b><br>82%", "<b>1.2</b><br>41%"],
        ["<b>2.1</b><br>2 of 5", ""],
    ]


def test_each_cell_carries_its_own_words() -> None:
    placed = {(note.x, note.y): note.text for note in criterion_heatmap(PROGRESS).figure.layout.annotations}
    assert placed[(1, 0)] == "<b>1.1</b><br>82%"
    assert placed[(2, 0)] == "<b>1.2</b><br>41%"
    assert placed[(1, 1)] == "<b>2.1</b><br>2 of 5"


def test_the_heat_map_says_the_same_in_words() -> None:
    assert criterion_heatmap(PROGRESS).alt == (
        "Outcome 1: 1.1 82%, 1.2 41%. Outcome 2: 2.1 not enough answers yet (2 answers)."
    )


def test_with_no_answers_the_heat_map_says_so() -> None:
    empty = UnitProgress("U", (OutcomeProgress(1, "one", (mastery("1.1", 0.65, 0, State.NOT_STARTED),)),))
    assert criterion_heatmap(empty).title == "Not enough answers yet for any of the 1 criteria"


def point(day: int, answers: int, learning: int, secure: int) -> DayPoint:
    states = dict.fromkeys(State, 0) | {
        State.LEARNING: learning,
        State.SECURE: secure,
        State.NOT_STARTED: 24 - learning - secure,
    }
    return DayPoint(date(2026, 11, day), answers, states)


def test_the_line_over_time_counts_criteria_by_day() -> None:
    picture = criteria_over_time([point(20, 30, 4, 0), point(22, 90, 9, 2)], 24)
    known, secure = picture.figure.data
    assert (list(known.y), list(secure.y)) == ([4, 11], [0, 2])
    assert picture.title == "2 of 24 criteria likely secure, day by day"
    assert picture.alt == (
        "On 20 November 2026, 4 of 24 criteria had enough answers and 0 were likely secure. "
        "On 22 November 2026 it was 11 and 2."
    )


def test_lines_are_told_apart_by_more_than_colour() -> None:
    known, secure = criteria_over_time([point(20, 30, 4, 0)], 24).figure.data
    assert (known.line.dash, known.marker.symbol) != (secure.line.dash, secure.marker.symbol)


# --- tables ---------------------------------------------------------------------------------------


def test_rows_leave_out_what_is_not_known_and_filled_writes_a_dash_in_columns_of_text() -> None:
    picture = criterion_heatmap(PROGRESS)
    assert "Estimate, %" not in picture.table[2]
    shown = filled(picture.table)
    assert shown[0] == {
        "Criterion": "1.1", "State": "Likely secure", "Answers": 9, "Estimate, %": "82", "From, %": "72", "To, %": "92"
    }  # fmt: skip
    assert shown[2] == {
        "Criterion": "2.1", "State": "Not enough answers yet", "Answers": 2,
        "Estimate, %": "–", "From, %": "–", "To, %": "–",
    }  # fmt: skip


def test_filled_keeps_numbers_of_whole_columns_and_writes_others_without_needless_places() -> None:
    rows: list[Row] = [{"a": 1.5}, {"a": 2.0, "b": 2.0, "c": "x"}, {"a": 3.0, "b": 1234.25}]
    assert filled(rows) == [
        {"a": 1.5, "b": "–", "c": "–"},
        {"a": 2.0, "b": "2", "c": "x"},
        {"a": 3.0, "b": "1234.25", "c": "–"},
    ]
    assert filled(()) == []


def test_headings_stand_in_the_order_of_the_fullest_row() -> None:
    rows: list[Row] = [
        {"Criterion": "1.1", "Title": "t"},
        {"Criterion": "1.2", "Estimate": 4, "Title": "u"},
    ]
    assert [list(row) for row in filled(rows)] == [["Criterion", "Estimate", "Title"]] * 2


# --- colours: measured in test_colours.py ---------------------------------------------------------


def test_the_colour_of_words_is_the_one_that_streamlit_replaces_by_theme() -> None:
    assert TEXT_COLOUR == GRAY_90


def test_no_single_colour_could_be_read_on_both_backgrounds() -> None:
    light, dark = (str(config.get_option(f"theme.{theme}.backgroundColor")) for theme in ("light", "dark"))
    # The best of them has the square root of the backgrounds' own contrast to both.
    assert contrast(light, dark) ** 0.5 < 4.5
    assert contrast(light, "#808495") == pytest.approx(3.66, abs=0.01)  # Streamlit's own


def test_words_are_dark_on_a_cell_with_a_value_and_the_theme_s_own_on_one_without() -> None:
    colours = {note.text: note.font.color for note in criterion_heatmap(PROGRESS).figure.layout.annotations}
    assert colours["<b>1.1</b><br>82%"] == INK
    assert colours["<b>2.1</b><br>2 of 5"] == TEXT_COLOUR


def test_a_picture_makes_its_figure_legible_and_leaves_colours_of_its_own_alone() -> None:
    figure = go.Figure(go.Scatter(x=[1], y=[1], text=["a"], mode="text", textfont_color=INK))
    figure.update_xaxes(title="outcome").update_yaxes(tickfont_size=13)
    figure.update_layout(font_size=14)
    layout = Picture("title", figure, "words").figure.layout
    assert [layout.font.color, layout.xaxis.tickfont.color, layout.yaxis.tickfont.color] == [TEXT_COLOUR] * 3
    assert [layout.xaxis.title.font.color, layout.hoverlabel.font.color] == [TEXT_COLOUR] * 2
    assert (layout.font.size, layout.yaxis.tickfont.size, layout.xaxis.title.text) == (14, 13, "outcome")
    assert figure.data[0].textfont.color == INK
    before = figure.to_dict()
    legible(figure)
    assert figure.to_dict() == before
