"""Rows that one transaction holds against all others, and transactions that give way to another one."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection, connections, router, transaction
from django.db.models import Manager, Model, QuerySet
from django.db.transaction import TransactionManagementError

_Row = TypeVar("_Row", bound=Model)
_Result = TypeVar("_Result")

#: MySQL's number for "two transactions wait for each other, and this one was chosen to give way".
_DEADLOCK = 1213
_TRIES = 4

_log = logging.getLogger(__name__)


def locked(rows: QuerySet[_Row] | Manager[_Row]) -> QuerySet[_Row]:
    """Return the rows so that reading them locks them until the transaction ends.

    Without a transaction a lock would end with the statement. SQLite, which has one writer and no such locks, would not
    even say so, and neither would tests that run on it.

    Raises:
        TransactionManagementError: there is no transaction.
    """
    must_be_in_transaction(rows.model)
    return rows.select_for_update()


def must_be_in_transaction(model: type[Model]) -> None:
    """Refuse to go on outside of a transaction of the table's database.

    Raises:
        TransactionManagementError: there is none.
    """
    if not connections[router.db_for_write(model)].in_atomic_block:
        raise TransactionManagementError(f"Rows of {model.__name__} are locked outside of a transaction.")


def in_transaction(step: Callable[[], _Result]) -> _Result:
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
            _log.info("A deadlock; trying again")
    raise AssertionError("the last try returns or raises")
