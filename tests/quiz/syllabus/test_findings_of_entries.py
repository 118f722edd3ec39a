"""A fault in an entry is a finding: its file, its line, its rule and what to do about it."""

from __future__ import annotations

from pathlib import Path

import literal_files
import pytest
from literal_files import FILE_1_1, FILE_1_10, QUALIFICATION_FILE, UNIT_FILE, spoiled

from quiz.syllabus import read_packs


def findings(folder: Path, file: str, old: str, new: str) -> list[str]:
    reading = read_packs(literal_files.write(folder, spoiled(file, old, new)))
    return [str(finding) for finding in reading.findings]


def test_the_literal_pack_has_no_fault(tmp_path: Path) -> None:
    assert read_packs(literal_files.write(tmp_path)).findings == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "message"),
    [
        (
            UNIT_FILE,
            "level: 2",
            "level: 2\ncolour: red",
            4,
            "“colour” is not a key that is known here (colour).",
        ),
        (
            FILE_1_1,
            "    ask: What is it for?",
            "    ask: What is it for?\n    colour: red",
            31,
            "“colour” is not a key that is known here (knowledge → 2. → colour).",
        ),
        (
            FILE_1_1,
            "    stem: Sort these.",
            "    stem: Sort these.\n    options: []",
            67,
            "“options” is not a key that is known here (questions → 2. → options).",
        ),
        (
            FILE_1_1,
            "means: a tin for leaves",
            "means: a tin, for leaves",
            11,
            "“for leaves” is not a key that is known here (terms → 1. → for leaves). "
            "Text with a comma needs quotes here.",
        ),
        (
            FILE_1_1,
            "why: It only stirs.",
            "why: It stirs, only.",
            60,
            "“only.” is not a key that is known here (questions → 1. → options → 4. → only.). "
            "Text with a comma needs quotes here.",
        ),
    ],
)
def test_an_unknown_key(tmp_path: Path, file: str, old: str, new: str, line: int, message: str) -> None:
    assert findings(tmp_path, file, old, new) == [f"{file}:{line}: unknown-key: {message}"]


@pytest.mark.parametrize(
    ("file", "old", "line", "message"),
    [
        (UNIT_FILE, "title: Making Tea\n", 1, "“title” is missing (title)."),
        (UNIT_FILE, "    pass_mark: 1\n", 19, "“pass_mark” is missing (blueprint → hurdle → pass_mark)."),
        (FILE_1_1, "verb: Describe\n", 1, "“verb” is missing (verb)."),
        # members and pairs are kinds and keys at once, and neither may mislead about the place.
        (FILE_1_1, "    ask: things that go into a teapot\n", 19, "“ask” is missing (knowledge → 1. → ask)."),
        (FILE_1_1, "    left_name: tool\n", 28, "“left_name” is missing (knowledge → 2. → left_name)."),
        (FILE_1_1, "    kind: terms\n", 43, "“kind” is missing (knowledge → 4.)."),
        (FILE_1_1, "    type: sorting\n", 61, "“type” is missing (questions → 2.)."),
        (FILE_1_1, ", why: It only stirs.", 60, "“why” is missing (questions → 1. → options → 4. → why)."),
        (FILE_1_1, "  demands: Say what happens.\n", 71, "“demands” is missing (own_words → demands)."),
        (QUALIFICATION_FILE, "tqt: null\n", 1, "“tqt” is missing (tqt)."),
    ],
)
def test_a_missing_field(tmp_path: Path, file: str, old: str, line: int, message: str) -> None:
    assert findings(tmp_path, file, old, "") == [f"{file}:{line}: missing-field: {message}"]


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "message"),
    [
        (UNIT_FILE, "level: 2", "level: two", 3, "level: this has to be a whole number, not text."),
        (UNIT_FILE, "level: 2", "level: 2.5", 3, "level: this has to be a whole number, not a number."),
        (UNIT_FILE, "title: Making Tea", "title: [tea]", 2, "title: this has to be text, not a list."),
        (UNIT_FILE, "title: Making Tea", "title: true", 2, "title: this has to be text, not true or false."),
        (
            UNIT_FILE,
            'criteria: ["1.1", "1.10"]',
            'criteria: "1.1"',
            9,
            "outcomes → 1. → criteria: this has to be a list, not text.",
        ),
        (
            UNIT_FILE,
            "pass_mark: 1",
            "pass_mark: half",
            22,
            "blueprint → hurdle → pass_mark: this has to be a whole number, not text.",
        ),
        (
            UNIT_FILE,
            "outcome_share: 0.5",
            "outcome_share: half",
            21,
            "blueprint → hurdle → outcome_share: this has to be a decimal number, not text.",
        ),
        (
            UNIT_FILE,
            "{1: 2}",
            '{"1": 2}',
            17,
            "blueprint → questions_per_outcome → 1: this has to be a whole number, not text.",
        ),
        (
            FILE_1_1,
            "today: Tea is taxed.",
            "today:",
            17,
            "law → 1. → today: this has to be text, not nothing.",
        ),
        (
            FILE_1_1,
            "right: true",
            "right: NO",
            57,
            "questions → 1. → options → 1. → right: this has to be true or false, not text.",
        ),
        (
            FILE_1_1,
            "checklist: [water, leaves, time]",
            "checklist: water",
            74,
            "own_words → checklist: this has to be a list, not text.",
        ),
        (
            FILE_1_1,
            "{term: caddy, means: a tin for leaves}",
            "caddy",
            11,
            "terms → 1.: this has to be a mapping, not text.",
        ),
        (
            FILE_1_1,
            "covers:\n  brewing:\n    leaves: tea leaves\n    water: fresh water\n",
            "covers: leaves\n",
            4,
            "covers: this has to be a mapping, not text.",
        ),
        (
            FILE_1_1,
            "  - id: tools",
            "  - tools\n  - id: tools",
            28,
            "knowledge → 2.: this has to be a mapping, not text.",
        ),
    ],
)
def test_a_wrong_type(tmp_path: Path, file: str, old: str, new: str, line: int, message: str) -> None:
    assert findings(tmp_path, file, old, new) == [f"{file}:{line}: wrong-type: {message}"]


def test_a_file_that_is_a_list_is_of_the_wrong_type(tmp_path: Path) -> None:
    files = {**literal_files.FILES, FILE_1_10: "- criterion\n"}
    assert [str(f) for f in read_packs(literal_files.write(tmp_path, files)).findings] == [
        f"{FILE_1_10}:1: wrong-type: the file: this has to be a mapping, not a list."
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "message"),
    [
        (
            FILE_1_10,
            'criterion: "1.10"',
            "criterion: 1.10",
            1,
            'criterion: 1.10 has to be quoted text, as in "1.10"; unquoted, 1.10 is read as 1.1.',
        ),
        (
            UNIT_FILE,
            '"1.10"',
            "1.10",
            9,
            'outcomes → 1. → criteria → 2.: 1.10 has to be quoted text, as in "1.10"; '
            "unquoted, 1.10 is read as 1.1.",
        ),
        (
            UNIT_FILE,
            "title: Making Tea",
            "title: 203",
            2,
            'title: 203 has to be quoted text, as in "203".',
        ),
    ],
)
def test_an_unquoted_code(tmp_path: Path, file: str, old: str, new: str, line: int, message: str) -> None:
    assert findings(tmp_path, file, old, new) == [f"{file}:{line}: unquoted-code: {message}"]


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        (
            "kind: pairs",
            "kind: pears",
            28,
            "knowledge → 2.: “kind” has to be one of "
            "'members', 'sequence', 'pairs', 'contrast', 'terms', 'reasons'.",
        ),
        (
            "type: sorting",
            "type: riddle",
            61,
            "questions → 2.: “type” has to be one of "
            "'single_choice', 'multiple_response', 'matching', 'ordering', 'sorting'.",
        ),
    ],
)
def test_an_unknown_kind(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    assert findings(tmp_path, FILE_1_1, old, new) == [f"{FILE_1_1}:{line}: unknown-kind: {message}"]


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "message"),
    [
        (
            FILE_1_1,
            "level: apply",
            "level: hard",
            50,
            "questions → 1. → level: 'hard' is not one of 'remember', 'understand' or 'apply'.",
        ),
        (
            FILE_1_1,
            "status: in_force",
            "status: gone",
            15,
            "law → 1. → status: 'gone' is not one of 'in_force', 'due' or 'replaced'.",
        ),
        (
            FILE_1_1,
            'checked_on: "2026-11-22"',
            "checked_on: 2026-02-30",
            16,
            "law → 1. → checked_on: 2026-02-30 is not a day of the calendar.",
        ),
        (
            FILE_1_1,
            'checked_on: "2026-11-22"',
            "checked_on: 22 November",
            16,
            r"law → 1. → checked_on: “22 November” is not written as expected (^\d{4}-\d{2}-\d{2}$).",
        ),
        (
            FILE_1_1,
            "id: in-the-pot",
            "id: In the pot",
            19,
            "knowledge → 1. → id: “In the pot” is not written as expected (^[a-z0-9]+(-[a-z0-9]+)*$).",
        ),
        (
            FILE_1_1,
            "id: L6017638-1.1-02",
            "id: L6017638-1.1-2",
            61,
            "questions → 2. → id: “L6017638-1.1-2” is not written as expected "
            r"(^[A-Z]\d{7}-\d+\.\d+-\d{2,}$).",
        ),
        (
            UNIT_FILE,
            "  brewing: {",
            "  Brewing: {",
            11,
            "topics → Brewing: “Brewing” is not written as expected (^[a-z0-9]+(-[a-z0-9]+)*$).",
        ),
        (
            UNIT_FILE,
            "unit: L/601/7638",
            "unit: L6017638",
            1,
            r"unit: “L6017638” is not written as expected (^[A-Z]/\d{3}/\d{4}$).",
        ),
        (
            UNIT_FILE,
            'criteria: ["1.1", "1.10"]',
            "criteria: []",
            9,
            "outcomes → 1. → criteria: this list is empty.",
        ),
        (UNIT_FILE, "credit: 4", "credit: 0", 4, "credit: Input should be greater than 0."),
        (UNIT_FILE, "level: 2", "level: 9", 3, "level: Input should be less than or equal to 8."),
        (
            UNIT_FILE,
            "outcome_share: 0.5",
            "outcome_share: 1.5",
            21,
            "blueprint → hurdle → outcome_share: Input should be less than or equal to 1.",
        ),
        (UNIT_FILE, "title: Making Tea", "title: '  '", 2, "title: String should have at least 1 character."),
    ],
)
def test_a_bad_value(tmp_path: Path, file: str, old: str, new: str, line: int, message: str) -> None:
    assert findings(tmp_path, file, old, new) == [f"{file}:{line}: bad-value: {message}"]


def test_a_repeated_key(tmp_path: Path) -> None:
    assert findings(
        tmp_path, FILE_1_1, "    left_name: tool", "    left_name: tool\n    left_name: thing"
    ) == [
        f"{FILE_1_1}:32: repeated-key: “left_name” stands twice in the same place; the first is on line 31."
    ]


def test_bad_yaml(tmp_path: Path) -> None:
    assert findings(tmp_path, FILE_1_1, "prompt: How is", "prompt: Tea: how is") == [
        f"{FILE_1_1}:72: bad-yaml: This is not valid YAML: mapping values are not allowed in this context. "
        "Text with a colon or a leading special character needs quotes."
    ]


@pytest.mark.parametrize("text", ["", "---\n", "# to be written\n"])
def test_an_empty_file(tmp_path: Path, text: str) -> None:
    files = {**literal_files.FILES, FILE_1_10: text}
    assert [str(f) for f in read_packs(literal_files.write(tmp_path, files)).findings] == [
        f"{FILE_1_10}:1: empty-file: The file holds nothing."
    ]
