"""Shows a chart with its title, its words, and the same as a table for whoever cannot see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from ui import charts
from ui.charts import Picture
from ui.text import plain


def picture(
    drawn: Picture | None,
    note: str = "",
    *,
    head: Callable[..., Any] = st.header,
    key: str | None = None,
    nested: bool = False,
) -> None:
    """Show a chart; nothing where there is none. `head` sets the level of its title, `key` names it to the style.

    Inside an expander (`nested`) the table stands below the chart, since expanders do not nest.
    """
    if drawn is None:
        return
    head(plain(drawn.title), anchor=False)
    st.plotly_chart(drawn.figure, config={"displayModeBar": False}, alt=drawn.alt, width="stretch", key=key)
    if note:
        st.caption(note)
    if not drawn.table:
        return
    with st.container() if nested else st.expander("The same as a table"):
        st.dataframe(charts.filled(drawn.table), hide_index=True, width="stretch")
