import re
from pathlib import Path

from quiz.progress import Mastery, OutcomeProgress, State, UnitProgress
from quiz.syllabus import CriterionRef
from ui.glance import MARKS, strip


def mastery(code: str, state: State) -> Mastery:
    return Mastery(CriterionRef("L/601/7638", code), 0.6, 0.5, 0.7, 6, 1, None, state)


PROGRESS = UnitProgress(
    "L/601/7638",
    (
        OutcomeProgress(
            1, "one", (mastery("1.1", State.SECURE), mastery("1.2", State.SLIPPING), mastery("1.3", State.SECURE))
        ),
        OutcomeProgress(2, "two", (mastery("2.1", State.NOT_ENOUGH), mastery("2.2", State.NOT_STARTED))),
    ),
)  # fmt: skip
HTML = strip(PROGRESS)


def test_every_criterion_has_a_mark_in_its_outcome_and_the_words_name_them_all() -> None:
    picture, tally = HTML.split("<p class='tally'>")
    groups = re.findall(r"<span><b>(\d)</b>(.*?)</span>", picture)
    assert [(number, re.findall(r"cell (\w+)", marks)) for number, marks in groups] == [
        ("1", ["secure", "slipping", "secure"]),
        ("2", ["few", "none"]),
    ]
    assert (
        "role='img' aria-label='Outcome 1: 1.1 likely secure, 1.2 slipping, 1.3 likely secure. "
        "Outcome 2: 2.1 not enough answers yet, 2.2 not started.'"
    ) in picture
    assert "aria-label" not in tally


def test_the_counts_stand_beside_their_marks_and_leave_out_what_there_is_none_of() -> None:
    tally = HTML.split("<p class='tally'>")[1]
    assert re.findall(r"<i class='cell (\w+)'></i>(\d+ [\w ]+)", tally) == [
        ("secure", "2 likely secure"),
        ("slipping", "1 slipping"),
        ("few", "1 not enough answers yet"),
        ("none", "1 not started"),
    ]


def test_each_state_is_drawn_in_a_form_of_its_own() -> None:
    assert set(MARKS) == set(State)
    style = (Path(__file__).parents[2] / "ui" / "style.css").read_text("utf-8")
    drawn = [re.search(rf"i\.cell\.{mark} {{ ([^}}]+) }}", style) for mark in MARKS.values()]
    forms = [re.sub(r"border-color: [^;]+; |var\(--headset-\w+\)", "", found[1]) for found in drawn if found]
    assert len(set(forms)) == len(forms) == len(State)
