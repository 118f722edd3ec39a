"""Sessions: the question bank, papers, practice, attempts and their moves, score reports."""

from quiz.sessions.attempt import (
    Attempt,
    Break,
    Finish,
    Given,
    Item,
    Kind,
    answer,
    append,
    begin_break,
    end_break,
    finish,
    flag,
    move,
    settle,
    show_answer,
)
from quiz.sessions.bank import ALL_BASES, TEST_BASES, QuestionBank, WrittenEntry
from quiz.sessions.paper import Paper, assemble, unseen_papers
from quiz.sessions.practice import LONGEST, SHORTEST, History, PracticePlan, draw, draw_all
from quiz.sessions.score import CriterionScore, OutcomeScore, ScoreReport, score, verdict

__all__ = [
    "ALL_BASES",
    "LONGEST",
    "SHORTEST",
    "TEST_BASES",
    "Attempt",
    "Break",
    "CriterionScore",
    "Finish",
    "Given",
    "History",
    "Item",
    "Kind",
    "OutcomeScore",
    "Paper",
    "PracticePlan",
    "QuestionBank",
    "ScoreReport",
    "WrittenEntry",
    "answer",
    "append",
    "assemble",
    "begin_break",
    "draw",
    "draw_all",
    "end_break",
    "finish",
    "flag",
    "move",
    "score",
    "settle",
    "show_answer",
    "unseen_papers",
    "verdict",
]
