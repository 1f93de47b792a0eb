"""Who may read and change a canvas, and what is left of people who go."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from edx_django_utils.cache import RequestCache

from iciinsmes.audit_log import api as audit_log
from iciinsmes.canvases import api
from iciinsmes.canvases.canvases import expire_canvases
from iciinsmes.canvases.errors import UnknownCanvas
from iciinsmes.canvases.models import Canvas
from iciinsmes.canvases.retirement import forget_person
from iciinsmes.companies import api as companies
from iciinsmes_campus.host import CampusHost
from tests.people import SME1

from .conftest import add, canvas, words

pytestmark = pytest.mark.django_db
EVERYBODY = ("anna", "jonas", "peer", "coach", "teacher", "stranger")


def who_may(people, found) -> tuple[set[str], set[str]]:
    """Return who reads it and who changes it."""
    reads, changes = set(), set()
    for name in EVERYBODY:
        RequestCache.clear_all_namespaces()
        user = getattr(people, name)
        try:
            api.open_canvas(canvas_id=found.id, reader_id=user.pk)
            reads.add(name)
        except UnknownCanvas:
            pass
        try:
            add(found, user, name)
            changes.add(name)
        except UnknownCanvas:
            pass
    return reads, changes


@pytest.mark.parametrize(
    ("for_company", "for_staff", "reads", "changes"),
    [
        (False, False, {"anna"}, {"anna"}),
        (True, False, {"anna", "jonas"}, {"anna", "jonas"}),
        (False, True, {"anna", "coach", "teacher"}, {"anna"}),
        (True, True, {"anna", "jonas", "coach", "teacher"}, {"anna", "jonas"}),
    ],
)
def test_the_owner_says_who_reads_and_who_changes(people, for_company, for_staff, reads, changes):
    found = canvas(people.anna, shared_with_company=False)
    api.share_canvas(canvas_id=found.id, owner_id=people.anna.pk, for_company=for_company, for_staff=for_staff)
    assert who_may(people, found) == (reads, changes)


def test_a_teacher_who_is_limited_to_others_does_not_read_it(people, monkeypatch):
    found = canvas(people.anna, shared_with_company=False)
    api.share_canvas(canvas_id=found.id, owner_id=people.anna.pk, for_company=False, for_staff=True)
    others = get_user_model().objects.exclude(id=people.anna.pk)
    monkeypatch.setattr(CampusHost, "limited_to", lambda *_: others)
    assert who_may(people, found) == ({"anna", "coach"}, {"anna"})


def test_nobody_but_the_owner_shares_or_removes(people):
    found = canvas(people.anna)
    for deed in (api.remove_canvas, lambda **who: api.share_canvas(**who, for_company=True, for_staff=True)):
        for name in set(EVERYBODY) - {"anna"}:
            with pytest.raises(UnknownCanvas):
                deed(canvas_id=found.id, owner_id=getattr(people, name).pk)
    api.remove_canvas(canvas_id=found.id, owner_id=people.anna.pk)
    with pytest.raises(UnknownCanvas):
        words(found, people.anna)


def test_a_list_has_the_own_and_those_of_the_firm(people, django_assert_num_queries):
    mine = canvas(people.anna, shared_with_company=False)
    ours = canvas(people.jonas)
    canvas(people.jonas, shared_with_company=False)
    canvas(people.peer)
    with django_assert_num_queries(2):
        found = api.canvases_of(user_id=people.anna.pk, course_key=SME1)
    assert {each.id for each in found} == {mine.id, ours.id}
    assert api.canvases_of(user_id=people.anna.pk, course_key=SME1, instrument="customer-journey-map") == ()


def test_who_changes_the_firm_leaves_its_canvases_behind(people):
    ours = canvas(people.jonas)
    companies.leave_company(user_id=people.anna.pk, course_key=SME1)
    with pytest.raises(UnknownCanvas):
        words(ours, people.anna)


def test_the_trail_tells_who_else_read_and_what_was_removed(people):
    found = canvas(people.anna)
    words(found, people.anna)
    words(found, people.jonas)
    api.remove_canvas(canvas_id=found.id, owner_id=people.anna.pk)
    lines = audit_log.page_of(course_key=SME1).entries
    told = [(line.verb, line.actor_id) for line in lines if line.verb.startswith("canvas")]
    assert sorted(told) == [("canvas_read", people.jonas.pk), ("canvas_removed", people.anna.pk)]


def test_what_the_firm_made_together_stays_when_its_owner_is_forgotten(people):
    ours, mine = canvas(people.anna), canvas(people.anna)
    add(ours, people.anna, "Waits")
    add(ours, people.jonas, "Calls")
    add(mine, people.anna, "Hopes")
    forget_person(user_id=people.anna.pk)
    assert set(Canvas.objects.values_list("id", "owner_id")) == {(ours.id, people.jonas.pk)}
    opened = api.open_canvas(canvas_id=ours.id, reader_id=people.jonas.pk)
    assert [each.changed_by for each in opened.cards] == [None, people.jonas.pk]


def test_canvases_are_dropped_some_time_after_the_last_change(people):
    old, young = canvas(people.anna), canvas(people.anna)
    Canvas.objects.filter(pk=old.id).update(changed_at=timezone.now() - timedelta(days=400))
    before = timezone.now() - timedelta(days=365)
    assert expire_canvases(before=before, dry_run=True) == 1
    assert expire_canvases(before=before) == 1
    assert [each.id for each in api.canvases_of(user_id=people.anna.pk, course_key=SME1)] == [young.id]
