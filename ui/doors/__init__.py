"""The doors of a class: HTTP routes by which learners join and a tutor signs in (class mode only)."""

from ui.doors.guard import SafeAnswers
from ui.doors.passcode import LEAST_LENGTH, Passcode
from ui.doors.routes import Doors

__all__ = ["LEAST_LENGTH", "Doors", "Passcode", "SafeAnswers"]
