"""The rule that no six consecutive words are shared with a specification document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from quiz.authoring.fingerprints import RUN, Documents, Token, name_words, run_hash, tokens
from quiz.authoring.rule import CatalogueSubject, CriterionSubject, Rule, Spot, UnitSubject
from quiz.authoring.texts import texts
from quiz.authoring.words import STOP_WORDS
from quiz.syllabus.source import Source

Names = tuple[tuple[str, ...], ...]


def copied_in_criterion(subject: CriterionSubject) -> Iterator[Spot]:
    """Yield a spot for each copied run of words in a criterion's file."""
    yield from _copied(subject.criterion.source, subject.setting.documents, (subject.unit.title,))


def copied_in_unit(subject: UnitSubject) -> Iterator[Spot]:
    """Yield a spot for each copied run of words in a unit's own file."""
    yield from _copied(subject.unit.source, subject.setting.documents, (subject.unit.title,))


def copied_in_catalogue(subject: CatalogueSubject) -> Iterator[Spot]:
    """Yield a spot for each copied run of words in a file of the catalogue; titles are given as they are."""
    yield from _copied(subject.source, subject.setting.documents, subject.titles)


def copied_runs(text: str, documents: Documents, names: Names) -> Iterator[tuple[str, int]]:
    """Yield each longest run of copied words in a text, and where it begins.

    What lies in a name, but for small words and abbreviations around it, is not copied: a name has to be
    given as it is.
    """
    found = tokens(text)
    shared = [
        at
        for at in range(len(found) - RUN + 1)
        if run_hash(token.word for token in found[at : at + RUN]) in documents.runs
    ]
    if not shared:
        return
    named = _named([token.word for token in found], names)
    copied = [at for at in shared if not _is_name(found[at : at + RUN], named[at : at + RUN])]
    start: int | None = None
    for place, at in enumerate(copied):
        start = at if start is None else start
        if place + 1 == len(copied) or copied[place + 1] > at + 1:
            run = found[start : at + RUN]
            yield " ".join(token.word for token in run), run[0].start
            start = None


def _copied(source: Source, documents: Documents, titles: Iterable[str]) -> Iterator[Spot]:
    names = (*documents.names, *map(name_words, titles))
    for shown in texts(source.data):
        for run, start in copied_runs(shown.text, documents, names):
            yield Spot(
                shown.place,
                f"“{run}” stands in a specification document; say it in words of our own.",
                shown.text.count("\n", 0, start) + 1 if "\n" in shown.text else 0,
            )


def _named(found: Sequence[str], names: Names) -> list[bool]:
    """Return for each word whether it is part of a name."""
    named = [False] * len(found)
    starts: dict[str, list[tuple[str, ...]]] = {}
    for name in names:
        starts.setdefault(name[0], []).append(name)
    for at, word in enumerate(found):
        for name in starts.get(word, ()):
            without_year = name[:-1] if name[-1].isdigit() else name
            for form in (name, without_year):
                if tuple(found[at : at + len(form)]) == form:
                    named[at : at + len(form)] = [True] * len(form)
    return named


def _is_name(run: Sequence[Token], named: Sequence[bool]) -> bool:
    outside = [token for token, inside in zip(run, named, strict=True) if not inside]
    return len(outside) < RUN and all(token.word in STOP_WORDS or token.is_abbreviation for token in outside)


CRITERION_RULES = (Rule("copied-wording", copied_in_criterion),)
UNIT_RULES = (Rule("copied-wording", copied_in_unit),)
CATALOGUE_RULES = (Rule("copied-wording", copied_in_catalogue),)
