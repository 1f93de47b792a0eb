"""Asking what has stayed: who gets a mail and when, what the link opens, and what goes into the project."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from iciinsmes.companies import api as companies
from iciinsmes.evaluation import api, retirement
from iciinsmes.evaluation.data import KeptAnswer, KeptData
from iciinsmes.evaluation.errors import UnknownQuestion
from iciinsmes.evaluation.models import EvaluatedRun, KeptQuestion
from iciinsmes.evaluation.questions import link_of
from iciinsmes.notices import api as notices
from iciinsmes.projects import api as projects
from iciinsmes.projects.data import Kind
from iciinsmes_campus.learning import api as learning
from tests.evaluation.conftest import end_run
from tests.people import SME1

YES = dict.fromkeys(("still_used", "effect_seen", "others_use"), KeptAnswer.YES)


def ask(django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        api.ask_all()
    notices.deliver_due()


def asked_of(user) -> KeptQuestion:
    return KeptQuestion.objects.get(user=user)


def secret_of(user) -> str:
    return link_of(asked_of(user)).partition("#")[2]


@pytest.fixture
def night(django_capture_on_commit_callbacks):
    return lambda: ask(django_capture_on_commit_callbacks)


@pytest.fixture
def anna(learners):
    """A learner of a firm with a project and one KPI, who has been asked after three months."""
    (user,) = learners(1)
    firm = companies.create_company(name="Nordlicht", country="de")
    companies.join_company(company_id=firm.id, user_id=user.pk, course_key=SME1)
    end_run(3)
    return user


@pytest.fixture
def kpi(anna):
    project = projects.open_project(user_id=anna.pk, course_key=SME1)
    content = {"name": "Days", "unit": "d", "direction": "down", "baseline": "20", "target": "10"}
    return projects.add_entry(project_id=project.id, user_id=anna.pk, course_key=SME1, kind=Kind.KPI, content=content)


def readings(kpi) -> list[str]:
    project = projects.project_here(user_id=kpi.author_id, course_key=SME1)
    return [each.content["value"] for each in projects.entries_of(project_id=project.id, kinds=[Kind.READING])]


def test_each_learner_is_asked_once_however_often_the_night_comes(anna, learners, night):
    others = learners(2, "more")
    night()
    night()
    assert KeptQuestion.objects.count() == 3
    assert sorted(each.to[0] for each in mail.outbox) == sorted(each.email for each in [anna, *others])
    body = mail.outbox[0].body
    assert "ended 3 months ago" in body
    assert "/evaluation/kept/#" in body
    assert "No more mails" in body


def test_nobody_is_asked_too_early_or_much_too_late_and_missed_nights_are_made_good(learners, night):
    learners(1)
    row = EvaluatedRun.objects.get(course_key=SME1)
    today = timezone.localdate()
    for days, count in ((80, 0), (300, 0), (130, 1), (130, 1), (200, 2)):
        row.ends_on = today - timedelta(days=days)
        row.save(update_fields=["ends_on"])
        night()
        assert KeptQuestion.objects.count() == count, days
    assert set(KeptQuestion.objects.values_list("months", flat=True)) == {3, 6}


def test_who_is_gone_closed_or_wants_no_mails_is_left_alone(anna, learners, night):
    gone, closed, silent, without = learners(4, "left")
    learning.leave(user_id=gone.pk, course_key=SME1)
    closed.is_active = False
    closed.save()
    notices.set_mails(user_id=silent.pk, mails=notices.Mails.NEVER)
    without.email = ""
    without.save()
    night()
    assert [row.user_id for row in KeptQuestion.objects.all()] == [anna.pk]


def test_who_is_forgotten_is_not_asked_again(anna, night):
    night()
    secret = secret_of(anna)
    retirement.forget_person(user_id=anna.pk)
    night()
    assert not KeptQuestion.objects.exists()
    with pytest.raises(UnknownQuestion):
        api.question_behind(secret=secret)


def test_the_link_opens_one_page_without_an_account_and_the_answer_can_be_changed(anna, night, client):
    night()
    secret = secret_of(anna)
    door = reverse("iciinsmes:kept-door")
    assert secret not in client.get(door).content.decode()
    opened = client.post(door, {"secret": f"https://x/#{secret}"})
    address = opened["Location"].partition("#")[0]
    assert secret not in address
    page = client.get(address).content.decode()
    assert "Do you see an effect?" in page
    kept = client.post(address, {"secret": secret, "save": "1", **YES})
    assert kept.status_code == 302
    assert "Thank you" in client.get(kept["Location"].partition("#")[0]).content.decode()
    client.post(address, {"secret": secret, "save": "1", **YES, "others_use": "no"})
    assert (asked_of(anna).still_used, asked_of(anna).others_use) == ("yes", "no")
    missing = client.post(address, {"secret": secret, "save": "1", "still_used": "no"})
    assert missing.status_code == 422
    assert asked_of(anna).still_used == "yes"


def test_a_link_that_is_old_changed_or_of_another_leads_nowhere(anna, night, client):
    night()
    row, secret = asked_of(anna), secret_of(anna)
    page = reverse("iciinsmes:kept", args=[row.id])
    assert client.get(page).status_code == 403
    assert client.post(page, {"secret": secret[:-2] + "xx"}).status_code == 404
    other = KeptQuestion.objects.create(
        user=anna, course_key=SME1, months=6, nonce="n", asked_at=timezone.now(), expires_at=row.expires_at
    )
    assert client.post(reverse("iciinsmes:kept", args=[other.id]), {"secret": secret}).status_code == 404
    KeptQuestion.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert client.post(page, {"secret": secret, "save": "1", **YES}).status_code == 404
    assert asked_of_months(3).answered_on is None


def asked_of_months(months: int) -> KeptQuestion:
    return KeptQuestion.objects.get(months=months)


def test_a_value_goes_into_the_project_only_with_a_click_and_once(anna, kpi, night, client):
    night()
    secret = secret_of(anna)
    page = reverse("iciinsmes:kept", args=[asked_of(anna).id])
    answer = {"secret": secret, "save": "1", **YES, "kpi": str(kpi.id), "value": "12.5"}
    client.post(page, answer)
    assert (asked_of(anna).value, asked_of(anna).entry) == (Decimal("12.5"), None)
    assert readings(kpi) == []
    client.post(page, {**answer, "into_project": "1"})
    client.post(page, {**answer, "into_project": "1"})
    assert readings(kpi) == ["12.5"]
    client.post(page, {**answer, "into_project": "1", "value": "11"})
    assert readings(kpi) == ["11"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"value": "many"}, "Please write a number"),
        ({"kpi": "", "value": "3"}, "Please say which figure it is."),
        ({"value": ""}, "Please write the value too"),
        ({"kpi": "00000000-0000-4000-8000-000000000000"}, "Please choose one."),
    ],
)
def test_a_value_that_is_none_is_refused_at_its_place(anna, kpi, night, client, changes, sentence):
    night()
    page = reverse("iciinsmes:kept", args=[asked_of(anna).id])
    answer = {"secret": secret_of(anna), "save": "1", **YES, "kpi": str(kpi.id), "value": "3", **changes}
    found = client.post(page, answer)
    assert found.status_code == 422
    assert re.search(sentence, found.content.decode())
    assert asked_of(anna).answered_on is None


def test_of_an_ended_project_the_answer_is_kept_and_the_page_says_what_is_not(anna, kpi, night, client):
    night()
    secret = secret_of(anna)
    companies.leave_company(user_id=anna.pk, course_key=SME1)
    with pytest.raises(ValueError, match="-"):
        api.say(secret=secret, kept=KeptData(YES, kpi=kpi.id, value=Decimal(3)), into_project=True)
    assert asked_of(anna).answered_on is None


def test_reports_see_answers_in_steps_of_five(learners, night):
    people = learners(6)
    end_run(3)
    night()
    for user in people[:4]:
        api.say(secret=secret_of(user), kept=KeptData(YES))
        assert EvaluatedRun.objects.get().published == {}
    api.say(secret=secret_of(people[4]), kept=KeptData({**YES, "effect_seen": KeptAnswer.PARTLY}))
    published = EvaluatedRun.objects.get().published["3"]
    assert (published["answers"], published["sums"]["effect_seen"]) == (5, 4)
    api.say(secret=secret_of(people[5]), kept=KeptData(YES))
    assert EvaluatedRun.objects.get().published["3"] == published
