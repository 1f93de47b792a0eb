"""A learner of a firm who has done a task, and a mentor who can be asked."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.urls import reverse

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import MentorNeed, MentorRule
from iciinsmes.assignments.subjects import round_subject
from iciinsmes.companies import api as companies
from iciinsmes.mentors import api, signals
from iciinsmes.mentors.data import AnswerForm, Matter, MatterPiece, MaySee, MentorContact
from iciinsmes.platform import Role
from tests.desk.conftest import make_task, waiting
from tests.people import SME1, person

MATTER = Matter(
    title="Ask twenty customers",
    learner="Mette Holm",
    company="El-Service Fyn",
    course="Digital tools",
    handed_in_at=datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
    hours=Decimal("6.50"),
    purpose="Hear what customers say.",
    checks=("Were twenty customers asked?",),
    answers=(("What did you find?", "Nobody <b>calls</b> back."), ("Anything else", "")),
    evidence=(MatterPiece("survey.pdf", "Questionnaire, 3 questions", uuid.UUID(int=7)), MatterPiece("answers.csv")),
)
OWNER = MentorContact(name="Lars Fyn", email="lars@example.org", language="da", role="owner")
ADVISER = MentorContact(name="Ines Kammer", email="ines@example.org", language="de", role="adviser")
YES = AnswerForm(
    verdict="confirmed",
    took_place="yes",
    change="We call back everybody who gave six or less.",
    may_see=MaySee(coach=True, teacher=True),
    name="Lars Fyn",
    role="owner",
)
BACK = replace(YES, verdict="sent_back", took_place="partly", change="", remark="Only eleven were asked.")
W01 = SME1.make_usage_key("workplace_assignment", "w01")
PART = reverse("iciinsmes:work-mentor", args=[W01])
ASK = {"do": "ask", "mentor_name": "Lars Fyn", "mentor_email": "", "mentor_role": "owner", "mentor_language": "en"}


@pytest.fixture(autouse=True)
def _no_guesses():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def alone(monkeypatch):
    """The room by itself: what it is about are ids that no other room knows."""
    for signal in (
        signals.about_to_change,
        signals.asked,
        signals.reminded,
        signals.revoked,
        signals.link_opened,
        signals.coach_asked,
        signals.answered,
    ):
        monkeypatch.setattr(signal, "receivers", [])


@pytest.fixture
def learner(db):
    return person("mette", Role.LEARNER, first_name="Mette", last_name="Holm")


@pytest.fixture
def firm(learner):
    company = companies.create_company(name="El-Service Fyn", country="DK", size_class="2-9")
    companies.join_company(company_id=company.id, user_id=learner.pk, course_key=SME1)
    return company


@pytest.fixture
def subject():
    return uuid.uuid4()


@pytest.fixture
def ask(learner, subject):
    """Ask a mentor about the subject, as the learner does."""

    def call(contact=OWNER, about=None, **more):
        return api.request_sign_off(
            subject=round_subject(about or subject, SME1, None),
            asked_by=learner.pk,
            contact=contact,
            matter=MATTER,
            **more,
        )

    return call


@pytest.fixture
def asked(ask, firm):
    return ask()


def path(request) -> str:
    """Return the link of the request on this site: the secret stands behind the #, which no server gets."""
    link = urlsplit(request.link)
    return f"{link.path}#{link.fragment}"


def place(request) -> str:
    """Return the address of the request's page, which holds no secret."""
    return reverse("iciinsmes:mentor", args=[request.id])


def token(request) -> str:
    return urlsplit(request.link).fragment


def look(client, request, **more):
    """Open the link as the script of the page at its door does, and return the page."""
    return client.post(reverse("iciinsmes:mentor-door"), {"secret": f"#{token(request)}", **more}, follow=True)


def said(request, form=YES, **more) -> dict[str, str]:
    """Return the form as a browser sends it; without a request that of a coordinator."""
    values = {
        "sent": "1",
        **({"secret": token(request)} if request else {}),
        "took_place": form.took_place,
        "change": form.change,
        "remark": form.remark,
        "name": form.name,
        "role": form.role,
        "verdict": form.verdict,
        **{who: "1" for who in ("coach", "teacher", "course") if getattr(form.may_see, who)},
    }
    return values | more


@pytest.fixture
def hand_in(learner, firm):
    """Hand in a first round of a task for which a mentor is needed, or not."""

    def call(need=MentorNeed.REQUIRED):
        task = replace(make_task(), mentor=MentorRule(need=need, checks=("Were all places visited?",)))
        return waiting(learner, assignments.freeze_task(usage_key=W01, course_key=SME1, task=task))

    return call


@pytest.fixture
def browser_of_learner(client, learner):
    client.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
    return client


def state(learner) -> str:
    return assignments.work_of(user_id=learner.pk, usage_key=W01).state


def newest(round_id):
    return api.requests_of(subjects=[round_id])[round_id][0]
