"""Pages of best practices: for whom, what they show, and that nothing typed or secret gets lost or out."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from iciinsmes.best_practices import api
from iciinsmes.best_practices.data import CaseState
from iciinsmes.companies import api as companies
from iciinsmes.platform import Role
from tests.best_practices.conftest import ABOUT, MONDAY, TITLE, agree, finish, propose, publish, secret_of
from tests.campus.everybody import OTHER
from tests.people import SME1, person


@pytest.fixture(autouse=True)
def _no_guesses():
    cache.clear()


def _client(user=None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _url(name, *more):
    return reverse(f"iciinsmes:{name}", args=[SME1, *more])


def _html(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize(("who", "status"), [("anna", 200), ("teacher", 200), ("coach", 200), ("stranger", 404)])
def test_who_takes_part_reads_the_library(people, published, who, status):
    client = _client(getattr(people, who))
    assert client.get(_url("practice-library")).status_code == status
    assert client.get(_url("practice-case", published.id)).status_code == status
    assert client.get(_url("practice-case", "dk1")).status_code == status


def test_the_library_is_narrowed_by_its_address_and_says_so(people, published):
    html = _html(_client(people.anna).get(_url("practice-library"), {"trigger": "lost_customer", "country": "DE"}))
    assert TITLE in html
    assert "Half of all complaints had one cause" in html
    assert "A heat-pump order" not in html
    assert "?country=DE" in html
    nothing = _html(_client(people.anna).get(_url("practice-library"), {"text": "<script>x", "size": "huge"}))
    assert "Nothing fits all of this" in nothing
    assert "<script>x" not in nothing


def test_a_page_costs_the_same_however_many_cases(people, published, django_assert_max_num_queries):
    client = _client(people.anna)
    client.get(_url("practice-library"))
    with django_assert_max_num_queries(9):
        client.get(_url("practice-library"))
    with django_assert_max_num_queries(8):
        client.get(_url("practice-case", published.id))


def test_a_case_is_read_and_printed_without_the_firms_name(people, published):
    html = _html(_client(people.peer).get(_url("practice-case", published.id)))
    for words in (TITLE, ABOUT, MONDAY, "97\u00a0% of the way", "A lost customer", "T05 Complaint Pareto"):
        assert words in html
    assert "Nordlicht" not in html
    assert "invented" not in html
    assert "For print" not in _html(_client(people.peer).get(_url("practice-case", published.id), {"as": "print"}))
    assert "This firm is invented" in _html(_client(people.peer).get(_url("practice-case", "dk1")))


@pytest.mark.parametrize("who", ["peer", "stranger", "teacher", "coach"])
def test_another_firms_proposal_is_not_reached(people, finished, who):
    propose(people, finished)
    client = _client(getattr(people, who))
    for address in (_url("practice-proposal", finished), _url("practice-proposal", uuid4())):
        assert client.get(address).status_code == 404
        assert client.post(address, {"title": "x"}).status_code == 404
    assert client.post(_url("practice-back", finished)).status_code == 404


def test_a_finished_project_leads_to_its_proposal_and_a_running_one_does_not(people, running):
    page, way = reverse("iciinsmes:project", args=[SME1, running]), _url("practice-proposal", running)
    assert way not in _html(_client(people.anna).get(page))
    assert _client(people.anna).get(way).status_code == 404
    finish(running, people.anna, people.coach, people.cora)
    assert way in _html(_client(people.anna).get(page))
    assert way not in _html(_client(people.coach).get(page))


def test_the_form_marks_what_may_name_somebody_and_keeps_what_was_typed(people, finished):
    client, address = _client(people.anna), _url("practice-proposal", finished)
    html = _html(client.get(address))
    assert html.count("▲ may name somebody") == 2
    assert html.count("checked") == len([line for line in _offer(people, finished).lines if not line.may_name]) + 1
    refused = client.post(address, {"title": "<b>", "phase": "process", "lines": ["goal"], "revision": "0"})
    assert refused.status_code == 422
    assert 'value="&lt;b&gt;"' in _html(refused)
    assert "Choose at least two lines" in _html(refused)
    sent = {
        "title": TITLE,
        "about": ABOUT,
        "monday": MONDAY,
        "phase": "process",
        "lines": ["goal", "routine"],
        "instruments": ["T05"],
        "revision": "0",
    }
    assert client.post(address, sent).status_code == 302
    assert "#" in api.proposal_here(project_id=finished, user_id=people.anna.pk, course_key=SME1).link
    late = client.post(address, {**sent, "title": "Typed in another tab"})
    assert late.status_code == 409
    assert "Typed in another tab" in _html(late)
    assert client.post(address, {**sent, "phase": "none"}).status_code == 422


def _offer(people, project):
    return api.offer_of(project_id=project, user_id=people.anna.pk, course_key=SME1)


def _enter(client: Client, proposal) -> str:
    """Open the owner's link as a browser does, and return the address of the page."""
    answer = client.post(reverse("iciinsmes:practice-door"), {"secret": f"#{secret_of(proposal)}"})
    assert answer.status_code == 302
    return answer["Location"].partition("?")[0]


def test_the_owner_agrees_without_an_account_and_takes_it_back(people, finished):
    made = propose(people, finished)
    owner = _client()
    address = _enter(owner, made)
    assert secret_of(made) not in address
    page = owner.get(address)
    html = _html(page)
    assert page["Referrer-Policy"] == "no-referrer"
    for words in (TITLE, ABOUT, MONDAY, "Yes, “Nordlicht”"):
        assert words in html
    yes = {"secret": secret_of(made), "do": "yes", "revision": str(made.revision), "name": "Hinrich Nord"}
    for missing in ({}, {"named": "no"}, {"sure": "1"}, {"named": "maybe", "sure": "1"}):
        assert owner.post(address, {**yes, **missing}).status_code == 422
    assert owner.post(address, {**yes, "named": "no", "sure": "1"}).status_code == 200
    again = owner.post(address, {**yes, "named": "yes", "sure": "1"})
    assert again.status_code == 409
    publish(people, api.case_behind(secret=secret_of(made)))
    assert "It is in the library." in _html(owner.get(address))
    assert "nothing of it was kept" in _html(owner.post(address, {"secret": secret_of(made), "do": "no"}))
    assert owner.get(address).status_code == 404
    assert _client(people.anna).get(_url("practice-case", made.id)).status_code == 404


def test_a_link_that_leads_nowhere_says_the_same_to_everybody(people, finished):
    made = propose(people, finished)
    api.take_back(project_id=finished, user_id=people.anna.pk, course_key=SME1)
    door, page = reverse("iciinsmes:practice-door"), reverse("iciinsmes:practice-consent", args=[made.id])
    client = _client()
    for secret in ("nonsense", secret_of(made)[:-1] + "x"):
        answer = client.post(door, {"secret": secret})
        assert answer.status_code == 404
        assert TITLE not in _html(answer)
    assert client.post(page, {"secret": secret_of(made), "do": "yes"}).status_code == 404
    assert client.get(page).status_code == 403
    for _guess in range(20):
        client.post(door, {"secret": "nonsense"})
    assert client.post(door, {"secret": "nonsense"}).status_code == 429
    assert client.post(door, {"secret": ""}).status_code == 403


def test_a_secret_opens_its_own_case_only(people, finished):
    made = propose(people, finished)
    page = reverse("iciinsmes:practice-consent", args=[uuid4()])
    assert _client().post(page, {"secret": secret_of(made), "do": "no"}).status_code == 404
    assert api.case_behind(secret=secret_of(made)).state is CaseState.ASKED


def test_who_has_proposed_is_told_to_ask_the_owner(people, finished):
    made = propose(people, finished)
    anna = _client(people.anna)
    sent = {"secret": secret_of(made), "do": "yes", "revision": str(made.revision), "named": "no", "sure": "1"}
    answer = anna.post(_enter(anna, made), {**sent, "name": "Anna"})
    assert answer.status_code == 403
    assert "The owner of the firm opens this link" in _html(answer)


def test_staff_reads_publishes_and_refuses(people, finished):
    teacher = _client(people.teacher)
    made = propose(people, finished)
    listed = _html(teacher.get(_url("practice-waiting")))
    assert "Nordlicht" in listed
    assert TITLE not in listed
    assert teacher.get(_url("practice-decide", made.id)).status_code == 404
    agreed = agree(made)
    assert "1 waits for you" in _html(teacher.get(_url("practice-library")))
    page = _url("practice-decide", made.id)
    assert TITLE in _html(teacher.get(page))
    sent = {"revision": str(agreed.revision)}
    assert teacher.post(page, {**sent, "do": "refuse", "reason": ""}).status_code == 422
    assert teacher.post(page, {"do": "publish", "revision": "1"}).status_code == 422
    assert teacher.post(page, {**sent, "do": "publish"}).status_code == 302
    assert teacher.post(page, {**sent, "do": "publish"}).status_code == 422
    for who in (people.anna, people.coach, people.stranger):
        assert _client(who).get(page).status_code == 404
        assert _client(who).get(_url("practice-waiting")).status_code == 404


def test_another_course_has_nothing_of_it(people, published):
    otto = person("otto", Role.TEACHER, OTHER)
    assert _client(otto).get(_url("practice-decide", published.id)).status_code == 404
    address = reverse("iciinsmes:practice-decide", args=[OTHER, published.id])
    assert _client(otto).get(address).status_code == 404
    # The library is one for the site: that is what the owner has agreed to.
    assert _client(otto).get(reverse("iciinsmes:practice-case", args=[OTHER, published.id])).status_code == 200


def test_who_has_left_the_firm_reaches_its_proposal_no_more(people, finished):
    propose(people, finished)
    companies.leave_company(user_id=people.anna.pk, course_key=SME1)
    assert _client(people.anna).get(_url("practice-proposal", finished)).status_code == 404
    assert _client(people.jonas).get(_url("practice-proposal", finished)).status_code == 200
