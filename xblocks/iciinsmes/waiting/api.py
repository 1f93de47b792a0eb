"""The only door to what waits for whom.

Permissions are the caller's to ask: a queue is narrowed to the people whose work its reader may see.
"""

from .counts import choice_counts, oldest_of_companies, oldest_of_owners, queue_counts, queue_counts_of, waiting_count
from .entries import enter, first_of, hand_over, leave, note_late, note_progress, note_question, note_word, pass_on
from .queue import queue, queue_across
from .registry import address_of, kinds, label_of, places_of, register_kind

__all__ = [
    "address_of",
    "choice_counts",
    "enter",
    "first_of",
    "hand_over",
    "kinds",
    "label_of",
    "leave",
    "note_late",
    "note_progress",
    "note_question",
    "note_word",
    "oldest_of_companies",
    "oldest_of_owners",
    "pass_on",
    "places_of",
    "queue",
    "queue_across",
    "queue_counts",
    "queue_counts_of",
    "register_kind",
    "waiting_count",
]
