"""A finding: one fault in the content, with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Finding:
    """One fault: where it is, which rule found it and what to do about it."""

    file: str
    line: int
    rule: str
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        """Read as `file:line: rule: message`."""
        note = "" if self.severity == "error" else "warning: "
        return f"{self.file}:{self.line}: {note}{self.rule}: {self.message}"
