"""The door `import-spec`: what it prints, what it writes, and that nothing is half-imported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from literal_specification import ROWS, page

from quiz.authoring.__main__ import main


@pytest.fixture
def document(tmp_path: Path) -> Path:
    file = tmp_path / "tea.txt"
    file.write_text(page(ROWS.replace("1.2\t", "\t")), encoding="utf-8")
    return file


def test_the_summary_names_units_and_what_to_settle(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import-spec", str(document)]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "1 unit, 2 outcomes, 5 criteria; 1 of the criteria and 1 place in all to settle."
    assert printed[2] == (
        "      7  M/701/2345  Keep a Tea Room: level 2, 9 credits, 61 hours, 2 outcomes, 5 criteria"
    )
    assert printed[5] == (
        "21: Unit 7: criterion 1.2: no code is printed; read as 1.2, the codes around it leave only this one"
    )


def test_json_has_the_fields_of_the_format(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import-spec", str(document), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert list(told) == ["units", "unsure"]
    (unit,) = told["units"]
    assert list(unit) == ["number", "key", "title", "level", "credit", "glh", "outcomes", "content"]
    assert list(unit["outcomes"][0]) == ["number", "statement", "criteria"]
    assert unit["outcomes"][1]["criteria"][0] == {
        "code": "2.1",
        "verb": "Warm",
        "text": "Warm a pot before the leaves go in",
        "line": 23,
        "confidence": 1.0,
    }
    assert list(told["unsure"][0]) == ["line", "what", "candidates"]


def test_a_folder_gets_the_json_and_the_text_that_lines_are_counted_in(
    document: Path, tmp_path: Path
) -> None:
    out = tmp_path / "new" / "folder"
    assert main(["import-spec", str(document), "--out", str(out)]) == 0
    assert sorted(path.name for path in out.iterdir()) == ["specification.json", "text.txt"]
    (doubt,) = json.loads((out / "specification.json").read_text(encoding="utf-8"))["unsure"]
    text = (out / "text.txt").read_text(encoding="utf-8").split("\n")
    assert "List the tools" in text[doubt["line"] - 1]


def test_a_refused_file_exits_with_1_says_why_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear tutor\n", encoding="utf-8")
    assert main(["import-spec", str(file), "--out", str(tmp_path / "out")]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("This is not a specification Headset can read")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_keeps_what_it_had(
    document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("mine", encoding="utf-8")
    assert main(["import-spec", str(document), "--out", str(blocked)]) == 1
    assert "cannot be written to" in capsys.readouterr().err
    assert blocked.read_text(encoding="utf-8") == "mine"
