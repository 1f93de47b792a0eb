"""Transactions that give way to others."""

from __future__ import annotations

import pytest
from django.db import OperationalError

from iciinsmes.lib.locks import in_transaction


def failing(times: int, number: int):
    calls: list[int] = []

    def step() -> int:
        calls.append(1)
        if len(calls) <= times:
            raise OperationalError(number, "told by the database")
        return len(calls)

    return step, calls


@pytest.mark.django_db(transaction=True)
def test_a_deadlock_is_tried_again_but_not_for_ever():
    step, _calls = failing(2, 1213)
    assert in_transaction(step) == 3
    step, calls = failing(9, 1213)
    with pytest.raises(OperationalError):
        in_transaction(step)
    assert len(calls) == 4


@pytest.mark.django_db(transaction=True)
def test_other_errors_are_not_tried_again():
    step, calls = failing(1, 2006)
    with pytest.raises(OperationalError):
        in_transaction(step)
    assert len(calls) == 1


@pytest.mark.django_db
def test_inside_of_another_transaction_only_the_outer_one_can_begin_anew():
    step, calls = failing(1, 1213)
    with pytest.raises(OperationalError):
        in_transaction(step)
    assert len(calls) == 1
