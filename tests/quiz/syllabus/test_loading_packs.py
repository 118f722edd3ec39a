"""Loading packs: everything is reported at once, and what is loaded says what the files say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import literal_files
import pytest
from literal_files import FILE_1_1, FILE_1_10, FILES, FOLDER, QUALIFICATION_FILE, UNIT_FILE, spoiled

from quiz.errors import NotInBank, PackError
from quiz.findings import Finding
from quiz.syllabus import CriterionRef, LawFact, load_packs, read_packs

BROKEN = {
    QUALIFICATION_FILE: FILES[QUALIFICATION_FILE].replace("level: 2\nmin", "level: two\nmin"),
    UNIT_FILE: FILES[UNIT_FILE].replace("serving: {outcome: 1", "serving: {outcome: 7"),
    FILE_1_1: FILES[FILE_1_1]
    .replace("verb: Describe\n", "")
    .replace("kind: pairs", "kind: pears")
    .replace("right: true", "right: NO"),
    FILE_1_10: FILES[FILE_1_10].replace("cups: warm cups\n", "cups: warm cups\n  stirring: {a: b}\n"),
}
ALL_FAULTS = [
    f"{QUALIFICATION_FILE}:6: wrong-type: level: this has to be a whole number, not text.",
    f"{FILE_1_1}:1: missing-field: “verb” is missing (verb).",
    f"{FILE_1_1}:27: unknown-kind: knowledge → 2.: “kind” has to be one of "
    "'members', 'sequence', 'pairs', 'contrast', 'terms', 'reasons'.",
    f"{FILE_1_1}:56: wrong-type: questions → 1. → options → 1. → right: "
    "this has to be true or false, not text.",
    f"{FILE_1_10}:7: unknown-topic: “stirring” is not a topic of unit.yaml.",
    f"{UNIT_FILE}:12: unknown-outcome: Topic “serving” names outcome 7, which the unit does not have.",
]


def test_all_faults_of_all_files_are_reported_at_once(tmp_path: Path) -> None:
    assert [str(f) for f in read_packs(literal_files.write(tmp_path, BROKEN)).findings] == ALL_FAULTS


def test_loading_raises_with_all_faults(tmp_path: Path) -> None:
    literal_files.write(tmp_path, BROKEN)
    with pytest.raises(
        PackError, match=r"^The content has 6 faults: run “python -m quiz\.authoring lint” for the list\.$"
    ) as raised:
        load_packs(tmp_path)
    assert [str(finding) for finding in raised.value.findings] == ALL_FAULTS


def test_a_single_fault_is_counted_in_the_singular(tmp_path: Path) -> None:
    literal_files.write(tmp_path, spoiled(FILE_1_10, "verb: Explain\n", ""))
    with pytest.raises(PackError, match="^The content has 1 fault: "):
        load_packs(tmp_path)


def test_a_broken_unit_file_hides_no_fault_of_its_criteria(tmp_path: Path) -> None:
    files = {
        **FILES,
        UNIT_FILE: "unit: [",
        FILE_1_1: FILES[FILE_1_1].replace("verb: Describe\n", ""),
        FILE_1_10: "",
    }
    assert [(f.file, f.line, f.rule) for f in read_packs(literal_files.write(tmp_path, files)).findings] == [
        (FILE_1_1, 1, "missing-field"),
        (FILE_1_10, 1, "empty-file"),
        (UNIT_FILE, 2, "bad-yaml"),
    ]


def test_a_broken_criterion_leaves_the_others_readable(tmp_path: Path) -> None:
    pack = read_packs(literal_files.write(tmp_path, spoiled(FILE_1_1, "verb: Describe\n", ""))).pack
    assert [criterion.ref.code for criterion in pack.criteria] == ["1.10"]


def test_a_folder_without_a_unit_file_is_a_finding(tmp_path: Path) -> None:
    files = {name: text for name, text in FILES.items() if name != UNIT_FILE}
    assert read_packs(literal_files.write(tmp_path, files)).findings == (
        Finding(UNIT_FILE, 1, "missing-unit-file", "The folder has no unit.yaml."),
    )


def test_no_content_at_all_is_a_finding(tmp_path: Path) -> None:
    with pytest.raises(PackError) as raised:
        load_packs(tmp_path / "content")
    assert [str(finding) for finding in raised.value.findings] == [
        f"units:1: no-content: No unit was found under {tmp_path / 'content' / 'units'}."
    ]


def test_1_10_and_1_1_stay_apart_and_in_order(tmp_path: Path) -> None:
    unit = load_packs(literal_files.write(tmp_path)).select_unit("L/601/7638")
    assert [criterion.title for criterion in unit.criteria] == [
        "Describe how a pot of tea is made",
        "Explain why a cup is warmed",
    ]
    assert unit.by_code["1.1"].entry.questions[0].stem == "The brew is too weak. What helps?"
    assert unit.by_code["1.10"].entry.questions[0].stem == "{customer} finds the tea cold. Why?"


def test_1_10_comes_after_1_9() -> None:
    codes = ["1.10", "2.1", "1.9", "10.1", "1.1"]
    refs = sorted((CriterionRef("L/601/7638", code) for code in codes), key=lambda ref: ref.sort_key)
    assert [ref.code for ref in refs] == ["1.1", "1.9", "1.10", "2.1", "10.1"]
    assert [ref.outcome for ref in refs] == [1, 1, 1, 2, 10]
    assert str(refs[2]) == "L6017638-1.10"


@pytest.mark.parametrize("name", ["203", "L/601/7638", "L6017638", "l/601/7638"])
def test_a_unit_is_selected_by_its_number_or_its_reference(tmp_path: Path, name: str) -> None:
    assert load_packs(literal_files.write(tmp_path)).select_unit(name).title == "Making Tea"


def test_an_unknown_unit_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    pack = load_packs(literal_files.write(tmp_path))
    with pytest.raises(
        NotInBank, match=r"^There is no unit “999” in the content\. Known units: 203 \(L/601/7638\)\.$"
    ):
        pack.select_unit("999")
    assert pack.optional_unit("999") is None


def test_a_unit_in_no_qualification_goes_by_its_reference(tmp_path: Path) -> None:
    files = {name: text for name, text in FILES.items() if name != QUALIFICATION_FILE}
    pack = load_packs(literal_files.write(tmp_path, files))
    assert pack.number("L/601/7638") == "L/601/7638"
    assert pack.optional_unit("203") is None


def test_a_criterion_that_has_left_the_content_is_none(tmp_path: Path) -> None:
    pack = load_packs(literal_files.write(tmp_path))
    found = pack.optional_criterion(CriterionRef("L/601/7638", "1.10"))
    assert found == pack.select_unit("203").by_code["1.10"]
    assert pack.optional_criterion(CriterionRef("L/601/7638", "9.9")) is None
    assert pack.optional_criterion(CriterionRef("T/503/0356", "1.1")) is None


def test_the_version_changes_with_the_content_and_only_with_it(tmp_path: Path) -> None:
    one = load_packs(literal_files.write(tmp_path / "one")).version
    same = load_packs(literal_files.write(tmp_path / "same")).version
    other = load_packs(literal_files.write(tmp_path / "other", spoiled(FILE_1_1, "malty", "dark"))).version
    (tmp_path / "same" / FOLDER / "notes.txt").write_text("no content", encoding="utf-8")
    assert (same == one, other == one, load_packs(tmp_path / "same").version == one) == (True, False, True)
    assert len(one) == 16

    moved = {name.replace("-tea/", "-brew/"): text for name, text in FILES.items()}
    assert load_packs(literal_files.write(tmp_path / "moved", moved)).version != one


def test_what_is_loaded_cannot_be_changed(tmp_path: Path) -> None:
    criterion = load_packs(literal_files.write(tmp_path)).select_unit("203").by_code["1.1"]
    with pytest.raises(ValueError, match="frozen"):
        criterion.entry.verb = "Explain"


def fact(**changes: str) -> LawFact:
    stated = {
        "id": "tea-tax",
        "about": "the tax on tea",
        "status": "in_force",
        "checked_on": "2026-11-22",
        "today": "Tea is taxed.",
    }
    return LawFact.model_validate({**stated, **changes})


@pytest.mark.parametrize(
    ("status", "before", "within", "after"),
    [("in_force", False, True, False), ("due", False, True, False), ("replaced", True, True, True)],
)
def test_a_law_fact_holds_within_its_dates_unless_it_is_a_replaced_rule(
    status: str, before: bool, within: bool, after: bool
) -> None:
    dated = fact(status=status, valid_from="2026-04-06", valid_to="2027-04-05", changed="Tea is free of tax.")
    assert [dated.holds_on(day) for day in (date(2026, 4, 5), date(2027, 4, 6))] == [before, after]
    assert [dated.holds_on(day) for day in (date(2026, 4, 6), date(2027, 4, 5))] == [within, within]


@pytest.mark.parametrize(
    ("changes", "early", "late"),
    [
        ({}, True, True),
        ({"valid_from": "2026-04-06"}, False, True),
        ({"valid_to": "2027-04-05", "changed": "Tea is free of tax."}, True, False),
    ],
)
def test_a_law_fact_without_a_date_has_no_end_on_that_side(
    changes: dict[str, str], early: bool, late: bool
) -> None:
    assert [fact(**changes).holds_on(day) for day in (date(1900, 1, 1), date(2100, 1, 1))] == [early, late]


def test_a_finding_reads_as_file_line_rule_message() -> None:
    assert str(Finding("a.yaml", 3, "rule", "What to do.")) == "a.yaml:3: rule: What to do."
    assert str(Finding("a.yaml", 3, "rule", "Mind this.", "warning")) == "a.yaml:3: warning: rule: Mind this."
