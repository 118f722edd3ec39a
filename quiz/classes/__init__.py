"""A class as its tutor sees it: groups, their progress, tests, tasks and comments.

running sums of every learner → `class_progress`; marks of tests → `latest_tests`; evidence → `who_did`
"""

from quiz.classes.comment import LONGEST_COMMENT, About, Comment, comment_text
from quiz.classes.group import (
    CODE_LENGTH,
    CODE_SIGNS,
    LONGEST_GROUP_NAME,
    Group,
    Member,
    group_name,
    join_code,
)
from quiz.classes.progress import (
    AT_RISK,
    ClassProgress,
    LearnerInClass,
    OutcomeInClass,
    Risk,
    class_progress,
    monday_of,
    risk_of,
)
from quiz.classes.sat_tests import ClassTest, OutcomeTested, latest_tests
from quiz.classes.task import (
    MOST_QUESTIONS,
    Task,
    TaskDone,
    TaskState,
    did_task,
    make_task,
    who_did,
)

__all__ = [
    "AT_RISK",
    "CODE_LENGTH",
    "CODE_SIGNS",
    "LONGEST_COMMENT",
    "LONGEST_GROUP_NAME",
    "MOST_QUESTIONS",
    "About",
    "ClassProgress",
    "ClassTest",
    "Comment",
    "Group",
    "LearnerInClass",
    "Member",
    "OutcomeInClass",
    "OutcomeTested",
    "Risk",
    "Task",
    "TaskDone",
    "TaskState",
    "class_progress",
    "comment_text",
    "did_task",
    "group_name",
    "join_code",
    "latest_tests",
    "make_task",
    "monday_of",
    "risk_of",
    "who_did",
]
