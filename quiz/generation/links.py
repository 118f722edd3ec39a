"""What pairs and terms share: links between a left and a right, told apart so that one answer holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from random import Random

from quiz.generation.parts import folded
from quiz.generation.variant import Variant, spread
from quiz.questions import Matching, MatchPair, Question, QuestionHead, part_key
from quiz.syllabus.knowledge import Basis
from quiz.wording import sentence


@dataclass(frozen=True)
class Link:
    """A left and its right; `also` lists other rights true of the left, `confused` a tempting left."""

    left: str
    right: str
    why: str
    also: tuple[str, ...]
    basis: Basis
    confused: str | None = None


@dataclass(frozen=True)
class Links:
    """The links of one block, and which of them cannot meet in one question."""

    all: tuple[Link, ...]

    @cached_property
    def each(self) -> tuple[Link, ...]:
        """Return the links without those that repeat an earlier one."""
        return tuple({(folded(x.left), folded(x.right)): x for x in reversed(self.all)}.values())[::-1]

    @cached_property
    def _true(self) -> dict[str, set[str]]:
        """Map each left to every right that is true of it."""
        true: dict[str, set[str]] = {}
        for link in self.all:
            true.setdefault(folded(link.left), set()).update(map(folded, (link.right, *link.also)))
        return true

    def clash(self, one: Link, two: Link) -> bool:
        """Return whether the right of either would be right for the other as well."""
        return (
            folded(two.right) in self._true[folded(one.left)]
            or folded(one.right) in self._true[folded(two.left)]
        )

    def rivals(self, target: Link, shown: Callable[[Link], str]) -> list[Link]:
        """Return the links that can stand beside the target as wrong options, the most tempting first."""
        free = [link for link in self.each if not self.clash(target, link)]
        free.sort(key=lambda link: not _tempts(target, link))
        return list({folded(shown(link)): link for link in reversed(free)}.values())[::-1]

    def fours(self) -> list[tuple[Link, ...]]:
        """Return the sets of four that have one matching only and do not mix then and now."""
        clashing = {pair for pair in combinations(range(len(self.each)), 2) if self._apart(*pair)}
        sets = [
            four
            for four in combinations(range(len(self.each)), 4)
            if clashing.isdisjoint(combinations(four, 2))
        ]
        return [tuple(self.each[place] for place in sets[number]) for number in spread(len(sets))]

    def _apart(self, one: int, two: int) -> bool:
        first, second = self.each[one], self.each[two]
        return self.clash(first, second) or {first.basis, second.basis} == {"specification", "today"}


def draw_three(target: Link, rivals: Sequence[Link], rng: Random) -> list[Link]:
    """Return three of at least three rivals; the one that is easily confused with the target is among them."""
    lead = 1 if _tempts(target, rivals[0]) else 0
    return [*rivals[:lead], *rng.sample(rivals[lead:], 3 - lead)]


def match_variants(links: Links, stem: str) -> list[Variant]:
    """Return variants that ask to match four lefts with their rights."""
    return [_matching(four, stem) for four in links.fours()]


def _matching(four: tuple[Link, ...], stem: str) -> Variant:
    def make(head: QuestionHead, rng: Random) -> Question:
        pairs = tuple(
            MatchPair(
                key=part_key(link.left),
                left=sentence(link.left),
                right=sentence(link.right),
                why=sentence(link.why),
            )
            for link in four
        )
        return Matching(head=head, stem=stem, pairs=pairs, right_order=tuple(pair.key for pair in pairs))

    return Variant(tuple(link.left for link in four), make, _shared_basis(link.basis for link in four))


def _shared_basis(bases: Iterable[Basis]) -> Basis:
    narrow = sorted(set(bases) - {"both"})
    return narrow[0] if narrow else "both"


def _tempts(target: Link, other: Link) -> bool:
    return target.confused is not None and folded(target.confused) == folded(other.left)
