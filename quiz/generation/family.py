"""A family: all questions that one template makes from one knowledge block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quiz.syllabus.knowledge import Level

QuestionType = Literal["single_choice", "multiple_response", "matching", "ordering", "sorting"]


@dataclass(frozen=True)
class Family:
    """Names the questions of one block and template; `law` lists the facts that they rest on."""

    id: str
    block_id: str
    template: str
    type: QuestionType
    law: tuple[str, ...]
    level: Level
