"""The doors `check-plan`, `suggest` and `search`: their shapes are promised to whoever calls them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import literal_files
import pytest
from literal_files import CATALOGUE, SLIP_FILE, spoiled

from quiz.errors import NotInBank, NotInQualification
from quiz.syllabus import Pack
from quiz.syllabus.__main__ import checked, found, main, suggested

CHECK_KEYS = [
    "qualification",
    "valid",
    "units",
    "mandatory_added",
    "credits",
    "credits_by_level",
    "credits_by_group",
    "hours",
    "broken_rules",
    "missing",
    "conflicts",
    "cautions",
    "ways_to_finish",
]


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main([*arguments]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    result: dict[str, Any] = json.loads(printed.out)
    return result


def check(capsys: pytest.CaptureFixture[str], qualification: str, *units: str) -> dict[str, Any]:
    return answer(capsys, "check-plan", "--qualification", qualification, *units)


def suggestion(capsys: pytest.CaptureFixture[str], qualification: str, *units: str) -> dict[str, Any]:
    return answer(capsys, "suggest", "--qualification", qualification, *units)


def test_a_valid_plan_is_checked_with_its_credits_hours_and_ways(capsys: pytest.CaptureFixture[str]) -> None:
    result = check(capsys, "btec2-cco", "304", "M/503/0405", "f5030411")
    assert list(result) == CHECK_KEYS
    assert result == {
        "qualification": "btec2-cco",
        "valid": True,
        "units": ["T/503/0356", "A/503/0360", "L/601/7638", "M/503/0405", "F/503/0411", "T/503/0373"],
        "mandatory_added": ["T/503/0356", "A/503/0360", "L/601/7638"],
        "credits": 16,
        "credits_by_level": {"2": 12, "3": 4},
        "credits_by_group": {
            "Mandatory units": 7,
            "Optional units (all)": 9,
            "Optional units (level 2)": 5,
            "Optional Level 3 units": 4,
        },
        "hours": 113,
        "broken_rules": [],
        "missing": [],
        "conflicts": [],
        "cautions": [],
        # each of 205, 305 or neither, with each of 206, 306 or neither
        "ways_to_finish": 9,
    }


def test_broken_rules_are_those_missing_and_those_in_conflict(capsys: pytest.CaptureFixture[str]) -> None:
    result = check(capsys, "nvq3-cco", "52", "53", "56", "58", "40", "64", "76")
    missing = [
        "Group B needs at least 21 credits; 18 chosen (units 52, 53, 56 and 58), 3 more to go.",
        "At least 42 credits are needed in all; 39 are chosen, 3 more to go.",
        "Group B and Group C together need at least 36 credits; 33 are chosen, 3 more to go.",
    ]
    conflicts = ["40 and 64 cannot be taken together."]
    assert (result["missing"], result["conflicts"]) == (missing, conflicts)
    assert result["broken_rules"] == [*missing, *conflicts]
    assert (result["valid"], result["credits"], result["ways_to_finish"]) == (False, 39, 0)


def test_a_plan_without_ticked_units_has_all_ways_open(shipped_pack: Pack) -> None:
    result = checked(shipped_pack, "nvq2-cco", [])
    assert (result["valid"], result["credits"], result["ways_to_finish"]) == (False, 6, 102711)
    assert result["mandatory_added"] == ["T/503/0342", "D/503/0352"]


def test_a_unit_named_twice_counts_once(shipped_pack: Pack) -> None:
    result = checked(shipped_pack, "btec2-cco", ["207", "M/503/0405", "207"])
    assert (result["units"][3:], result["credits"]) == (["M/503/0405"], 10)


def test_a_number_is_that_of_the_named_qualification(shipped_pack: Pack) -> None:
    assert "D/502/8584" in checked(shipped_pack, "nvq2-cco", ["36"])["units"]
    assert "K/503/0421" in checked(shipped_pack, "btec2-dip-cs", ["36"])["units"]


def test_units_of_a_qualification_without_numbers_are_named_by_reference_or_as_elsewhere(
    shipped_pack: Pack,
) -> None:
    by_reference = checked(shipped_pack, "iq-l2-pcco", ["M/503/0405", "Y/503/0365"])
    assert by_reference == checked(shipped_pack, "iq-l2-pcco", ["207", "204"])
    assert (by_reference["valid"], by_reference["credits"], by_reference["hours"]) == (True, 13, 93)


def test_a_caution_is_handed_on(shipped_pack: Pack) -> None:
    result = checked(shipped_pack, "nvq1-cco", ["4", "5", "6", "16"])
    (caution,) = result["cautions"]
    assert "4 on its own page, 3 in the structure table of the Level 1 certificate" in caution
    assert (result["valid"], result["credits"]) == (True, 21)


def test_the_plan_of_an_svq_has_no_verdict_no_credits_and_no_ways(capsys: pytest.CaptureFixture[str]) -> None:
    result = check(capsys, "sqa-svq2-cco", "H11S", "F9A0 04")
    assert list(result) == CHECK_KEYS
    assert result["units"] == ["F9A0 04", "H11S 04"]
    unknown = ("valid", "credits", "hours", "ways_to_finish")
    assert [result[key] for key in unknown] == [None, None, None, None]
    assert (result["broken_rules"], result["credits_by_level"], result["mandatory_added"]) == ([], {}, [])
    assert result["cautions"] == ["The document gives no credits or rules, so the choice cannot be checked."]


def test_a_withdrawn_unit_is_known_by_its_number_and_refused_as_no_unit_of_the_qualification(
    shipped_pack: Pack,
) -> None:
    with pytest.raises(NotInQualification) as error:
        checked(shipped_pack, "nvq3-cco", ["83"])
    assert str(error.value) == (
        "R/503/0350 “Improve Organisational Effectiveness and Personal Development in a Contact Centre” is not a "
        "unit of “Pearson Edexcel Level 3 NVQ Diploma in Contact Centre Operations”."
    )


@pytest.mark.parametrize(
    ("qualification", "hours"),
    [
        ("btec2-cco", 93),
        ("iq-l2-pcco", 93),
        ("nvq1-cco", 67),
        ("nvq2-cco", 93),
        ("nvq3-cco", 100),
        ("btec2-dip-cs", 245),
    ],
)
def test_what_is_suggested_checks_as_valid_with_the_same_hours(
    shipped_pack: Pack, qualification: str, hours: int
) -> None:
    best = suggested(shipped_pack, qualification, [])
    assert list(best) == ["units", "added", "hours", "cautions"]
    assert best["hours"] == hours
    result = checked(shipped_pack, qualification, best["added"])
    assert (result["valid"], result["hours"], result["units"]) == (True, hours, best["units"])


def test_a_suggestion_holds_the_named_units_and_lists_what_is_added(
    capsys: pytest.CaptureFixture[str],
) -> None:
    result = suggestion(capsys, "btec2-cco", "304", "208")
    # 9 of the credits named are at level 2: one more is needed, and 205 brings it in the fewest hours.
    assert result == {
        "units": ["T/503/0356", "A/503/0360", "L/601/7638", "L/503/0377", "F/503/0411", "T/503/0373"],
        "added": ["L/503/0377"],
        "hours": 107,
        "cautions": [],
    }


def test_a_suggestion_that_hangs_on_a_doubtful_figure_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    result = suggestion(capsys, "nvq1-cco", "4", "5", "6", "16")
    assert result["cautions"] == [
        "The answer depends on the credits of unit 4: 4 on its own page, 3 in the structure table of the "
        "Level 1 certificate. Ask your centre which counts."
    ]


def test_found_units_come_with_the_criteria_that_they_were_found_by(
    capsys: pytest.CaptureFixture[str],
) -> None:
    result = answer(capsys, "search", "objections", "sales")
    assert list(result) == ["qualifications", "units"]
    assert [list(unit) for unit in result["units"]] == [["key", "title", "criteria"]] * len(result["units"])
    assert result["units"][0] == {
        "key": "M/502/8606",
        "title": "Handling Objections and Closing Sales",
        "criteria": [],
    }
    assert {
        "key": "J/502/8577",
        "title": "Selling by Telephone (Inbound)",
        "criteria": ["6.1", "6.2", "6.3", "6.4", "6.5", "6.6"],
    } in result["units"]


@pytest.mark.parametrize(
    ("words", "qualifications", "units"),
    [
        ("unit 203", [], ["L/601/7638"]),
        ("unit 83", [], ["R/503/0350"]),
        ("600/1637/1", ["btec2-cco"], []),
        ("zebra", [], []),
    ],
)
def test_what_is_found_is_named_by_key(
    shipped_pack: Pack, words: str, qualifications: list[str], units: list[str]
) -> None:
    result = found(shipped_pack, words)
    assert result["qualifications"] == qualifications
    assert [unit["key"] for unit in result["units"]] == units


# What cannot be met, asked of the small catalogue.


@pytest.fixture
def kitchen(tmp_path: Path) -> str:
    return str(literal_files.write(tmp_path, CATALOGUE))


@pytest.mark.parametrize("command", ["check-plan", "suggest"])
@pytest.mark.parametrize(
    ("qualification", "units", "message"),
    [
        ("cellar", ["203"], "There is no qualification “cellar”. Known: kitchen, tea."),
        (
            "kitchen",
            ["2", "999"],
            "There is no unit “999”. Give its reference, as in L/601/7638, or its number in kitchen; "
            "an SQA code stands in quotation marks.",
        ),
        (
            "kitchen",
            ["T/503/0356"],
            "There is no unit “T/503/0356”. Give its reference, as in L/601/7638, or its number in kitchen; "
            "an SQA code stands in quotation marks.",
        ),
        (
            "kitchen",
            ["D/503/0352", "H11S 04"],
            "H11S 04 “Washing Up” is not a unit of “A Diploma in Kitchens”.",
        ),
        ("tea", ["T/503/0342"], "T/503/0342 “Running a Kitchen” is not a unit of “A Certificate in Tea”."),
        ("tea", ["203", "3"], "D/503/0352 “Keeping Cool” is not a unit of “A Certificate in Tea”."),
    ],
)
def test_what_cannot_be_met_is_said_and_exits_with_1(
    capsys: pytest.CaptureFixture[str],
    kitchen: str,
    command: str,
    qualification: str,
    units: list[str],
    message: str,
) -> None:
    assert main([command, "--content", kitchen, "--qualification", qualification, *units]) == 1
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", f"{message}\n")


def test_a_number_that_two_qualifications_give_to_different_units_names_neither_elsewhere(
    shipped_pack: Pack,
) -> None:
    with pytest.raises(NotInBank) as error:
        checked(shipped_pack, "btec2-cco", ["1"])
    assert str(error.value) == (
        "There is no unit “1”. Give its reference, as in L/601/7638, or its number in btec2-cco; "
        "an SQA code stands in quotation marks."
    )


@pytest.mark.parametrize(
    ("qualification", "units", "message"),
    [
        (
            "kitchen",
            ["2", "3"],
            "No valid plan holds all of the ticked units. 2 and 3 cannot be taken together.",
        ),
        (
            "tea",
            [],
            "The document states no rules for “A Certificate in Tea”, so nothing can be suggested.",
        ),
    ],
)
def test_where_nothing_can_be_suggested_it_is_said_why(
    capsys: pytest.CaptureFixture[str], kitchen: str, qualification: str, units: list[str], message: str
) -> None:
    assert main(["suggest", "--content", kitchen, "--qualification", qualification, *units]) == 1
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", f"{message}\n")


def test_content_with_a_fault_is_said_with_its_place(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    content = literal_files.write(tmp_path, spoiled(SLIP_FILE, "id: D02", "id: D01", CATALOGUE))
    assert main(["search", "--content", str(content), "tea"]) == 1
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "slips.yaml:7: duplicate-id: Slip “D01” stands twice.\n")


@pytest.mark.parametrize("command", ["check-plan", "suggest", "search"])
def test_a_command_without_what_it_needs_is_refused(capsys: pytest.CaptureFixture[str], command: str) -> None:
    with pytest.raises(SystemExit) as stop:
        main([command])
    assert stop.value.code == 2
    assert capsys.readouterr().out == ""
