"""Runs every rule over the content and gathers what they find."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from quiz.authoring import registry
from quiz.authoring.bank_rules import BANK_RULES
from quiz.authoring.fingerprints import Documents, read_documents
from quiz.authoring.focus import EVERYTHING, Focus
from quiz.authoring.rule import (
    CatalogueSubject,
    CriterionSubject,
    ItemSubject,
    Rule,
    Setting,
    StemSubject,
    UnitSubject,
)
from quiz.authoring.texts import texts
from quiz.authoring.words import plain
from quiz.findings import Finding
from quiz.syllabus import Criterion, Pack, Reading, Unit
from quiz.syllabus.source import Place, Source

_Subject = TypeVar("_Subject")


def find_faults(
    reading: Reading, today: date, focus: Focus = EVERYTHING, documents: Documents | None = None
) -> tuple[Finding, ...]:
    """Return every finding on the content that lies within the focus, in order of file and line."""
    setting = Setting(today, documents or read_documents())
    found = [*reading.findings, *_stems(reading.pack), *_bank(reading.pack)]
    for unit in reading.pack.units.values():
        found.extend(_unit(unit, reading, setting, focus))
    found.extend(_catalogue(reading, setting))
    return tuple(sorted({finding for finding in found if focus.shows(finding.file)}))


def _catalogue(reading: Reading, setting: Setting) -> Iterator[Finding]:
    pack = reading.pack
    titles = (
        *(unit.title for unit in pack.outlines.values()),
        *(qualification.title for qualification in pack.qualifications.values()),
    )
    for source in reading.catalogue:
        yield from ask(registry.CATALOGUE_RULES, CatalogueSubject(source, titles, setting), source)
        for shown in texts(source.data):
            yield from ask(registry.TEXT_RULES, shown, source)


def _unit(unit: Unit, reading: Reading, setting: Setting, focus: Focus) -> Iterator[Finding]:
    folder = unit.source.file.rpartition("/")[0]
    faulty = {finding.file for finding in reading.findings}
    codes = frozenset(
        code for outcome in unit.outcomes for code in outcome.criteria if f"{folder}/{code}.yaml" in faulty
    )
    yield from ask(registry.UNIT_RULES, UnitSubject(unit, codes, setting), unit.source)
    for criterion in unit.criteria:
        if focus.shows(criterion.source.file):
            yield from _criterion(unit, criterion, setting)


def _criterion(unit: Unit, criterion: Criterion, setting: Setting) -> Iterator[Finding]:
    source = criterion.source
    yield from ask(registry.CRITERION_RULES, CriterionSubject(unit, criterion, setting), source)
    for index, block in enumerate(criterion.entry.knowledge):
        yield from ask(registry.BLOCK_RULES, block, source, ("knowledge", index))
        yield from ask(registry.ITEM_RULES, ItemSubject(block), source, ("knowledge", index))
    for index, question in enumerate(criterion.entry.questions):
        yield from ask(registry.QUESTION_RULES, question, source, ("questions", index))
        yield from ask(registry.ITEM_RULES, ItemSubject(question), source, ("questions", index))
    for shown in texts(source.data):
        yield from ask(registry.TEXT_RULES, shown, source)


def _stems(pack: Pack) -> Iterator[Finding]:
    everywhere: dict[str, str] = {}
    for unit in pack.units.values():
        in_unit: dict[str, str] = {}
        for criterion in unit.criteria:
            for index, question in enumerate(criterion.entry.questions):
                subject = StemSubject(question, everywhere, in_unit)
                yield from ask(registry.STEM_RULES, subject, criterion.source, ("questions", index))
                stem = plain(question.stem)
                everywhere.setdefault(stem, question.id)
                in_unit.setdefault(stem, question.id)


def _bank(pack: Pack) -> Iterator[Finding]:
    for name, check in BANK_RULES.items():
        try:
            yield from check(pack)
        except Exception as error:  # as below
            yield failure(name, error, "units", 1)


def ask(
    rules: tuple[Rule[_Subject], ...], subject: _Subject, source: Source, within: Place = ()
) -> Iterator[Finding]:
    """Yield what each rule finds; a rule that stops is a finding itself and hides no other."""
    for rule in rules:
        try:
            for spot in rule.check(subject):
                line = source.line((*within, *spot.place)) + spot.lines_down
                file = f"{source.file.rpartition('/')[0]}/{spot.file}" if spot.file else source.file
                yield Finding(file, 1 if spot.file else line, rule.name, spot.message, rule.severity)
        except Exception as error:  # whatever a rule does not foresee must not hide what the others see
            yield failure(rule.name, error, source.file, source.line(within))


def failure(rule: str, error: Exception, file: str, line: int) -> Finding:
    """Return the finding that a rule itself failed."""
    message = f"“{rule}” stopped with {type(error).__name__}: {error}. The fault is in the check; report it."
    return Finding(file, line, "rule-failure", message)
