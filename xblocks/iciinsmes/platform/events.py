"""Events that the add-on publishes for analytics and for other apps: the whole list, with what each of them says.

They hold ids and nothing else: no name, no address and no text of anybody. ``user_id`` is always the learner whose work
it is, whoever acts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

#: What an event may hold.
Value = int | str | bool


@dataclass(frozen=True)
class EventKind:
    """What an event says, and how an xAPI statement about the learner puts it: verb and the word shown for it."""

    fields: Mapping[str, type[Value]]
    verb: str
    word: str


_WORK: Mapping[str, type[Value]] = {"user_id": int, "usage_key": str, "round_id": str}
_ATTEMPT: Mapping[str, type[Value]] = {"user_id": int, "usage_key": str, "attempt_id": str}
#: There is no common verb for what others do with somebody's work.
_OWN = "urn:iciinsmes:xapi:verbs:"

EVENTS: Mapping[str, EventKind] = MappingProxyType(
    {
        "iciinsmes.work.handed_in": EventKind(_WORK, "http://activitystrea.ms/schema/1.0/submit", "submitted"),
        "iciinsmes.work.withdrawn": EventKind(_WORK, "http://activitystrea.ms/schema/1.0/retract", "retracted"),
        "iciinsmes.work.opened": EventKind(_WORK, f"{_OWN}read", "was read"),
        "iciinsmes.work.returned": EventKind(_WORK, f"{_OWN}returned", "was returned"),
        "iciinsmes.work.released": EventKind(_WORK, f"{_OWN}assessed", "was assessed"),
        "iciinsmes.work.passed": EventKind(_WORK, "http://adlnet.gov/expapi/verbs/passed", "passed"),
        "iciinsmes.work.reopened": EventKind(_WORK, f"{_OWN}reopened", "was reopened"),
        "iciinsmes.mentor.asked": EventKind(_WORK, "http://adlnet.gov/expapi/verbs/asked", "asked"),
        "iciinsmes.mentor.answered": EventKind(
            {**_WORK, "confirmed": bool, "by_staff": bool}, f"{_OWN}answered", "was answered"
        ),
        "iciinsmes.exercise.begun": EventKind(_ATTEMPT, "http://adlnet.gov/expapi/verbs/attempted", "attempted"),
        "iciinsmes.exercise.finished": EventKind(_ATTEMPT, "http://adlnet.gov/expapi/verbs/completed", "completed"),
        "iciinsmes.canvas.version_kept": EventKind(
            {"user_id": int, "canvas_id": str, "version": int}, "http://activitystrea.ms/schema/1.0/save", "saved"
        ),
    }
)


def checked(name: str, data: Mapping[str, Value]) -> dict[str, Value]:
    """Return the data of an event, which holds what the list says and nothing more; hosts ask before they publish.

    Raises:
        ValueError: there is no such event, or its fields or their types are others.
    """
    kind = EVENTS.get(name)
    if kind is None:
        raise ValueError(f"There is no event {name}.")
    if {field: type(value) for field, value in data.items()} != dict(kind.fields):
        raise ValueError(f"The event {name} has the fields {', '.join(kind.fields)}, and no others.")
    return dict(data)
