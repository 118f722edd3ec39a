"""Pictures of progress: their titles, words and tables, and that every table equals what is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from quiz.progress import (
    Calibration,
    CriterionLoss,
    DayPoint,
    LostMark,
    Mastery,
    OutcomeProgress,
    PractisedDay,
    QuizEvidence,
    SaidSure,
    State,
    SureButWrong,
    UnitProgress,
    calibration,
    estimate,
)
from quiz.progress import days_practised as days_of
from quiz.progress.readiness import OutcomeReadiness, Readiness
from quiz.sessions import CriterionScore, Kind, OutcomeScore, ScoreReport, Sureness
from quiz.syllabus import CriterionRef
from ui.charts import (
    BLUE,
    DAY_SCALE,
    INK,
    OCHRE,
    SCALE,
    TEXT_COLOUR,
    Picture,
    criteria_over_time,
    criterion_heatmap,
)
from ui.progress_charts import (
    days_practised,
    lost_marks_bars,
    mastery_intervals,
    plan_heatmap,
    readiness_by_outcome,
    sureness_calibration,
)
from ui.progress_charts import tests_by_outcome as by_outcome  # pytest takes “tests_…” for a test

UNIT, SECOND = "L/601/7638", "T/503/0356"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def drawn(picture: Picture | None) -> Picture:
    assert picture is not None
    return picture


def mastery(code: str, mean: float, answers: int, state: State, unit: str = UNIT) -> Mastery:
    return Mastery(CriterionRef(unit, code), mean, mean - 0.2, mean + 0.1, answers, 1, None, state)


FIRST = UnitProgress(
    UNIT,
    (
        OutcomeProgress(
            1, "one", (mastery("1.1", 0.82, 9, State.SECURE), mastery("1.2", 0.41, 6, State.LEARNING))
        ),
        OutcomeProgress(2, "two", (mastery("2.1", 0.65, 2, State.NOT_ENOUGH),)),
    ),
)
WIDE = UnitProgress(
    SECOND,
    (
        OutcomeProgress(
            1,
            "nine",
            tuple(mastery(f"1.{n}", 0.3 + n / 20, 5, State.LEARNING, SECOND) for n in range(1, 10)),
        ),
        OutcomeProgress(2, "none yet", (mastery("2.1", 0.65, 0, State.NOT_STARTED, SECOND),)),
    ),
)


def cells(figure: Any) -> dict[tuple[int, int], tuple[str, float | None]]:
    """Map each cell of a grid (across, down) to its words and its value; grey has none."""
    blanks, values, words = figure.data
    found: dict[tuple[int, int], tuple[str, float | None]] = {}
    for x, y, text in zip(words.x, words.y, words.text, strict=True):
        value = values.z[y][x]
        assert (value is None) == (blanks.z[y][x] == 0)
        found[(x, y)] = (text, value)
    for z in (blanks.z, values.z):
        assert all(v is None or (x, y) in found for y, row in enumerate(z) for x, v in enumerate(row))
    return found


def marks(figure: Any) -> dict[float, tuple[str, float, float, float]]:
    """Map each height of a figure of whiskers to symbol, value and the two ends of its range."""
    found: dict[float, tuple[str, float, float, float]] = {}
    for trace in figure.data:
        if trace.name in {"square", "circle"}:
            bars = zip(trace.x, trace.y, trace.error_x.arrayminus, trace.error_x.array, strict=True)
            found |= {y: (trace.marker.symbol, x, x - minus, x + plus) for x, y, minus, plus in bars}
        elif trace.name == "not enough answers yet":
            found |= {y: (trace.marker.symbol, x, x, x) for x, y in zip(trace.x, trace.y, strict=True)}
    return dict(sorted(found.items()))


def words(figure: Any) -> list[str]:
    return next(list(trace.text) for trace in figure.data if trace.name == "words")


# --- heat map of a plan ---------------------------------------------------------------------------


def test_the_plan_names_its_weakest_criterion_with_its_unit_in_the_title() -> None:
    assert drawn(plan_heatmap([("203", FIRST), ("201", WIDE)])).title == (
        "11 of 13 criteria with an estimate; the weakest is 1.1 of unit 201"
    )
    assert drawn(plan_heatmap([("203", FIRST)])).title == (
        "2 of 3 criteria with an estimate; the weakest is 1.2"
    )


def test_a_plan_with_one_estimate_has_no_weakest() -> None:
    one = UnitProgress(UNIT, (OutcomeProgress(1, "one", FIRST.criteria[:1]), FIRST.outcomes[1]))
    assert drawn(plan_heatmap([("203", one)])).title == "1 of 2 criteria with an estimate"


def test_the_plan_says_for_each_unit_how_far_its_estimates_go() -> None:
    assert drawn(plan_heatmap([("203", FIRST), ("201", WIDE)])).alt == (
        "Unit 203: 2 of 3 criteria with an estimate, from 1.2 41% to 1.1 82%. "
        "Unit 201: 9 of 10 criteria with an estimate, from 1.1 35% to 1.9 75%."
    )


def test_rows_of_the_plan_are_outcomes_and_more_than_six_criteria_go_on_below() -> None:
    figure = drawn(plan_heatmap([("203", FIRST), ("201", WIDE)])).figure
    assert list(figure.layout.yaxis.ticktext) == ["203 · 1", "203 · 2", "201 · 1", "", "201 · 2"]
    assert cells(figure)[(0, 3)] == ("<b>1.7</b><br>65%", 65)
    assert [shape.y0 for shape in figure.layout.shapes] == [1.5]


def test_cells_without_enough_answers_are_grey_and_say_how_many_there_are() -> None:
    shown = cells(drawn(plan_heatmap([("203", FIRST), ("201", WIDE)])).figure)
    assert shown[(0, 1)] == ("<b>2.1</b><br>2 of 5", None)
    assert shown[(0, 4)] == ("<b>2.1</b><br>–", None)


@pytest.mark.parametrize("units", [[("203", FIRST)], [("203", FIRST), ("201", WIDE)]])
def test_the_table_of_the_plan_equals_its_cells(units: list[tuple[str, UnitProgress]]) -> None:
    picture = drawn(plan_heatmap(units))
    by_table = [(row["Criterion"], row.get("Estimate, %")) for row in picture.table]
    by_cell = [
        (re.sub(r"<b>(.*)</b>.*", r"\1", text), value) for text, value in cells(picture.figure).values()
    ]
    assert by_cell == by_table
    assert [row["Unit"] for row in picture.table] == [name for name, unit in units for _ in unit.criteria]


def test_a_plan_of_eleven_units_and_thirty_five_outcomes_has_a_row_of_one_height_for_each() -> None:
    sizes = [2, 2, 7, 2, 3, 3, 3, 2, 3, 4, 4]
    units = [
        (
            f"{number}",
            UnitProgress(
                f"U{number}",
                tuple(
                    OutcomeProgress(n, "", (mastery(f"{n}.1", 0.6, 5, State.LEARNING),))
                    for n in range(1, size + 1)
                ),
            ),
        )
        for number, size in enumerate(sizes, 201)
    ]
    figure = drawn(plan_heatmap(units)).figure
    assert len(figure.layout.yaxis.ticktext) == len(cells(figure)) == 35
    assert figure.layout.height == 8 + 46 * 35


def test_a_plan_without_answers_says_so_and_one_without_criteria_has_no_picture() -> None:
    empty = UnitProgress("U", (OutcomeProgress(1, "one", (mastery("1.1", 0.65, 0, State.NOT_STARTED),)),))
    picture = drawn(plan_heatmap([("203", empty)]))
    assert picture.title == "Not enough answers yet for any of the 1 criteria"
    assert picture.alt == "Unit 203: 0 of 1 criterion with an estimate."
    assert plan_heatmap([]) is None
    assert plan_heatmap([("203", UnitProgress("U", ()))]) is None


# --- mastery with its range -----------------------------------------------------------------------

TITLES = {CriterionRef(UNIT, "1.1"): "Warm the pot before the leaves go in, and say why that is done"}


def test_estimates_stand_under_code_and_title_with_their_range_and_state() -> None:
    picture = drawn(mastery_intervals(FIRST.criteria, TITLES))
    assert words(picture.figure) == [
        "<b>1.1</b> Warm the pot before the leaves go in,<br>and say why that is done<br>82% (62 to 92%), 9 answers, likely secure",
        "<b>1.2</b><br>41% (21 to 51%), 6 answers, learning",
        "<b>2.1</b><br>2 of 5 answers",
    ]
    assert picture.title == "2 of 3 criteria with an estimate, and the range of each"
    assert picture.alt == (
        "1.1: 82% (62 to 92%), 9 answers, likely secure. 1.2: 41% (21 to 51%), 6 answers, learning. "
        "2.1: 2 of 5 answers."
    )


def test_secure_is_a_square_other_estimates_a_circle_and_too_few_answers_an_open_mark_before_nought() -> None:
    shown = list(marks(drawn(mastery_intervals(FIRST.criteria, TITLES)).figure).values())
    assert [symbol for symbol, *_ in shown] == ["square", "circle", "circle-open"]
    assert shown[2][1] < 0


def test_the_table_of_estimates_equals_the_marks_and_their_ranges() -> None:
    picture = drawn(mastery_intervals([*FIRST.criteria, *WIDE.criteria], TITLES))
    by_table = [
        (row["Estimate, %"], row["From, %"], row["To, %"]) if "Estimate, %" in row else None
        for row in picture.table
    ]
    by_mark = [
        None if symbol == "circle-open" else tuple(figures)
        for symbol, *figures in marks(picture.figure).values()
    ]
    assert by_mark == by_table
    assert len(by_table) == 13


def test_criteria_stand_in_the_order_of_their_codes_with_1_10_after_1_9() -> None:
    shown = [mastery(code, 0.5, 5, State.LEARNING) for code in ("2.1", "1.10", "1.9")]
    assert [row["Criterion"] for row in drawn(mastery_intervals(shown, {})).table] == ["1.9", "1.10", "2.1"]


def test_the_height_grows_with_the_lines_of_words() -> None:
    bare = drawn(mastery_intervals(FIRST.criteria[:1], {})).figure.layout.height
    titled = drawn(mastery_intervals(FIRST.criteria[:1], TITLES)).figure.layout.height
    assert titled - bare == 17


def test_without_criteria_there_is_no_picture_of_ranges() -> None:
    assert mastery_intervals([], {}) is None


# --- over time ------------------------------------------------------------------------------------


def test_the_table_of_the_lines_over_time_equals_the_lines() -> None:
    timeline = [
        DayPoint(
            date(2026, 11, number),
            number * 3,
            dict.fromkeys(State, 0)
            | {
                State.LEARNING: number,
                State.SECURE: number // 2,
                State.NOT_STARTED: 40 - number - number // 2,
            },
        )
        for number in range(1, 20)
    ]
    picture = criteria_over_time(timeline, 40)
    known, secure = picture.figure.data
    assert [row["With enough answers"] for row in picture.table] == list(known.y)
    assert [row["Likely secure"] for row in picture.table] == list(secure.y)
    assert picture.table[3] == {
        "Day": "4 November 2026", "Answers so far": 12, "With enough answers": 6, "Likely secure": 2
    }  # fmt: skip


def test_the_heat_map_of_a_unit_has_a_table_with_its_ranges() -> None:
    assert criterion_heatmap(FIRST).table == (
        {"Criterion": "1.1", "State": "Likely secure", "Answers": 9, "Estimate, %": 82, "From, %": 62, "To, %": 92},
        {"Criterion": "1.2", "State": "Learning", "Answers": 6, "Estimate, %": 41, "From, %": 21, "To, %": 51},
        {"Criterion": "2.1", "State": "Not enough answers yet", "Answers": 2},
    )  # fmt: skip


# --- days practised -------------------------------------------------------------------------------


def days(answers: Sequence[int], first: date = date(2026, 11, 18)) -> list[PractisedDay]:
    """Return days from a Wednesday on."""
    return [
        PractisedDay(first + timedelta(days=at), number, min(number, 2)) for at, number in enumerate(answers)
    ]


def test_days_stand_in_weeks_from_monday_and_a_day_off_is_grey() -> None:
    figure = drawn(days_practised(days([3, 0, 0, 0, 12, 0, 1]))).figure
    assert cells(figure) == {
        (2, 0): ("3", 3), (3, 0): ("–", None), (4, 0): ("–", None), (5, 0): ("–", None), (6, 0): ("12", 12),
        (0, 1): ("–", None), (1, 1): ("1", 1),
    }  # fmt: skip
    assert list(figure.layout.xaxis.ticktext) == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert list(figure.layout.yaxis.ticktext) == ["16 Nov", "23 Nov"]


def test_the_calendar_counts_the_days_practised_in_its_title_and_names_them_in_words() -> None:
    picture = drawn(days_practised(days([3, 0, 0, 0, 12, 0, 1])))
    assert picture.title == "Practised on 3 of the last 7 days"
    assert picture.alt == (
        "From 18 November 2026 to 24 November 2026: 16 answers on 3 days. "
        "Wednesday 18 November 2026, 3; Sunday 22 November 2026, 12; Tuesday 24 November 2026, 1."
    )


def test_the_table_of_days_equals_the_calendar() -> None:
    picture = drawn(days_practised(days([3, 0, 0, 0, 12, 0, 1])))
    assert [value or 0 for _, value in cells(picture.figure).values()] == [
        row["Answers"] for row in picture.table
    ]
    assert picture.table[0] == {"Day": "Wednesday 18 November 2026", "Answers": 3, "Criteria": 2}


def test_a_period_without_practice_is_a_calm_calendar_and_no_days_have_no_picture() -> None:
    picture = drawn(days_practised(days([0] * 28)))
    assert picture.title == "Practised on 0 of the last 28 days"
    assert picture.alt == "From 18 November 2026 to 15 December 2026: 0 answers on 0 days."
    assert {value for _, value in cells(picture.figure).values()} == {None}
    assert days_practised([]) is None


# --- readiness ------------------------------------------------------------------------------------


def readiness(*outcomes: OutcomeReadiness) -> Readiness:
    return Readiness(0.6, 0.4, 0.8, outcomes, (), ())


TEA = OutcomeReadiness(1, "what goes into a pot", 3, 2, 12, 3, 0.71, 2, 1, 3)
CUPS = OutcomeReadiness(2, "cups", 6, 3, 20, 5, 0.35, 2, 1, 4)
MILK = OutcomeReadiness(3, "milk", 3, 2, 9, 1, None, None, None, None)


def test_an_outcome_stands_with_the_criteria_likely_their_range_and_those_it_needs() -> None:
    picture = drawn(readiness_by_outcome(readiness(TEA, CUPS)))
    assert words(picture.figure) == [
        "<b>1</b> What goes into a pot<br>2 of 3 likely, range 1 to 3; needs 2",
        "<b>2</b> Cups<br>2 of 6 likely, range 1 to 4; needs 3",
    ]
    assert picture.title == "Enough criteria likely in 1 of 2 outcomes; outcome 2 has the least chance, 35%"
    assert picture.alt == (
        "Outcome 1, what goes into a pot: 2 of 3 likely, range 1 to 3; needs 2. "
        "Outcome 2, cups: 2 of 6 likely, range 1 to 4; needs 3."
    )


def test_enough_likely_is_a_square_too_few_a_circle_and_unknown_an_open_mark() -> None:
    picture = drawn(readiness_by_outcome(readiness(TEA, CUPS, MILK)))
    assert [symbol for symbol, *_ in marks(picture.figure).values()] == ["square", "circle", "circle-open"]
    assert words(picture.figure)[2] == "<b>3</b> Milk<br>too few: 9 answers on 1 of 3 criteria; needs 2"
    untouched = OutcomeReadiness(3, "milk", 3, 2, 0, 0, None, None, None, None)
    assert (
        drawn(readiness_by_outcome(readiness(untouched))).alt == "Outcome 3, milk: no answers yet; needs 2."
    )
    assert picture.table[2] == {
        "Outcome": 3, "About": "milk", "Criteria": 3, "Needed": 2, "Answers": 9, "Criteria answered": 1
    }  # fmt: skip
    assert picture.title == "Not enough answers yet for outcome 3"


def test_the_table_of_readiness_equals_marks_ranges_and_strokes() -> None:
    picture = drawn(readiness_by_outcome(readiness(TEA, CUPS, MILK)))
    by_mark = [
        tuple(figures) for symbol, *figures in marks(picture.figure).values() if symbol != "circle-open"
    ]
    assert by_mark == [(r["Likely"], r["From"], r["To"]) for r in picture.table if "Likely" in r]
    strokes = next(trace for trace in picture.figure.data if trace.name == "needed")
    assert list(strokes.x) == [row["Needed"] for row in picture.table] == [2, 3, 2]
    assert list(strokes.y) == list(marks(picture.figure))
    tracks = next(trace for trace in picture.figure.data if trace.name == "from 0")
    assert list(tracks.x[1::3]) == [row["Criteria"] for row in picture.table] == [3, 6, 3]


def test_without_outcomes_there_is_no_picture_of_readiness() -> None:
    assert readiness_by_outcome(readiness()) is None


# --- sureness -------------------------------------------------------------------------------------

SAID = Calibration(
    (
        SaidSure(Sureness.SURE, 20, 0.8, 0.62, 0.91),
        SaidSure(Sureness.THINK_SO, 8, 0.5, 0.25, 0.75),
        SaidSure(Sureness.GUESS, 3),
    ),
    (
        SureButWrong(CriterionRef(UNIT, "1.1"), "a", 3, NOON),
        SureButWrong(CriterionRef(UNIT, "1.2"), "b", 1, NOON),
    ),
)


def test_calibration_names_what_was_right_when_sure_and_how_often_that_was_wrong() -> None:
    picture = drawn(sureness_calibration(SAID))
    assert picture.title == "When sure, 80% right; sure but wrong 4 times"
    assert picture.alt == (
        "Sure: 80% right (62 to 91%), 20 answers. Think so: 50% right (25 to 75%), 8 answers. Guess: 3 of 5 answers."
    )
    assert words(picture.figure)[2] == "<b>Guess</b><br>3 of 5 answers"


def test_the_table_of_calibration_equals_the_marks_and_their_ranges() -> None:
    picture = drawn(sureness_calibration(SAID))
    shown = list(marks(picture.figure).values())
    assert shown[:2] == [("square", 80, 62, 91), ("circle", 50, 25, 75)]
    assert [tuple(figures) for _, *figures in shown[:2]] == [
        (row["Right, %"], row["From, %"], row["To, %"]) for row in picture.table[:2]
    ]
    assert shown[2][0] == "circle-open"
    assert picture.table[2] == {"Said": "Guess", "Answers": 3}


def test_few_sure_answers_give_a_count_and_none_give_no_picture() -> None:
    few = Calibration(
        (SaidSure(Sureness.SURE, 2), SaidSure(Sureness.THINK_SO, 0), SaidSure(Sureness.GUESS, 0)), ()
    )
    assert drawn(sureness_calibration(few)).title == (
        "2 answers with how sure you were; sure but wrong never"
    )
    assert sureness_calibration(calibration([])) is None


# --- tests ----------------------------------------------------------------------------------------


def outcome(number: int, shown: int, total: int, needed: int) -> OutcomeScore:
    scores = (
        CriterionScore(CriterionRef(UNIT, f"{number}.{at + 1}"), 1.0, 1, at < shown) for at in range(total)
    )
    return OutcomeScore(number, tuple(scores), needed)


EARLY = (NOON - timedelta(days=9), ScoreReport((outcome(1, 1, 3, 2), outcome(2, 3, 3, 2)), 20, 40, 24))
LATE = (NOON, ScoreReport((outcome(1, 2, 3, 2), outcome(2, 2, 3, 2)), 31, 40, 24))


def test_tests_stand_with_the_latest_on_top_and_an_outcome_with_too_few_says_what_it_needs() -> None:
    picture = drawn(by_outcome([EARLY, LATE]))
    assert cells(picture.figure) == {
        (0, 0): ("<b>2 of 3</b>", 1.0), (1, 0): ("<b>2 of 3</b>", 1.0),
        (0, 1): ("<b>1 of 3</b><br>needs 2", 0.0), (1, 1): ("<b>3 of 3</b>", 1.0),
    }  # fmt: skip
    assert list(picture.figure.layout.yaxis.ticktext) == ["22 Nov<br>2026", "13 Nov<br>2026"]
    assert picture.title == "1 of 2 tests passed; the latest had 31 of 40 right"
    assert picture.alt == (
        "22 November 2026, 12:00: outcome 1 2 of 3, needs 2, outcome 2 2 of 3, needs 2. "
        "13 November 2026, 12:00: outcome 1 1 of 3, needs 2, outcome 2 3 of 3, needs 2."
    )


def test_of_many_tests_the_latest_ten_are_drawn_and_the_title_words_and_table_tell_of_all() -> None:
    many = [(NOON - timedelta(days=days), LATE[1]) for days in range(12)]
    picture = drawn(by_outcome(many))
    ticks = list(picture.figure.layout.yaxis.ticktext)
    assert (len(ticks), ticks[0], ticks[-1]) == (10, "22 Nov<br>2026", "13 Nov<br>2026")
    assert picture.title == "12 of 12 tests passed; the latest had 31 of 40 right"
    assert len(picture.table) == 24
    assert picture.alt.count("outcome 1 2 of 3") == 12


def test_seven_outcomes_have_shorter_words_in_their_cells() -> None:
    report = ScoreReport(tuple(outcome(n, 1, 3, 2) for n in range(1, 8)), 20, 40, 24)
    assert cells(drawn(by_outcome([(NOON, report)])).figure)[(6, 0)] == ("<b>1/3</b><br>short", 0.0)


def test_the_table_of_tests_equals_the_cells() -> None:
    # Two tests that end in the same minute stay two.
    picture = drawn(by_outcome([EARLY, LATE, LATE]))
    by_cell = [text.split("</b>")[0].removeprefix("<b>") for text, _ in cells(picture.figure).values()]
    assert by_cell == [f"{row['Criteria shown']} of {row['Criteria']}" for row in picture.table]
    passed = [value for _, value in cells(picture.figure).values()]
    assert passed == [float(int(row["Criteria shown"]) >= int(row["Needed"])) for row in picture.table]
    assert len(by_cell) == 6


def test_without_a_finished_test_there_is_no_picture_of_tests() -> None:
    assert by_outcome([]) is None


# --- lost marks -----------------------------------------------------------------------------------

LOSSES = (CriterionLoss(CriterionRef(UNIT, "1.2"), 3.5, 9), CriterionLoss(CriterionRef(UNIT, "1.1"), 1.0, 1))
TAKEN = (
    LostMark(CriterionRef(UNIT, "1.2"), "more milk", "Milk thins it.", 2, NOON),
    LostMark(CriterionRef(UNIT, "1.2"), "a clean spoon", "Spoons do nothing.", 1, NOON),
)


def test_bars_say_how_many_marks_were_lost_of_how_many_answers() -> None:
    picture = drawn(lost_marks_bars(LOSSES, TAKEN))
    assert list(picture.figure.data[0].text) == ["3.5 of 9", "1 of 1"]
    assert picture.title == "4.5 marks lost, most in 1.2"
    assert picture.alt == "1.2: 3.5 lost in 9 answers. 1.1: 1 lost in 1 answer."


def test_the_table_of_lost_marks_holds_each_misunderstanding_and_equals_the_bars() -> None:
    picture = drawn(lost_marks_bars(LOSSES, TAKEN, {UNIT: "203"}))
    bar = picture.figure.data[0]
    assert dict(zip(bar.y, bar.x, strict=True)) == {
        row["Criterion"]: row["Marks lost"] for row in picture.table if "Marks lost" in row
    }
    assert picture.table == (
        {"Criterion": "203 · 1.2", "Marks lost": 3.5, "Answers": 9, "Chosen": "More milk",
         "Why it is wrong": "Milk thins it.", "Times": 2, "Latest": "22 November 2026"},
        {"Criterion": "203 · 1.2", "Chosen": "A clean spoon",
         "Why it is wrong": "Spoons do nothing.", "Times": 1, "Latest": "22 November 2026"},
        {"Criterion": "203 · 1.1", "Marks lost": 1.0, "Answers": 1},
    )  # fmt: skip


MANY = tuple(CriterionLoss(CriterionRef(UNIT, f"1.{n}"), n + 0.5, 2 * n) for n in range(1, 15))
"""14 criteria with 1.5 to 14.5 marks lost, the least first: 112 in all."""


def test_with_more_criteria_than_bars_the_title_counts_the_marks_of_all() -> None:
    picture = drawn(lost_marks_bars(MANY, ()))
    assert picture.title == "112 marks lost; the 12 criteria with most"
    bar = picture.figure.data[0]
    assert list(bar.y) == [f"1.{n}" for n in range(14, 2, -1)]
    assert list(bar.x) == [n + 0.5 for n in range(14, 2, -1)]
    assert picture.alt.startswith("1.14: 14.5 lost in 28 answers. 1.13: 13.5 lost in 26 answers.")
    # 1.2 and 1.1 lost 2.5 and 1.5.
    assert picture.alt.endswith("1.3: 3.5 lost in 6 answers. 2 other criteria: 4 lost.")


def test_the_number_of_bars_can_be_chosen_and_one_bar_is_one_criterion() -> None:
    assert drawn(lost_marks_bars(MANY, (), most=1)).title == "112 marks lost; the 1 criterion with most"
    assert drawn(lost_marks_bars(MANY, (), most=14)).title == "112 marks lost, most in 1.14"
    assert len(drawn(lost_marks_bars(MANY, (), most=3)).figure.data[0].x) == 3


def test_the_column_of_marks_lost_adds_up_to_the_title_and_that_of_times_to_the_answers_taken() -> None:
    table = drawn(lost_marks_bars((*MANY, *LOSSES[1:]), TAKEN, most=2)).table
    assert sum(float(row["Marks lost"]) for row in table if "Marks lost" in row) == 113
    assert sum(int(row["Times"]) for row in table if "Times" in row) == 3
    assert [row["Criterion"] for row in table].count("1.2") == 2


def test_thirds_of_a_mark_are_added_before_they_are_rounded() -> None:
    thirds = tuple(CriterionLoss(CriterionRef(UNIT, f"1.{n}"), 1 / 3, 1) for n in range(1, 25))
    picture = drawn(lost_marks_bars(thirds, (), most=24))
    assert picture.title == "8 marks lost, most in 1.1"
    assert set(picture.figure.data[0].text) == {"0.3 of 1"}


def test_one_mark_is_one_mark_and_nothing_lost_has_no_picture() -> None:
    assert drawn(lost_marks_bars(LOSSES[1:], ())).title == "1 mark lost, most in 1.1"
    assert lost_marks_bars((), TAKEN) is None


# --- all of them ----------------------------------------------------------------------------------


def every_picture() -> Iterator[Picture]:
    yield criteria_over_time([DayPoint(date(2026, 11, 22), 3, dict.fromkeys(State, 1))], 5)
    yield criterion_heatmap(FIRST)
    for picture in (
        plan_heatmap([("203", FIRST), ("201", WIDE)]),
        mastery_intervals(FIRST.criteria, TITLES),
        days_practised(days([3, 0, 1])),
        readiness_by_outcome(readiness(TEA, CUPS, MILK)),
        sureness_calibration(SAID),
        by_outcome([EARLY, LATE]),
        lost_marks_bars(LOSSES, TAKEN),
    ):
        yield drawn(picture)


@pytest.mark.parametrize("picture", [*every_picture()], ids=lambda picture: picture.title)
def test_no_picture_is_dragged_needs_a_legend_or_is_red(picture: Picture) -> None:
    layout = picture.figure.layout
    assert (layout.xaxis.fixedrange, layout.yaxis.fixedrange) == (True, True)
    assert not any(trace.showlegend for trace in picture.figure.data) or layout.showlegend is False
    assert layout.height >= 40
    text = picture.figure.to_json()
    allowed = {BLUE, OCHRE, INK, TEXT_COLOUR, *(colour for _, colour in (*SCALE, *DAY_SCALE))}
    shown = picture.figure.to_dict()
    shown["layout"].pop("template", None)
    assert set(re.findall(r"#[0-9A-Fa-f]{6}", str(shown))) <= allowed
    assert text.startswith('{"data":')
    assert picture.table
    assert "met" not in re.findall(r"\w+", (picture.title + picture.alt).lower())


@pytest.mark.parametrize("picture", [*every_picture()], ids=lambda picture: picture.title)
def test_all_words_of_a_picture_are_dark_on_light_and_light_on_dark(picture: Picture) -> None:
    layout = picture.figure.layout
    axes = (layout.xaxis, layout.yaxis)
    assert [axis.tickfont.color for axis in axes] == [TEXT_COLOUR] * 2
    assert [axis.title.font.color for axis in axes] == [TEXT_COLOUR] * 2
    assert (layout.font.color, layout.hoverlabel.font.color) == (TEXT_COLOUR, TEXT_COLOUR)
    # Words of their own colour stand on the pale colour of a cell.
    own = {note.font.color for note in layout.annotations}
    for trace in picture.figure.data:
        colour = None if trace.type == "heatmap" else trace.textfont.color
        own |= {colour} if colour is None or isinstance(colour, str) else set(colour)
    assert own <= {None, INK, TEXT_COLOUR}


def test_thousands_of_answers_are_drawn_as_they_are_counted() -> None:
    refs = [CriterionRef(UNIT, f"{n}.{m}") for n in range(1, 8) for m in range(1, 5)]
    said = (Sureness.SURE, Sureness.THINK_SO, Sureness.GUESS)
    start = NOON - timedelta(days=100)
    evidence = [
        QuizEvidence(
            refs[n % 28], f"q{n}", f"q{n}", float(n % 5 > 0), start + timedelta(minutes=20 * n), Kind.PRACTICE,
            None, said[n % 3],
        )
        for n in range(6000)
    ]  # fmt: skip
    progress = estimate(evidence, refs)
    over_time = criteria_over_time(progress.timeline, len(refs))
    assert over_time.table[-1]["Answers so far"] == 6000
    calendar = drawn(days_practised(days_of(evidence, start.date(), NOON.date())))
    assert sum(int(row["Answers"]) for row in calendar.table) == 6000
    shown = drawn(sureness_calibration(calibration(evidence)))
    assert shown.title == "When sure, 80% right; sure but wrong 400 times"
    assert [row["Answers"] for row in shown.table] == [2000, 2000, 2000]
    ranges = drawn(mastery_intervals(progress.mastery, {}))
    assert [len(marks(ranges.figure)), len(ranges.table)] == [28, 28]
