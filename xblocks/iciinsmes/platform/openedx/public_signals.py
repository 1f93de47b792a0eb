"""Events as signals of openedx-events, for other apps and for the event bus of the platform.

Only imported where openedx-events is installed, and before any app is ready: the event bus then looks for its signals.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attr
from opaque_keys.edx.keys import CourseKey, UsageKey
from openedx_events.tooling import OpenEdxPublicSignal

from iciinsmes.platform.events import EVENTS, EventKind, Value


def _data_class(name: str, kind: EventKind) -> Any:
    """Return a frozen class with the fields of an event, its course run and keys that are no texts."""
    types: dict[str, Any] = {"course_key": CourseKey, **kind.fields}
    if "usage_key" in types:
        types["usage_key"] = UsageKey
    title = "".join(part.capitalize() for part in name.replace("_", ".").split(".")[1:])
    return attr.make_class(f"{title}Data", {field: attr.ib(type=found) for field, found in types.items()}, frozen=True)


def _signal(name: str, kind: EventKind) -> Any:
    _ours, subject, verb = name.split(".")
    return OpenEdxPublicSignal(
        event_type=f"org.iciinsmes.learning.{subject}.{verb}.v1", data={subject: _data_class(name, kind)}
    )


#: By the name of the event.
SIGNALS: Mapping[str, Any] = {name: _signal(name, kind) for name, kind in EVENTS.items()}


def send(name: str, data: Mapping[str, Value], course_key: CourseKey) -> None:
    """Send the signal of an event; what a receiver raises is logged by openedx-events and stops nobody."""
    values: dict[str, Any] = {"course_key": course_key, **data}
    if "usage_key" in values:
        values["usage_key"] = UsageKey.from_string(values["usage_key"])
    ((subject, data_class),) = SIGNALS[name].init_data.items()
    SIGNALS[name].send_event(**{subject: data_class(**values)})
