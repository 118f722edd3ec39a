"""Generation: one module a knowledge kind; block + template + seed -> question.

A family is what one template makes of one block. Written questions are made ready here as well, so
that whatever is shown has been shuffled and filled by a seed.
"""

from quiz.generation.family import Family, QuestionType
from quiz.generation.generate import families, generate, generate_all, reach
from quiz.generation.realise import written
from quiz.generation.scenario import fill, fill_question

__all__ = [
    "Family",
    "QuestionType",
    "families",
    "fill",
    "fill_question",
    "generate",
    "generate_all",
    "reach",
    "written",
]
