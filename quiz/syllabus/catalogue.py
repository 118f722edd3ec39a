"""Reading the catalogue: qualifications, units listed without being taught, slips and links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from quiz.findings import Finding
from quiz.syllabus.compiled import Read
from quiz.syllabus.crosscheck_catalogue import (
    crosscheck_links,
    crosscheck_outlines,
    crosscheck_qualification,
    crosscheck_slips,
)
from quiz.syllabus.outline import (
    LinkFile,
    OutlineFile,
    SameStandard,
    SlipEntry,
    SlipFile,
    UnitLinks,
    UnitOutline,
    outline_of,
)
from quiz.syllabus.qualification import Qualification
from quiz.syllabus.source import Source
from quiz.syllabus.validate import validate


@dataclass(frozen=True)
class Catalogue:
    """What the catalogue's files hold, and every finding on the way."""

    qualifications: Mapping[str, Qualification]
    outlines: Mapping[str, UnitOutline]
    slips: tuple[SlipEntry, ...]
    links: Mapping[str, UnitLinks]
    same_standard: tuple[SameStandard, ...]
    sources: tuple[Source, ...]
    findings: tuple[Finding, ...]


def read_catalogue(
    content_dir: Path, read: Read, taught: Mapping[str, UnitOutline], *, whole: bool
) -> Catalogue:
    """Return the catalogue with the taught units in it.

    Whether a named unit exists is asked only where every file could be read (`whole` says so of the
    taught units): a unit that cannot be read would else be missed again wherever it is named.
    """
    sources: list[Source] = []
    findings: list[Finding] = []

    def opened(path: Path) -> Source:
        sources.append(read(path, content_dir))
        return sources[-1]

    outlines = dict(taught)
    for path in sorted(content_dir.glob("outlines/*.yaml")):
        source = opened(path)
        file = validate(OutlineFile, source, findings)
        if file is not None:
            findings.extend(crosscheck_outlines(file, source, frozenset(outlines)))
            outlines |= {e.unit: outline_of(e) for e in file.units if e.unit not in outlines}
    qualifications: dict[str, tuple[Qualification, Source]] = {}
    for path in sorted(content_dir.glob("qualifications/*.yaml")):
        source = opened(path)
        entry = validate(Qualification, source, findings)
        if entry is not None and entry.key != path.stem:
            message = f"The file of “{entry.key}” has to be called {entry.key}.yaml."
            findings.append(Finding(source.file, source.line(("key",)), "wrong-file-name", message))
        elif entry is not None:
            qualifications[entry.key] = (entry, source)
    slips = links = None
    slips_path, links_path = content_dir / "slips.yaml", content_dir / "links.yaml"
    if slips_path.exists():
        slips_source = opened(slips_path)
        slips = validate(SlipFile, slips_source, findings)
    if links_path.exists():
        links_source = opened(links_path)
        links = validate(LinkFile, links_source, findings)
    complete = whole and not findings
    for entry, source in qualifications.values():
        findings.extend(crosscheck_qualification(entry, source, outlines if complete else None))
    if complete:
        if slips is not None:
            findings.extend(crosscheck_slips(slips, slips_source, outlines, qualifications))
        if links is not None:
            findings.extend(crosscheck_links(links, links_source, outlines))
    return Catalogue(
        qualifications={key: entry for key, (entry, _) in qualifications.items()},
        outlines=outlines,
        slips=slips.slips if slips else (),
        links={entry.unit: entry for entry in links.units} if links else {},
        same_standard=links.same_standard if links else (),
        sources=tuple(sources),
        findings=tuple(findings),
    )
