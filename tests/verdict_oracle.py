"""The verdict on an item or milestone, written from the rules of the domain and not from the code.

It reads the plain values of a file that only commands have changed, so that plan and history agree.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

_ASSIGNS = {"lead", "partners", "due", "product", "tags"}
_NO_FACTS = {"item", "on", "at", "by", "was", "found", "missing"}
_SOON, _POINTS, _STALE = 30, 15, 90


class Found(NamedTuple):
    """What the rules say of an item or milestone at the end of a day."""

    status: str
    progress: int
    done_on: date | None
    due: date
    verdict: str
    outcome: str
    days: int | None = None
    points: int | None = None
    stale: bool = False


class _State(NamedTuple):
    """Status, exact progress in percent, and the day of completion of what is done."""

    status: str
    progress: Fraction
    done_on: date | None = None


class Oracle:
    """The verdicts of a file, given as `tomllib` reads it."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._term = data["resolution"]["term"]
        self._items: dict[str, Any] = {}
        self._parents: dict[str, str] = {}
        for item in (*data.get("tasks", ()), *data.get("breakthroughs", ())):
            self._items[item["id"]] = item
            for milestone in item.get("milestones", ()):
                self._items[milestone["id"]] = milestone
                self._parents[milestone["id"]] = item["id"]
        entries = sorted(data.get("updates", ()), key=lambda entry: entry["on"])
        self._entries = {
            name: [entry for entry in entries if entry["item"] == name] for name in self._items
        }

    def ids(self, day: date) -> list[str]:
        """Return the ids of the items and milestones that are in the plan on `day`."""
        return [name for name in self._items if self._is_in_plan(name, day)]

    def found(self, name: str, day: date) -> Found:
        """Return what the rules say of the item or milestone `name` at the end of `day`."""
        state, due = self._state(name, day), self._due(name, day)
        parent = self._parents.get(name)
        if parent and not state.done_on and self._own_state(parent, day).status == "cancelled":
            state = _State("cancelled", Fraction(0))  # with its item
        facts = (state.status, int(state.progress), state.done_on, due)
        if state.status == "cancelled":
            return Found(*facts, "cancelled", "cancelled")
        if state.done_on:
            late = (state.done_on - self._due(name, state.done_on)).days
            verdict = "done-late" if late > 0 else "done-on-time"
            return Found(*facts, verdict, verdict, late if late > 0 else None)
        news = self._last_news(name, day)
        stale = news is not None and (day - news).days > _STALE
        if day > due:
            days = (day - due).days
            return Found(*facts, "overdue", "not-done-overdue", days, stale=stale)
        verdict, days_left, points = self._verdict_in_time(name, day, state, (due - day).days)
        return Found(*facts, verdict, "not-done-in-time", days_left, points, stale)

    def expected(self, name: str, day: date) -> int:
        """Return the progress expected of `name` by the end of `day`, in whole percent."""
        exact = self._expected(name, day)
        has_begun = not self._weights(name, day) and exact > 0
        return max(int(exact), 1) if has_begun else int(exact)

    def _verdict_in_time(
        self, name: str, day: date, state: _State, days_left: int
    ) -> tuple[str, int | None, int | None]:
        if state.status == "blocked":
            return "blocked", None, None
        if self._last_news(name, day) is None:
            return "unreported", None, None
        if days_left <= _SOON:
            return "due-soon", days_left, None
        if self._expected(name, day) - state.progress > _POINTS:
            return "behind", None, self.expected(name, day) - int(state.progress)
        return "on-track", None, None

    def _weights(self, name: str, day: date) -> dict[str, int]:
        """Return the weights of the milestones in force: in the plan by the day, not cancelled."""
        return {
            milestone["id"]: milestone.get("weight", 1)
            for milestone in self._items[name].get("milestones", ())
            if self._is_in_plan(milestone["id"], day)
            and self._state(milestone["id"], day).status != "cancelled"
        }

    def _is_in_plan(self, name: str, day: date) -> bool:
        parent = self._parents.get(name)
        return self._items[name].get("added", day) <= day and (
            parent is None or self._is_in_plan(parent, day)
        )

    def _state(self, name: str, day: date) -> _State:
        own, weights = self._own_state(name, day), self._weights(name, day)
        if not weights:
            return own
        states = {milestone: self._state(milestone, day) for milestone in weights}
        done = sum(weights[each] for each, state in states.items() if state.status == "done")
        progress = Fraction(100 * done, sum(weights.values()))
        statuses = {state.status for state in states.values()}
        if own.status == "cancelled":
            return _State("cancelled", progress)
        if statuses == {"done"}:
            return _State("done", progress, max(s.done_on for s in states.values() if s.done_on))
        if "blocked" in statuses:
            return _State("blocked", progress)
        return _State("not-started" if statuses == {"not-started"} else "in-progress", progress)

    def _own_state(self, name: str, day: date) -> _State:
        """Return what the entries say; what is done, is so from its day of completion on."""
        entries = self._entries[name]
        state = _State(
            _first_old(entries, "status", "not-started"),
            Fraction(_first_old(entries, "progress", 0)),
        )
        is_milestone = name in self._parents
        for index, entry in enumerate(entries):
            if entry.get("status") == "done":
                done_on = _completion(entries[index:])
                if done_on <= day:
                    state = _State("done", Fraction(100), done_on)
            elif entry["on"] <= day and ("status" in entry or "progress" in entry):
                progress = 0 if is_milestone else entry.get("progress", state.progress)
                state = _State(entry.get("status", state.status), Fraction(progress))
        return state

    def _due(self, name: str, day: date) -> date:
        """Return the due date in force on `day`: its own, its item's, or the end of the term."""
        due = self._items[name].get("due")
        moves = [entry for entry in self._entries[name] if "due" in {*entry, *entry.get("was", ())}]
        if moves:
            due = moves[0].get("was", {}).get("due")
        for entry in moves:
            due = entry.get("due") if entry["on"] <= day else due
        parent = self._parents.get(name)
        return due or (self._due(parent, day) if parent else self._term["end"])

    def _expected(self, name: str, day: date) -> Fraction:
        if name in self._parents:
            return Fraction(100 if self._due(name, day) < day else 0)
        if weights := self._weights(name, day):
            over = sum(weights[each] for each in weights if self._due(each, day) < day)
            return Fraction(100 * over, sum(weights.values()))
        start, due = self._items[name].get("start", self._term["start"]), self._due(name, day)
        if day >= due:
            return Fraction(100)
        return Fraction(100 * max((day - start).days, 0), (due - start).days)

    def _last_news(self, name: str, day: date) -> date | None:
        """Return the last day of an entry that does more than assign, of it or its milestones."""
        names = [name, *(each["id"] for each in self._items[name].get("milestones", ()))]
        days = [
            entry["on"]
            for each in names
            for entry in self._entries[each]
            if entry["on"] <= day and {*entry, *entry.get("was", ())} - _NO_FACTS - _ASSIGNS
        ]
        return max(days, default=None)


def _first_old(entries: list[dict[str, Any]], fact: str, initial: Any) -> Any:
    """Return the value of a fact before all entries: the old one of the first that changed it."""
    changing = (entry for entry in entries if fact in {*entry, *entry.get("was", ())})
    return next(changing, {}).get("was", {}).get(fact, initial)


def _completion(entries: list[dict[str, Any]]) -> date:
    """Return the day of completion that the first entry gives, or a correction of it behind it."""
    first, *rest = entries
    done_on: date = first.get("done_on", first["on"])
    for entry in rest:
        if "status" in entry:
            break
        done_on = entry.get("done_on", done_on)
    return done_on
