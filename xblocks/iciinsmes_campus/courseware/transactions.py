"""A transaction that is tried again when the database broke it off for another one."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection, transaction

log = logging.getLogger(__name__)

T = TypeVar("T")

#: MySQL's number for "two transactions wait for each other, and this one was chosen to give way".
_DEADLOCK = 1213
_TRIES = 4


def in_transaction(step: Callable[[], T]) -> T:
    """Run the step in a transaction and return its result.

    Rows that do not exist yet cannot be locked in one order, so MySQL may find two first writers in each other's way.
    It takes everything back that one of them did; doing it again is what its manual asks for.
    """
    outermost = not connection.in_atomic_block
    for left in reversed(range(_TRIES)):
        try:
            with transaction.atomic():
                return step()
        except OperationalError as error:
            if error.args[:1] != (_DEADLOCK,) or not outermost or not left:
                raise
            log.info("A deadlock; trying again")
    raise AssertionError("the last try returns or raises")
