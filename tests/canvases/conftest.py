"""Two people of one firm, one of another, a coach and a teacher, and a canvas."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from edx_django_utils.cache import RequestCache

from iciinsmes.canvases import api
from iciinsmes.companies import api as companies
from iciinsmes.platform import Role
from tests.people import SME1, person

VALUE, JOURNEY = "value-proposition-canvas", "customer-journey-map"


def card(words: str, **more: str) -> dict[str, str]:
    """What is typed for a card of the value proposition canvas."""
    return {"text": words, **more}


def canvas(owner: Any, instrument: str = VALUE, **more: Any):
    given = {"title": "Kitchens", "shared_with_company": True, **more}
    return api.create_canvas(owner_id=owner.pk, course_key=SME1, instrument=instrument, **given)


def add(found: Any, user: Any, words: str, place: str = "pains", **more: str):
    return api.add_card(canvas_id=found.id, user_id=user.pk, place=place, cells=card(words, **more))


def words(found: Any, user: Any) -> list[tuple[str, Any]]:
    """Return place and words of the cards in their order."""
    opened = api.open_canvas(canvas_id=found.id, reader_id=user.pk)
    return [(each.place, each.values["text"]) for each in opened.cards]


@pytest.fixture
def people(db) -> SimpleNamespace:
    found = SimpleNamespace(
        anna=person("anna", Role.LEARNER, first_name="Anna", last_name="Lindmoor"),
        jonas=person("jonas", Role.LEARNER, first_name="Jonas", last_name="Ahrwald"),
        peer=person("peer", Role.LEARNER),
        coach=person("coach"),
        teacher=person("tea", Role.TEACHER),
        stranger=person("stranger"),
    )
    firm = companies.create_company(name="Nordlicht", country="de")
    other = companies.create_company(name="Pod Dębem", country="pl")
    for user, place in ((found.anna, firm), (found.jonas, firm), (found.peer, other)):
        companies.join_company(company_id=place.id, user_id=user.pk, course_key=SME1)
    companies.assign_coach(company_id=firm.id, course_key=SME1, who="coach", actor_id=found.teacher.pk)
    RequestCache.clear_all_namespaces()
    return found
