"""A file that cannot be imported, with what is wrong and what to do."""

from __future__ import annotations

from quiz.errors import QuizError


class ImportRefused(QuizError):
    """The file is no specification that can be read; the text says what, where and what to do.

    Nothing of the file has been kept when this is raised.
    """
