"""How much of the two specification documents is read rightly, and how fast; also by way of a PDF.

python -m benchmarks.importing [--seeds ../shared/seeds] [--without-pdf]

Codes, verbs and facts are held against the catalogue that is shipped, whose figures were checked by hand;
texts against `importing_texts.txt`, which holds a digest of each right text: every row that is whole was
taken as printed, the 90 others were read by a person. The documents are not part of the repository.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import typst

from quiz.authoring.importing import Limits, Specification, read_file, read_specification
from quiz.syllabus import Pack, load_packs

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
TEXTS = Path(__file__).with_name("importing_texts.txt")
DOCUMENTS = {"002": (11, 35, 152), "003": (105, 381, 1715)}
"""The documents by the start of their names, with their units, outcomes and criteria."""


@dataclass(frozen=True)
class Figures:
    """What of a document was read rightly."""

    units: int
    facts: int
    criteria: int
    texts: int
    invented: int
    unsure: int
    doubtful: int


def documents(seeds: Path = SEEDS) -> dict[str, Path]:
    """Return the documents that are on this machine by the start of their names."""
    return {start: path for start in DOCUMENTS for path in sorted(seeds.glob(f"{start}_*.txt"))}


def digest(key: str | None, code: str, text: str) -> str:
    """Return eight signs that stand for a criterion's text, capitals and punctuation aside."""
    words = " ".join(re.findall(r"\w+", text.casefold()))
    return hashlib.sha256(f"{key} {code} {words}".encode()).hexdigest()[:8]


def figures(specification: Specification, pack: Pack) -> Figures:
    """Return how many units and criteria are as the catalogue and the digests have them."""
    right = set(TEXTS.read_text(encoding="ascii").split())
    units = facts = criteria = texts = invented = 0
    for unit in specification.units:
        outline = pack.outlines.get(unit.key or "")
        if outline is None:
            invented += len(unit.criteria)
            continue
        units += 1
        stated = (unit.title.casefold(), unit.level, unit.credit, unit.glh)
        facts += stated == (outline.title.casefold(), outline.level, outline.credit, outline.glh)
        for one in unit.criteria:
            known = outline.by_code.get(one.code)
            invented += known is None
            criteria += known is not None and known.verb == one.verb
            texts += digest(unit.key, one.code, one.text) in right
    doubtful = sum(one.confidence < 0.9 for unit in specification.units for one in unit.criteria)
    return Figures(units, facts, criteria, texts, invented, len(specification.unsure), doubtful)


def main() -> None:
    """Print the figures of each document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=Path, default=SEEDS)
    parser.add_argument("--without-pdf", action="store_true")
    chosen = parser.parse_args()
    found = documents(chosen.seeds)
    if not found:
        print(f"documents not here: {chosen.seeds}")
    pack = load_packs()
    for start, path in found.items():
        began = time.perf_counter()
        specification = read_specification(read_file(path))
        _print(f"{start} text", path, specification, pack, time.perf_counter() - began)
        if not chosen.without_pdf:
            with tempfile.TemporaryDirectory() as folder:
                pdf = Path(folder) / f"{start}.pdf"
                typst.compile("\n".join(_markup(specification, start == "002")).encode(), output=pdf)
                began = time.perf_counter()
                again = read_specification(read_file(pdf, Limits(seconds=600)))
                _print(f"{start} PDF", pdf, again, pack, time.perf_counter() - began)


def _print(name: str, path: Path, specification: Specification, pack: Pack, seconds: float) -> None:
    units, _, criteria = DOCUMENTS[name[:3]]
    got = figures(specification, pack)
    topics = sum(len(content.topics) for unit in specification.units for content in unit.content)
    print(
        f"{name:<9} {path.stat().st_size / 1000:>6.0f} kB {seconds:>6.2f} s   "
        f"units {got.units}/{units} ({got.facts} with every fact)   "
        f"criteria {got.criteria}/{criteria} = {got.criteria / criteria:.2%}   "
        f"texts {got.texts}/{criteria} = {got.texts / criteria:.2%}   invented {got.invented}   "
        f"unsure {got.doubtful} criteria, {got.unsure} places   topics {topics}"
    )


def _markup(specification: Specification, in_cell: bool) -> Iterator[str]:
    """Yield Typst markup of a document with ruled tables, in either layout, as a specification is set."""
    yield "#set text(size: 10pt)\n#set smartquote(enabled: false)\n#set page(footer: [Made-up issue, page #context counter(page).display()])"
    for unit in specification.units:
        yield f"#pagebreak(weak: true)\n= Unit {(unit.number or '').split(',')[0]}: {_plain(unit.title)}"
        yield f"Unit reference number: {_plain(unit.key or '')}\n\nLevel: {unit.level}\n"
        yield f"Credit value: {unit.credit}\n\nGuided learning hours: {unit.glh}\n"
        yield "== Learning outcomes and assessment criteria\n"
        yield "#table(columns: (1fr, 1.4fr)," if in_cell else "#table(columns: (8mm, 1fr, 11mm, 1.4fr),"
        yield (
            "table.header([Learning outcomes], [Assessment criteria]),"
            if in_cell
            else (
                "table.header(table.cell(colspan: 2)[Learning outcomes], table.cell(colspan: 2)[Assessment criteria]),"
            )
        )
        for outcome in unit.outcomes:
            statement = _plain(outcome.statement)
            if in_cell:
                criteria = " \\ ".join(f"{one.code} {_plain(one.text)}" for one in outcome.criteria)
                yield f"[{outcome.number} {statement}], [{criteria}],"
                continue
            for at, one in enumerate(outcome.criteria):
                lead = f"[{outcome.number}], [{statement}]" if at == 0 else "[], []"
                yield f"{lead}, [{one.code}], [{_plain(one.text)}],"
        yield ")"
        if unit.content:
            yield "== Unit content"
        for content in unit.content:
            statement = next(one.statement for one in unit.outcomes if one.number == content.outcome)
            yield f"=== {content.outcome} {_plain(statement)}\n"
            for topic in content.topics:
                elements = "; ".join(
                    element.text
                    + (f" ({', '.join(element.brackets)})" if element.brackets else "")
                    + (f" eg {', '.join(element.examples)}" if element.examples else "")
                    for element in topic.elements
                )
                yield f"_{_plain(topic.heading)}_: {_plain(elements)}\n"


def _plain(text: str) -> str:
    return re.sub(r"([\\#*_`$<>@\[\]~=/+-])", r"\\\1", text)


if __name__ == "__main__":
    main()
