"""Pages of report, summary, exam talk, exchange and of two projects side by side: for whom, and what they show."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from iciinsmes.companies import api as companies
from iciinsmes.mentors import links as mentor_links
from iciinsmes.projects import api
from iciinsmes.projects.data import Kind
from iciinsmes.projects.errors import NotAllowedInProject, TooManyEntries, UnknownProject
from iciinsmes.projects.models import Project, SummaryLink
from tests.people import SME1
from tests.projects.conftest import CHARTER, CONTACT, KPI, enter

_FIRST = "I took a day off for you, twice."


@pytest.fixture
def filled(people, project):
    enter(project, people.anna, Kind.CHARTER, CHARTER, goal="Every kitchen <b>on its day</b>.", benefit="12,000 EUR")
    kpi = enter(project, people.anna, Kind.KPI, KPI)
    enter(project, people.anna, Kind.READING, kpi=str(kpi.id), on="2026-12-01", value="31")
    enter(project, people.anna, Kind.CONTACT, CONTACT)
    enter(project, people.anna, Kind.DIARY, on="2026-10-01", text="A line of the diary.")
    enter(project, people.anna, Kind.MEASURE, title="Notes", person=people.jonas.pk, hours_planned="8", done=50)
    enter(project, people.jonas, Kind.SPENT, on="2026-10-01", hours="20 min", cost="150")
    return project


def _client(user=None):
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def _url(name, project, *more):
    return reverse(f"iciinsmes:{name}", args=[SME1, project, *more])


def test_the_report_shows_text_charts_tables_and_evidence(people, filled):
    html = _client(people.anna).get(_url("project-report", filled)).content.decode()
    for words in ("31 % now", "C014", "&lt;b&gt;on its day", "Left to do", "Timeline", "0:20", "48 %"):
        assert words in html
    assert "{{" not in html
    assert html.count('class="chart"') == 3
    read = _client(people.coach).get(_url("project-report", filled)).content.decode()
    assert "Edit" not in read


def test_a_section_is_edited_and_two_at_once_see_both_texts(people, filled):
    address = _url("project-report-section", filled, "results")
    anna, jonas = _client(people.anna), _client(people.jonas)
    assert "{{kpi 1 now: 31 %}}" in anna.get(address).content.decode()
    assert anna.post(address, {"text": "Anna's.", "revision": "0"}).status_code == 302
    late = jonas.post(address, {"text": "Jonas' <i>.", "revision": "0"})
    html = late.content.decode()
    assert late.status_code == 409
    assert "Anna&#x27;s." in html
    assert "Jonas&#x27; &lt;i&gt;.</textarea>" in html
    assert 'name="revision" value="1"' in html
    assert jonas.post(address, {"text": "Both.", "revision": "1"}).status_code == 302
    assert "Anna&#x27;s." in anna.get(address).content.decode()
    long = anna.post(address, {"text": "x" * 20_001, "revision": "2"})
    assert long.status_code == 422
    assert anna.post(_url("project-report-renew", filled, "results"), {"revision": "2"}).status_code == 302
    assert "31 % now" in anna.get(_url("project-report", filled)).content.decode()


def test_an_offer_is_taken_or_left(people, filled):
    anna = _client(people.anna)
    anna.post(_url("project-report-section", filled, "results"), {"text": "{{kpi 1 now: 40 %}}", "revision": "0"})
    report = _url("project-report", filled)
    assert "<strong>40 %</strong> is <strong>31 %</strong> now." in anna.get(report).content.decode()
    address = _url("project-report-figure", filled, "results")
    anna.post(address, {"key": "kpi 1 now", "was": "40 %", "do": "leave"})
    assert "<strong>40 %</strong>" not in anna.get(report).content.decode()
    anna.post(address, {"key": "kpi 1 now", "was": "40 %", "do": "take"})
    assert "<p>31 %</p>" in anna.get(report).content.decode()


def test_an_exam_talk_is_written_by_the_coach_and_nothing_typed_is_lost(people, filled):
    address = _url("project-exam", filled)
    coach = _client(people.coach)
    wrong = coach.post(address, {"on": "", "questions": "Why this idea?"})
    assert wrong.status_code == 422
    assert "Why this idea?</textarea>" in wrong.content.decode()
    given = {"on": "2027-03-01", "present": "Owner, coach", "questions": "Why this idea?", "result": "own_work"}
    assert coach.post(address, given).status_code == 302
    assert "It is the learners&#x27; own work" in _client(people.anna).get(address).content.decode()
    (entry,) = api.entries_of(project_id=filled, kinds=[Kind.EXAM])
    again = {**given, "entry": str(entry.id), "revision": "1", "result": "again"}
    assert coach.post(address, again).status_code == 302
    assert coach.post(address, {**again, "result": "doubt"}).status_code == 409
    assert _client(people.anna).post(address, given).status_code == 404
    assert "Write a protocol" not in _client(people.anna).get(address).content.decode()


def _link(project, user, **more):
    return api.make_summary_link(project_id=project, user_id=user.pk, course_key=SME1, **more)


def _open(client, link):
    secret = link.address.partition("#")[2]
    door = client.post(reverse("iciinsmes:summary-door"), {"secret": f"#{secret}"})
    return door, client.get(reverse("iciinsmes:summary", args=[link.id]))


def test_whoever_has_the_link_reads_the_summary_and_no_names(people, filled):
    link = _link(filled, people.anna)
    client = _client()
    door, page = _open(client, link)
    html = page.content.decode()
    assert (door.status_code, page.status_code) == (302, 200)
    for words in (
        "Every kitchen",
        "12,000 EUR",
        "31\u00a0%",
        "48\u00a0% of the way",
        "150",
        "0:20",
        "G0 Start",
        "Owner",
    ):
        assert words in html
    for hidden in ("Anna", "Jonas", "Lindmoor", "A line of the diary", _FIRST, "C014"):
        assert hidden not in html
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]
    assert client.cookies["ici_summary"]["path"] == reverse("iciinsmes:summary", args=[link.id])
    assert client.cookies["ici_summary"]["httponly"]


def test_customers_words_are_shown_only_where_the_firm_wants_it(people, filled):
    _door, page = _open(_client(), _link(filled, people.anna, with_words=True))
    assert _FIRST in page.content.decode()


def test_a_link_ends_when_it_expires_or_is_taken_back_and_nobody_learns_which(people, filled):
    expired, revoked = _link(filled, people.anna), _link(filled, people.jonas)
    SummaryLink.objects.filter(id=expired.id).update(expires_at=timezone.now() - timedelta(seconds=1))
    client = _client()
    _open(client, revoked)
    api.revoke_summary_link(project_id=filled, user_id=people.anna.pk, course_key=SME1, link_id=revoked.id)
    pages = [client.get(reverse("iciinsmes:summary", args=[revoked.id])), _open(_client(), expired)[1]]
    assert [page.status_code for page in pages] == [404, 404]
    assert pages[0].content == pages[1].content
    assert (timezone.now() + timedelta(days=29)) < revoked.expires_at < (timezone.now() + timedelta(days=31))


def test_a_pass_opens_one_page_and_guesses_are_counted(people, filled):
    cache.clear()
    first, second = _link(filled, people.anna), _link(filled, people.anna)
    client = _client()
    _open(client, first)
    secret = first.address.partition("#")[2]
    assert client.post(reverse("iciinsmes:summary", args=[second.id]), {"secret": secret}).status_code == 404
    nothing = _client().get(reverse("iciinsmes:summary", args=[second.id]))
    assert b"Open your link" in nothing.content
    forger = _client()
    forger.cookies["ici_summary"] = "made-up"
    assert forger.get(reverse("iciinsmes:summary", args=[first.id])).status_code == 404
    door = reverse("iciinsmes:summary-door")
    codes = [client.post(door, {"secret": f"{number}.x"}).status_code for number in range(22)]
    assert codes[0] == 404
    assert codes[-1] == 429
    assert client.post(door, {"secret": secret}).status_code == 302
    assert client.get(door).status_code == 200


def test_a_secret_of_a_mentors_link_opens_no_summary(people, filled):
    cache.clear()
    link = _link(filled, people.anna)
    row = SummaryLink.objects.get(id=link.id)
    forged = mentor_links.token(row.id, row.nonce)
    assert _client().post(reverse("iciinsmes:summary-door"), {"secret": forged}).status_code == 404


def test_only_members_make_and_take_back_links(people, filled):
    for user, error in (
        (people.coach, NotAllowedInProject),
        (people.teacher, NotAllowedInProject),
        (people.peer, UnknownProject),
    ):
        with pytest.raises(error):
            _link(filled, user)
    address = _url("project-summary-links", filled)
    anna = _client(people.anna)
    assert anna.post(address, {"words": "1"}).status_code == 302
    (link,) = api.links_to_summary(project_id=filled, user_id=people.anna.pk, course_key=SME1)
    assert link.with_words
    assert link.address in anna.get(address).content.decode()
    coach = _client(people.coach)
    assert "#" + link.address.partition("#")[2] not in coach.get(address).content.decode()
    revoke = _url("project-summary-revoke", filled, link.id)
    assert coach.post(revoke).status_code == 404
    assert anna.post(_url("project-summary-revoke", filled, uuid4())).status_code == 404
    assert anna.post(revoke).status_code == 302
    for _number in range(10):
        _link(filled, people.anna)
    with pytest.raises(TooManyEntries):
        _link(filled, people.anna)
    assert anna.post(address).status_code == 422


def test_who_leaves_keeps_no_way_in_and_the_link_stays_the_firms(people, filled):
    link = _link(filled, people.jonas)
    companies.leave_company(user_id=people.jonas.pk, course_key=SME1)
    assert _client(people.jonas).get(_url("project-summary-links", filled)).status_code == 404
    assert _open(_client(), link)[1].status_code == 200


def test_a_project_goes_out_and_comes_in_by_the_pages(people, filled):
    anna = _client(people.anna)
    assert anna.get(_url("project-exchange", filled)).status_code == 200
    tables = anna.get(_url("project-tables", filled))
    assert tables["Content-Disposition"] == 'attachment; filename="kitchens-on-the-promised-day.zip"'
    content = anna.get(_url("project-file", filled)).content
    assert json.loads(content)["format"] == "iciinsmes.project"
    address = reverse("iciinsmes:project-bring-in", args=[SME1])
    peer = _client(people.peer)
    broken = content.replace(b'"kind": "kpi"', b'"kind": "poem"', 1)
    wrong = peer.post(address, {"file": SimpleUploadedFile("project.json", broken)})
    assert wrong.status_code == 422
    assert "entries 2 → kind" in wrong.content.decode()
    assert peer.post(address).status_code == 422
    assert Project.objects.count() == 1
    made = peer.post(address, {"file": SimpleUploadedFile("project.json", content)})
    assert made.status_code == 302
    assert Project.objects.get(company_id=people.other.id).title == "Kitchens on the promised day"
    for user in (people.coach, people.teacher, people.stranger):
        assert _client(user).get(address).status_code == 404


def test_two_projects_are_brought_together_by_the_page(people, filled):
    other = api.open_project(user_id=people.peer.pk, course_key=SME1).id
    enter(other, people.peer, Kind.CHARTER, CHARTER, title="The other")
    enter(other, people.peer, Kind.CONTACT, CONTACT, customer="X1")
    companies.merge(kept_id=people.firm.id, gone_id=people.other.id, course_key=SME1, actor_id=people.cora.pk)
    address, act = (_url(name, filled, other) for name in ("project-together", "project-bring-together"))
    anna = _client(people.anna)
    html = anna.get(address).content.decode()
    assert "Take over 1 entry" in html
    assert html.count("Keep this one") == 2
    anna.post(act, {"do": "end"})
    assert Project.objects.get(id=other).ended_on is None
    anna.post(act, {"do": "all"})
    theirs = api.entries_of(project_id=other, kinds=[Kind.CHARTER])[0]
    anna.post(act, {"do": "choose", "entry": str(theirs.id)})
    anna.post(act, {"do": "take", "entry": "no id"})
    assert "Everything is taken over." in anna.get(address).content.decode()
    anna.post(act, {"do": "end"})
    assert Project.objects.get(id=other).ended_on is not None
    assert Project.objects.get(id=filled).title == "The other"
    assert _client(people.coach).get(address).status_code == 404
    assert _client(people.stranger).get(address).status_code == 404
    assert _client(people.cora).get(address).status_code == 200


@pytest.mark.parametrize(
    "name", ["project-report", "project-exam", "project-exchange", "project-tables", "project-file", "project-summary"]
)
def test_pages_are_for_who_may_read_the_project(people, filled, name):
    codes = [
        _client(user).get(_url(name, filled)).status_code
        for user in (None, people.stranger, people.peer, people.anna, people.coach, people.teacher)
    ]
    assert codes == [302, 404, 404, 200, 200, 200]
    assert _client(people.coach).get(_url("project-report-section", filled, "results")).status_code == 404
    assert _client(people.anna).get(_url("project-report-section", filled, "poem")).status_code == 404
