"""The only door to what waits for whom.

Permissions are the caller's to ask: a queue is narrowed to the people whose work its reader may see.
"""

from .allocations import (
    allocate,
    allocate_companies,
    allocate_works_of,
    allocated_ids,
    company_allocations,
    let_go,
    runs_with_allocations,
    works_by_company,
    works_without_company,
)
from .claims import claim, claim_now, give_back, take_over
from .counts import choice_counts, oldest_of_companies, oldest_of_owners, queue_counts, queue_counts_of, waiting_count
from .entries import (
    end_blindness,
    enter,
    first_of,
    hand_over,
    item_of,
    leave,
    note_late,
    note_progress,
    note_question,
    note_word,
    pass_on,
    step_back,
)
from .pages import queue, queue_across
from .registry import address_of, kinds, label_of, places_of, register_kind
from .spreading import spread

__all__ = [
    "address_of",
    "allocate",
    "allocate_companies",
    "allocate_works_of",
    "allocated_ids",
    "choice_counts",
    "claim",
    "claim_now",
    "company_allocations",
    "end_blindness",
    "enter",
    "first_of",
    "give_back",
    "hand_over",
    "item_of",
    "kinds",
    "label_of",
    "leave",
    "let_go",
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
    "runs_with_allocations",
    "spread",
    "step_back",
    "take_over",
    "waiting_count",
    "works_by_company",
    "works_without_company",
]
