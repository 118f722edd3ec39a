"""Faults that show when entries are held against one another."""

from __future__ import annotations

from pathlib import Path

import literal_files
import pytest
from literal_files import FILE_1_1, FILE_1_10, FILES, FOLDER, QUALIFICATION_FILE, UNIT_FILE, spoiled

from quiz.syllabus import read_packs


def findings(folder: Path, files: dict[str, str]) -> list[str]:
    """Return what is found, without the criteria that these small units leave out."""
    reading = read_packs(literal_files.write(folder, files))
    return [str(finding) for finding in reading.findings if finding.rule != "missing-criterion"]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            FILE_1_1,
            "  brewing:",
            "  stirring:",
            "5: unknown-topic: “stirring” is not a topic of unit.yaml.",
        ),
        (
            FILE_1_1,
            "    kind: members\n    covers: [leaves]",
            "    kind: members\n    covers: [leaves, sugar]",
            "21: unknown-element: “sugar” is not an element under “covers” in this file.",
        ),
        (
            FILE_1_1,
            "    use: test\n    covers: [leaves]",
            "    use: test\n    covers: [sugar]",
            "53: unknown-element: “sugar” is not an element under “covers” in this file.",
        ),
        (
            FILE_1_1,
            "    law: [tea-tax]\n    ask:",
            "    law: [milk-tax]\n    ask:",
            "22: unknown-fact: “milk-tax” is not a fact under “law” in this file.",
        ),
        (
            FILE_1_1,
            "    law: [tea-tax]\n    stem:",
            "    law: [tea-tax, milk-tax]\n    stem:",
            "54: unknown-fact: “milk-tax” is not a fact under “law” in this file.",
        ),
        (
            FILE_1_1,
            "a grassy cup, class: green",
            "a grassy cup, class: white",
            "42: unknown-class: “white” is not one of the classes black, green.",
        ),
        (
            FILE_1_1,
            "a jug with ice, class: cold",
            "a jug with ice, class: iced",
            "70: unknown-class: “iced” is not one of the classes hot, cold.",
        ),
        (
            FILE_1_1,
            "right: heats water, why",
            "right: heats water, also: [boils eggs], why",
            "34: unknown-answer: “also” lists “boils eggs”, which is no other entry's answer.",
        ),
        (
            FILE_1_1,
            "means: leaves mixed together, why",
            "means: leaves mixed together, also: [a tin], why",
            "46: unknown-answer: “also” lists “a tin”, which is no other entry's answer.",
        ),
        (
            FILE_1_1,
            "  - id: tools",
            "  - id: in-the-pot",
            "28: duplicate-id: “in-the-pot” stands twice under knowledge.",
        ),
        (
            FILE_1_1,
            "    water: fresh water",
            "  serving:\n    leaves: loose leaves",
            "4: duplicate-id: Element “leaves” stands twice in this file.",
        ),
        (
            FILE_1_1,
            "    today: Tea is taxed.",
            "    today: Tea is taxed.\n    valid_to: 2027-01-31",
            "13: missing-field: Fact “tea-tax” has “valid_to” and does not say what “changed”.",
        ),
        (
            FILE_1_1,
            "    stem: Sort these.",
            "    stem: Sort these.\n    replaces: L6017638-1.1-09",
            "61: missing-field: “L6017638-1.1-02” replaces another question and gives no “reason”.",
        ),
        (
            FILE_1_10,
            "id: L6017638-1.10-01",
            "id: L6017638-1.9-01",
            "19: wrong-id: “L6017638-1.9-01” has to begin with “L6017638-1.10-”.",
        ),
        (
            UNIT_FILE,
            '["1.1", "1.10"]',
            '["1.1", "1.10", "2.1"]',
            "9: unknown-criterion: Criterion 2.1 does not belong to outcome 1.",
        ),
        (
            UNIT_FILE,
            '["1.1", "1.10"]',
            '["1.10"]',
            "1: unknown-criterion: Unit L/601/7638 has no criterion 1.1.",
        ),
        (
            UNIT_FILE,
            "serving: {outcome: 1",
            "serving: {outcome: 3",
            "12: unknown-outcome: Topic “serving” names outcome 3, which the unit does not have.",
        ),
        (
            UNIT_FILE,
            "{1: 2}",
            "{1: 2, 2: 1}",
            "13: bad-blueprint: “questions_per_outcome” has to name every outcome of the unit, and no other.",
        ),
        (
            QUALIFICATION_FILE,
            "units: [L/601/7638]",
            "units: [L/601/7638, T/503/0356]",
            "13: unknown-unit: Group “Mandatory” names T/503/0356, which is not among the units.",
        ),
        (
            QUALIFICATION_FILE,
            'number: "600/1637/1"',
            'number: "600/1637/2"',
            "5: check-letter: 600/1637/2: the last figure does not fit the others.",
        ),
    ],
)
def test_a_fault_between_entries(tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    # An unknown criterion of unit.yaml is also found in the criterion's own file.
    found = findings(tmp_path, spoiled(file, old, new))
    home = FILE_1_1 if "Unit L/601/7638 has no criterion" in message else file
    assert found == [f"{home}:{message}"]


def test_a_law_fact_that_stands_twice_is_found_at_the_second(tmp_path: Path) -> None:
    second = (
        "    today: Tea is taxed.\n"
        "  - {id: tea-tax, about: tea, status: due, checked_on: 2026-11-22, today: Not yet.}"
    )
    assert findings(tmp_path, spoiled(FILE_1_1, "    today: Tea is taxed.", second)) == [
        f"{FILE_1_1}:18: duplicate-id: “tea-tax” stands twice under law."
    ]


def test_an_entry_may_also_list_the_answer_of_another_one(tmp_path: Path) -> None:
    files = spoiled(FILE_1_1, "right: heats water, why", "right: heats water, also: [stores leaves], why")
    assert findings(tmp_path, files) == []


def test_a_question_id_that_stands_twice_in_a_file_is_found_at_the_second(tmp_path: Path) -> None:
    files = spoiled(FILE_1_1, "id: L6017638-1.1-02", "id: L6017638-1.1-01")
    assert findings(tmp_path, files) == [
        f"{FILE_1_1}:61: duplicate-id: Question “L6017638-1.1-01” is also at {FILE_1_1}:48."
    ]


def test_a_question_id_that_stands_in_two_units_is_found_in_the_second(tmp_path: Path) -> None:
    folder = "units/T5030356-coffee"
    unit = FILES[UNIT_FILE].replace("L/601/7638", "T/503/0356")
    criterion = FILES[FILE_1_10]
    files = {
        **FILES,
        f"{folder}/unit.yaml": unit,
        f"{folder}/1.10.yaml": criterion,
    }
    assert findings(tmp_path, files) == [
        f"{folder}/1.10.yaml:19: duplicate-id: Question “L6017638-1.10-01” is also at {FILE_1_10}:19.",
        f"{folder}/1.10.yaml:19: wrong-id: “L6017638-1.10-01” has to begin with “T5030356-1.10-”.",
    ]


def test_a_unit_that_stands_in_two_folders_is_found_in_the_second(tmp_path: Path) -> None:
    files = {**FILES, "units/L6017638-tea-again/unit.yaml": FILES[UNIT_FILE]}
    assert findings(tmp_path, files) == [
        f"units/L6017638-tea-again/unit.yaml:1: duplicate-id: Unit L/601/7638 is also in {UNIT_FILE}."
    ]


def test_a_second_file_of_a_criterion_is_found(tmp_path: Path) -> None:
    second = FILES[FILE_1_10].replace("L6017638-1.10-01", "L6017638-1.10-02")
    assert findings(tmp_path, {**FILES, f"{FOLDER}/1.2.yaml": second}) == [
        f"{FOLDER}/1.2.yaml:1: duplicate-id: Criterion 1.10 has a second file.",
        f"{FOLDER}/1.2.yaml:1: wrong-file-name: The file of criterion 1.10 has to be called 1.10.yaml.",
    ]


def test_a_unit_in_the_wrong_folder_or_with_the_wrong_letter_is_found(tmp_path: Path) -> None:
    files = {"units/tea/unit.yaml": FILES[UNIT_FILE].replace("L/601/7638", "M/601/7638")}
    assert findings(tmp_path, files) == [
        "units/tea/unit.yaml:1: check-letter: M/601/7638: the letter does not fit the digits.",
        "units/tea/unit.yaml:1: wrong-folder: The folder of unit M/601/7638 has to begin with “M6017638-”.",
    ]
