"""The demo's firms have projects at four gates with four lights, and every view of them shows something."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from edx_django_utils.cache import RequestCache
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log.models import AuditLogEntry
from iciinsmes.best_practices.models import PracticeCase
from iciinsmes.notices.models import Notice
from iciinsmes.projects import api
from iciinsmes.projects.data import Gate, Kind, Light, ProjectPart
from iciinsmes.projects.days import today
from iciinsmes.projects.models import BlockDone, CoachTalk, Entry, GateRequest, Project
from iciinsmes_campus.demo import api as demo_api
from iciinsmes_campus.demo.companies import PROJECTS
from iciinsmes_campus.demo.companies.neighbours import NEIGHBOURS
from iciinsmes_campus.demo.course import COURSE_KEY, PROJECT_BLOCKS
from iciinsmes_campus.demo.practices import FINISHED
from iciinsmes_campus.demo.project_data import COACH
from iciinsmes_campus.learning import api as learning
from iciinsmes_campus.learning.models import Completion

COURSE = CourseKey.from_string(COURSE_KEY)

#: What an entry is called in lists, by its kind.
_HEADS = ("title", "name", "words", "text", "assumption")

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Load the demo once, which takes seconds; the tests only read it, or go back where they begin."""
    with django_db_blocker.unblock(), transaction.atomic():
        assert demo_api.load() == ()
        yield
        transaction.set_rollback(True)
    RequestCache.clear_all_namespaces()


@pytest.fixture(autouse=True)
def on_a_demo(demo, settings):
    settings.DEMO = True


def project_of(username: str) -> Project:
    declared = next(each for each in PROJECTS if each.company == username.split(".")[1])
    return Project.objects.get(entries__author__username=declared.by, entries__kind=Kind.CHARTER.value)


def person(username: str) -> User:
    return User.objects.get(username=username)


def page(username: str, name: str, *args: object) -> str:
    client = Client()
    client.force_login(person(username), backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(reverse(f"iciinsmes:{name}", args=args))
    assert response.status_code == 200, (name, response.status_code)
    return response.content.decode()


def accompanied() -> QuerySet[Project]:
    """Return the projects of the firms that the coach accompanies: those with accounts on the sign-in page."""
    return Project.objects.filter(company__coaches__isnull=False)


def test_four_firms_stand_at_four_gates_with_four_lights():
    found = {row.company.name: (row.light, row.gate) for row in accompanied().select_related("company")}
    assert found == {
        "Tischlerei Nordlicht": ("amber", 2),
        "Piekarnia Pod Dębem": ("green", 3),
        "El-Service Fyn": ("red", 1),
        "Szép Haj Szalon": ("blue", 2),
    }
    assert {declared.light.value for declared in PROJECTS} == {light for light, _gate in found.values()}


def test_reasons_are_those_of_the_stories():
    found = {row.company.name: [each["rule"] for each in row.findings] for row in accompanied()}
    assert found == {
        "Tischlerei Nordlicht": ["R5"],
        "Piekarnia Pod Dębem": [],
        "El-Service Fyn": ["R9", "R10", "R4", "R8"],
        "Szép Haj Szalon": ["R12"],
    }


def test_the_lights_are_the_same_when_everything_is_looked_at_tomorrow(monkeypatch):
    before = dict(Project.objects.values_list("id", "light"))
    tomorrow = timezone.now() + timedelta(days=1)
    with transaction.atomic():
        monkeypatch.setattr("django.utils.timezone.now", lambda: tomorrow)
        assert api.look_at_all() == len(before)
        assert dict(Project.objects.values_list("id", "light")) == before
        transaction.set_rollback(True)


def test_there_is_something_of_every_kind_with_authors_of_both_people():
    kinds = set(Entry.objects.filter(removed_at=None).values_list("kind", flat=True))
    assert kinds == {kind.value for kind in Kind} - {Kind.REPORT.value}
    for declared in PROJECTS:
        row = project_of(declared.by)
        assert row.entries.exclude(author__username=COACH).values("author").distinct().count() == 2, declared.company
        assert row.entries.filter(kind=Kind.READING.value).count() >= 5
        assert row.started_on == today() + timedelta(days=declared.begins)


def test_nobody_is_named_and_nothing_was_masked():
    """Customers have numbers or made-up names; a mask would tell that a text of the demo holds a contact."""
    assert not [row.content for row in Entry.objects.all() if "…" in str(row.content)]


def test_pictures_of_the_page_that_the_design_shows():
    nordlicht = page("anna.nordlicht", "project", COURSE, project_of("anna.nordlicht").pk)
    for words in (
        "Kitchens on the promised day",
        "Late deliveries",
        "48 % of the way",
        "42 % of the time",
        "18 % of the way",
        "Driver notes each evening",
        "2 days late",
        "I took a day off for you, twice.",
        "3 of 5 customers",
    ):
        assert words in nordlicht.replace("\xa0", " "), words


@pytest.mark.parametrize("declared", PROJECTS, ids=lambda declared: declared.company)
def test_every_part_of_every_project_shows_something(declared):
    row = project_of(declared.by)
    kinds = {
        ProjectPart.CHARTER: Kind.CHARTER,
        ProjectPart.KPIS: Kind.KPI,
        ProjectPart.PLAN: Kind.MEASURE,
        ProjectPart.CUSTOMERS: Kind.CONTACT,
        ProjectPart.IDEAS: Kind.IDEA,
        ProjectPart.TESTS: Kind.TEST,
        ProjectPart.DIARY: Kind.DIARY,
    }
    for part, kind in kinds.items():
        seen = page(declared.by, "project-part", COURSE, row.pk, part.value)
        for entry in row.entries.filter(kind=kind.value, removed_at=None):
            words = next(entry.content[key] for key in _HEADS if key in entry.content)
            assert escape(words)[:40] in seen, (part, words)
    gates = page(declared.by, "project-part", COURSE, row.pk, ProjectPart.GATES.value)
    assert all(escape(decision.name) in gates for asked in row.requests.all() for decision in asked.decisions.all())


def test_the_coach_sees_all_firms_the_worst_first_and_has_talked_with_each():
    board = page("coach", "projects-coached")
    names = ["We call before we are late", "Kitchens on the promised day", "Full mornings", "A cake in three days"]
    places = [board.index(name) for name in names]
    assert places == sorted(places)
    assert set(CoachTalk.objects.values_list("coach__username", flat=True)) == {"coach"}
    assert CoachTalk.objects.values("project").distinct().count() == len(PROJECTS)
    measures = [each["measure"] for talk in CoachTalk.objects.all() for each in talk.agreements if each["measure"]]
    assert Entry.objects.filter(id__in=measures, kind=Kind.MEASURE.value).count() == len(measures) >= 4
    assert learning.membership_of(user_id=person("coach").pk, course_key=COURSE) is None


def test_the_first_page_leads_a_coach_to_the_firms():
    client = Client()
    client.force_login(person(COACH), backend="django.contrib.auth.backends.ModelBackend")
    seen = client.get(reverse("campus:home")).content.decode()
    assert reverse("iciinsmes:projects-coached") in seen
    assert "El-Service Fyn · Piekarnia Pod Dębem · Szép Haj Szalon · Tischlerei Nordlicht" in seen
    assert "You take part in no course yet" not in seen
    client.force_login(person("anna.nordlicht"), backend="django.contrib.auth.backends.ModelBackend")
    assert reverse("iciinsmes:projects-coached") not in client.get(reverse("campus:home")).content.decode()


def test_the_coach_has_set_one_light_with_a_reason():
    row = project_of("mette.elservicefyn")
    override = api.override_of(project_id=row.pk)
    assert override is not None
    assert override.light is Light.RED
    assert "no word from the owner" in override.reason
    assert "no word from the owner" in page("mette.elservicefyn", "project", COURSE, row.pk)


def test_staff_see_projects_by_gates_and_in_counts():
    matrix = page("teacher", "projects-matrix", COURSE)
    for row in Project.objects.all():
        assert row.title in matrix or row.company.name in matrix
    overview = page("coordinator", "projects-overview", COURSE)
    assert not any(row.company.name in overview for row in Project.objects.select_related("company"))
    tables = {table.name: table.groups for table in api.overview(course_key=COURSE).tables}
    for name in ("trigger", "size", "light", "gate"):
        counts = [group.count for group in tables[name]]
        assert None in counts, name
        assert [count for count in counts if count is not None] == [6], name


def test_lights_of_the_neighbours_are_those_of_their_stories():
    found = dict(Project.objects.values_list("company__name", "light"))
    assert len(found) == len(PROJECTS) + len(NEIGHBOURS) + len(FINISHED)
    for each in NEIGHBOURS:
        assert found[each.company.name] == each.project.light.value, each.company.name
        assert each.username not in {account.username for account in demo_api.offered()}
    assert not demo_api.holds_others()


def test_best_practices_stand_on_each_step_of_their_way():
    found = dict(PracticeCase.objects.values_list("company__name", "state"))
    assert found == {firm.company.name: firm.state.value for firm in FINISHED}
    library = page("anna.nordlicht", "practice-library", COURSE)
    assert "Twice as many repairs" in library
    assert "Skrædder Havblik" in library
    assert "Ten pictures tonight" not in library
    waiting = page("teacher", "practice-waiting", COURSE)
    assert "A message on Friday halved the calls on Monday" in waiting
    assert "Ten pictures tonight" not in waiting


def test_one_request_waits_for_an_owner_and_the_others_are_decided():
    states = list(GateRequest.objects.order_by("asked_at").values_list("state", flat=True))
    assert states.count("open") == 1
    assert states.count("decided") == len(states) - 1 == 13 + len(Gate) * len(FINISHED)
    request = GateRequest.objects.get(state="open")
    assert request.project.title == "We call before we are late"
    (waiting,) = [each for each in api.requests_of(project_id=request.project_id) if each.state == "open"]
    assert not waiting.is_outdated
    assert [decider.value for decider in waiting.open_deciders] == ["owner"]


def test_nothing_happened_today():
    now = timezone.now()
    for rows, field in (
        (Entry.objects, "created_at"),
        (Entry.objects, "changed_at"),
        (GateRequest.objects, "asked_at"),
        (CoachTalk.objects, "written_at"),
        (BlockDone.objects, "done_at"),
        (Completion.objects, "updated_at"),
        (Notice.objects, "created_at"),
        (AuditLogEntry.objects, "at"),
        (Project.objects, "changed_at"),
    ):
        newest = rows.order_by(field).values_list(field, flat=True).last()
        assert newest < now - timedelta(days=1), (field, newest)


def test_days_of_entries_lie_before_they_were_entered_unless_they_are_plans():
    ahead = {Kind.KPI, Kind.MEASURE, Kind.MILESTONE, Kind.CHARTER}
    for row in Entry.objects.all():
        if Kind(row.kind) not in ahead and "on" in row.content:
            assert row.content["on"] <= today().isoformat(), row.content


def test_blocks_of_the_course_are_done_where_the_gate_is_passed():
    done = set(BlockDone.objects.values_list("block__usage_key", "user__username"))
    names = {(key.block_id, username) for key, username in done}
    both = {"anna.nordlicht", "jonas.nordlicht"}
    assert {username for name, username in names if name == PROJECT_BLOCKS[0]} >= both
    goal = {username for name, username in names if name == PROJECT_BLOCKS[2]}
    assert goal >= both
    assert "mette.elservicefyn" not in goal


def test_the_sign_in_page_offers_the_letters_to_mentors_and_owners(client):
    seen = client.get(reverse("campus:login")).content.decode()
    found = demo_api.letters()
    assert [(each.name, each.company) for each in found] == [
        ("Torben Havgaard", "El-Service Fyn"),
        ("Halina Klonowska", "Piekarnia Pod Dębem"),
    ]
    for letter in found:
        assert letter.name in seen
        assert letter.link not in seen
        opened = client.post(reverse("campus:demo-mailbox"), {"letter": str(letter.id)})
        assert opened["Location"] == letter.link


@pytest.mark.parametrize("letter", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_other_letters_are_not_opened(client, letter):
    assert client.post(reverse("campus:demo-mailbox"), {"letter": letter}).status_code == 404


def test_a_real_address_is_in_no_mailbox(client):
    with transaction.atomic():
        request = GateRequest.objects.get(state="open")
        asker = person("rasmus.elservicefyn")
        asked = next(each for each in api.requests_of(project_id=request.project_id) if each.id == request.pk)
        known = next(each for sign_off in api.links_of(request=asked).values() for each in sign_off.requests).contact
        made = api.ask_by_link(
            request_id=request.pk,
            user_id=asker.pk,
            course_key=COURSE,
            decider=next(iter(api.BY_LINK)),
            contact=type(known)(name="Somebody Real", email="somebody@college.example", language="da", role="owner"),
        )
        assert made.id not in {letter.id for letter in demo_api.letters()}
        assert client.post(reverse("campus:demo-mailbox"), {"letter": str(made.id)}).status_code == 404
        transaction.set_rollback(True)


def test_without_a_demo_there_is_no_mailbox(client, settings):
    letter = demo_api.letters()[0]
    settings.DEMO = False
    assert client.post(reverse("campus:demo-mailbox"), {"letter": str(letter.id)}).status_code == 404
    assert letter.name not in client.get(reverse("campus:login")).content.decode()
