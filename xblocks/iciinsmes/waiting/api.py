"""The only door to what waits for whom.

Permissions are the caller's to ask: a queue is narrowed to the people whose work its reader may see.
"""

from .entries import enter, first_of, hand_over, leave, pass_on
from .queue import oldest_of_companies, queue, queue_counts, queue_counts_of, waiting_count, waiting_since
from .registry import address_of, label_of, register_kind

__all__ = [
    "address_of",
    "enter",
    "first_of",
    "hand_over",
    "label_of",
    "leave",
    "oldest_of_companies",
    "pass_on",
    "queue",
    "queue_counts",
    "queue_counts_of",
    "register_kind",
    "waiting_count",
    "waiting_since",
]
