"""Through how many modules of rooms a draft goes until the desk has it: who follows it reads these, and no more.

Counted is each module of a room in which a function runs. What lies below all rooms (`iciinsmes.lib`, the door of the
platform and tags of templates) is known to whoever works here, and counted apart; a host's own modules are not counted.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

import iciinsmes
from iciinsmes.assignments import views
from iciinsmes.waiting import api as waiting

from .conftest import BLOCK, COURSE, GOOD, attach

_HOUSE = f"{Path(iciinsmes.__file__).parent}/"
_BELOW_ALL_ROOMS = ("lib/", "platform/", "templatetags/")

Way = dict[str, set[str]]


@contextmanager
def recorded(way: Way) -> Iterator[None]:
    """Note each module in which a function runs, with its functions; a module's own lines are none."""

    def note(frame: FrameType, event: str, _argument: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(_HOUSE) and code.co_name != "<module>":
            way.setdefault(code.co_filename.removeprefix(_HOUSE), set()).add(code.co_name)

    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(None)


def in_rooms(way: Way) -> list[str]:
    return sorted(module for module in way if not module.startswith(_BELOW_ALL_ROOMS))


@pytest.fixture
def form(version) -> dict[str, object]:
    return {"version": version.id, "hours": "4,5", **{f"answer-{key}": text for key, text in GOOD.items()}}


@pytest.fixture
def learner_with_firm(anna, version) -> Client:
    attach(anna)
    client = Client()
    client.force_login(anna)
    return client


@pytest.fixture
def desk(teacher) -> Callable[[], Any]:
    client = Client()
    client.force_login(teacher)
    return lambda: client.get(f"/iciinsmes/desk/{COURSE}/", headers={"HX-Request": "true"})


@pytest.fixture(autouse=True)
def _addresses_are_known(learner_with_firm, desk):
    """Addresses are imported and built once in a process, by whichever request comes first."""
    learner_with_firm.get(reverse("iciinsmes:work-print", args=[BLOCK]))
    desk()


def send(client: Client, name: str, form: dict[str, object], revision: int) -> None:
    answer = client.post(reverse(f"iciinsmes:{name}", args=[BLOCK]), {**form, "revision": revision})
    assert answer.status_code == 200


@pytest.fixture
def no_page_back(monkeypatch):
    """Answer a hand-in without the learner's page: it is no part of the way to the desk."""
    monkeypatch.setattr(views, "_part", lambda *_given, **_named: HttpResponse())


def test_a_draft_passes_at_most_thirty_modules_until_the_desk_has_it(learner_with_firm, form, no_page_back):
    way: Way = {}
    with recorded(way):
        send(learner_with_firm, "work-draft", form, 0)
        send(learner_with_firm, "work-hand-in", form, 1)
        (row,) = waiting.queue(course_key=COURSE).items
        assert waiting.label_of(item=row) == "round 1"
    passed = in_rooms(way)
    assert len(passed) <= 30, passed


def test_until_a_teacher_reads_its_row_on_the_page_at_most_forty_one(learner_with_firm, form, no_page_back, desk):
    way: Way = {}
    with recorded(way):
        send(learner_with_firm, "work-draft", form, 0)
        send(learner_with_firm, "work-hand-in", form, 1)
        assert "round 1" in desk().content.decode()
    assert len(in_rooms(way)) <= 41, in_rooms(way)


def test_saving_a_draft_passes_at_most_ten(learner_with_firm, form):
    way: Way = {}
    with recorded(way):
        send(learner_with_firm, "work-draft", form, 0)
    assert len(in_rooms(way)) <= 10, in_rooms(way)


def test_with_both_pages_and_what_lies_below(learner_with_firm, form, desk):
    way: Way = {}
    with recorded(way):
        send(learner_with_firm, "work-draft", form, 0)
        send(learner_with_firm, "work-hand-in", form, 1)
        assert "round 1" in desk().content.decode()
    assert len(in_rooms(way)) <= 54, in_rooms(way)
    assert len(way) <= 74, sorted(way)
