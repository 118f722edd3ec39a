"""A file's values as a typed entry; what does not fit is a finding with its line."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from quiz.findings import Finding
from quiz.syllabus.explain import explain
from quiz.syllabus.source import Source

_Model = TypeVar("_Model", bound=BaseModel)


def validate(model: type[_Model], source: Source, findings: list[Finding]) -> _Model | None:
    """Return the entry, or None with its faults added to the findings."""
    findings.extend(source.findings)
    if source.data is None:
        return None
    try:
        return model.model_validate(source.data)
    except ValidationError as error:
        findings.extend(explain(error, source))
        return None
