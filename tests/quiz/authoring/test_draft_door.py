"""The doors `import-spec --draft` and `drafts`: what they write, print and return."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from literal_drafts import FOLDER, KEY, document, put_draft

from quiz.authoring.__main__ import main
from quiz.syllabus import CONTENT_DIR
from quiz.syllabus.pack import version_of

NOTHING_SHIPPED = ("--content", "no such folder")
"""Reading all of the shipped content takes seconds; only where it matters is it read."""


@pytest.fixture
def tea(tmp_path: Path) -> Path:
    file = tmp_path / "tea.txt"
    file.write_text(document(), encoding="utf-8")
    return file


def test_a_unit_is_drafted_and_said_so(tea: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = version_of(CONTENT_DIR)
    assert main(["import-spec", str(tea), "--draft", str(tmp_path / "data")]) == 0
    assert f"{KEY}: written ({FOLDER}, 7 knowledge blocks)." in capsys.readouterr().err
    assert (tmp_path / "data" / "drafts" / FOLDER / "2.2.yaml").is_file()
    assert version_of(CONTENT_DIR) == before


def test_an_edited_draft_is_held_back_until_asked_for_again(
    tea: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    (put_draft(data) / "1.1.yaml").write_text("mine\n", encoding="utf-8")
    assert main(["import-spec", str(tea), "--draft", str(data), *NOTHING_SHIPPED]) == 1
    told = capsys.readouterr().err
    assert f"{KEY}: not written: the draft there has been edited" in told
    assert "Draft with --again to put what was edited aside and draft anew." in told
    assert (data / "drafts" / FOLDER / "1.1.yaml").read_text(encoding="utf-8") == "mine\n"
    assert main(["import-spec", str(tea), "--draft", str(data), *NOTHING_SHIPPED, "--again"]) == 0
    kept = data / "drafts" / "put aside" / FOLDER
    assert f"It lies in {kept}." in capsys.readouterr().err
    assert (kept / "1.1.yaml").read_text(encoding="utf-8") == "mine\n"


def test_units_that_cannot_be_drafted_are_named_with_the_reason_and_nothing_is_written(
    tea: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tea.write_text(document(content=""), encoding="utf-8")
    assert main(["import-spec", str(tea), "--draft", str(tmp_path / "data")]) == 1
    assert "Not drafted: Unit 7; the document prints no unit content for it" in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


def test_what_is_left_to_do_is_listed_by_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = put_draft(tmp_path)
    assert main(["drafts", str(tmp_path), *NOTHING_SHIPPED, "--today", "2026-11-22"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"{FOLDER}: ")
    assert "questions from 7 blocks" in lines[0]
    line = (folder / "1.1.yaml").read_text(encoding="utf-8").split("\n").index("own_words:")
    assert (
        f"{FOLDER}/1.1.yaml:{line}: warning: check: write a model answer. Then delete this comment." in lines
    )
    assert lines[-1] == "1 draft."
    assert not any(": copied-wording: " in line or ": long-label: " in line for line in lines)


def test_as_json_every_draft_has_its_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put_draft(tmp_path)
    assert main(["drafts", str(tmp_path), *NOTHING_SHIPPED, "--json", "--today", "2026-11-22"]) == 0
    (draft,) = json.loads(capsys.readouterr().out)
    assert (draft["folder"], draft["unit"], draft["used"], draft["blocks"]) == (FOLDER, KEY, True, 7)
    assert {finding["rule"] for finding in draft["findings"]} >= {"still-drafted", "check", "few-questions"}
    assert list(draft["findings"][0]) == ["file", "line", "rule", "message", "severity"]


def test_a_check_that_is_done_is_deleted_and_not_asked_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = put_draft(tmp_path) / "1.1.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("# Check: write a model answer.\n", ""), encoding="utf-8")
    main(["drafts", str(tmp_path), *NOTHING_SHIPPED])
    assert not any(
        "1.1.yaml" in line and "model answer" in line for line in capsys.readouterr().out.splitlines()
    )


def test_a_draft_that_is_left_out_comes_with_its_fault_alone_and_returns_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = put_draft(tmp_path) / "1.1.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("verb: Describe", "verb: 7"), encoding="utf-8")
    assert main(["drafts", str(tmp_path), *NOTHING_SHIPPED]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{FOLDER}: LEFT OUT; 1 thing to do"
    assert lines[1].startswith(f"{FOLDER}/1.1.yaml:6: ")
