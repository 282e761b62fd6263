"""The verdicts on a target, in the words of JSON and CSV."""

from enum import StrEnum


class TargetVerdict(StrEnum):
    """How a target stands against its plan; every target has exactly one."""

    EXCEEDED = "exceeded"
    MET = "met"
    MISSED = "missed"
    ON_TRACK = "on-track"
    BEHIND = "behind"
    NO_DATA = "no-data"
    NOT_DUE = "not-due"
    NO_PLAN = "no-plan"


ACHIEVED = (TargetVerdict.EXCEEDED, TargetVerdict.MET)
"""The verdicts of what is counted as achieved: "met or exceeded x of y"."""
