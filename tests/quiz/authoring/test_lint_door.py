"""The door: exit codes, what is printed, and what a narrowed look leaves out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import clean_pack
import pytest
from clean_pack import FILE, FOLDER, UNIT_FILE

from quiz.authoring.__main__ import main

TODAY = ["--today", "2026-11-22"]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    clean_pack.read(tmp_path)
    return tmp_path


def spoil(content: Path, **changes: Any) -> None:
    clean_pack.read(content, {**clean_pack.criterion(), **changes})


def lint(content: Path, *more: str) -> int:
    return main(["lint", "--content", str(content), *TODAY, *more])


def test_content_without_an_error_exits_with_0(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint(content, "--criterion", "1.1") == 0
    assert "0 errors, 0 warnings." in capsys.readouterr().out


def test_an_error_exits_with_1_and_is_printed(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(content, label="how a good strong pot of tea gets made")
    assert lint(content, "--criterion", "1.1") == 1
    printed = capsys.readouterr().out
    assert printed.splitlines()[0] == f"{FILE}:3: long-label: The label has 9 words; eight is the most."
    assert "1 error, 0 warnings." in printed


def test_a_warning_alone_exits_with_0(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    law = {**clean_pack.criterion()["law"][0], "valid_to": "2026-12-01"}
    spoil(content, law=[law])
    assert lint(content, "--criterion", "1.1") == 0
    assert "0 errors, 1 warning." in capsys.readouterr().out


def test_an_unknown_unit_exits_with_2_and_names_the_known(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lint(content, "--unit", "999") == 2
    assert capsys.readouterr().err == "There is no unit “999”. Known units: L/601/7638.\n"


def test_json_holds_findings_coverage_and_cues(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(content, label="how a good strong pot of tea gets made")
    assert lint(content, "--unit", "l6017638", "--criterion", "1.1", "--json") == 1
    shown = json.loads(capsys.readouterr().out)
    assert list(shown) == ["findings", "coverage", "cues", "reading_ease"]
    assert shown["findings"] == [
        {
            "file": FILE,
            "line": 3,
            "rule": "long-label",
            "message": "The label has 9 words; eight is the most.",
            "severity": "error",
        }
    ]
    (row,) = shown["coverage"]
    assert {key: row[key] for key in row if key != "reach"} == {
        "unit": "L/601/7638",
        "criterion": "1.1",
        "note_words": 200,
        "terms": 3,
        "blocks": {"members": 1, "contrast": 1, "pairs": 1},
        "written": 6,
        "single_choice": 6,
        "for_test": 5,
        "apply_share": 0.5,
        "covered": 1,
        "elements": 1,
    }
    assert row["reach"] >= 40
    longest = next(cue for cue in shown["cues"] if (cue["name"], cue["origin"]) == ("longest", "written"))
    assert (longest["n"], longest["allowed"], longest["most"]) == (6, "≤ 30%", 0.3)


def test_a_criterion_is_not_shown_the_faults_of_another(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (content / FOLDER / "1.2.yaml").write_text("criterion: [", encoding="utf-8")
    assert lint(content, "--unit", "L/601/7638", "--criterion", "1.1") == 0
    assert "1.2.yaml" not in capsys.readouterr().out


def test_a_unit_file_that_cannot_be_used_is_shown_to_everyone_in_its_folder(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (content / UNIT_FILE).write_text("unit: [", encoding="utf-8")
    assert lint(content, "--criterion", "1.1") == 1
    assert capsys.readouterr().out.startswith(f"{UNIT_FILE}:2: bad-yaml: ")


def test_cues_are_held_against_a_unit_and_not_against_one_criterion(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = [
        clean_pack.single_choice(
            number, f"What goes with tea at {number}?", "a warm scone", "jam", "ham", "nut", level="apply"
        )
        for number in range(10, 30)
    ]
    spoil(content, questions=questions)
    lint(content, "--criterion", "1.1")
    assert " cue-" not in capsys.readouterr().out
    assert lint(content, "--unit", "L/601/7638") == 1
    assert f"{UNIT_FILE}:1: cue-longest: " in capsys.readouterr().out


def test_fingerprints_are_written_and_recognise_what_was_copied(tmp_path: Path) -> None:
    document, out = tmp_path / "document.txt", tmp_path / "prints.bin"
    document.write_text("The learner will boil fresh water and pour it.", encoding="utf-8")
    assert main(["fingerprint", str(document), "--out", str(out)]) == 0
    # nine words hold four runs of six, each kept as five bytes
    assert out.stat().st_size == 20


def test_the_cue_table_is_a_report_of_its_own(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cues", "--content", str(content), "--json"]) == 0
    rows = {(row["name"], row["origin"]): row for row in json.loads(capsys.readouterr().out)}
    assert rows["longest", "written"]["n"] == 6
    assert main(["cues", "--content", str(content)]) == 0
    assert "95% interval" in capsys.readouterr().out.splitlines()[0]
