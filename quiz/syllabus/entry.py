"""What every entry of a pack is made of: strict, frozen values and the forms of names and dates."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
IsoDate = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}(-\d{2})?$")]
Code = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+$")]
UnitReference = Annotated[str, StringConstraints(pattern=r"^[A-Z]/\d{3}/\d{4}$")]
UnitKey = Annotated[str, StringConstraints(pattern=r"^([A-Z]/\d{3}/\d{4}|[A-Z][A-Z0-9]{3} \d{2})$")]
"""What a unit is known by: its reference number, or an SQA code with its level such as `H11S 04`."""


class Entry(BaseModel):
    """A frozen, strict entry of a pack: an unknown key or a wrong type is a finding."""

    model_config = ConfigDict(frozen=True, extra="forbid")
