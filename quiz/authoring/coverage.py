"""Rules on how much a criterion's file teaches and asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from quiz.authoring.rule import CriterionSubject, Rule, Spot, UnitSubject
from quiz.authoring.words import words
from quiz.generation import reach
from quiz.syllabus import Criterion, KnowledgeBlock, WrittenQuestion
from quiz.syllabus.crosscheck import without_file
from quiz.syllabus.knowledge import ContrastBlock, MembersBlock, PairsBlock, ReasonsBlock, SequenceBlock
from quiz.wording import count

NOTE_WORDS: Final = (150, 350)
LEAST_REACH: Final = 40


def note_length(subject: CriterionSubject) -> Iterator[Spot]:
    """Yield a spot if the note is too short or too long."""
    seen = len(words(subject.criterion.entry.note))
    least, most = NOTE_WORDS
    if not least <= seen <= most:
        advice = f"add {least - seen} or more" if seen < least else f"cut {seen - most} or more"
        yield Spot(("note",), f"The note has {seen} words; it should have {least} to {most}: {advice}.")


def few_terms(subject: CriterionSubject) -> Iterator[Spot]:
    """Yield a spot if there are fewer than three words to know."""
    seen = len(subject.criterion.entry.terms)
    if seen < 3:
        yield Spot(("terms",), f"There are {count(seen, 'word')} to know; give at least three.")


def few_blocks(subject: CriterionSubject) -> Iterator[Spot]:
    """Yield a spot if there are fewer than three knowledge blocks."""
    seen = len(subject.criterion.entry.knowledge)
    if seen < 3:
        yield Spot(("knowledge",), f"There are {count(seen, 'block')}; write at least three.")


def few_kinds(subject: CriterionSubject) -> Iterator[Spot]:
    """Yield a spot if all knowledge blocks are of one kind."""
    kinds = {block.kind for block in subject.criterion.entry.knowledge}
    if len(kinds) < 2:
        yield Spot(
            ("knowledge",),
            f"All blocks are of the kind {''.join(kinds) or 'none'}; use at least two kinds.",
        )


def block_size(subject: CriterionSubject) -> Iterator[Spot]:
    """Yield a spot for each block that has too few pieces to generate questions from."""
    for index, block in enumerate(subject.criterion.entry.knowledge):
        seen = _too_small(block)
        if seen:
            yield Spot(
                ("knowledge", index),
                f"Block “{block.id}” has {seen}; a {block.kind} block needs {block.least}.",
            )


def _too_small(block: KnowledgeBlock) -> str:
    """Return what a block has if that is not enough, else nothing."""
    if isinstance(block, MembersBlock):
        sizes = {"members": len(block.members), "others": len(block.others)}
        enough = min(sizes.values()) >= 4
    elif isinstance(block, ReasonsBlock):
        sizes = {"strong": len(block.strong), "weak": len(block.weak)}
        enough = min(sizes.values()) >= 4
    elif isinstance(block, SequenceBlock):
        sizes = {"steps": len(block.steps)}
        enough = sizes["steps"] >= 5
    elif isinstance(block, PairsBlock):
        sizes = {"pairs": len(block.pairs)}
        enough = sizes["pairs"] >= 6
    elif isinstance(block, ContrastBlock):
        sizes = {f"“{name}”": sum(c.class_ == name for c in block.cases) for name in block.classes}
        enough = 2 <= len(sizes) <= 4 and min(sizes.values()) >= 4
    else:
        sizes = {"terms": len(block.terms)}
        enough = sizes["terms"] >= 6
    return "" if enough else ", ".join(f"{size} {name}" for name, size in sizes.items()) or "no classes"


def counts_for_test(question: WrittenQuestion) -> bool:
    """Return whether the on-screen test can draw the question: one of four, true for the specification."""
    return (
        question.type == "single_choice"
        and len(question.options) == 4
        and question.basis in {"specification", "both"}
    )


def few_single_choice(subject: CriterionSubject) -> Iterator[Spot]:
    """Yield a spot if a tested criterion has fewer than ten questions that the test can draw."""
    seen = sum(counts_for_test(question) for question in subject.criterion.entry.questions)
    if subject.has_test and seen < 10:
        yield Spot(
            ("questions",),
            f"There are {seen} single-choice questions with four options and basis specification or both; "
            "write at least ten.",
        )


def few_test_questions(subject: CriterionSubject) -> Iterator[Spot]:
    """Yield a spot if fewer than six questions are kept for the test."""
    questions = subject.criterion.entry.questions
    seen = sum(counts_for_test(question) and question.use == "test" for question in questions)
    if subject.has_test and seen < 6:
        yield Spot(
            ("questions",),
            f"There are {seen} single-choice questions with “use: test” and basis specification or both; "
            "mark at least six.",
        )


def few_questions(subject: CriterionSubject) -> Iterator[Spot]:
    """Yield a spot if a criterion without a test has fewer than six written questions."""
    seen = len(subject.criterion.entry.questions)
    if not subject.has_test and seen < 6:
        yield Spot(("questions",), f"There are {count(seen, 'written question')}; write at least six.")


def few_apply(subject: CriterionSubject) -> Iterator[Spot]:
    """Yield a spot if less than a third of the written questions put knowledge to use."""
    questions = subject.criterion.entry.questions
    seen = sum(question.level == "apply" for question in questions)
    if questions and seen * 3 < len(questions):
        yield Spot(
            ("questions",),
            f"{seen} of {len(questions)} written questions are “level: apply”; make it at least a third "
            f"({-(-len(questions) // 3)}).",
        )


def checklist_length(subject: CriterionSubject) -> Iterator[Spot]:
    """Yield a spot if the own-words checklist has fewer than three or more than six points."""
    seen = len(subject.criterion.entry.own_words.checklist)
    if not 3 <= seen <= 6:
        yield Spot(
            ("own_words", "checklist"), f"The checklist has {count(seen, 'point')}; give three to six."
        )


def long_label(subject: CriterionSubject) -> Iterator[Spot]:
    """Yield a spot if the criterion's label has more than eight words."""
    seen = len(words(subject.criterion.entry.label))
    if seen > 8:
        yield Spot(("label",), f"The label has {seen} words; eight is the most.")


def long_element(subject: CriterionSubject) -> Iterator[Spot]:
    """Yield a spot for each element of the unit content named in more than five words."""
    for topic, elements in subject.criterion.entry.covers.items():
        for element, text in elements.items():
            if len(words(text)) > 5:
                yield Spot(
                    ("covers", topic, element),
                    f"“{text}” has {len(words(text))} words; name an element in five at most.",
                )


def covered_elements(criterion: Criterion) -> frozenset[str]:
    """Return the slugs of the elements that a block or a written question covers."""
    entry = criterion.entry
    items = (*entry.knowledge, *entry.questions)
    return frozenset(element for item in items for element in item.covers)


def uncovered_element(subject: CriterionSubject) -> Iterator[Spot]:
    """Yield a spot for each element that no block and no question covers."""
    covered = covered_elements(subject.criterion)
    for topic, elements in subject.criterion.entry.covers.items():
        for element in elements:
            if element not in covered:
                yield Spot(
                    ("covers", topic, element),
                    f"No block and no question covers “{element}”; list it under “covers” of one that does, "
                    "or write one.",
                )


def small_reach(subject: CriterionSubject) -> Iterator[Spot]:
    """Yield a spot if too few different questions can be generated from the blocks."""
    reached = reach(subject.criterion)
    if reached < LEAST_REACH:
        yield Spot(
            ("knowledge",),
            f"Only {count(reached, 'different question')} can be generated; add pieces or a block until there "
            f"are {LEAST_REACH}.",
        )


def missing_criterion(subject: UnitSubject) -> Iterator[Spot]:
    """Yield a spot for each criterion of the unit that has no file."""
    for outcome in subject.unit.outcomes:
        for code in outcome.criteria:
            if code not in subject.unit.by_code and code not in subject.unusable:
                yield Spot((), without_file(code), file=f"{code}.yaml")


def uncovered_topic(subject: UnitSubject) -> Iterator[Spot]:
    """Yield a spot for each topic that no criterion teaches, once every criterion can be read."""
    unit = subject.unit
    if any(code not in unit.by_code for outcome in unit.outcomes for code in outcome.criteria):
        return
    taught = {topic for criterion in unit.criteria for topic in criterion.entry.covers}
    for slug in unit.entry.topics:
        if slug not in taught:
            yield Spot(
                ("topics", slug),
                f"No criterion covers the topic “{slug}”; name it under “covers” of the criterion that teaches it.",
            )


def long_outcome_label(subject: UnitSubject) -> Iterator[Spot]:
    """Yield a spot for each outcome labelled in more than ten words."""
    for index, outcome in enumerate(subject.unit.outcomes):
        seen = len(words(outcome.label))
        if seen > 10:
            yield Spot(
                ("outcomes", index),
                f"The label of outcome {outcome.number} has {seen} words; ten is the most.",
            )


CRITERION_RULES: Final = (
    Rule("note-length", note_length),
    Rule("few-terms", few_terms),
    Rule("few-blocks", few_blocks),
    Rule("few-kinds", few_kinds),
    Rule("block-size", block_size),
    Rule("few-single-choice", few_single_choice),
    Rule("few-test-questions", few_test_questions),
    Rule("few-questions", few_questions),
    Rule("few-apply", few_apply),
    Rule("checklist-length", checklist_length),
    Rule("long-label", long_label),
    Rule("long-element", long_element),
    Rule("uncovered-element", uncovered_element),
    Rule("small-reach", small_reach),
)


def still_drafted(subject: UnitSubject) -> Iterator[Spot]:
    """Yield a spot if the unit is still marked as a draft; no shipped unit may be."""
    if subject.unit.drafted:
        yield Spot(
            ("drafted",),
            "Learners are told that this unit is drafted and not reviewed, and it has no test. Write “drafted: "
            "false” once you have read all of it and stand by it.",
        )


UNIT_RULES: Final = (
    Rule("still-drafted", still_drafted),
    Rule("missing-criterion", missing_criterion),
    Rule("uncovered-topic", uncovered_topic),
    Rule("long-outcome-label", long_outcome_label),
)
