"""The queue as a grader narrows it, keeps that, and sees it across courses; and everybody who is enrolled."""

from __future__ import annotations

from decimal import Decimal
from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse

from iciinsmes.assignments.subjects import round_subject
from iciinsmes.companies import api as companies
from iciinsmes.desk.models import SavedFilter
from iciinsmes.platform import Role
from iciinsmes.review import api as review
from iciinsmes.waiting import api as waiting_room
from iciinsmes.waiting.data import Progress, WaitingFor
from iciinsmes_campus.learning import api as learning

from .conftest import COURSE, OTHER_COURSE, PASS, W01, person, text_of, url

pytestmark = pytest.mark.django_db

QUEUE = f"/iciinsmes/desk/{COURSE}/"
ALL = "/iciinsmes/desk/all/"
KEPT = f"{QUEUE}filters/"
PEOPLE = f"{QUEUE}people/"


def test_the_panel_says_how_much_each_choice_leaves(
    desk, first, second, anna, colleague, django_assert_max_num_queries
):
    waiting_room.note_progress(subjects=[second], progress=Progress.BEGUN)
    firm = companies.company_of(user_id=anna.id, course_key=COURSE)
    companies.assign_coach(company_id=firm.id, course_key=COURSE, who="tea", actor_id=colleague.id)
    with django_assert_max_num_queries(15):
        page = text_of(desk.get(QUEUE, {"find": "1"}))
    words = " ".join(page.split())
    for choice in ("Staff (2)", "Where do our customers speak? (2)", "Not opened yet (1)", "Assessment begun (1)"):
        assert choice in words
    for choice in ("Answer overdue (1)", "Handed in late (0)", "G3 Ideas (0)", "English (2)", ">Tea<"):
        assert choice in words.replace("> ", ">").replace(" <", "<")
    assert url(first) in page


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ({"q": "ann"}, ["first"]),
        ({"q": "bo"}, ["second"]),
        ({"firm": "nordlicht"}, ["first"]),
        ({"firm": "%"}, []),
        ({"overdue": "1"}, ["first"]),
        ({"late": "1"}, []),
        ({"state": "opened"}, []),
        ({"kind": "gate"}, []),
        ({"assignment": "gate-3"}, []),
        ({"language": "en", "assignment": str(W01), "firm": "licht"}, ["first"]),
        (
            {"state": "riddle", "kind": "riddle", "word": "x", "language": "xx", "coach": "x", "turn": "x"},
            ["first", "second"],
        ),
        ({"coach": "999"}, []),
    ],
)
def test_each_filter_finds_its_works_and_goes_along(desk, first, second, query, finds, django_assert_max_num_queries):
    rounds = {"first": first, "second": second}
    with django_assert_max_num_queries(15):
        page = text_of(desk.get(QUEUE, query))
    assert [name for name, round_id in rounds.items() if f'href="{url(round_id)}' in page] == finds
    if not finds:
        assert "Nothing waits by this filter." in page
    if finds == ["first"]:
        name, value = next(iter(query.items()))
        assert f"{url(first)}?" in page
        assert f"{name}={value}"[:8] in unescape(page)


def test_what_is_opened_and_begun_is_seen_in_the_queue(desk, first, second):
    desk.get(url(first))
    assert url(first) in text_of(desk.get(QUEUE, {"state": "opened"}))
    desk.post(url(first, "desk-draft"), {**PASS, "base_revision": ""})
    page = text_of(desk.get(QUEUE, {"state": "begun"}))
    assert url(first) in page
    assert "assessment begun" in page


def test_a_filter_is_kept_found_again_and_removed_by_its_owner_alone(desk, client, first, colleague):
    address = f"{KEPT}?overdue=1&q=anna"
    assert "The filter is kept." in text_of(desk.post(address, {"name": " My <b>old</b> ones "}, follow=True))
    assert SavedFilter.objects.get().query == "overdue=1"
    page = text_of(desk.get(QUEUE))
    assert f'href="{QUEUE}?overdue=1"' in page
    assert "My &lt;b&gt;old&lt;/b&gt; ones" in page
    desk.post(f"{KEPT}?late=1", {"name": "My <b>old</b> ones"})
    assert SavedFilter.objects.get().query == "late=1"
    for name, query, words in (
        ("", "late=1", "Give the filter a name."),
        ("x" * 61, "late=1", "The name is too long: at most 60 characters."),
        ("Anna", "q=anna", "Nothing but a name is filtered"),
    ):
        assert words in text_of(desk.post(f"{KEPT}?{query}", {"name": name}, follow=True))
    remove = reverse("iciinsmes:desk-filter-remove", args=[SavedFilter.objects.get().id])
    client.force_login(colleague)
    assert "My &lt;b" not in text_of(client.get(QUEUE))
    client.post(remove)
    assert SavedFilter.objects.exists()


def test_a_kept_filter_goes_and_there_are_not_too_many(desk, teacher):
    rows = [SavedFilter(owner=teacher, course_key=COURSE, name=str(number), query="late=1") for number in range(20)]
    SavedFilter.objects.bulk_create(rows)
    assert "You have kept 20 filters already." in text_of(desk.post(f"{KEPT}?late=1", {"name": "One"}, follow=True))
    assert "The filter is removed." in text_of(
        desk.post(reverse("iciinsmes:desk-filter-remove", args=[SavedFilter.objects.first().id]), follow=True)
    )
    assert SavedFilter.objects.count() == 19


def test_all_courses_of_a_teacher_are_one_queue(
    desk, teacher, first, second, bo, version, django_assert_max_num_queries
):
    for number in range(10):
        learning.enrol(user_id=teacher.id, course_key=OTHER_COURSE.replace(run=f"r{number}"), role=Role.TEACHER)
    elsewhere = OTHER_COURSE.replace(run="r3")
    stranger = OTHER_COURSE.replace(run="not-mine")
    for key, owner in ((elsewhere, bo), (stranger, bo)):
        waiting_room.enter(
            subject=round_subject(uuid4(), key, None),
            waiting_for=WaitingFor.STAFF,
            owner_id=owner.id,
            title="W09",
            place="w09",
        )
    with django_assert_max_num_queries(12):
        page = text_of(desk.get(ALL))
    assert page.index(url(first)) < page.index(url(second)) < page.index("W09")
    assert page.count("W09") == 1
    assert "Anna (anna)" in page
    assert "3 waiting" in page
    # The way back from a work leads to this queue.
    assert f"{url(first)}?all=1" in page
    beside = text_of(desk.get(f"{url(first)}?all=1"))
    assert "W09" in beside
    assert f'href="{ALL}' in beside
    answer = desk.post(f"{url(first)}?all=1", {**PASS, "base_revision": "", "decision": "passed"})
    assert answer["Location"] == f"{url(second)}?all=1"
    assert "Keep this filter" in text_of(desk.get(ALL, {"find": "1", "overdue": "1"}))
    desk.post(f"{ALL}filters/?overdue=1", {"name": "Late answers"})
    assert "Late answers" in text_of(desk.get(ALL))
    assert "Late answers" not in text_of(desk.get(QUEUE))


def test_who_teaches_nothing_has_an_empty_queue(client, anna, first):
    client.force_login(anna)
    assert "Nothing waits for you." in text_of(client.get(ALL))
    assert client.get(PEOPLE).status_code == 404


def test_everybody_enrolled_is_found_and_told_apart(desk, first, bo, django_assert_max_num_queries):
    twin = person("bo2", Role.LEARNER)
    twin.first_name = bo.first_name
    twin.save()
    with django_assert_max_num_queries(8):
        page = text_of(desk.get(PEOPLE))
    assert "Tischlerei Nordlicht" in page
    assert f'href="{url(first)}"' in page
    assert "Bo (bo)" in page
    assert "Bo (bo2)" in page
    assert page.count("Has not begun an assignment.") == 2
    idle = text_of(desk.get(PEOPLE, {"begun": "no", "q": "BO2@example"}))
    assert "Bo (bo2)" in idle
    assert "Bo (bo)" not in idle
    assert "Nobody is found." in text_of(desk.get(PEOPLE, {"q": "tea"}))
    assert "This is the end of the list." in text_of(desk.get(PEOPLE, {"after": "999999"}))


def test_after_a_work_the_next_is_of_the_same_filter(desk, first, second):
    answer = desk.post(f"{url(first)}?overdue=1", {**PASS, "base_revision": "", "decision": "passed"})
    assert answer["Location"] == f"{QUEUE}?overdue=1"
    page = text_of(desk.get(QUEUE, {"overdue": "1"}))
    # What is filtered by stays in sight where nothing is found.
    assert "Take the filter away: Answer overdue" in page
    assert "Nothing waits by this filter." in page


def test_two_who_assessed_the_same_are_compared_once_it_is_released(desk, first, colleague, version):
    address = f"{QUEUE}agreement/"
    judgement = {
        "subject": first,
        "rubric_id": version.rubric_id,
        "comments": {},
        "feedback": "",
        "base_revision": None,
    }
    points = {"completeness": Decimal(1), "finding": Decimal(3)}
    review.propose(assessor_id=colleague.id, points=points, **judgement)
    desk.post(url(first, "desk-draft"), {**PASS, "base_revision": ""})
    assert "has been assessed by two people" in text_of(desk.get(address))
    desk.post(url(first), {**PASS, "base_revision": "1", "decision": "passed"})
    page = " ".join(text_of(desk.get(address, {"assignment": str(W01)})).split())
    row = "<td>1 *</td> <td>{}</td> <td>100 %</td> <td>{}</td>"
    assert row.format("0 %", "0.00") in page
    assert row.format("100 %", "not defined, no variation") in page
