"""A learner reports a question that they have just answered."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from models import LONGEST_REPORT, report_question
from quiz.statistics import ReportReason
from quiz.wording import sentence
from ui import clock, store
from ui.text import plain


def report_control(learner: UUID, attempt: UUID, position: int, *, key: str) -> None:
    """Show a way to say that something is wrong with the question at a position of an attempt."""
    # The form is made when it is opened: few are, and it would be a third of what the page sends.
    with st.popover("Report this question", key=f"{key}-open", on_change="rerun") as form:
        if not form.open:
            return
        st.markdown(
            "It reaches whoever looks after the questions on this computer, with the question as you saw it."
        )
        reason = st.radio(
            "What is wrong?",
            list(ReportReason),
            format_func=sentence,
            key=f"{key}-reason",
            on_change="ignore",
        )
        text = st.text_area(
            "Anything to add", max_chars=LONGEST_REPORT, key=f"{key}-text", on_change="ignore"
        )
        if not st.button("Send the report", key=f"{key}-send"):
            return
        try:
            with store.database().write() as db:
                report_question(
                    session=db, learner=learner, attempt_id=attempt, position=position, reason=ReportReason(str(reason)), text=text,
                    now=clock.now(),
                )  # fmt: skip
        except ValueError as error:
            st.error(plain(str(error)))
        else:
            st.success("Thank you. Your report is stored.")
