"""The one place where pages read the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime

from quiz.wording import LONDON


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return today's date in London."""
    return now().astimezone(LONDON).date()
