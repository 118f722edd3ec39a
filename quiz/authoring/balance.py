"""Rules on knowledge blocks: nothing about a piece's form may tell which side it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from statistics import mean
from typing import Final

from quiz.authoring.options import are_ragged
from quiz.authoring.rule import Rule, Spot
from quiz.authoring.words import absolutes, hedges, plain, shorten
from quiz.syllabus import KnowledgeBlock
from quiz.syllabus.source import Place

CLOSE = 0.15
Sides = dict[str, list[str]]


def sides_of(block: KnowledgeBlock) -> Sides:
    """Return the texts of each side of a block whose pieces are told apart, or nothing."""
    if block.kind == "members":
        return {"members": [p.text for p in block.members], "others": [p.text for p in block.others]}
    if block.kind == "reasons":
        return {"strong": [p.text for p in block.strong], "weak": [p.text for p in block.weak]}
    if block.kind == "contrast":
        return {name: [c.text for c in block.cases if c.class_ == name] for name in block.classes}
    return {}


def unbalanced_block(block: KnowledgeBlock) -> Iterator[Spot]:
    """Yield a spot for each two sides whose mean lengths are more than 15 % apart."""
    means = {name: mean(map(len, texts)) for name, texts in sides_of(block).items() if texts}
    for first, second in combinations(means, 2):
        longer, shorter = sorted((first, second), key=means.__getitem__, reverse=True)
        apart = 1 - means[shorter] / means[longer]
        if apart > CLOSE:
            yield Spot(
                (),
                f"Block “{block.id}”: “{longer}” averages {means[longer]:.0f} characters and “{shorter}” "
                f"{means[shorter]:.0f}, {apart:.0%} less; bring them within 15%.",
            )


def longest_on_one_side(block: KnowledgeBlock) -> Iterator[Spot]:
    """Yield a spot for each side that holds all of the longest pieces.

    The longest are as many as the smaller of the side and the rest has; a tie with the other side at
    the end of them lets the side off.
    """
    sides = sides_of(block)
    for name, texts in sides.items():
        rest = sorted(
            (len(t) for other, others in sides.items() if other != name for t in others), reverse=True
        )
        size = min(len(texts), len(rest))
        own = sorted(map(len, texts), reverse=True)
        if size >= 4 and own[size - 1] > rest[0]:
            yield Spot(
                (),
                f"Block “{block.id}”: the {size} longest pieces all belong to “{name}”; lengthen one on another side.",
            )


def one_sided(block: KnowledgeBlock, what: str, holds: Callable[[str], int]) -> Iterator[Spot]:
    """Yield a spot for each side that alone holds a kind of word, in two pieces or more."""
    sides = sides_of(block)
    for name, texts in sides.items():
        seen = [text for text in texts if holds(text)]
        elsewhere = any(holds(t) for other, others in sides.items() if other != name for t in others)
        if len(seen) >= 2 and not elsewhere:
            yield Spot(
                (),
                f"Block “{block.id}”: only “{name}” uses {what}, in {len(seen)} pieces (“{shorten(seen[0], 40)}”); "
                "take them out, or use one on another side.",
            )


def one_sided_absolutes(block: KnowledgeBlock) -> Iterator[Spot]:
    """Yield a spot for each side that alone uses absolutes."""
    yield from one_sided(block, "absolutes (always, all, only …)", absolutes)


def one_sided_hedges(block: KnowledgeBlock) -> Iterator[Spot]:
    """Yield a spot for each side that alone hedges."""
    yield from one_sided(block, "hedges (may, can, often …)", hedges)


def columns_of(block: KnowledgeBlock) -> dict[str, list[tuple[Place, str]]]:
    """Return the texts of a block that have to differ from one another, with their places."""
    if block.kind == "members":
        return {"pieces": [*_texts("members", block.members), *_texts("others", block.others)]}
    if block.kind == "reasons":
        return {"pieces": [*_texts("strong", block.strong), *_texts("weak", block.weak)]}
    if block.kind == "sequence":
        return {"steps": _texts("steps", block.steps)}
    if block.kind == "contrast":
        return {"cases": [(("cases", i), case.text) for i, case in enumerate(block.cases)]}
    if block.kind == "pairs":
        return {
            "lefts": [(("pairs", i), pair.left) for i, pair in enumerate(block.pairs)],
            "rights": [(("pairs", i), pair.right) for i, pair in enumerate(block.pairs)],
        }
    return {
        "terms": [(("terms", i), term.term) for i, term in enumerate(block.terms)],
        "meanings": [(("terms", i), term.means) for i, term in enumerate(block.terms)],
    }


def repeated_piece(block: KnowledgeBlock) -> Iterator[Spot]:
    """Yield a spot for each piece that says the same as an earlier one."""
    for name, column in columns_of(block).items():
        seen: set[str] = set()
        for place, text in column:
            if plain(text) in seen:
                yield Spot(
                    place,
                    f"Block “{block.id}”: “{shorten(text)}” stands twice among the {name}; each has to differ.",
                )
            seen.add(plain(text))


def uneven_answers(block: KnowledgeBlock) -> Iterator[Spot]:
    """Yield a spot if the longest answer of a pairs or terms block is much longer than the shortest."""
    if block.kind == "pairs":
        answers = [pair.right for pair in block.pairs]
    elif block.kind == "terms":
        answers = [term.means for term in block.terms]
    else:
        return
    if not answers or not are_ragged([len(answer) for answer in answers]):
        return
    longest, shortest = max(answers, key=len), min(answers, key=len)
    yield Spot(
        (),
        f"Block “{block.id}”: the longest answer has {len(longest)} characters (“{shorten(longest, 40)}”) and the "
        f"shortest {len(shortest)} (“{shorten(shortest, 40)}”); bring them closer.",
    )


def _texts(name: str, pieces: object) -> list[tuple[Place, str]]:
    if not isinstance(pieces, tuple):
        return []
    return [((name, index), piece.text) for index, piece in enumerate(pieces)]


BLOCK_RULES: Final = (
    Rule("unbalanced-block", unbalanced_block),
    Rule("longest-on-one-side", longest_on_one_side),
    Rule("one-sided-absolutes", one_sided_absolutes, "warning"),
    Rule("one-sided-hedges", one_sided_hedges, "warning"),
    Rule("repeated-piece", repeated_piece),
    Rule("uneven-answers", uneven_answers),
)
