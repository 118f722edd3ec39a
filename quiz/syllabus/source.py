"""Strict YAML with the line of every entry.

YAML turns `1.10` into 1.1, `NO` into False and lets a repeated key win silently. Here only
`true` and `false` are booleans, dates stay text, and a repeated key is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from quiz.findings import Finding

Place = tuple[str | int, ...]

_BaseLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StrictLoader(_BaseLoader):  # type: ignore[misc]  # the C loader is optional and untyped
    """Resolves only null, true/false, whole numbers and decimals; the rest is text."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}


for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", "tf"),
    ("tag:yaml.org,2002:int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("tag:yaml.org,2002:float", r"^[-+]?[0-9]+\.[0-9]+$", "-+0123456789"),
    ("tag:yaml.org,2002:null", r"^(?:~|null|)$", "~n\0"),
):
    _StrictLoader.add_implicit_resolver(_tag, re.compile(_pattern), [*_first, ""])


_SCALARS: dict[str, Callable[[str], Any]] = {
    "str": str,
    "bool": {"true": True, "false": False}.__getitem__,
    "int": int,
    "float": float,
    "null": lambda text: None,
}


@dataclass(frozen=True)
class Source:
    """A YAML file as plain values, and the line (from 1) on which each entry stands."""

    file: str
    data: Any
    lines: dict[Place, int]
    findings: tuple[Finding, ...] = ()
    written: dict[Place, str] = field(default_factory=dict)
    """Decimal numbers as they are written: 1.10 is 1.1 once it is read."""

    def line(self, place: Place) -> int:
        """Return the line of an entry, or of the nearest entry above it that exists."""
        while place not in self.lines and place:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_source(path: Path, root: Path) -> Source:
    """Return the file's values and lines; what cannot be read is a finding, never an exception."""
    file = path.relative_to(root).as_posix()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = (
            "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else error.strerror or str(error)
        )
        return Source(
            file, None, {}, (Finding(file, 1, "unreadable-file", f"The file cannot be read: {reason}."),)
        )
    return parse_source(text, file)


def parse_source(text: str, file: str) -> Source:
    """Return the values and lines of YAML text; see `read_source`."""
    try:
        loader = _StrictLoader(text)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        return Source(
            file,
            None,
            {},
            (
                Finding(
                    file,
                    line,
                    "bad-yaml",
                    f"This is not valid YAML: {problem}. Text with a colon or a leading special character needs quotes.",
                ),
            ),
        )
    reader = _Reader(file)
    data = reader.value(node, ()) if node is not None else None
    if data is None and not reader.findings:
        return Source(file, None, {}, (Finding(file, 1, "empty-file", "The file holds nothing."),))
    return Source(file, data, reader.lines, tuple(reader.findings), reader.written)


class _Reader:
    """Turns YAML nodes into plain values and notes the line of each."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Place, int] = {}
        self.written: dict[Place, str] = {}
        self.findings: list[Finding] = []
        self._open: list[yaml.Node] = []

    def value(self, node: yaml.Node, place: Place) -> Any:
        self.lines[place] = line = node.start_mark.line + 1
        if isinstance(node, yaml.ScalarNode):
            if node.tag.endswith(":float"):
                self.written[place] = node.value
            return self._scalar(node)
        if any(node is outer for outer in self._open):
            self.findings.append(Finding(self.file, line, "bad-alias", "An entry cannot hold itself."))
            return None
        self._open.append(node)
        try:
            if isinstance(node, yaml.MappingNode):
                return self._mapping(node, place)
            return [self.value(child, (*place, index)) for index, child in enumerate(node.value)]
        finally:
            self._open.pop()

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[Any, Any]:
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = self._scalar(key_node) if isinstance(key_node, yaml.ScalarNode) else None
            if not isinstance(key, str | int) or isinstance(key, bool):
                self.findings.append(Finding(self.file, line, "bad-key", "A key has to be plain text."))
                continue
            if key in result:
                self.findings.append(
                    Finding(
                        self.file,
                        line,
                        "repeated-key",
                        f"“{key}” stands twice in the same place; the first is on line {self.lines[(*place, key)]}.",
                    )
                )
                continue
            result[key] = self.value(value_node, (*place, key))
            self.lines[(*place, key)] = line
        return result

    def _scalar(self, node: yaml.Node) -> Any:
        read = _SCALARS.get(node.tag.removeprefix("tag:yaml.org,2002:"))
        try:
            if read is not None:
                return read(node.value)
        except (KeyError, ValueError):
            pass  # an explicit tag on text that does not fit it
        self._refuse_tag(node)
        return None

    def _refuse_tag(self, node: yaml.Node) -> None:
        line = node.start_mark.line + 1
        message = f"“{node.tag}” is not allowed here; write plain text."
        self.findings.append(Finding(self.file, line, "bad-tag", message))
