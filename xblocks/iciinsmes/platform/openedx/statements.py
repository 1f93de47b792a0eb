"""xAPI statements about the events of the add-on, which Aspects shows.

Only imported where event-routing-backends is installed. The learner is always the actor: that package takes whom
``user_id`` names before whoever acts.
"""

from __future__ import annotations

from typing import Any

from event_routing_backends.processors.xapi import constants
from event_routing_backends.processors.xapi.registry import XApiTransformersRegistry
from event_routing_backends.processors.xapi.transformer import XApiTransformer
from tincan import Activity, ActivityDefinition, LanguageMap, Verb

from iciinsmes.platform.events import EVENTS


class EventTransformer(XApiTransformer):
    """Makes statements of all events of the add-on; what differs is in the list of events."""

    def get_verb(self) -> Any:
        """Return the verb of the event."""
        kind = EVENTS[self.get_data("name", True)]
        return Verb(id=kind.verb, display=LanguageMap({constants.EN: kind.word}))

    def get_object(self) -> Any:
        """Return the block, or the canvas, by an address that names nobody."""
        usage_key = self.get_data("data.usage_key")
        if usage_key is None:
            address = self.get_object_iri("iciinsmes/canvas", self.get_data("data.canvas_id", True))
        else:
            address = self.get_object_iri("xblock", usage_key)
        return Activity(id=address, definition=ActivityDefinition(type=constants.XAPI_ACTIVITY_RESOURCE))


for _name in EVENTS:
    XApiTransformersRegistry.register(_name)(EventTransformer)
