"""Tables of the campus, gathered here because Django looks for an app's models in this module."""

from .accounts.models import AccountLanguage, Count
from .authoring.models import BlockOverlay
from .home.models import RetentionRun, StorageMark
from .learning.models import BlockState, Completion, Grade, Membership, TrackingEvent
from .mail.models import OutboxMail

__all__ = [
    "AccountLanguage",
    "BlockOverlay",
    "BlockState",
    "Completion",
    "Count",
    "Grade",
    "Membership",
    "OutboxMail",
    "RetentionRun",
    "StorageMark",
    "TrackingEvent",
]
