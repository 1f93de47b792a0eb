"""A learner's page after a long life of a work: three rounds with results, ten files, a mentor and a colleague."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from edx_django_utils.cache import RequestCache

from iciinsmes.assignments import api
from iciinsmes.assignments.data import MentorNeed
from iciinsmes.assignments.subjects import round_subject
from iciinsmes.companies import api as companies
from iciinsmes.mentors import api as mentors
from iciinsmes.mentors.data import AnswerForm
from iciinsmes.platform import Role
from tests import long_work, people

pytestmark = pytest.mark.django_db

BLOCK = people.SME1.make_usage_key("workplace_assignment", "w01")
UNIT = people.SME1.make_usage_key("vertical", "w01-where-do-our-customers-speak")
PAGE = reverse("campus:unit", args=[people.SME1, UNIT])
BACK = AnswerForm(verdict="sent_back", took_place="partly", remark="Only eleven.", name="Lars Fyn", role="owner")


@pytest.fixture
def learner(db):
    return people.person("anna", Role.LEARNER)


@pytest.fixture
def colleague(learner):
    other = people.person("bo", Role.LEARNER, first_name="Bo")
    firm = companies.create_company(name="Nordlicht", country="de")
    for user in (learner, other):
        companies.join_company(company_id=firm.id, user_id=user.id, course_key=people.SME1)
    return other


@pytest.fixture
def browser(learner):
    client = Client()
    client.force_login(learner)
    client.get(PAGE)
    long_work.allow_ten_files(BLOCK)
    client.get(PAGE)
    task = api.current_task(usage_key=BLOCK).task
    assert task.team
    assert task.mentor.need is not MentorNeed.NONE
    yield client
    long_work.disallow(BLOCK)


def send_back(learner) -> None:
    row = api.work_of(user_id=learner.id, usage_key=BLOCK).rounds[-1]
    mentors.sign_for(
        subject=round_subject(row.shared_id, people.SME1, None),
        owner_id=learner.id,
        coordinator_id=people.person("cora", Role.COORDINATOR).id,
        reason="Lars said so on the phone.",
        form=BACK,
    )


@pytest.mark.parametrize("together", [False, True], ids=["alone", "together"])
@pytest.mark.parametrize(
    ("outcomes", "results"),
    [(("revise", "revise", "revise"), 3), (("revise", "revise", ""), 2), (("revise", "revise", "passed"), 3)],
    ids=["comes back", "waits", "passed"],
)
def test_the_whole_page_costs_at_most_eleven_queries(
    learner, colleague, browser, django_assert_max_num_queries, outcomes, results, together
):
    teacher = people.person("tea", Role.TEACHER)
    long_work.rounds(learner.id, teacher.id, BLOCK, outcomes, [colleague.id] if together else [])
    RequestCache.clear_all_namespaces()
    with django_assert_max_num_queries(11):
        html = browser.get(PAGE).content.decode()
    assert [f"About round {number}." in html for number in (1, 2, 3)] == [number <= results for number in (1, 2, 3)]
    assert all(html.count(f"list-{number}.csv") >= 3 for number in range(long_work.FILES))
    assert ("Together with Bo." in html) == together


@pytest.mark.parametrize("together", [False, True], ids=["alone", "together"])
def test_a_mentor_who_sent_it_back_costs_no_more(learner, colleague, browser, django_assert_max_num_queries, together):
    teacher = people.person("tea", Role.TEACHER)
    long_work.rounds(learner.id, teacher.id, BLOCK, ("revise", "revise", ""), [colleague.id] if together else [])
    send_back(learner)
    RequestCache.clear_all_namespaces()
    with django_assert_max_num_queries(11):
        html = browser.get(PAGE).content.decode()
    assert "Your mentor sent it back." in html
    assert '<p class="kept">Only eleven.\nLars said so on the phone.</p>' in html


def test_colleagues_are_looked_for_when_somebody_opens_the_list(learner, colleague, browser):
    html = browser.get(PAGE).content.decode()
    address = reverse("iciinsmes:work-colleagues", args=[BLOCK])
    assert f'hx-get="{address}"' in html
    assert 'name="colleague"' not in html
    assert f'name="colleague" value="{colleague.id}"' in browser.get(address).content.decode()
