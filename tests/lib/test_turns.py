"""Heavy work of one process waits for its turn, and a queue that is full says so at once."""

from __future__ import annotations

import threading

import pytest

from iciinsmes.lib.turns import Busy, Turns


def test_one_works_one_waits_and_the_third_is_told():
    turns = Turns(waiting=1)
    at_work: list[int] = []
    most: list[int] = []
    inside, leave = threading.Event(), threading.Event()

    def work(number):
        with turns:
            at_work.append(number)
            most.append(len(at_work))
            inside.set()
            leave.wait(10)
            at_work.remove(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
        inside.wait(10)
    while turns._places._value:
        pass
    with pytest.raises(Busy), turns:
        pytest.fail("there was no room")
    leave.set()
    for thread in threads:
        thread.join()
    assert most == [1, 1]
    with turns:
        pass


def test_nobody_waits_longer_than_they_have_patience():
    turns = Turns(waiting=1, patience=0.01)
    with turns, pytest.raises(Busy), turns:
        pytest.fail("it was not free")
    with turns:
        pass


def test_two_queues_for_one_place():
    looking = Turns(waiting=0)
    previewing = Turns(waiting=1, patience=0.01, beside=looking)
    with looking, pytest.raises(Busy), previewing:
        pytest.fail("it was not free")
    with pytest.raises(ZeroDivisionError), previewing:
        raise ZeroDivisionError
    with looking:
        pass
