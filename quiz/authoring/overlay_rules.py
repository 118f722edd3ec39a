"""The linter's rules for one question, asked about a local correction: what they find is a warning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from quiz.authoring import registry
from quiz.authoring.linter import ask
from quiz.authoring.rule import ItemSubject, StemSubject, TextSubject
from quiz.authoring.texts import texts
from quiz.authoring.words import plain
from quiz.findings import Finding
from quiz.sessions import QuestionBank, WrittenEntry, read_overlay
from quiz.syllabus import Pack
from quiz.syllabus.source import Place, Source


def overlay_findings(path: Path, pack: Pack) -> tuple[Finding, ...]:
    """Return the faults of an overlay as errors, and what the rules say against its corrections as warnings."""
    plain_bank = QuestionBank(pack)
    reading = read_overlay(path, plain_bank)
    bank = plain_bank.with_overlay(reading.overlay)
    found = list(reading.findings)
    for name in reading.overlay.corrections:
        entry = bank.optional_written(name)
        if entry is not None:
            found.extend(correction_findings(entry, bank, reading.source, ("corrections", name)))
    return tuple(sorted(set(found)))


def correction_findings(
    entry: WrittenEntry, bank: QuestionBank, source: Source, within: Place = ()
) -> Iterator[Finding]:
    """Yield what the rules for one question and for its stem among the others say, all as warnings.

    Lines are those of the source below `within`; a field that the correction leaves out has its line.
    """
    question = entry.entry
    everywhere: dict[str, str] = {}
    in_unit: dict[str, str] = {}
    for criterion in bank.pack.criteria:
        for other in criterion.entry.questions:
            known = bank.optional_written(other.id)
            if other.id == question.id or known is None:
                continue
            stem = plain(known.entry.stem)
            everywhere.setdefault(stem, other.id)
            if criterion.ref.unit == entry.criterion.ref.unit:
                in_unit.setdefault(stem, other.id)
    found = [
        *ask(registry.QUESTION_RULES, question, source, within),
        *ask(registry.ITEM_RULES, ItemSubject(question), source, within),
        *ask(registry.STEM_RULES, StemSubject(question, everywhere, in_unit), source, within),
    ]
    # The rules on texts know what belongs to a question by where it stands in a criterion's file.
    for shown in texts(question.model_dump(mode="json", by_alias=True), ("questions", 0)):
        subject = TextSubject(shown.place[2:], shown.text, shown.in_item)
        found.extend(ask(registry.TEXT_RULES, subject, source, within))
    for finding in found:
        yield replace(finding, severity="warning")
