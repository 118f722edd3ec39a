"""The doors to the local overlay: what the Questions page does, without a page; and the linter's word on it."""

from __future__ import annotations

from pathlib import Path

import clean_pack
import pytest

from quiz.authoring.__main__ import main as authoring
from quiz.sessions.__main__ import main as sessions

ONE, TWO, THREE = (f"L6017638-1.1-{number:02d}" for number in (1, 2, 3))
TODAY = ["--today", "2026-11-22"]


class Shell:
    """Runs the doors on a small pack and an overlay of its own."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        clean_pack.read(folder)
        self.content, self.overlay, self.capsys = ["--content", str(folder)], folder / "overlay.yaml", capsys

    def change(self, *arguments: str, code: int = 0) -> str:
        assert sessions(["overlay", *arguments, "--file", str(self.overlay), *self.content, *TODAY]) == code
        printed = self.capsys.readouterr()
        return (printed.err if code else printed.out).strip()

    def sample(self, origin: str) -> str:
        asked = [
            "sample",
            "--unit",
            "L/601/7638",
            "--origin",
            origin,
            "--all",
            "--overlay",
            str(self.overlay),
        ]
        assert sessions([*asked, *self.content]) == 0
        return self.capsys.readouterr().out

    def lint(self, code: int) -> list[str]:
        asked = ["lint", "--criterion", "1.1", "--overlay", str(self.overlay)]
        assert authoring([*asked, *self.content, *TODAY]) == code
        return [
            line for line in self.capsys.readouterr().out.splitlines() if line.startswith("overlay.yaml:")
        ]


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path, capsys)


def fields(folder: Path, text: str) -> list[str]:
    path = folder / "fields.yaml"
    path.write_text(text, encoding="utf-8")
    return ["--with", str(path)]


def test_a_question_is_hidden_listed_left_out_of_samples_and_shown_again(shell: Shell) -> None:
    assert shell.change("list") == "Nothing is hidden or corrected."
    assert shell.change("hide", THREE) == f"{THREE} is hidden in {shell.overlay}."
    assert shell.change("hide", "L6017638-1.1-tools.match") == (
        f"L6017638-1.1-tools.match is hidden in {shell.overlay}."
    )
    first, second = shell.change("list").splitlines()
    assert first == f"hidden  {THREE}  Where do dry leaves keep their scent?"
    assert second.startswith("hidden  L6017638-1.1-tools.match  Match each tool")
    assert THREE not in shell.sample("written")
    assert TWO in shell.sample("written")
    assert "tools.match." not in shell.sample("generated")
    assert shell.change("show", THREE) == f"{THREE} is shown again in {shell.overlay}."
    assert THREE in shell.sample("written")


def test_hiding_the_last_question_that_a_paper_needs_is_refused_and_changes_nothing(shell: Shell) -> None:
    shell.change("hide", ONE)
    kept = shell.overlay.read_bytes()
    assert shell.change("hide", TWO, code=1) == (
        f"“{TWO}” cannot be hidden: a paper could no longer be drawn. Unit L/601/7638, outcome 1: the blueprint asks "
        "5 questions of 1 criteria, and 4 questions fit."
    )
    assert shell.overlay.read_bytes() == kept


def test_a_question_is_corrected_from_a_file_of_fields_and_as_shipped_again(
    shell: Shell, tmp_path: Path
) -> None:
    reworded = fields(tmp_path, "stem: Where does dry tea keep its scent?\n")
    assert shell.change("correct", THREE, *reworded) == f"{THREE} is corrected in {shell.overlay}."
    assert shell.change("list") == f"corrected  {THREE}  Where does dry tea keep its scent?"
    assert "Where does dry tea keep its scent?" in shell.sample("written")
    assert shell.change("undo", THREE) == f"{THREE} is as it was shipped in {shell.overlay}."
    assert "Where do dry leaves keep their scent?" in shell.sample("written")


def test_what_cannot_be_done_is_said_and_exits_with_1(shell: Shell, tmp_path: Path) -> None:
    assert shell.change("hide", "nothing", code=1) == "There is no question “nothing” in the content."
    assert shell.change("hide", code=1) == "Name the question to hide by its id."
    assert shell.change("correct", THREE, code=1) == "Name the file of the corrected fields with --with."
    wrong = fields(tmp_path, "stem: A?\nanswer: B\n")
    assert shell.change("correct", THREE, *wrong, code=1) == (
        "fields.yaml:2: unknown-key: “answer” is not a key that is known here (answer)."
    )
    shell.overlay.write_text("hiden: []\n", encoding="utf-8")
    broken = "overlay.yaml:1: unknown-key: “hiden” is not a key that is known here (hiden)."
    assert shell.change("list", code=1) == broken
    paper = ["paper", "--unit", "L/601/7638", "--overlay", str(shell.overlay), *shell.content]
    assert sessions(paper) == 1
    assert shell.capsys.readouterr().err.splitlines() == [
        broken,
        f"{shell.overlay} has faults, so nothing is drawn under it.",
    ]


def test_the_linter_says_as_warnings_what_it_has_against_a_correction_at_the_line_of_the_field(
    shell: Shell,
) -> None:
    shell.overlay.write_text(
        f"""corrections:
  {THREE}:
    stem: The pot for twelve is cold by noon. Which cure works?
    options:
    - {{text: in a closed tin, right: true, why: The color stays too.}}
    - {{text: on a window sill, why: Wrong.}}
    - {{text: all of the above, why: Light and air take it away.}}
    - {{text: under the tap, why: Water takes it away.}}
""",
        encoding="utf-8",
    )
    assert [line.split(": ")[:3] for line in shell.lint(0)] == [
        ["overlay.yaml:3", "warning", "repeated-stem"],
        ["overlay.yaml:5", "warning", "american-spelling"],
        ["overlay.yaml:6", "warning", "thin-explanation"],
        ["overlay.yaml:7", "warning", "forbidden-phrase"],
    ]


def test_a_broken_overlay_is_an_error_of_the_linter(shell: Shell) -> None:
    shell.overlay.write_text(f"corrections:\n  {THREE}: {{pairs: []}}\n", encoding="utf-8")
    assert shell.lint(1) == [
        f"overlay.yaml:2: unfit-correction: “{THREE}” (single choice) has no pairs to correct."
    ]
