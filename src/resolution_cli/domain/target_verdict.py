"""The verdicts on a target, in the words of JSON and CSV."""

from collections.abc import Mapping
from enum import StrEnum

from resolution_cli.i18n import N_


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

TARGET_VERDICT_TITLES: Mapping[TargetVerdict, str] = {
    TargetVerdict.EXCEEDED: N_("exceeded"),
    TargetVerdict.MET: N_("met"),
    TargetVerdict.MISSED: N_("missed"),
    TargetVerdict.ON_TRACK: N_("on track"),
    TargetVerdict.BEHIND: N_("behind plan"),
    TargetVerdict.NO_DATA: N_("no data"),
    TargetVerdict.NOT_DUE: N_("not yet due"),
    TargetVerdict.NO_PLAN: N_("no plan"),
}
"""What the verdicts are called, as messages to be looked up where they are shown."""
