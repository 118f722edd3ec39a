"""Faults that only show when entries are held against one another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from quiz.findings import Finding
from quiz.syllabus.criterion import CriterionEntry
from quiz.syllabus.knowledge import ContrastBlock, PairsBlock, TermsBlock
from quiz.syllabus.reference import wrong_check_letter
from quiz.syllabus.source import Source
from quiz.syllabus.syllabus import UnitEntry
from quiz.syllabus.written import (
    WrittenMatching,
    WrittenMultipleResponse,
    WrittenOrdering,
    WrittenQuestion,
    WrittenSingleChoice,
    WrittenSorting,
)


def not_of_outcome(code: str, outcome: int) -> str:
    """Return that a criterion stands under an outcome whose number it does not begin with."""
    return f"Criterion {code} does not belong to outcome {outcome}."


def without_file(code: str) -> str:
    """Return that a criterion of a unit has no file."""
    return f"unit.yaml lists criterion {code}; write its file {code}.yaml."


def crosscheck_unit(entry: UnitEntry, source: Source, folder: str) -> Iterator[Finding]:
    """Yield faults of a unit's own file."""
    yield from wrong_check_letter(entry.unit, source, ("unit",))
    compact = entry.unit.replace("/", "")
    if folder.split("-")[0] != compact:
        yield Finding(
            source.file,
            source.line(("unit",)),
            "wrong-folder",
            f"The folder of unit {entry.unit} has to begin with “{compact}-”.",
        )
    numbers = {outcome.number for outcome in entry.outcomes}
    for index, outcome in enumerate(entry.outcomes):
        for code in outcome.criteria:
            if int(code.split(".")[0]) != outcome.number:
                yield Finding(
                    source.file,
                    source.line(("outcomes", index)),
                    "unknown-criterion",
                    not_of_outcome(code, outcome.number),
                )
    codes = {code for outcome in entry.outcomes for code in outcome.criteria}
    for index, minimum in enumerate(entry.minimum_evidence):
        if minimum.criterion not in codes:
            yield Finding(
                source.file,
                source.line(("minimum_evidence", index)),
                "unknown-criterion",
                f"The unit has no criterion {minimum.criterion}.",
            )
    for slug, topic in entry.topics.items():
        if topic.outcome not in numbers:
            yield Finding(
                source.file,
                source.line(("topics", slug)),
                "unknown-outcome",
                f"Topic “{slug}” names outcome {topic.outcome}, which the unit does not have.",
            )
    if set(entry.blueprint.questions_per_outcome) != numbers:
        yield Finding(
            source.file,
            source.line(("blueprint",)),
            "bad-blueprint",
            "“questions_per_outcome” has to name every outcome of the unit, and no other.",
        )


def crosscheck_criterion(
    entry: CriterionEntry, source: Source, unit: UnitEntry, stem: str
) -> Iterator[Finding]:
    """Yield faults of a criterion's file: unknown criterion, topic, element, fact or class; repeated ids."""
    known = {code for outcome in unit.outcomes for code in outcome.criteria}
    if entry.criterion not in known:
        yield Finding(
            source.file,
            source.line(("criterion",)),
            "unknown-criterion",
            f"Unit {unit.unit} has no criterion {entry.criterion}.",
        )
    if stem != entry.criterion:
        yield Finding(
            source.file,
            source.line(("criterion",)),
            "wrong-file-name",
            f"The file of criterion {entry.criterion} has to be called {entry.criterion}.yaml.",
        )
    yield from _topics(entry, source, unit)
    yield from _ids(entry, source, unit)
    yield from _citations(entry, source)
    yield from _classes(entry, source)
    yield from _also(entry, source)
    for index, question in enumerate(entry.questions):
        fault = unanswerable(question)
        if fault:
            place = source.line(("questions", index))
            yield Finding(source.file, place, "unanswerable", f"“{question.id}” cannot be answered: {fault}.")


def missing_criteria(unit: UnitEntry, folder: str, files: Collection[str]) -> Iterator[Finding]:
    """Yield a finding for each criterion of the unit that has no file."""
    for outcome in unit.outcomes:
        for code in outcome.criteria:
            if f"{code}.yaml" not in files:
                message = without_file(code)
                yield Finding(f"units/{folder}/{code}.yaml", 1, "missing-criterion", message)


def unanswerable(question: WrittenQuestion) -> str:
    """Return why no answer to a question could be marked, or an empty text."""
    if isinstance(question, WrittenSingleChoice | WrittenMultipleResponse):
        right = sum(option.right for option in question.options)
        if isinstance(question, WrittenSingleChoice) and right != 1:
            return f"{right} of its options have “right: true”, and a single choice needs one"
        if isinstance(question, WrittenMultipleResponse) and right < 2:
            return f"{right} of its options have “right: true”, and a multiple response needs two or more"
        texts = [option.text for option in question.options]
        least = right + 1
    elif isinstance(question, WrittenMatching):
        texts, least = [pair.left for pair in question.pairs], 2
        if _repeated(pair.right for pair in question.pairs):
            return "a right stands twice"
    elif isinstance(question, WrittenOrdering):
        texts, least = [step.text for step in question.steps], 2
    else:
        texts, least = [case.text for case in question.cases], 1
        if len(question.classes) < 2:
            return "it needs two classes"
    if len(texts) < least:
        return f"it has {len(texts)} parts, and needs {least}"
    twice = _repeated(texts)
    return f"“{twice[0]}” stands twice" if twice else ""


def _topics(entry: CriterionEntry, source: Source, unit: UnitEntry) -> Iterator[Finding]:
    for slug in entry.covers:
        if slug not in unit.topics:
            yield Finding(
                source.file,
                source.line(("covers", slug)),
                "unknown-topic",
                f"“{slug}” is not a topic of unit.yaml.",
            )
    elements = [element for topic in entry.covers.values() for element in topic]
    for element in _repeated(elements):
        yield Finding(
            source.file,
            source.line(("covers",)),
            "duplicate-id",
            f"Element “{element}” stands twice in this file.",
        )


def _ids(entry: CriterionEntry, source: Source, unit: UnitEntry) -> Iterator[Finding]:
    for name, ids in (("knowledge", [b.id for b in entry.knowledge]), ("law", [f.id for f in entry.law])):
        for repeated in _repeated(ids):
            index = len(ids) - 1 - ids[::-1].index(repeated)
            yield Finding(
                source.file,
                source.line((name, index, "id")),
                "duplicate-id",
                f"“{repeated}” stands twice under {name}.",
            )
    prefix = f"{unit.unit.replace('/', '')}-{entry.criterion}-"
    for index, question in enumerate(entry.questions):
        if not question.id.startswith(prefix):
            yield Finding(
                source.file,
                source.line(("questions", index, "id")),
                "wrong-id",
                f"“{question.id}” has to begin with “{prefix}”.",
            )
        if question.replaces and not question.reason:
            yield Finding(
                source.file,
                source.line(("questions", index)),
                "missing-field",
                f"“{question.id}” replaces another question and gives no “reason”.",
            )


def _citations(entry: CriterionEntry, source: Source) -> Iterator[Finding]:
    facts = {fact.id for fact in entry.law}
    elements = {element for topic in entry.covers.values() for element in topic}
    for index, fact in enumerate(entry.law):
        if fact.valid_to and not fact.changed:
            yield Finding(
                source.file,
                source.line(("law", index)),
                "missing-field",
                f"Fact “{fact.id}” has “valid_to” and does not say what “changed”.",
            )
    for name, items in (("knowledge", entry.knowledge), ("questions", entry.questions)):
        for index, item in enumerate(items):
            for cited in item.law:
                if cited not in facts:
                    yield Finding(
                        source.file,
                        source.line((name, index, "law")),
                        "unknown-fact",
                        f"“{cited}” is not a fact under “law” in this file.",
                    )
            for element in item.covers:
                if element not in elements:
                    yield Finding(
                        source.file,
                        source.line((name, index, "covers")),
                        "unknown-element",
                        f"“{element}” is not an element under “covers” in this file.",
                    )


def _classes(entry: CriterionEntry, source: Source) -> Iterator[Finding]:
    for name, items in (("knowledge", entry.knowledge), ("questions", entry.questions)):
        for index, item in enumerate(items):
            if not isinstance(item, ContrastBlock | WrittenSorting):
                continue
            for place, case in enumerate(item.cases):
                if case.class_ not in item.classes:
                    yield Finding(
                        source.file,
                        source.line((name, index, "cases", place)),
                        "unknown-class",
                        f"“{case.class_}” is not one of the classes {', '.join(item.classes)}.",
                    )


def _also(entry: CriterionEntry, source: Source) -> Iterator[Finding]:
    for index, block in enumerate(entry.knowledge):
        if isinstance(block, PairsBlock):
            answers = {pair.right for pair in block.pairs}
            listed = [(place, "pairs", pair.also) for place, pair in enumerate(block.pairs)]
        elif isinstance(block, TermsBlock):
            answers = {term.means for term in block.terms}
            listed = [(place, "terms", term.also) for place, term in enumerate(block.terms)]
        else:
            continue
        for place, part, also in listed:
            for text in also:
                if text not in answers:
                    yield Finding(
                        source.file,
                        source.line(("knowledge", index, part, place)),
                        "unknown-answer",
                        f"“also” lists “{text}”, which is no other entry's answer.",
                    )


def _repeated(names: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    twice: list[str] = []
    for name in names:
        if name in seen and name not in twice:
            twice.append(name)
        seen.add(name)
    return twice
