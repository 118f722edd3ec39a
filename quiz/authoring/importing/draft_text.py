"""A draft's files as a person reads and edits them: YAML with comments on what it is and what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any, Final

import yaml

from quiz.generation.parts import stopped

CHECK: Final = "# Check: "
"""How a line begins that tells a person what to look at; deleting the line says that it was done."""
_WIDTH: Final = 110
_NUMBER: Final = re.compile(r"^[-+]?[0-9._]+$")  # the loader reads some of these as numbers, PyYAML does not


_BaseDumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(_BaseDumper):  # type: ignore[misc]  # the C dumper is optional and untyped
    """Writes text so that our strict loader reads text, and several lines as they stand."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write each value where it stands."""
        return True


def _text(dumper: Any, text: str) -> Any:
    if "\n" in text:
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|")
    style = '"' if _NUMBER.match(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def file_text(head: Sequence[str], entry: Mapping[str, Any], checks: Mapping[str, Sequence[str]]) -> str:
    """Return a file's text: comments on top, then the entries, each with what is to be checked before it."""
    lines = [f"# {line}" for line in head]
    for name, value in entry.items():
        lines.extend(line for check in checks.get(name, ()) for line in _check(check))
        lines.append(
            yaml.dump(
                {name: value}, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH
            ).rstrip("\n")
        )
    return "\n".join(lines) + "\n"


def _check(said: str) -> list[str]:
    """Return a thing to check as comments; only the first line begins with the word."""
    words = " ".join(said.split())
    first, *rest = wrap(CHECK + stopped(words), _WIDTH, break_long_words=False, break_on_hyphens=False)
    return [first, *(f"#   {line}" for line in rest)]
