"""One glossary for all units: every word to know, its meaning, and where it is taught."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from quiz.syllabus.criterion import CriterionEntry
from quiz.syllabus.syllabus import CriterionRef


@dataclass(frozen=True)
class GlossaryEntry:
    """A term, its one meaning, and the criteria whose notes teach it."""

    term: str
    means: str
    refs: tuple[CriterionRef, ...]


@dataclass(frozen=True)
class Glossary:
    """All terms in alphabetical order; no term stands twice."""

    entries: tuple[GlossaryEntry, ...]

    @cached_property
    def _by_term(self) -> dict[str, GlossaryEntry]:
        return {entry.term.casefold(): entry for entry in self.entries}

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        return {}

    def _pattern(self, unit: str) -> re.Pattern[str]:
        if unit not in self._patterns:
            taught = [e.term.casefold() for e in self.entries if any(ref.unit == unit for ref in e.refs)]
            # Longest first, so that “personal data” is found before “data”; a plural counts.
            terms = sorted(taught, key=len, reverse=True)
            either = "|".join(map(re.escape, terms))
            self._patterns[unit] = re.compile(rf"\b({either})(?:s|es)?\b" if terms else r"(?!)")
        return self._patterns[unit]

    def in_texts(self, texts: Iterable[str], unit: str) -> tuple[GlossaryEntry, ...]:
        """Return the unit's own terms that occur in the texts, in alphabetical order.

        Another unit's terms are left out: “fine” is a penalty in one unit and means “well” in most
        sentences.
        """
        found = {match[1] for text in texts for match in self._pattern(unit).finditer(text.casefold())}
        return tuple(self._by_term[term] for term in sorted(found))

    def matching(self, sought: str) -> tuple[GlossaryEntry, ...]:
        """Return the entries whose term or meaning holds the words sought; all for none."""
        wanted = sought.casefold().split()
        return tuple(
            entry
            for entry in self.entries
            if all(word in f"{entry.term} {entry.means}".casefold() for word in wanted)
        )


def make_glossary(criteria: Iterable[tuple[CriterionRef, CriterionEntry]]) -> Glossary:
    """Return the glossary of the criteria; the linter sees to it that a term has one meaning."""
    means: dict[str, tuple[str, str]] = {}
    refs: dict[str, list[CriterionRef]] = {}
    for ref, entry in criteria:
        for word in entry.terms:
            key = word.term.casefold()
            means.setdefault(key, (word.term, word.means))
            if ref not in refs.setdefault(key, []):
                refs[key].append(ref)
    return Glossary(tuple(GlossaryEntry(*means[key], tuple(refs[key])) for key in sorted(means)))
