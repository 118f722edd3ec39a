from datetime import date

from quiz.progress import DayPoint, Mastery, OutcomeProgress, State, UnitProgress
from quiz.syllabus import CriterionRef
from ui.charts import criteria_over_time, criterion_heatmap


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
