"""Guesses of links: counted by network address, in the cache only.

A real link works even for an address that has guessed: a guess cannot hit (256 bits of signature), while a whole
village can share an address. Guessing costs no query, and is answered with 429 from a certain number on.
"""

from __future__ import annotations

import logging

from django.core.cache import cache

log = logging.getLogger(__name__)

GUESSES = 20
MINUTES = 15


def is_guessing(address: str) -> bool:
    """Count a link that leads nowhere, and tell whether this address has tried too many lately."""
    key = f"iciinsmes.mentors.guesses.{address}"
    cache.add(key, 0, timeout=MINUTES * 60)
    try:
        count = cache.incr(key)
    except ValueError:
        # The time ended between the two lines.
        cache.set(key, 1, timeout=MINUTES * 60)
        count = 1
    # Neither the link nor the address: the one may be a real one with a typing error, the other is somebody's.
    log.warning("a mentor link that leads nowhere was opened, number %s from one address", count)
    return count > GUESSES
