"""The doors for the shell: their shapes are promised in the README."""

import json
from collections import Counter

import pytest

from quiz.sessions.__main__ import main as sessions
from quiz.syllabus import load_packs
from quiz.syllabus.__main__ import main as syllabus

HEAD = ["id", "origin", "type", "unit", "number", "criterion", "level", "basis", "use", "stem"]
PARTS = {
    "single_choice": ["options"],
    "multiple_response": ["options"],
    "matching": ["pairs"],
    "ordering": ["steps"],
    "sorting": ["classes", "cases"],
}
INSIDE = {
    "options": {"text", "right", "why"},
    "pairs": {"left", "right", "why"},
    "steps": {"text", "why"},
    "cases": {"text", "class", "why"},
}


def lines(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    assert sessions([*arguments]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_every_written_question_comes_once_with_its_head_and_the_parts_of_its_type(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = lines(capsys, "sample", "--unit", "203", "--origin", "written", "--all")
    entries = [q.id for c in load_packs().select_unit("203").criteria for q in c.entry.questions]
    assert [question["id"] for question in found] == entries
    assert {question["origin"] for question in found} == {"written"}
    assert {str(question["type"]) for question in found} == set(PARTS)
    for question in found:
        assert list(question) == HEAD + PARTS[str(question["type"])]
        for name in PARTS[str(question["type"])]:
            if name in INSIDE:
                assert all(set(part) == INSIDE[name] for part in question[name])


def test_a_sample_is_the_same_for_the_same_seed_and_as_long_as_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = ("sample", "--unit", "L/601/7638", "--origin", "generated", "--count", "40", "--seed")
    first, again, other = (lines(capsys, *asked, seed) for seed in ("7", "7", "8"))
    assert first == again != other
    assert len({str(question["id"]) for question in first}) == 40


def test_a_paper_has_forty_written_questions_and_the_same_ones_for_the_same_seed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    paper = lines(capsys, "paper", "--unit", "203", "--seed", "7")
    assert paper == lines(capsys, "paper", "--unit", "203", "--seed", "7")
    assert Counter(str(q["criterion"])[0] for q in paper) == {
        "1": 10, "2": 5, "3": 5, "4": 5, "5": 5, "6": 5, "7": 5,
    }  # fmt: skip
    assert {(q["origin"], q["type"]) for q in paper} == {("written", "single_choice")}


def test_an_unknown_unit_is_said_and_exits_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert sessions(["paper", "--unit", "999"]) == 1
    assert capsys.readouterr().err.startswith("There is no unit “999” in the content. Known units: ")


def test_the_syllabus_is_dumped_with_the_keys_of_the_catalogue(capsys: pytest.CaptureFixture[str]) -> None:
    assert syllabus(["dump"]) == 0
    dumped = json.loads(capsys.readouterr().out)
    assert list(dumped) == ["qualifications", "units"]
    assert [q["key"] for q in dumped["qualifications"]] == [
        "btec2-cco", "btec2-dip-cs", "iq-l2-pcco", "nvq1-cco", "nvq2-cco", "nvq3-cco", "sqa-svq2-cco", "sqa-svq3-cco",
    ]  # fmt: skip
    assert len(dumped["units"]) == 222
    unit = next(unit for unit in dumped["units"] if unit["key"] == "L/601/7638")
    assert (unit["title"], unit["level"], unit["credit"], unit["glh"]) == (
        "Principles of Personal Responsibilities and Working in a Business Environment", 2, 4, 32,
    )  # fmt: skip
    assert [len(outcome["criteria"]) for outcome in unit["outcomes"]] == [6, 3, 3, 3, 3, 3, 3]
    assert set(unit["outcomes"][0]["criteria"][0]) == {"code", "verb", "label"}
