"""Pictures of a class: their titles, words and tables, and that every table equals what is drawn."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from quiz.classes import ClassProgress, ClassTest, LearnerInClass, Member, OutcomeInClass, OutcomeTested, Risk
from quiz.progress import Mastery, OutcomeProgress, State, UnitProgress
from quiz.sessions import CriterionScore, OutcomeScore, ScoreReport
from quiz.syllabus import CriterionRef
from ui.charts import BLANK, SCALE, Picture
from ui.class_charts import away_rows, class_heatmap, class_tests_by_outcome, outcomes_at_risk

UNIT = "L/601/7638"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def drawn(picture: Picture | None) -> Picture:
    assert picture is not None
    return picture


def mastery(code: str, mean: float, answers: int) -> Mastery:
    state = State.LEARNING if answers >= 5 else State.NOT_ENOUGH if answers else State.NOT_STARTED
    return Mastery(CriterionRef(UNIT, code), mean, mean, mean, answers, 1, None, state)


def learner(name: str, *estimates: tuple[str, float, int], last: datetime | None = None) -> LearnerInClass:
    outcomes = tuple(
        OutcomeProgress(
            number, f"part {number}", tuple(mastery(*e) for e in estimates if e[0].startswith(f"{number}."))
        )
        for number in sorted({int(code.split(".")[0]) for code, _, _ in estimates})
    )
    member = Member(UUID(int=int.from_bytes(name.encode()[:16])), name, NOON)
    return LearnerInClass(member, UnitProgress(UNIT, outcomes), 0, last)


def outcome(number: int, *risks: Risk) -> OutcomeInClass:
    return OutcomeInClass(number, f"part {number}", risks)


AL = learner("Al", ("1.1", 0.82, 9), ("1.2", 0.416, 5), ("2.1", 0.65, 0), last=NOON)
BO = learner("Bo", ("1.1", 0.62, 5), ("1.2", 0.7, 4), ("2.1", 0.65, 0))
CLASS = ClassProgress(
    UNIT,
    (AL, BO),
    (outcome(1, Risk.AT_RISK, Risk.UNKNOWN), outcome(2, Risk.UNKNOWN, Risk.UNKNOWN)),
    date(2026, 11, 16),
)
NEW = ClassProgress(
    UNIT,
    (learner("Al", ("1.1", 0.65, 0), ("1.2", 0.65, 4)),),
    (outcome(1, Risk.UNKNOWN),),
    date(2026, 11, 16),
)
NOBODY = ClassProgress(UNIT, (), (outcome(1),), date(2026, 11, 16))


def cells(figure: Any) -> dict[tuple[int, int], tuple[str, float | None]]:
    """Map each cell of a grid (across, down) to its words and its value; grey has none."""
    blanks, values, words = figure.data
    found: dict[tuple[int, int], tuple[str, float | None]] = {}
    for x, y, text in zip(words.x, words.y, words.text, strict=True):
        assert (values.z[y][x] is None) == (blanks.z[y][x] == 0)
        found[(x, y)] = (text, values.z[y][x])
    return found


# --- learners by criteria -------------------------------------------------------------------------


def test_each_cell_is_an_estimate_or_grey_with_its_count_of_answers() -> None:
    figure = drawn(class_heatmap(CLASS)).figure
    assert cells(figure) == {
        (0, 0): ("82", 82), (1, 0): ("42", 42), (2, 0): ("–", None),
        (0, 1): ("62", 62), (1, 1): ("4/5", None), (2, 1): ("–", None),
    }  # fmt: skip
    assert list(figure.layout.yaxis.ticktext) == ["Al", "Bo"]
    assert list(figure.layout.xaxis.ticktext) == ["1.1", "1.2", "2.1"]


def test_the_table_of_the_class_says_the_same_in_words() -> None:
    assert drawn(class_heatmap(CLASS)).table == (
        {"Learner": "Al", "Answers": 14, "1.1": "82%, 9 answers", "1.2": "42%, 5 answers", "2.1": "no answer"},
        {"Learner": "Bo", "Answers": 9, "1.1": "62%, 5 answers", "1.2": "4 of 5 answers", "2.1": "no answer"},
    )  # fmt: skip


def test_the_class_is_titled_with_its_weakest_criterion_on_average_and_told_learner_by_learner() -> None:
    picture = drawn(class_heatmap(CLASS))
    assert picture.title == "2 learners, 2 of 3 criteria with estimates; 1.2 is the weakest on average"
    assert picture.alt == "Al: 1.1 82%, 1.2 42%. Bo: 1.1 62%."


def test_one_outcome_is_drawn_alone_where_it_is_named() -> None:
    picture = drawn(class_heatmap(CLASS, 2))
    assert cells(picture.figure) == {(0, 0): ("–", None), (0, 1): ("–", None)}
    assert picture.title == "Not enough answers yet for any criterion (2 learners)"
    assert picture.alt == "Al: not enough answers yet. Bo: not enough answers yet."
    assert picture.table == (
        {"Learner": "Al", "Answers": 0, "2.1": "no answer"},
        {"Learner": "Bo", "Answers": 0, "2.1": "no answer"},
    )


def test_a_long_name_is_cut_beside_the_picture_and_whole_in_the_table() -> None:
    name = "Amelia Fairweather-Cholmondeley"
    found = ClassProgress(UNIT, (learner(name, ("1.1", 0.8, 5)),), CLASS.outcomes, CLASS.monday)
    picture = drawn(class_heatmap(found))
    assert list(picture.figure.layout.yaxis.ticktext) == ["Amelia Fairweat…"]
    assert picture.table[0]["Learner"] == name


def test_signs_of_markup_in_a_name_are_shown_as_they_are() -> None:
    found = ClassProgress(UNIT, (learner("<b>A & B", ("1.1", 0.8, 5)),), CLASS.outcomes, CLASS.monday)
    assert list(drawn(class_heatmap(found)).figure.layout.yaxis.ticktext) == ["&lt;b&gt;A &amp; B"]


def test_thirty_learners_have_a_row_each_high_enough_to_read() -> None:
    many = tuple(learner(f"Learner {n}", *((f"1.{c}", 0.8, 5) for c in range(1, 25))) for n in range(30))
    figure = drawn(class_heatmap(ClassProgress(UNIT, many, CLASS.outcomes, CLASS.monday))).figure
    assert len(cells(figure)) == 720
    assert len(figure.layout.yaxis.ticktext) == 30
    assert (figure.layout.height - 32) / 30 == 27


def test_nobody_makes_no_picture() -> None:
    assert class_heatmap(NOBODY) is None
    assert outcomes_at_risk(NOBODY) is None
    assert class_tests_by_outcome([], []) is None
    assert away_rows([]) == []


# --- outcomes at risk -----------------------------------------------------------------------------


def test_bars_stand_for_learners_at_risk_on_track_and_not_yet_known() -> None:
    found = ClassProgress(
        UNIT,
        (AL, BO),
        (outcome(1, Risk.ON_TRACK, Risk.UNKNOWN), outcome(2, Risk.AT_RISK, Risk.AT_RISK)),
        CLASS.monday,
    )
    picture = drawn(outcomes_at_risk(found))
    assert [(bar.name, list(bar.x), bar.marker.color) for bar in picture.figure.data] == [
        ("at risk", [2, 0], SCALE[0][1]),
        ("on track", [0, 1], SCALE[2][1]),
        ("not yet known", [0, 1], BLANK),
    ]
    assert [note.text for note in picture.figure.layout.annotations] == [
        "<b>outcome 2</b>: 2 at risk",
        "<b>outcome 1</b>: 1 on track, 1 not yet known",
    ]
    assert picture.title == "Outcome 2 has most at risk: 2 of 2 learners"
    assert picture.alt == "Outcome 2, Part 2: 2 at risk. Outcome 1, Part 1: 1 on track, 1 not yet known."
    assert picture.table == (
        {"Outcome": 2, "About": "Part 2", "At risk": 2, "On track": 0, "Not yet known": 0, "At risk, %": 100},
        {"Outcome": 1, "About": "Part 1", "At risk": 0, "On track": 1, "Not yet known": 1, "At risk, %": 0},
    )  # fmt: skip


def test_an_outcome_of_which_nothing_is_known_has_no_share_at_risk() -> None:
    picture = drawn(outcomes_at_risk(CLASS))
    assert [row.get("At risk, %") for row in picture.table] == [50, None]
    assert drawn(outcomes_at_risk(NEW)).title == "Not enough answers yet to say who is at risk (1 learner)"


def test_a_class_without_a_risk_is_told_so() -> None:
    found = ClassProgress(UNIT, (AL,), (outcome(1, Risk.ON_TRACK),), CLASS.monday)
    assert drawn(outcomes_at_risk(found)).title == (
        "Nobody is at risk in an outcome that can be judged (1 learner)"
    )


# --- tests by outcome -----------------------------------------------------------------------------


def result(name: str, right: int, *shown: tuple[int, int, int], sat: int = 1) -> ClassTest:
    """Return a test of four questions; of each outcome how many criteria it shows, has and needs."""
    outcomes = tuple(
        OutcomeScore(
            number,
            tuple(
                CriterionScore(CriterionRef(UNIT, f"{number}.{n}"), float(n <= yes), 1, n <= yes)
                for n in range(1, of + 1)
            ),
            needed,
        )
        for number, (yes, of, needed) in enumerate(shown, 1)
    )
    member = Member(UUID(int=int.from_bytes(name.encode())), name, NOON)
    return ClassTest(member, NOON, ScoreReport(outcomes, right, 4, 3), sat)


def test_cells_of_a_test_say_what_was_shown_and_mark_an_outcome_not_passed() -> None:
    tests = [result("Al", 4, (2, 2, 2), (2, 2, 2), sat=3), result("Bo", 2, (2, 2, 2), (1, 2, 2))]
    picture = drawn(class_tests_by_outcome(tests, [OutcomeTested(1, 2, 2), OutcomeTested(2, 1, 2)]))
    assert cells(picture.figure) == {
        (0, 0): ("2/2", 1.0), (1, 0): ("2/2", 1.0), (0, 1): ("2/2", 1.0), (1, 1): ("1/2 !", 0.0),
    }  # fmt: skip
    assert picture.title == (
        "1 of 2 learners passed their latest test; outcome 2 was passed by fewest, 1 of 2"
    )
    assert picture.alt == (
        "Passed in the latest tests: outcome 1 by 2 of 2, outcome 2 by 1 of 2. "
        "Al: 4 of 4 right, passed. Bo: 2 of 4 right, not passed."
    )
    assert picture.table[1] == {
        "Learner": "Bo", "Finished": "20 November 2026", "Tests sat": 1, "Result": "not passed",
        "Right": "2 of 4", "Outcome 1": "2 of 2", "Outcome 2": "1 of 2, needs 2",
    }  # fmt: skip


def test_where_everybody_passed_every_outcome_none_is_named() -> None:
    picture = drawn(class_tests_by_outcome([result("Al", 4, (1, 1, 1))], [OutcomeTested(1, 1, 1)]))
    assert picture.title == "1 of 1 learner passed their latest test"


def test_who_is_away_stands_with_the_day_of_their_last_answer() -> None:
    assert away_rows([BO, AL]) == [
        {"Learner": "Bo", "Last practised": "not yet"},
        {"Learner": "Al", "Last practised": "20 November 2026"},
    ]
