"""A learner's page after a long life of a work: three rounds with results, ten files."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from edx_django_utils.cache import RequestCache

from iciinsmes.platform import Role
from tests import long_work, people

pytestmark = pytest.mark.django_db

BLOCK = people.SME1.make_usage_key("workplace_assignment", "w01")
UNIT = people.SME1.make_usage_key("vertical", "w01-where-do-our-customers-speak")
PAGE = reverse("campus:unit", args=[people.SME1, UNIT])


@pytest.fixture
def learner(db):
    return people.person("anna", Role.LEARNER)


@pytest.fixture
def browser(learner):
    client = Client()
    client.force_login(learner)
    client.get(PAGE)
    long_work.allow_ten_files(BLOCK)
    client.get(PAGE)
    yield client
    long_work.disallow(BLOCK)


def test_looking_for_colleagues_costs_one_query_more(learner, browser, django_assert_max_num_queries):
    long_work.allow_ten_files(BLOCK, together=True)
    browser.get(PAGE)
    teacher = people.person("tea", Role.TEACHER)
    long_work.rounds(learner.id, teacher.id, BLOCK, ("revise", "revise", "revise"))
    RequestCache.clear_all_namespaces()
    with django_assert_max_num_queries(11):
        browser.get(PAGE)


@pytest.mark.parametrize(
    ("outcomes", "results"),
    [(("revise", "revise", "revise"), 3), (("revise", "revise", ""), 2), (("revise", "revise", "passed"), 3)],
    ids=["comes back", "waits", "passed"],
)
def test_the_whole_page_costs_at_most_ten_queries(learner, browser, django_assert_max_num_queries, outcomes, results):
    teacher = people.person("tea", Role.TEACHER)
    long_work.rounds(learner.id, teacher.id, BLOCK, outcomes)
    RequestCache.clear_all_namespaces()
    with django_assert_max_num_queries(10):
        html = browser.get(PAGE).content.decode()
    assert [f"About round {number}." in html for number in (1, 2, 3)] == [number <= results for number in (1, 2, 3)]
    assert all(html.count(f"list-{number}.csv") >= 3 for number in range(long_work.FILES))
