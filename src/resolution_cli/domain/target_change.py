"""What an update may change of a target, or the rule that refuses it."""

from collections.abc import Mapping
from datetime import date

from resolution_cli.domain.facts import FACTS
from resolution_cli.domain.model import TARGET_FACTS
from resolution_cli.domain.target_history import TargetHistory
from resolution_cli.errors import ChangeRefused
from resolution_cli.i18n import _, day


def target_facts(
    history: TargetHistory, asked: Mapping[str, object], on: date
) -> dict[str, object]:
    """Return the new values of the target by name: those asked for, and the day of a figure.

    Args:
        history: the target with its history.
        asked: the facts that a person gave, by name; None removes a value.
        on: the effective day of the update.

    Raises:
        ChangeRefused: a target has no such fact; or the figure is of a day before the base.

    """
    target = history.item
    foreign = [FACTS[name].option for name in asked if name not in TARGET_FACTS]
    if foreign:
        message = _("{item} is a target; it has no {options}.")
        raise ChangeRefused(
            message.format(item=target.id, options=", ".join(foreign)),
            _("Report its figure with --value, or leave these options out."),
        )
    if "value" not in asked:
        return dict(asked)
    if target.base and on < target.base.on:
        message = _("{item}: {day} is before the day of its base, {base}.")
        raise ChangeRefused(
            message.format(item=target.id, day=day(on), base=day(target.base.on)),
            _("Set --on to that day or a later one, or correct base.on in the file."),
        )
    return {**asked, "on": on}
