"""Strict YAML: what stays text, what is refused, and on which line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.syllabus.source import parse_source, read_source


def findings(text: str) -> list[str]:
    return [str(finding) for finding in parse_source(text, "a.yaml").findings]


@pytest.mark.parametrize(
    "text", ["NO", "yes", "on", "Off", "True", "2026-11-22", "12:30", "0x1F", "1_000", "1e3", ".5", "1.2.3"]
)
def test_what_other_yaml_would_turn_into_something_else_stays_text(text: str) -> None:
    assert parse_source(f"word: {text}\n", "a.yaml").data == {"word": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("12", 12),
        ("-3", -3),
        ("012", 12),
        ("1.10", 1.1),
        ("~", None),
        ("null", None),
        ("", None),
        ('"1.10"', "1.10"),
        ('"true"', "true"),
    ],
)
def test_true_false_numbers_and_nothing_are_read_as_such(text: str, value: object) -> None:
    read = parse_source(f"word: {text}\n", "a.yaml").data["word"]
    assert (type(read), read) == (type(value), value)


def test_every_entry_has_the_line_of_its_key() -> None:
    source = parse_source('a: 1\nb:\n  - c: 2\n    d: >-\n      x\n      y\n  - "e"\n', "a.yaml")
    assert source.data == {"a": 1, "b": [{"c": 2, "d": "x y"}, "e"]}
    assert source.lines == {
        (): 1,
        ("a",): 1,
        ("b",): 2,
        ("b", 0): 3,
        ("b", 0, "c"): 3,
        ("b", 0, "d"): 4,
        ("b", 1): 7,
    }


def test_an_entry_that_is_not_there_has_the_line_of_the_nearest_above_it() -> None:
    source = parse_source("a: 1\nb:\n  c: 2\n", "a.yaml")
    assert source.line(("b", "x", 3, "y")) == 2
    assert source.line(("z",)) == 1


def test_a_repeated_key_is_a_finding_and_the_first_one_stands() -> None:
    source = parse_source("a: 1\nb:\n  c: 2\n  d: 3\n  c: 4\n", "a.yaml")
    assert source.data == {"a": 1, "b": {"c": 2, "d": 3}}
    assert [str(finding) for finding in source.findings] == [
        "a.yaml:5: repeated-key: “c” stands twice in the same place; the first is on line 3."
    ]


def test_the_same_key_in_two_places_is_no_finding() -> None:
    assert findings("- {a: 1}\n- {a: 2}\n") == []


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("a: 1\nb: c: d\n", 2, "mapping values are not allowed in this context"),
        ("a: 1\nb: @home\n", 2, "found character that cannot start any token"),
        ("a: [1, 2\n", 2, "did not find expected ',' or ']'"),
        ("a: 1\n---\nb: 2\n", 2, "but found another document"),
        ("a: \x07\n", 1, "unacceptable character #x0007: control characters are not allowed"),
    ],
)
def test_bad_yaml_is_a_finding_on_its_line(text: str, line: int, problem: str) -> None:
    assert findings(text) == [
        f"a.yaml:{line}: bad-yaml: This is not valid YAML: {problem}. "
        "Text with a colon or a leading special character needs quotes."
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "# a remark\n", "---\n", "~\n", "null\n"])
def test_a_file_that_holds_nothing_is_a_finding(text: str) -> None:
    assert findings(text) == ["a.yaml:1: empty-file: The file holds nothing."]


@pytest.mark.parametrize("key", ["true", "1.5", "~", "[a, b]"])
def test_a_key_that_is_not_plain_text_is_a_finding(key: str) -> None:
    assert findings(f"a: 1\n? {key}\n: 2\n") == ["a.yaml:2: bad-key: A key has to be plain text."]


@pytest.mark.parametrize(
    ("value", "tag"),
    [
        ("!mine x", "!mine"),
        ("!!binary eA==", "tag:yaml.org,2002:binary"),
        ("!!int x", "tag:yaml.org,2002:int"),
        ("!!bool maybe", "tag:yaml.org,2002:bool"),
    ],
)
def test_a_tag_is_a_finding(value: str, tag: str) -> None:
    assert findings(f"a: 1\nb: {value}\n") == [
        f"a.yaml:2: bad-tag: “{tag}” is not allowed here; write plain text."
    ]


def test_an_entry_that_holds_itself_is_a_finding() -> None:
    assert findings("a: 1\nb: &b\n  - *b\n") == ["a.yaml:2: bad-alias: An entry cannot hold itself."]


def test_an_entry_that_stands_in_two_places_is_read_in_both() -> None:
    source = parse_source("a: &a [1, 2]\nb: *a\n", "a.yaml")
    assert (source.data, source.findings) == ({"a": [1, 2], "b": [1, 2]}, ())


def test_a_file_that_is_not_utf_8_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "units").mkdir()
    (tmp_path / "units" / "1.1.yaml").write_bytes("label: café".encode("latin-1"))
    source = read_source(tmp_path / "units" / "1.1.yaml", tmp_path)
    assert (source.file, source.data) == ("units/1.1.yaml", None)
    assert [str(finding) for finding in source.findings] == [
        "units/1.1.yaml:1: unreadable-file: The file cannot be read: it is not UTF-8 text."
    ]


def test_a_folder_called_like_a_file_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "1.1.yaml").mkdir()
    (finding,) = read_source(tmp_path / "1.1.yaml", tmp_path).findings
    assert (finding.file, finding.rule) == ("1.1.yaml", "unreadable-file")


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    (tmp_path / "1.1.yaml").write_bytes(b"\xef\xbb\xbfverb: Explain\n")
    assert read_source(tmp_path / "1.1.yaml", tmp_path).data == {"verb": "Explain"}


@given(st.text(alphabet="ab1.:-[]{}&*!#\"'\n ,?|>%@~", max_size=40))
def test_no_text_whatever_makes_the_reader_raise(text: str) -> None:
    source = parse_source(text, "a.yaml")
    assert {finding.file for finding in source.findings} <= {"a.yaml"}
    assert source.data is not None or source.findings != ()
