"""Block + template + seed -> question.

The seeds 0 to n - 1 of a family give each of its n variants once; a larger seed gives one of them
again, with other distractors and another order. The same content and seed give the same question.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, Final

from quiz.errors import NotInBank
from quiz.generation import contrast, members, pairs, reasons, sequence, terms
from quiz.generation.family import Family
from quiz.generation.parts import with_basis
from quiz.generation.scenario import fill_question
from quiz.generation.variant import Template, Variant
from quiz.questions import Question, QuestionHead, shuffle
from quiz.syllabus import Criterion, KnowledgeBlock

TEMPLATES: Final[dict[str, tuple[Template[Any], ...]]] = {
    "members": members.TEMPLATES,
    "sequence": sequence.TEMPLATES,
    "pairs": pairs.TEMPLATES,
    "contrast": contrast.TEMPLATES,
    "terms": terms.TEMPLATES,
    "reasons": reasons.TEMPLATES,
}


def families(criterion: Criterion) -> tuple[Family, ...]:
    """Return every family of the criterion, in order of its blocks."""
    return tuple(family for _, family, _ in _walk(criterion))


def generate(criterion: Criterion, family: Family, seed: int) -> Question:
    """Return the family's question for a seed.

    Raises:
        NotInBank: the criterion's content no longer has that family.

    >>> generate(criterion, families(criterion)[0], seed=7) == generate(criterion, families(criterion)[0], 7)
    True
    """
    for block in criterion.entry.knowledge:
        if block.id != family.block_id:
            continue
        for template in TEMPLATES[block.kind]:
            if template.name == family.template and (variants := template.variants(block)):
                return _question(criterion, block, family, variants, seed)
    raise NotInBank(f"There is no knowledge block for “{family.id}” in the content any more.")


def generate_all(criterion: Criterion) -> Iterator[Question]:
    """Yield one question for every variant of every family of the criterion."""
    for block, family, variants in _walk(criterion):
        for seed in range(len(variants)):
            yield _question(criterion, block, family, variants, seed)


def reach(criterion: Criterion) -> int:
    """Return how many questions differ in what is asked or in the right answer."""
    return sum(len(variants) for _, _, variants in _walk(criterion))


def _walk(criterion: Criterion) -> Iterator[tuple[KnowledgeBlock, Family, Sequence[Variant]]]:
    for block in criterion.entry.knowledge:
        for template in TEMPLATES[block.kind]:
            if variants := template.variants(block):
                name = f"{criterion.ref}-{block.id}.{template.name}"
                family = Family(name, block.id, template.name, template.type, block.law, block.level)
                yield block, family, variants


def _question(
    criterion: Criterion, block: KnowledgeBlock, family: Family, variants: Sequence[Variant], seed: int
) -> Question:
    seed_key = f"{family.id}:{seed}"
    rng = Random(seed_key)
    variant = variants[seed % len(variants)]
    basis = variant.basis or block.basis
    head = QuestionHead(
        id=family.id,
        family=family.id,
        origin="generated",
        unit=criterion.ref.unit,
        criterion=criterion.ref.code,
        level=family.level,
        basis=basis,
        use="practice",
    )
    question = variant.make(head, rng)
    question = question.model_copy(update={"stem": with_basis(question.stem, basis)})
    name = f"{family.id}.{_short(variant.asked)}.{_short(_asked_and_keyed(question))}"
    question = question.model_copy(update={"head": head.model_copy(update={"id": name})})
    return fill_question(shuffle(question, rng), seed_key)


def _asked_and_keyed(question: Question) -> list[Any]:
    """Return the stem, and the parts with what is right, whatever their order; explanations may improve."""
    shown = question.model_dump(exclude={"head": True, "right_order": True})
    parts = next(value for value in shown.values() if isinstance(value, tuple))
    bare = [{name: value for name, value in part.items() if name != "why"} for part in parts]
    return [shown["stem"], shown.get("classes"), sorted(bare, key=lambda part: str(part["key"]))]


def _short(content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()
