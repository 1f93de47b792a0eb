"""A firm with two learners and a coach, another firm, editors of Germany, Poland and the Union, and some offers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone
from edx_django_utils.cache import RequestCache

from iciinsmes.companies import api as companies
from iciinsmes.platform import Role
from iciinsmes.support import api
from iciinsmes.support.data import EntryValues, Reader, SupportArea, SupportEntryData
from iciinsmes.support.models import SupportEntry
from iciinsmes.support.rules import today_in
from tests.people import SME1, person

VALUES = EntryValues(
    country="DE", kind="chamber", name="Chamber of Kiel", benefit="Somebody comes to you.", status="open"
)


@pytest.fixture
def people(db) -> SimpleNamespace:
    """Everybody; ``firm`` and ``other`` are the two firms, ``dora`` edits Germany, ``piotr`` Poland, ``eva`` the EU."""
    found = SimpleNamespace(
        anna=person("anna", Role.LEARNER, first_name="Anna", last_name="Lindmoor"),
        jonas=person("jonas", Role.LEARNER, first_name="Jonas", last_name="Petersen"),
        peer=person("peer", Role.LEARNER),
        coach=person("coach", first_name="Kirsten", last_name="Dahlgaard"),
        teacher=person("tea", Role.TEACHER, first_name="Inga", last_name="Sommer"),
        dora=person("dora", Role.COORDINATOR, first_name="Dora", last_name="Stern"),
        piotr=person("piotr", Role.TEACHER),
        eva=person("eva", Role.TEACHER),
        stranger=person("stranger"),
    )
    found.firm = companies.create_company(name="Nordlicht", country="DE", region="Kiel", size_class="10-49")
    found.other = companies.create_company(name="Pod Dębem", country="PL")
    for user, firm in ((found.anna, found.firm), (found.jonas, found.firm), (found.peer, found.other)):
        companies.join_company(company_id=firm.id, user_id=user.pk, course_key=SME1)
    companies.assign_coach(company_id=found.firm.id, course_key=SME1, who="coach", actor_id=found.dora.pk)
    for who, country in (("dora", "DE"), ("piotr", "PL"), ("eva", "EU")):
        api.give_area_on_site(who=who, area=SupportArea(country))
    RequestCache.clear_all_namespaces()
    return found


def reader(user: Any) -> Reader:
    """Return what the person is to the directory in the run."""
    RequestCache.clear_all_namespaces()
    return api.reader_of(user_id=user.pk, course_key=SME1)


def offer(editor: Any, *, checked: int | None = None, **values: Any) -> SupportEntryData:
    """Write down an offer; ``checked`` is how many days ago somebody has checked it."""
    made = api.make_entry(reader=reader(editor), course_key=SME1, values=replace(VALUES, **values))
    if checked is not None:
        aged(made, checked)
    return api.entry_here(entry_id=made.id)


def aged(entry: SupportEntryData, days: int) -> None:
    """Let it be so many days ago that somebody has checked the entry."""
    day = today() - timedelta(days=days)
    SupportEntry.objects.filter(pk=entry.id).update(last_checked=day, seen_on=day)


def today() -> date:
    """Return today in most countries of the directory."""
    return today_in("", timezone.now())
