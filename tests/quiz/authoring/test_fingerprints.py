"""Fingerprints: what is kept of a document, and what is recognised by it."""

from __future__ import annotations

from pathlib import Path

from quiz.authoring.copying import copied_runs
from quiz.authoring.fingerprints import (
    FINGERPRINTS,
    Documents,
    fingerprint,
    name_words,
    read_documents,
    run_hash,
)

DOCUMENT = "The learner's first task is to boil fresh water under the Kettle Safety at Work Act 1970 (KSW)."


def documents(*names: str) -> Documents:
    kept = fingerprint([DOCUMENT])
    runs = frozenset(kept[at : at + 5] for at in range(0, len(kept), 5))
    return Documents(runs, tuple(map(name_words, names)))


def copied(text: str, *names: str) -> list[tuple[str, int]]:
    known = documents(*names)
    return list(copied_runs(text, known, known.names))


def test_a_document_is_kept_as_sorted_hashes_of_six_words() -> None:
    text = "one two three four five six seven"
    runs = (("one", "two", "three", "four", "five", "six"), ("two", "three", "four", "five", "six", "seven"))
    assert fingerprint([text]) == b"".join(sorted(map(run_hash, runs)))


def test_a_text_of_five_words_leaves_nothing() -> None:
    assert fingerprint(["one two three four five"]) == b""


def test_case_punctuation_and_the_form_of_an_apostrophe_do_not_matter() -> None:
    assert copied("And THE learner’s first task - is to: rest") == [("the learner's first task is to", 4)]


def test_a_longer_run_is_shown_whole_and_once() -> None:
    assert copied("Her first task is to boil fresh water, then rest") == [
        ("first task is to boil fresh water", 4)
    ]


def test_two_runs_apart_are_shown_apart() -> None:
    text = "learner's first task is to boil / first task is to boil fresh"
    assert [run for run, _ in copied(text)] == [
        "learner's first task is to boil",
        "first task is to boil fresh",
    ]


def test_five_shared_words_are_not_copied() -> None:
    assert copied("Your first task is to boil milk") == []


def test_a_name_may_be_given_as_it_is_with_small_words_and_abbreviations_around_it() -> None:
    text = "It falls under the Kettle Safety at Work Act 1970 (KSW)."
    assert copied(text, "Kettle Safety at Work Act 1970") == []
    assert copied(text) == [("under the kettle safety at work act 1970 ksw", 9)]


def test_a_name_may_be_given_without_its_year() -> None:
    assert copied("See the Kettle Safety at Work Act.", "Kettle Safety at Work Act 1970") == []


def test_words_beside_a_name_are_copied_all_the_same() -> None:
    text = "They boil fresh water under the Kettle Safety Act"
    assert copied(text, "Kettle Safety at Work Act 1970") == [("boil fresh water under the kettle safety", 5)]


def test_the_shipped_fingerprints_are_whole_sorted_and_distinct() -> None:
    data = FINGERPRINTS.read_bytes()
    runs = [data[at : at + 5] for at in range(0, len(data), 5)]
    assert len(data) % 5 == 0
    assert runs == sorted(set(runs))
    assert read_documents().runs == frozenset(runs)


def test_comments_and_empty_lines_are_no_names(tmp_path: Path) -> None:
    prints, names = tmp_path / "prints.bin", tmp_path / "names.txt"
    prints.write_bytes(b"")
    names.write_text("# Acts\n\nTea Act 1773\n", encoding="utf-8")
    assert read_documents(prints, names).names == (("tea", "act", "1773"),)
