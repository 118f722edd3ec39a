"""Every rule: content that breaks it, content that only looks as if it did, and what it says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import clean_pack
import pytest
from clean_pack import FILE, FOLDER, UNIT_FILE, single_choice
from rule_cases import (
    EVEN,
    FAULTS,
    NEAR_MISSES,
    UNIT_FAULTS,
    Edit,
    ask,
    both,
    members,
    onscreen,
    put,
    stem,
    why,
)

from quiz.authoring import Documents, read_documents, registry
from quiz.authoring.bank_rules import BANK_RULES
from quiz.authoring.fingerprints import fingerprint
from quiz.authoring.linter import find_faults
from quiz.authoring.rule import Rule, Spot
from quiz.findings import Finding

TODAY = date(2026, 11, 22)


@pytest.fixture
def documents(tmp_path: Path) -> Documents:
    prints, names = tmp_path / "prints.bin", tmp_path / "names.txt"
    prints.write_bytes(
        fingerprint(
            [
                "The learner will boil fresh water and pour it over the leaves.",
                "They know the Fair Trade in Tea and Coffee Act 1999 (FTTCA).",
                "Unit title: Principles of making and serving tea in a busy office kitchen.",
            ]
        )
    )
    names.write_text("# Acts\nFair Trade in Tea and Coffee Act 1999\n", encoding="utf-8")
    return read_documents(prints, names)


@pytest.fixture
def faults(tmp_path: Path, documents: Documents) -> Callable[..., tuple[Finding, ...]]:
    """Return what is found in the clean pack after an edit of its criterion or unit."""

    def find(edit: Edit = lambda data: None, edit_unit: Edit = lambda unit: None) -> tuple[Finding, ...]:
        data, unit = clean_pack.criterion(), {**clean_pack.UNIT}
        edit(data)
        edit_unit(unit)
        return find_faults(clean_pack.read(tmp_path / "content", data, unit), TODAY, documents=documents)

    return find


CASES = [(rule, edit, "criterion") for rule, edits in FAULTS.items() for edit in edits] + [
    (rule, edit, "unit") for rule, edits in UNIT_FAULTS.items() for edit in edits
]


def named(case: tuple[Any, ...]) -> str:
    return str(case[0])


def test_the_clean_pack_breaks_no_rule(faults: Callable[..., tuple[Finding, ...]]) -> None:
    assert faults() == ()


def test_every_rule_has_content_that_breaks_it() -> None:
    whole_bank = {*BANK_RULES, "hard-to-read"}  # each has a test of its own in test_whole_bank_rules.py
    rules = {name for name in registry.rule_names() - whole_bank if not name.startswith("cue-")}
    assert rules == {rule for rule, _, _ in CASES}


@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_fault_is_found(case: tuple[str, Edit, str], faults: Callable[..., tuple[Finding, ...]]) -> None:
    rule, edit, where = case
    found = faults(edit) if where == "criterion" else faults(edit_unit=edit)
    assert rule in {finding.rule for finding in found}


@pytest.mark.parametrize(
    "case", [(rule, edit) for rule, edits in NEAR_MISSES.items() for edit in edits], ids=named
)
def test_what_only_looks_like_a_fault_is_let_be(
    case: tuple[str, Edit], faults: Callable[..., tuple[Finding, ...]]
) -> None:
    rule, edit = case
    assert rule not in {finding.rule for finding in faults(edit)}


def test_a_tested_criterion_with_ten_questions_six_for_the_test_is_enough(
    faults: Callable[..., tuple[Finding, ...]],
) -> None:
    stems = ("What is a gaiwan?", "Who grows Darjeeling?", "Why are pots rinsed?", "When is mint picked?")

    def more(data: dict[str, Any]) -> None:
        for number, text in enumerate(stems, 7):
            question = single_choice(number, text, "tea folk", "pot lids", "tin mugs", "hot hobs")
            data["questions"].append({**question, "use": "test" if number == 7 else "practice"})

    assert faults(more, onscreen) == ()


MESSAGES: list[tuple[Edit, str]] = [
    (
        put("note", value="Tea. " * 149),
        f"{FILE}:7: note-length: The note has 149 words; it should have 150 to 350: add 1 or more.",
    ),
    (
        put("own_words", "model_answer", value="We wait.\nWe boil fresh water and pour it.\n"),
        f"{FILE}:260: copied-wording: “boil fresh water and pour it” stands in a specification document; "
        "say it in words of our own.",
    ),
    (
        put("law", 0, "valid_to", value="2026-12-31"),
        f"{FILE}:56: warning: expires-soon: Fact “tea-tax” holds until 31 December 2026; check what comes after, "
        "and write it down.",
    ),
    (
        ask("What is poured first?", "water that has just been boiled", "cold milk", "honey", "lemon"),
        "conspicuous-option: The right option has 31 characters and the longest other 9; cut it, or lengthen another.",
    ),
    (
        members(
            EVEN[:3] + ["mint"],
            ["a long cold soup", "a lot of wet gravel", "sweet oat flakes", "soap powder"],
        ),
        "unbalanced-block: Block “in-the-pot”: “others” averages 16 characters and “members” 8, 47% less; "
        "bring them within 15%.",
    ),
    (
        stem("Which of these is not a kind of tea?"),
        "negative-stem: The question turns on “not”; ask for what is so, or write the word in capitals: "
        "“Which of these is not a kind of tea?”.",
    ),
    (
        why("The first option is what helps."),
        "names-position: “first option” names a place, and options are shown in random order; name what the "
        "option says.",
    ),
    (
        stem("{agent} rings 0161 555 0123. What helps?"),
        "real-phone-number: 0161 555 0123 may be somebody's number; use {phone}, or one that Ofcom keeps for drama "
        "(such as 01632 960123).",
    ),
    (
        stem("{agent} has a favorite cup. What helps?"),
        "american-spelling: “favorite” is spelt the American way; write “favourite”.",
    ),
    (
        stem("They organize tea. What helps?"),
        "american-spelling: “organize” is spelt with a z; write “organise”.",
    ),
]


@pytest.mark.parametrize(("edit", "message"), MESSAGES)
def test_a_message_says_what_was_seen_and_what_to_do(
    edit: Edit, message: str, faults: Callable[..., tuple[Finding, ...]]
) -> None:
    assert [str(finding) for finding in faults(edit) if str(finding).endswith(message)] != [], [
        str(finding) for finding in faults(edit)
    ]


def test_a_missing_criterion_is_reported_under_its_own_file(
    faults: Callable[..., tuple[Finding, ...]],
) -> None:
    (finding,) = faults(edit_unit=UNIT_FAULTS["missing-criterion"][0])
    assert str(finding) == (
        f"{FOLDER}/1.2.yaml:1: missing-criterion: unit.yaml lists criterion 1.2; write its file 1.2.yaml."
    )


def test_a_criterion_file_that_cannot_be_used_is_not_missing(
    faults: Callable[..., tuple[Finding, ...]], tmp_path: Path
) -> None:
    faults()
    (tmp_path / "content" / FOLDER / "1.2.yaml").write_text("criterion: [", encoding="utf-8")
    found = faults(edit_unit=UNIT_FAULTS["missing-criterion"][0])
    assert {(finding.file, finding.rule) for finding in found} == {(f"{FOLDER}/1.2.yaml", "bad-yaml")}


def test_an_uncovered_topic_waits_until_every_criterion_can_be_read(
    faults: Callable[..., tuple[Finding, ...]],
) -> None:
    edit = both(UNIT_FAULTS["missing-criterion"][0], UNIT_FAULTS["uncovered-topic"][0])
    assert [finding.rule for finding in faults(edit_unit=edit)] == ["missing-criterion"]


def test_an_uncovered_topic_is_reported_at_its_line(faults: Callable[..., tuple[Finding, ...]]) -> None:
    (finding,) = faults(edit_unit=UNIT_FAULTS["uncovered-topic"][0])
    assert (finding.file, finding.line, finding.rule) == (UNIT_FILE, 17, "uncovered-topic")


def test_a_rule_that_stops_is_reported_and_hides_no_other(
    faults: Callable[..., tuple[Finding, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(question: object) -> list[Spot]:
        raise ZeroDivisionError("no tea left")

    monkeypatch.setattr(registry, "QUESTION_RULES", (Rule("thirsty", stop), *registry.QUESTION_RULES))
    found = faults(stem("Which of these is true?"))
    failed = [finding for finding in found if finding.rule == "rule-failure"]
    assert len(failed) == 6
    assert failed[0].message == (
        "“thirsty” stopped with ZeroDivisionError: no tea left. The fault is in the check; report it."
    )
    assert "empty-stem" in {finding.rule for finding in found}
