"""Knowledge blocks from unit content: what belongs under a topic, and what another topic lists.

A block claims nothing but what the document prints: that it lists a point under a topic, or a detail under
an element. Whatever might be right as well is kept from the other side.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, TypeVar

from rapidfuzz import fuzz

from quiz.authoring.importing.points import Listed, abbreviations, listed, stems, tidy
from quiz.authoring.importing.specification import SpecUnit, Topic

Block = dict[str, Any]
Slugs = Mapping[tuple[str, str], str]
"""The slug of each element by its topic's slug and its text."""
_Item = TypeVar("_Item")

_MOST: Final = 8  # pieces of a side
_FEW: Final = 3  # members with fewer of which not every way of asking is open
_LEAST_OTHERS: Final = 4
_LEAST_LINKS: Final = 4  # fewer pairs or terms leave no three wrong answers
_MOST_BLOCKS: Final = 8  # of a topic's elements
_MOST_LOOKED_AT: Final = 600  # points from which those that do not belong are drawn
_DETAILS: Final = 3  # from so many on, an element has a block of its own
_OF_ONE_TOPIC: Final = 2
_ALIKE: Final = 72
_SAME_SUBJECT: Final = 0.6
_OTHER_FORM: Final = 9  # letters that a point of another form may be nearer in length
_CLOSE_BY: Final = 5  # the same for a point of the same outcome, which is sooner right as well


@dataclass(frozen=True)
class Point:
    """A point that can stand alone: its text, and the element that it is a detail of, or nothing."""

    text: str
    under: str = ""

    @cached_property
    def folded(self) -> str:
        """Return the text as it is compared."""
        return _folded(self.text)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Return the stems of its words."""
        return stems(self.text)

    @cached_property
    def form(self) -> str:
        """Return how it begins: with a name, with something that is done, or otherwise."""
        first, *rest = self.text.split()
        if first.casefold().endswith("ing") and rest:
            return "doing"
        return "name" if rest and first[:1].isupper() and rest[0][:1].isupper() else "thing"

    def distance(self, other: Point) -> float:
        """Return how much it differs in form from another: in length, in words, and in how it begins."""
        words = abs(self.text.count(" ") - other.text.count(" "))
        return abs(len(self.text) - len(other.text)) + words + (_OTHER_FORM if self.form != other.form else 0)

    def is_near(self, others: Iterable[Point]) -> bool:
        """Return whether it says nearly what another says."""
        for other in others:
            shared = len(self.stems & other.stems)
            if shared and shared * 2 >= min(len(self.stems), len(other.stems)):
                return True
            if fuzz.ratio(self.folded, other.folded, score_cutoff=_ALIKE):
                return True
        return False


@dataclass(frozen=True)
class TopicPoints:
    """A topic of the unit: its outcome, its heading as it is quoted, and what it lists."""

    outcome: int
    topic: Topic
    slug: str

    @cached_property
    def heading(self) -> str:
        """Return the heading as it stands within quotation marks."""
        return _quotable(tidy(self.topic.heading))

    @cached_property
    def listed(self) -> tuple[Listed, ...]:
        """Return what the topic lists."""
        return listed(self.topic)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Return the stems of the heading."""
        return stems(self.heading)

    @cached_property
    def everything(self) -> frozenset[str]:
        """Return every text below the heading as it is compared, also those that cannot stand alone."""
        return frozenset(_folded(text) for one in self.listed for text in (one.text, *one.details))

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """Return each point that can stand alone, once."""
        found: dict[str, Point] = {}
        for one in self.listed:
            mine = [Point(one.text)] if one.stands else []
            mine += [Point(detail, one.text) for detail in one.details if not stems(detail) <= self.stems]
            for point in mine:
                found.setdefault(point.folded, point)
        return tuple(found.values())

    def name(self, one: Listed) -> str:
        """Return an element as it is spoken of away from its topic; one that says little alone has it before it."""
        told = _quotable(one.text)
        return told if one.stands and len(one.text.split()) > 1 else f"{self.heading}: {told}"


def topics_of(unit: SpecUnit) -> tuple[TopicPoints, ...]:
    """Return the unit's topics in order, each with a slug of its own."""
    slugs: Counter[str] = Counter()
    found: list[TopicPoints] = []
    for part in unit.content:
        for topic in part.topics:
            slug = slug_of(topic.heading)
            slugs[slug] += 1
            if slugs[slug] > 1:
                slug = f"{slug}-{slugs[slug]}"
            found.append(TopicPoints(part.outcome, topic, slug))
    return tuple(found)


def slug_of(text: str, most: int = 5) -> str:
    """Return the first words that carry meaning as a slug, as in `learning-resources`."""
    words = re.findall(r"[a-z0-9]+", text.casefold().replace("'", "").replace("’", ""))
    meant = [word for word in words if word not in {"of", "and", "the", "to", "for", "in", "a", "an", "or"}]
    return "-".join((meant or words or ["topic"])[:most])


def blocks_of(own: Sequence[TopicPoints], every: Sequence[TopicPoints], slugs: Slugs) -> tuple[Block, ...]:
    """Return the blocks of a criterion from its own topics; the others of the unit give what does not belong."""
    found: list[Block] = []
    for topic in own:
        found.extend(_topic_block(topic, every, slugs))
        detailed = [one for one in topic.listed if len(one.details) >= _DETAILS]
        for one in detailed[:_MOST_BLOCKS]:
            found.extend(_details_block(topic, one, every, slugs))
    if len(found) > 1:  # one member alone gives one question: it is worth it only where there is no other
        found = [block for block in found if len(block["members"]) > 1] or found[:1]
    found.extend(_pairs_block(own, slugs))
    found.extend(_terms_block(own))
    names: Counter[str] = Counter()
    for block in found:
        names[block["id"]] += 1
        if names[block["id"]] > 1:
            block["id"] = f"{block['id']}-{names[block['id']]}"
    return tuple(found)


def slugs_of(topics: Sequence[TopicPoints]) -> dict[tuple[str, str], str]:
    """Return a slug for each element of a criterion's topics, each once in the criterion."""
    taken: set[str] = set()
    return {
        (topic.slug, one.text): _free(slug_of(one.text), taken) for topic in topics for one in topic.listed
    }


def covers_of(topics: Sequence[TopicPoints], slugs: Slugs) -> dict[str, dict[str, str]]:
    """Return the elements of a criterion's topics by slug, under the topics' slugs."""
    return {topic.slug: {slugs[topic.slug, one.text]: one.text for one in topic.listed} for topic in topics}


def _free(slug: str, taken: set[str]) -> str:
    name, number = slug, 1
    while name in taken:
        number += 1
        name = f"{slug}-{number}"
    taken.add(name)
    return name


def _topic_block(topic: TopicPoints, every: Sequence[TopicPoints], slugs: Slugs) -> Iterator[Block]:
    """Yield the block of what a topic lists: its elements, and the details of those that have few."""
    own_block = {one.text for one in topic.listed if len(one.details) >= _DETAILS}
    members = [point for point in topic.points if point.under not in own_block]
    if len(members) < _FEW and own_block:
        # An element with many details has its own block: alone under its topic it would be asked twice.
        members = [point for point in members if not point.under]
    telling = [point for point in members if not point.under or " " in point.text]
    # A detail of one word says little without its element.
    members = _some(telling if len(telling) >= _FEW else members, _MOST)
    others = _others(members, topic, every)
    if not members or len(others) < _LEAST_OTHERS:
        return
    yield {
        "id": topic.slug,
        "kind": "members",
        "basis": "specification",
        "level": "remember",
        "covers": list(dict.fromkeys(slugs[topic.slug, point.under or point.text] for point in members)),
        "ask": f"points that the unit lists under “{topic.heading}”",
        "members": [_piece(point, topic) for point in members],
        "others": others,
    }


def _details_block(
    topic: TopicPoints, one: Listed, every: Sequence[TopicPoints], slugs: Slugs
) -> Iterator[Block]:
    """Yield the block of an element's details."""
    members = [Point(detail, one.text) for detail in _some(one.details, _MOST)]
    name = topic.name(one)
    others = _others(members, topic, every, within=one)
    if len(others) < _LEAST_OTHERS:
        return
    what = "examples that the unit gives of" if one.are_examples else "points that the unit lists for"
    yield {
        "id": f"{slug_of(name)}-examples" if one.are_examples else f"{slug_of(name)}-points",
        "kind": "members",
        "basis": "specification",
        "level": "remember",
        "covers": [slugs[topic.slug, one.text]],
        "ask": f"{what} “{name}”",
        "members": [{"text": point.text, "why": f"The unit names it for “{name}”."} for point in members],
        "others": others,
    }


def _pairs_block(own: Sequence[TopicPoints], slugs: Slugs) -> Iterator[Block]:
    """Yield the block of elements with what the document lists for each, where there are enough."""
    links: dict[str, tuple[str, str, str]] = {}  # by the right: left, right, slug
    for topic in own:
        for one in topic.listed:
            right = _together([d for d in one.details if not stems(d) & stems(one.text)])
            if right and one.text and _folded(right) not in links:
                links[_folded(right)] = (topic.name(one), right, slugs[topic.slug, one.text])
    lefts = Counter(left for left, _, _ in links.values())
    kept = [link for link in links.values() if lefts[link[0]] == 1]
    if len(kept) < _LEAST_LINKS:
        return
    yield {
        "id": "what-goes-with-what",
        "kind": "pairs",
        "basis": "specification",
        "level": "remember",
        "covers": list(dict.fromkeys(slug for _, _, slug in kept)),
        "ask": "what does the unit list for it?",
        "left_name": "point of the unit",
        "right_name": "what the unit lists for it",
        "pairs": [
            {"left": left, "right": right, "why": f"The unit names this for “{left}”."}
            for left, right, _ in kept
        ],
    }


def _terms_block(own: Sequence[TopicPoints]) -> Iterator[Block]:
    """Yield the block of abbreviations, where there are enough."""
    spelt = abbreviations(topic.topic for topic in own)
    if len(spelt) < _LEAST_LINKS:
        return
    yield {
        "id": "abbreviations",
        "kind": "terms",
        "basis": "specification",
        "level": "remember",
        "terms": [
            {"term": short, "means": name, "why": f"The letters of {short} stand for these words."}
            for short, name in spelt.items()
        ],
    }


def _others(
    members: Sequence[Point], topic: TopicPoints, every: Sequence[TopicPoints], within: Listed | None = None
) -> list[dict[str, str]]:
    """Return points listed under other topics of the unit, as long and in such forms as the members are.

    What says nearly what a member says is left out, and so is what stands under a topic on the same subject
    or shares a word with the heading: it might be right as well.
    """
    subject = topic.stems | (stems(within.text) if within else frozenset())
    elsewhere = [
        (point, other)
        for other in every
        if other is not topic and not _same_subject(topic.stems, other.stems)
        for point in other.points
        if point.folded not in topic.everything
    ]
    pool = [entry for entry in _some(elsewhere, _MOST_LOOKED_AT) if not entry[0].is_near(members)]
    apart = [entry for entry in pool if not entry[0].stems & subject]
    pool = apart if len(apart) >= _LEAST_OTHERS else pool
    wanted = sorted(members, key=lambda point: -len(point.text))
    while 0 < len(wanted) < _LEAST_OTHERS:
        wanted = [*wanted, *wanted]
    chosen: list[tuple[Point, TopicPoints]] = []
    for member in wanted[:_MOST]:
        free = _nearest(pool, member, topic, chosen)
        taken = _first_free(free, chosen, _OF_ONE_TOPIC) or _first_free(free, chosen, _MOST)
        if taken is None:
            break
        chosen.append(taken)
    return [_piece(point, other) for point, other in chosen]


def _nearest(
    pool: Sequence[tuple[Point, TopicPoints]],
    like: Point,
    topic: TopicPoints,
    chosen: Sequence[tuple[Point, TopicPoints]],
) -> list[tuple[Point, TopicPoints]]:
    """Return what is not chosen yet, the one most like a member in form first."""
    free = [entry for entry in pool if entry not in chosen]
    return sorted(free, key=lambda entry: _cost(entry, like, topic))


def _cost(entry: tuple[Point, TopicPoints], like: Point, topic: TopicPoints) -> float:
    """Return what speaks against a point beside a member: another form, or the same outcome, which is close."""
    point, other = entry
    return point.distance(like) + (_CLOSE_BY if other.outcome == topic.outcome else 0)


def _first_free(
    free: Sequence[tuple[Point, TopicPoints]], chosen: Sequence[tuple[Point, TopicPoints]], of_one: int
) -> tuple[Point, TopicPoints] | None:
    """Return the first that says nothing chosen again and whose topic has given fewer than so many."""
    given = Counter(other.slug for _, other in chosen)
    before = [point for point, _ in chosen]
    return next(
        (entry for entry in free if given[entry[1].slug] < of_one and not entry[0].is_near(before)), None
    )


def _piece(point: Point, topic: TopicPoints) -> dict[str, str]:
    """Return a point as a piece of a block; its explanation is where the document lists it."""
    said = f"The unit lists it under “{topic.heading}”"
    return {"text": point.text, "why": said + (f", for “{_quotable(point.under)}”." if point.under else ".")}


def _same_subject(one: frozenset[str], two: frozenset[str]) -> bool:
    return bool(one and two) and len(one & two) >= _SAME_SUBJECT * min(len(one), len(two))


def _together(details: Sequence[str]) -> str:
    """Return up to two details as one answer; none that is long or an “and” itself is joined."""
    short = [detail for detail in details if len(detail) <= 40 and " and " not in detail]
    if len(short) >= 2:
        return f"{short[0]} and {short[1]}"
    return details[0] if details else ""


def _some(items: Sequence[_Item], most: int) -> list[_Item]:
    """Return at most so many items, spread evenly."""
    size = len(items)
    return list(items) if size <= most else [items[number * size // most] for number in range(most)]


def _quotable(text: str) -> str:
    """Return a text as it stands within quotation marks."""
    return text.translate(str.maketrans("“”", "‘’"))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
