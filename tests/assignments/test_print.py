"""The page for paper: everything of the own rounds, nothing of anybody else's."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from iciinsmes.assignments import api
from iciinsmes.companies import api as companies
from iciinsmes.review import api as review

from .conftest import BLOCK, COURSE, GOOD, attach, person

pytestmark = pytest.mark.django_db
URL = reverse("iciinsmes:work-print", args=[BLOCK])


def get(user, url: str) -> str:
    client = Client()
    client.force_login(user)
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def page(user) -> str:
    return get(user, URL)


def part(user) -> str:
    return get(user, reverse("iciinsmes:work", args=[BLOCK]))


@pytest.fixture
def assessed(handed_in, teacher, version):
    review.propose(
        subject=handed_in.id,
        rubric_id=version.rubric_id,
        assessor_id=teacher.id,
        points={"completeness": Decimal(2), "finding": Decimal(3)},
        comments={"finding": "Name a person for it."},
        feedback="Well found.",
        base_revision=None,
    )
    api.release(round_id=handed_in.id, assessor_id=teacher.id, outcome="passed")
    return handed_in


def test_everything_of_the_rounds_is_on_it(assessed, learner, task):
    company = companies.create_company(name="Szép Haj", country="hu")
    companies.join_company(company_id=company.id, user_id=learner.id, course_key=COURSE)
    html = page(learner)
    for text in (task.title, "Anna", "Szép Haj", GOOD["channels"], "list.csv", "the list", "4.5 h", "Well found."):
        assert text in html
    for text in ("5 of 6 points", "Name a person for it.", "level 3", "List the channels."):
        assert text in html
    assert "level 1" not in html


def test_a_proposal_is_not_on_it(handed_in, learner, teacher, version):
    review.propose(
        subject=handed_in.id,
        rubric_id=version.rubric_id,
        assessor_id=teacher.id,
        points={},
        comments={},
        feedback="Only a thought.",
        base_revision=None,
    )
    assert "Only a thought." not in page(learner)


def test_nothing_of_others_is_on_it(handed_in, other_learner):
    html = page(other_learner)
    assert "Nothing is handed in yet." in html
    assert GOOD["channels"] not in html


def test_texts_are_escaped_and_the_task_cannot_run_scripts(learner, task, version):
    api.save_draft(
        user_id=learner.id, usage_key=BLOCK, answers={"channels": "<b>x</b> two three"}, hours=None, base_revision=0
    )
    wicked = replace(
        task,
        title="<script>alert(1)</script>",
        instructions="<p>Read</p><script>steal()</script>",
        evidence=replace(task.evidence, required=False),
    )
    newer = api.freeze_task(usage_key=BLOCK, course_key=COURSE, task=wicked)
    api.hand_in(user_id=learner.id, usage_key=BLOCK, base_revision=1, version_id=newer.id)
    html = page(learner)
    assert "&lt;b&gt;x&lt;/b&gt;" in html
    assert "steal" not in html
    assert "<script>alert" not in html


def test_strangers_and_unopened_blocks_are_not_found(learner, teacher):
    for user in (learner, teacher, person("stranger")):
        client = Client()
        client.force_login(user)
        assert client.get(URL).status_code == 404
    assert Client().get(URL).status_code == 302


def test_the_way_to_it_is_on_the_page_once_there_is_a_round(learner, version):
    assert URL not in part(learner)
    attach(learner)
    api.save_draft(user_id=learner.id, usage_key=BLOCK, answers=GOOD, hours=None, base_revision=0)
    api.hand_in(user_id=learner.id, usage_key=BLOCK, base_revision=1, version_id=version.id)
    assert URL in part(learner)


def test_it_costs_few_queries(learner, assessed, django_assert_max_num_queries):
    client = Client()
    client.force_login(learner)
    with django_assert_max_num_queries(10):
        client.get(URL)
