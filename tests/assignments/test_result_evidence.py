"""A result of an instrument as evidence: one click, a copy that stays, read by whoever reads the round."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from iciinsmes.assignments import api
from iciinsmes.assignments.data import Audience, MentorNeed, MentorRule
from iciinsmes.assignments.mentor_part import matter_of
from iciinsmes.assignments.models import Draft, Round
from iciinsmes.assignments.serializers import task_to_json
from iciinsmes.assignments.tasks import hash_of
from iciinsmes.companies import api as companies
from iciinsmes.evidence import api as evidence
from iciinsmes.evidence.data import EvidenceRules
from iciinsmes.exercises import api as exercises
from iciinsmes.exercises.data import Answers, DataSource, ExerciseSettings, ExerciseStep
from iciinsmes.review import api as review
from iciinsmes.toolbox.data import Table, result_to_json
from tests.drafts import draft

from .conftest import BLOCK, COURSE, GOOD, hand_in, person, work

TOOL = COURSE.make_usage_key("digital_tool", "loyalty")
OTHER_BLOCK = COURSE.make_usage_key("workplace_assignment", "w02")
SCORES = [10] * 8 + [9] * 10 + [8] * 9 + [7] * 6 + [6] * 3 + [5] * 2 + [3, 0]


def computed(user, values=SCORES, title="Spring <b>", shown=True, finish=False):
    """Return a result of the person; with no values one of the invented firm."""
    settings = ExerciseSettings(title="Loyalty", instrument="net-promoter-score")
    exercises.open_exercise(user_id=user.pk, usage_key=TOOL, course_key=COURSE, settings=settings)
    kept = values and exercises.keep_data(
        owner_id=user.pk,
        course_key=COURSE,
        instrument=settings.instrument,
        title=title,
        table=Table.of(["score"], [(value,) for value in values]),
        source=DataSource.TYPED,
    )
    begun = exercises.begin(user_id=user.pk, usage_key=TOOL, data_set_id=kept.id if kept else None, options={})
    while (shown and begun.step is ExerciseStep.ESTIMATE) or (finish and begun.step is not ExerciseStep.DONE):
        begun = exercises.answer(user_id=user.pk, attempt_id=begun.id, step=begun.step, given=Answers())
    return begun.result


@pytest.fixture
def task(task):
    return replace(
        task,
        team=True,
        mentor=MentorRule(MentorNeed.OPTIONAL, ("Is it true?",)),
        evidence=EvidenceRules(max_files=4, kinds=("table", "result")),
    )


@pytest.fixture
def version(task, db):
    return api.freeze_task(usage_key=BLOCK, course_key=COURSE, task=task)


@pytest.fixture
def coach(db, firm):
    user = person("coco", "teacher")
    companies.assign_coach(company_id=firm.id, course_key=COURSE, who="coco", actor_id=user.id)
    return user


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(name: str, *more, query: str = "") -> str:
    return reverse(f"iciinsmes:work-{name}", args=more or [BLOCK]) + query


def items(user):
    return evidence.items_of(subject=draft(user.pk, BLOCK).id)


def attach_by_click(user, result, question=""):
    return browser(user).post(url("result", query=f"?question={question}"), {"result": str(result.id)})


def opens(user, result) -> bool:
    return browser(user).get(reverse("iciinsmes:tool-result", args=[result.id])).status_code == 200


def judge(teacher, version, row, outcome):
    review.propose(
        subject=row.id,
        rubric_id=version.rubric_id,
        assessor_id=teacher.id,
        points={"completeness": Decimal(3), "finding": Decimal(3)},
        comments={},
        feedback="Read.",
        base_revision=0,
    )
    api.release(round_id=row.id, assessor_id=teacher.id, outcome=outcome)


def test_one_click_copies_the_result(anna, version):
    result = computed(anna)
    page = browser(anna).get(reverse("iciinsmes:work", args=[BLOCK])).content.decode()
    assert url("results") in page
    listed = browser(anna).get(url("results", query="?question=channels")).content.decode()
    assert str(result.id) in listed
    assert "Spring &lt;b&gt;" in listed
    answer = attach_by_click(anna, result, "channels")
    assert answer.status_code == 201
    assert "27.5 points (" in answer.json()["html"]
    (item,) = items(anna)
    assert (item.kind, item.title, item.question) == ("result", "Spring <b>", "channels")
    written = result_to_json(result.result)
    assert item.content == {
        "result_id": str(result.id),
        "instrument": "net-promoter-score",
        "is_demo": False,
        "result": {key: written[key] for key in ("format", "n", "verdict", "figures")},
    }


def test_a_double_click_attaches_once(anna, version):
    result = computed(anna)
    for _click in range(2):
        assert attach_by_click(anna, result).status_code == 201
    assert len(items(anna)) == 1


def test_nothing_of_the_copy_comes_from_the_browser(anna, version):
    result = computed(anna)
    forged = {"kind": "result", "title": "x", "result_id": str(result.id), "content": "{}"}
    assert browser(anna).post(reverse("iciinsmes:work-item-add", args=[BLOCK]), forged).status_code == 422
    attach_by_click(anna, result)
    (item,) = items(anna)
    client = browser(anna)
    change = reverse("iciinsmes:work-item-change", args=[BLOCK, item.id])
    assert client.post(change, {**forged, "revision": "1"}).status_code == 422
    assert client.get(reverse("iciinsmes:work-item-fields", args=[BLOCK, item.id])).status_code == 422
    assert items(anna) == (item,)


def test_only_own_results_that_were_shown(anna, bo, version):
    foreign, hidden = computed(bo), computed(anna, shown=False)
    assert attach_by_click(anna, foreign).status_code == 404
    assert attach_by_click(anna, hidden).status_code == 404
    assert browser(anna).post(url("result"), {"result": "nonsense"}).status_code == 404
    listed = browser(anna).get(url("results")).content.decode()
    assert str(foreign.id) not in listed
    assert str(hidden.id) not in listed
    assert items(anna) == ()


def test_only_where_the_task_allows_it_and_the_work_is_open(anna, task, version):
    result = computed(anna)
    attach_by_click(anna, result)
    hand_in(anna, version)
    assert attach_by_click(anna, result).status_code == 410
    plain = replace(task, evidence=replace(task.evidence, kinds=("table",)))
    api.freeze_task(usage_key=BLOCK, course_key=COURSE, task=plain)
    cy = person("cy", "learner")
    assert attach_by_click(cy, computed(cy)).status_code == 422
    assert url("results") not in browser(cy).get(reverse("iciinsmes:work", args=[BLOCK])).content.decode()


def test_a_task_that_does_not_allow_it_keeps_its_hash(task):
    content = task_to_json(replace(task, evidence=EvidenceRules()))
    assert "result" not in content["evidence"]["kinds"]
    assert hash_of(content) == hash_of(
        task_to_json(replace(task, evidence=EvidenceRules(kinds=("photo", "document", "table"))))
    )


def test_strangers(anna, teacher, version):
    result = computed(anna)
    for stranger, status in ((teacher, 404), (person("nobody"), 404)):
        assert browser(stranger).get(url("results")).status_code == status
        assert attach_by_click(stranger, result).status_code == status
    assert Client().post(url("result"), {"result": str(result.id)}).status_code == 401


def test_a_round_keeps_its_copy_when_the_result_is_gone(anna, version, teacher):
    result = computed(anna)
    attach_by_click(anna, result)
    row = hand_in(anna, version)
    before = row.items
    exercises.clear_block(user_id=anna.pk, usage_key=TOOL)
    assert not opens(anna, result)
    (kept,) = work(anna).rounds
    assert kept.items == before
    for user, address in (
        (anna, reverse("iciinsmes:work", args=[BLOCK])),
        (anna, reverse("iciinsmes:work-print", args=[BLOCK])),
        (teacher, reverse("iciinsmes:desk-round", args=[COURSE, row.id])),
    ):
        html = browser(user).get(address).content.decode()
        assert "27.5 points (" in html
        assert "Spring &lt;b&gt;" in html
        assert "invented data" not in html


def test_invented_data_are_named_everywhere(anna, version, teacher):
    attach_by_click(anna, computed(anna, values=()))
    assert "invented data" in browser(anna).get(url("results")).content.decode()
    assert "invented data" in browser(anna).get(reverse("iciinsmes:work", args=[BLOCK])).content.decode()
    row = hand_in(anna, version)
    assert "invented data" in matter_of(work(anna)).answers[-1][1]
    for user, address in (
        (anna, reverse("iciinsmes:work-print", args=[BLOCK])),
        (teacher, reverse("iciinsmes:desk-round", args=[COURSE, row.id])),
    ):
        assert "invented data" in browser(user).get(address).content.decode()


def test_a_mentor_reads_the_copy(anna, version):
    result = computed(anna)
    attach_by_click(anna, result)
    hand_in(anna, version)
    title, text = matter_of(work(anna)).answers[-1]
    assert title == "Result: Spring <b>"
    assert "27.5 points (" in text
    assert "n = 40" in text
    assert "results/" not in text


def test_who_reads_the_round_opens_the_result(anna, bo, join, version, teacher, coach):
    result = computed(anna, values=SCORES)
    assert not opens(teacher, result)
    attach_by_click(anna, result)
    # A draft is nobody's business.
    assert not opens(teacher, result)
    hand_in(anna, version, bo)
    stranger = companies.create_company(name="Pod Dębem", country="pl")
    assert [opens(user, result) for user in (anna, bo, teacher, coach)] == [True] * 4
    assert [opens(user, result) for user in (join("cy"), join("dan", stranger))] == [False, False]


def test_what_is_kept_to_the_coach_is_the_coachs(anna, version, teacher, coach):
    result = computed(anna)
    attach_by_click(anna, result)
    revision = api.save_draft(user_id=anna.id, usage_key=BLOCK, answers=GOOD, hours=None, base_revision=0).revision
    Draft.objects.filter(work__owner=anna).update(audience=Audience.COACH.value)
    api.hand_in(user_id=anna.id, usage_key=BLOCK, base_revision=revision, version_id=version.id)
    assert opens(coach, result)
    assert not opens(teacher, result)


def test_the_desk_says_what_is_new_and_what_is_gone(anna, version, teacher):
    first = computed(anna, title="Spring", finish=True)
    attach_by_click(anna, first)
    row = hand_in(anna, version)
    judge(teacher, version, row, "revise")
    (item,) = items(anna)
    browser(anna).post(reverse("iciinsmes:work-item-remove", args=[BLOCK, item.id]))
    attach_by_click(anna, computed(anna, title="Autumn"))
    again = hand_in(anna, version)
    html = browser(teacher).get(reverse("iciinsmes:desk-round", args=[COURSE, again.id])).content.decode()
    assert "Spring" in html
    new = html.index("new</span>")
    assert html.index("Autumn") > new


def test_the_gallery_shows_the_copy_and_no_link(anna, bo, version, teacher):
    result = computed(anna)
    attach_by_click(anna, result)
    row = hand_in(anna, version)
    Round.objects.filter(id=row.id).update(audience=Audience.GALLERY.value)
    judge(teacher, version, row, "passed")
    html = browser(bo).get(reverse("iciinsmes:gallery", args=[COURSE])).content.decode()
    assert "27.5 points (" in html
    assert str(result.id) not in html
    assert not opens(bo, result)


def offers(user, result, **data):
    address = url("result-offers", COURSE, result.id)
    client = browser(user)
    return client.post(address, data) if data else client.get(address)


def test_the_page_of_a_result_offers_open_assignments_that_allow_it(anna, task, version, django_assert_max_num_queries):
    plain = replace(task, title="No results here", evidence=EvidenceRules())
    api.freeze_task(usage_key=OTHER_BLOCK, course_key=COURSE, task=plain)
    result = computed(anna)
    page = browser(anna).get(reverse("iciinsmes:tool-result", args=[result.id])).content.decode()
    assert url("result-offers", COURSE, result.id) in page
    html = offers(anna, result).content.decode()
    assert task.title in html
    assert "No results here" not in html
    with django_assert_max_num_queries(3):
        api.offers_of(user_id=anna.id, course_key=COURSE, result_id=result.id)
    assert "Attached" in offers(anna, result, assignment=str(BLOCK)).content.decode()
    assert len(items(anna)) == 1
    refused = offers(anna, result, assignment=str(OTHER_BLOCK))
    assert refused.status_code == 422
    assert "This cannot be added here." in refused.content.decode()
    hand_in(anna, version)
    assert task.title not in offers(anna, result).content.decode()


def test_offers_are_for_the_owner_in_the_own_course_run(anna, bo, teacher, version):
    result = computed(anna)
    for user in (bo, teacher):
        assert offers(user, result).status_code == 404
        assert offers(user, result, assignment=str(BLOCK)).status_code == 404
    assert offers(anna, result, assignment="nonsense").status_code == 404
    assert (
        offers(anna, result, assignment="block-v1:ICI+OTHER+2026+type@workplace_assignment+block@w01").status_code
        == 404
    )
    assert browser(anna).get(url("result-offers", COURSE, uuid4())).status_code == 404


def test_a_result_whose_instrument_is_gone_stays_readable(anna, version, monkeypatch):
    attach_by_click(anna, computed(anna))
    monkeypatch.setattr("iciinsmes.toolbox.collection.INSTRUMENTS", ())
    (item,) = items(anna)
    assert item.result.instrument == "net-promoter-score"
    assert "27.5 points (" in item.result.text


def test_more_results_cost_no_more_queries(anna, version, django_assert_max_num_queries):
    for number in range(3):
        computed(anna, title=f"Data {number}", finish=True)
    client = browser(anna)
    with django_assert_max_num_queries(7):
        client.get(url("results"))
