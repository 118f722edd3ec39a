"""The shell door to the demo class: made, listed as demo, removed, and what it says when it cannot."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from literal_attempts import START

from models import create_learner, open_database
from models.__main__ import main

SMALL = ("--learners", "2", "--weeks", "1", "--seed", "1", "--until", "2026-11-20")


def demo(folder: Path, *options: str) -> int:
    return main(["demo", *options, "--data", str(folder)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a data folder with one learner, Sam."""
    database = open_database(tmp_path / "data")
    with database.write() as session:
        create_learner(session=session, name="Sam", now=START)
    database.close()
    return tmp_path / "data"


def names(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert main(["learners", "--data", str(folder)]) == 0
    return [line.split("  ")[1] for line in capsys.readouterr().out.splitlines()]


def test_a_class_is_made_told_apart_and_removed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert demo(folder, *SMALL) == 0
    said = capsys.readouterr().out
    assert "Made a demo class in " in said
    assert "2 learners, 1 of them at risk" in said
    assert "in 1 week up to 20 November 2026" in said
    listed = names(folder, capsys)
    assert listed[0] == "Sam"
    assert [name.endswith(" (demo)") for name in listed] == [False, True, True]
    assert demo(folder, "--remove") == 0
    assert capsys.readouterr().out == "Removed the demo class of 2 learners; everything else is as it was.\n"
    assert names(folder, capsys) == ["Sam"]
    assert demo(folder, "--remove") == 0
    assert capsys.readouterr().out == "There was no demo class.\n"


def test_the_summaries_of_a_class_are_the_same_on_two_machines(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs: list[str] = []
    for place in (folder, tmp_path / "new"):
        assert demo(place, *SMALL) == 0
        out = tmp_path / f"{place.name}.json"
        assert main(["summary", "--all", "--format", "json", "--out", str(out), "--data", str(place)]) == 0
        read = [
            entry for entry in json.loads(out.read_bytes())["summaries"] if "demo" in entry["learner"]["name"]
        ]
        for entry in read:
            entry.pop("made_at")  # the door reads the real clock
        logs.append(json.dumps(read))
    assert logs[0] == logs[1]
    assert logs[0].count('"settings": {') == 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--learners", "0"), "A demo class has 1 to 10,000 learners, not 0."),
        (("--weeks", "60"), "A demo class has practised for 1 to 52 weeks, not 60."),
        (("--seed", "-1"), "The seed is 0 or more, not -1."),
        (("--until", "0001-01-01"), "A demo class is of the years 2000 to 2100, not 1."),
    ],
)
def test_what_cannot_be_made_is_refused_with_a_reason(
    folder: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, str], said: str
) -> None:
    assert demo(folder, *options) == 1
    assert capsys.readouterr().err == said + "\n"
    assert names(folder, capsys) == ["Sam"]


def test_a_day_that_is_none_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        demo(folder, "--until", "tomorrow")
    assert "“tomorrow” is no day; write it as 2026-11-20." in capsys.readouterr().err


def test_removing_where_there_is_no_database_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert demo(tmp_path / "nothing", "--remove") == 1
    assert "There are no answers in " in capsys.readouterr().err
    assert not (tmp_path / "nothing").exists()
