"""Faults of the catalogue: each is a finding with its file, its line and what to do about it."""

from __future__ import annotations

from pathlib import Path

import literal_files
import pytest
from literal_files import (
    CATALOGUE,
    FILES,
    LINK_FILE,
    OUTLINE_FILE,
    OUTLINES,
    QUALIFICATION_FILE,
    SECOND_QUALIFICATION_FILE,
    SLIP_FILE,
    UNIT_FILE,
    spoiled,
)

from quiz.errors import PackError
from quiz.syllabus import CriterionRef, load_packs, read_packs
from quiz.syllabus.reference import has_right_check_digit


def findings(folder: Path, files: dict[str, str]) -> list[str]:
    return [str(finding) for finding in read_packs(literal_files.write(folder, files)).findings]


def spoiled_findings(folder: Path, file: str, old: str, new: str) -> list[str]:
    """Return what is found, without the file's name, which is asserted to be the spoiled one."""
    found = findings(folder, spoiled(file, old, new, CATALOGUE))
    assert all(finding.startswith(f"{file}:") for finding in found), found
    return [finding.removeprefix(f"{file}:") for finding in found]


def test_the_literal_catalogue_has_no_fault_and_is_read_whole(tmp_path: Path) -> None:
    reading = read_packs(literal_files.write(tmp_path, CATALOGUE))
    assert reading.findings == ()
    assert list(reading.pack.qualifications) == ["kitchen", "tea"]
    assert list(reading.pack.outlines) == ["L/601/7638", "T/503/0342", "D/503/0352", "H11S 04"]
    assert [slip.id for slip in reading.pack.slips] == ["D01", "D02"]
    assert list(reading.pack.links) == ["T/503/0342"]
    assert [(pair.unit, pair.same_as) for pair in reading.pack.same_standard] == [("H11S 04", "T/503/0342")]
    assert [source.file for source in reading.catalogue] == [
        OUTLINE_FILE, SECOND_QUALIFICATION_FILE, QUALIFICATION_FILE, SLIP_FILE, LINK_FILE,
    ]  # fmt: skip


def test_a_linked_criterion_is_taught_by_its_targets_in_their_order(tmp_path: Path) -> None:
    pack = load_packs(literal_files.write(tmp_path, CATALOGUE))
    taught = {
        code: [(link.ref.code, link.how) for link in pack.teaching(CriterionRef("T/503/0342", code))]
        for code in ("1.1", "1.2", "2.1")
    }
    assert taught == {"1.1": [], "1.2": [("1.10", "partly")], "2.1": [("1.1", "partly"), ("1.10", "partly")]}


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (
            "key: kitchen",
            "key: cellar",
            ["1: wrong-file-name: The file of “cellar” has to be called cellar.yaml."],
        ),
        (
            'number: "600/1225/0"',
            'number: "600/1225/1"',
            ["5: check-letter: 600/1225/1: the last figure does not fit the others."],
        ),
        (
            'number: "600/1225/0"',
            "number: six hundred",
            ["5: check-letter: six hundred: the last figure does not fit the others."],
        ),
        (
            "units: [D/503/0352]",
            "units: [D/503/0352, T/503/0356]",
            ["24: unknown-unit: Group “Cold” names T/503/0356, which is not among the units."],
        ),
        (
            "    units: [D/503/0352]",
            "    units: []",
            ["12: ungrouped-unit: D/503/0352 has to stand in one group; it stands in 0."],
        ),
        (
            "units: [D/503/0352]",
            "units: [D/503/0352, T/503/0342]",
            ["12: ungrouped-unit: T/503/0342 has to stand in one group; it stands in 2."],
        ),
        (
            "parts: [Hot, Cold]",
            "parts: [Hot, Lukewarm]",
            ["17: unknown-group: Group “May” is made of “Lukewarm”, which is no other group."],
        ),
        (
            "parts: [Hot, Cold]",
            "parts: [Hot, Cold, May]",
            ["17: unknown-group: Group “May” is made of “May”, which is no other group."],
        ),
        (
            "parts: [Hot, Cold]",
            "parts: [Hot, Cold, Tepid]\n  - {name: Tepid, title: Tepid, parts: [May]}",
            ["12: group-circle: Group “May” is made of itself by way of its parts."],
        ),
        (
            "name: Cold",
            "name: Hot",
            [
                "12: duplicate-id: Two groups are called “Hot”.",
                "17: unknown-group: Group “May” is made of “Cold”, which is no other group.",
                "29: unknown-group: There is no group “Cold”.",
            ],
        ),
        (
            "groups: [Hot, Cold]}",
            "groups: [Hot, Lukewarm]}",
            ["29: unknown-group: There is no group “Lukewarm”."],
        ),
        (
            "{kind: barred_pair, units: [T/503/0342, D/503/0352]}",
            "{kind: barred_pair, units: [T/503/0342, H11S 04]}",
            ["30: unknown-unit: H11S 04 is not among the units."],
        ),
        (
            '  - {unit: D/503/0352, number: "3"}',
            '  - {unit: D/503/0352, number: "2"}',
            ["31: duplicate-id: “2” stands twice among the units."],
        ),
        (
            '  - {unit: D/503/0352, number: "3"}',
            '  - {unit: D/503/0352, number: "3"}\n  - {unit: D/503/0352, number: null}',
            ["31: duplicate-id: “D/503/0352” stands twice among the units."],
        ),
        (
            "credits: 6}",
            "credits: 0}",
            ["28: bad-value: rules → 1. → credits: Input should be greater than 0."],
        ),
        (
            "kind: total_credits",
            "kind: total_hours",
            [
                "28: unknown-kind: rules → 1.: “kind” has to be one of "
                "'total_credits', 'credits_at_level', 'further_credits', 'barred_pair'."
            ],
        ),
    ],
)
def test_a_fault_of_a_qualification(tmp_path: Path, old: str, new: str, found: list[str]) -> None:
    assert spoiled_findings(tmp_path, SECOND_QUALIFICATION_FILE, old, new) == found


def test_a_unit_of_a_qualification_that_no_file_holds(tmp_path: Path) -> None:
    files = spoiled(
        SECOND_QUALIFICATION_FILE, "units: [D/503/0352]", "units: [D/503/0352, T/503/0356]", CATALOGUE
    )
    files[SECOND_QUALIFICATION_FILE] += '  - {unit: T/503/0356, number: "4"}\n'
    assert findings(tmp_path, files) == [
        f"{SECOND_QUALIFICATION_FILE}:35: unknown-unit: T/503/0356 is a unit of no file under units or outlines."
    ]


def test_a_reference_with_the_wrong_letter_is_found_in_qualification_and_outline(tmp_path: Path) -> None:
    files = {
        **FILES,
        OUTLINE_FILE: OUTLINES.replace("unit: D/503/0352", "unit: F/503/0352"),
        SECOND_QUALIFICATION_FILE: CATALOGUE[SECOND_QUALIFICATION_FILE].replace("D/503/0352", "F/503/0352"),
    }
    assert findings(tmp_path, files) == [
        f"{OUTLINE_FILE}:20: check-letter: F/503/0352: the letter does not fit the digits.",
        f"{SECOND_QUALIFICATION_FILE}:34: check-letter: F/503/0352: the letter does not fit the digits.",
    ]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (
            "{unit: H11S 04, title: Washing Up}",
            "{unit: L/601/7638, title: Making Tea}",
            ["25: duplicate-id: L/601/7638 has a second outline."],
        ),
        (
            "{unit: H11S 04, title: Washing Up}",
            "{unit: D/503/0352, title: Keeping Cold}",
            ["25: duplicate-id: D/503/0352 has a second outline."],
        ),
        (
            "label: the water hot}",
            "label: one two three four five six seven eight nine}",
            ["13: long-label: The label of 1.1 has 9 words; 8 is the most."],
        ),
        ("label: the water hot}", "label: one two three four five six seven eight}", []),
        (
            "label: what a kitchen needs",
            "label: all of what a kitchen needs day by day",
            ["15: long-label: The label of outcome 2 has 9 words; 8 is the most."],
        ),
        (
            '{code: "1.2", verb: Identify, label: cups that leak}',
            '{code: "1.2", verb: Keep, label: the water hot}',
            ["14: duplicate-label: “Keep the water hot” is the label of another criterion of the unit as well."],
        ),
        (
            'code: "1.2"',
            'code: "2.2"',
            ["14: unknown-criterion: Criterion 2.2 does not belong to outcome 1."],
        ),
        (
            'code: "1.2"',
            'code: "1.1"',
            ["3: duplicate-id: Criterion 1.1 of T/503/0342 stands twice."],
        ),
        (
            '      - number: 2\n        kind: knowledge\n        label: what a kitchen needs\n        criteria:\n          - {code: "2.1"',
            '      - number: 1\n        kind: knowledge\n        label: what a kitchen needs\n        criteria:\n          - {code: "1.3"',
            ["15: wrong-order: Outcome 1 has to come before those after it."],
        ),
    ],
)  # fmt: skip
def test_a_fault_of_an_outline(tmp_path: Path, old: str, new: str, found: list[str]) -> None:
    assert spoiled_findings(tmp_path, OUTLINE_FILE, old, new) == found


def test_an_outline_that_two_files_hold_is_found_in_the_second(tmp_path: Path) -> None:
    second = "series: More of the kitchen\nunits:\n  - {unit: D/503/0352, title: Keeping Cooler}\n"
    files = {**CATALOGUE, "outlines/larder.yaml": second}
    reading = read_packs(literal_files.write(tmp_path, files))
    assert [str(finding) for finding in reading.findings] == [
        "outlines/larder.yaml:3: duplicate-id: D/503/0352 has a second outline."
    ]
    assert reading.pack.outlines["D/503/0352"].title == "Keeping Cool"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("id: D02", "id: D01", ["7: duplicate-id: Slip “D01” stands twice."]),
        (
            "qualifications: [kitchen]",
            "qualifications: [cellar]",
            ["2: unknown-place: Slip “D01” is about “cellar”, which is not here."],
        ),
        (
            "units: [T/503/0342]",
            "units: [T/503/0356]",
            ["2: unknown-place: Slip “D01” is about “T/503/0356”, which is not here."],
        ),
        (
            "T/503/0342 1.2",
            "T/503/0342 1.3",
            ["7: unknown-place: Slip “D02” is about “T/503/0342 1.3”, which is not here."],
        ),
        (
            "T/503/0342 2]",
            "T/503/0342 3]",
            ["7: unknown-place: Slip “D02” is about “T/503/0342 3”, which is not here."],
        ),
        (
            "T/503/0342 2]",
            "T/503/0356 2]",
            ["7: unknown-place: Slip “D02” is about “T/503/0356 2”, which is not here."],
        ),
    ],
)
def test_a_fault_of_a_slip(tmp_path: Path, old: str, new: str, found: list[str]) -> None:
    assert spoiled_findings(tmp_path, SLIP_FILE, old, new) == found


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("  - unit: T/503/0342", "  - unit: T/503/0356", ["2: unknown-unit: There is no unit T/503/0356."]),
        (
            '{code: "1.2", to:',
            '{code: "1.9", to:',
            ["7: unknown-criterion: T/503/0342 has no criterion 1.9."],
        ),
        (
            '{code: "1.2", to:',
            '{code: "1.1", to:',
            ["7: not-knowledge: T/503/0342 1.1 asks for doing, which notes cannot teach."],
        ),
        (
            '["L/601/7638 1.10"], how: partly',
            '["L/601/7638 1.10"], how: same',
            ["7: not-knowledge: T/503/0342 1.2 asks for doing: notes can teach it in part only."],
        ),
        (
            '"L/601/7638 1.10"], how: partly, by: headset}\nsame',
            '"L/601/7638 1.10"], how: same, by: headset}\nsame',
            [],  # 2.1 asks for knowledge, which notes may teach in full
        ),
        (
            '["L/601/7638 1.10"]',
            '["L/601/7638 1.9"]',
            ["7: unknown-criterion: “L/601/7638 1.9” is no criterion that is taught here."],
        ),
        (
            '["L/601/7638 1.10"]',
            '["T/503/0342 2.1"]',
            ["7: unknown-criterion: “T/503/0342 2.1” is no criterion that is taught here."],
        ),
        (
            '["L/601/7638 1.10"]',
            '["T/503/0356 1.1"]',
            ["7: unknown-criterion: “T/503/0356 1.1” is no criterion that is taught here."],
        ),
        (
            '["L/601/7638 1.10"]',
            '["1.10"]',
            ["7: unknown-criterion: “1.10” is no criterion that is taught here."],
        ),
        ("same_as: T/503/0342", "same_as: T/503/0356", ["10: unknown-unit: There is no unit T/503/0356."]),
        ("unit: H11S 04", "unit: H11T 04", ["10: unknown-unit: There is no unit H11T 04."]),
    ],
)
def test_a_fault_of_a_link(tmp_path: Path, old: str, new: str, found: list[str]) -> None:
    assert spoiled_findings(tmp_path, LINK_FILE, old, new) == found


def test_a_criterion_inside_an_outcome_about_doing_may_be_linked_where_its_verb_asks_for_knowledge(
    tmp_path: Path,
) -> None:
    # 1.2 “Identify” is linked in the literal catalogue; with “Mend” for its verb it asks for doing.
    files = spoiled(OUTLINE_FILE, "verb: Identify", "verb: Mend", CATALOGUE)
    assert findings(tmp_path, files) == [
        f"{LINK_FILE}:7: not-knowledge: T/503/0342 1.2 asks for doing, which notes cannot teach."
    ]


def test_a_unit_file_that_cannot_be_read_is_the_only_finding_though_all_the_catalogue_names_the_unit(
    tmp_path: Path,
) -> None:
    found = findings(tmp_path, spoiled(UNIT_FILE, "level: 2", "level: two", CATALOGUE))
    assert [finding.split(": ")[0] for finding in found] == [f"{UNIT_FILE}:3"]


@pytest.mark.parametrize(
    ("file", "old", "new", "line"),
    [
        (OUTLINE_FILE, "title: Running a Kitchen", "heading: Running a Kitchen", [3, 4]),
        (SLIP_FILE, "    read_as: Supplied from its neighbours.\n", "", [7]),
        (LINK_FILE, "standard: null", "standard: 7", [3]),
        (SECOND_QUALIFICATION_FILE, "title: A Diploma in Kitchens\n", "", [1]),
    ],
)
def test_a_file_of_the_catalogue_that_cannot_be_read_brings_no_findings_in_the_others(
    tmp_path: Path, file: str, old: str, new: str, line: list[int]
) -> None:
    found = findings(tmp_path, spoiled(file, old, new, CATALOGUE))
    assert [finding.split(": ")[0] for finding in found] == [f"{file}:{number}" for number in line]


def test_a_fault_of_the_catalogue_keeps_the_packs_from_loading(tmp_path: Path) -> None:
    files = spoiled(SLIP_FILE, "qualifications: [kitchen]", "qualifications: [cellar]", CATALOGUE)
    with pytest.raises(PackError) as error:
        load_packs(literal_files.write(tmp_path, files))
    assert [finding.rule for finding in error.value.findings] == ["unknown-place"]


def test_a_pack_without_outlines_slips_and_links_has_those_of_its_taught_units_alone(tmp_path: Path) -> None:
    pack = read_packs(literal_files.write(tmp_path)).pack
    assert list(pack.outlines) == ["L/601/7638"]
    assert (pack.slips, pack.links, pack.same_standard) == ((), {}, ())


@pytest.mark.parametrize(
    "number",
    ["600/6813/9", "600/1637/1", "600/1225/0", "600/1635/8", "600/1226/2", "601/3424/0", "600/0034/X"],
)
def test_a_published_qualification_number_ends_in_the_figure_it_calls_for(number: str) -> None:
    assert has_right_check_digit(number)


@pytest.mark.parametrize(
    "number",
    [
        "600/1637/2",
        "600/1673/1",
        "600/1637/X",
        "600/1637",
        "60016371",
        "600/16371",
        "L/601/7638",
        "600/1637/1 ",
        "",
    ],
)
def test_a_number_with_another_figure_or_in_another_form_is_not_right(number: str) -> None:
    assert not has_right_check_digit(number)


def test_the_last_figure_is_the_weighted_sum_modulo_11_and_x_stands_for_10() -> None:
    # 8*6 + 3*1 + 2*2 = 55 = 5*11; 8*6 + 3*3 + 2*4 = 65 = 5*11 + 10
    assert [has_right_check_digit(f"600/0012/{figure}") for figure in "01X"] == [True, False, False]
    assert [has_right_check_digit(f"600/0034/{figure}") for figure in "01X"] == [False, False, True]
