"""Open edX tells when it removes an account; the add-on then erases everything."""

from __future__ import annotations

import importlib
from dataclasses import replace
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.apps import apps
from django.dispatch import Signal

from iciinsmes.assignments import notice_kinds
from iciinsmes.assignments.models import Work
from iciinsmes.assignments.subjects import round_subject
from iciinsmes.audit_log import api as audit_log
from iciinsmes.audit_log.models import AuditLogEntry
from iciinsmes.companies.models import CompanyImport
from iciinsmes.mentors import api as mentors
from iciinsmes.mentors.data import MentorContact
from iciinsmes.mentors.models import MentorAnswer, MentorRequest
from iciinsmes.notices import api as notices
from iciinsmes.notices.models import Notice, OutgoingMail
from iciinsmes.platform.openedx import OpenEdxHost
from iciinsmes_campus.host import CampusHost
from tests.mentors.conftest import MATTER, YES, alone, token
from tests.people import SME1
from tests.platform.conftest import Rows, platform

__all__ = ["alone", "platform"]

pytestmark = pytest.mark.django_db


def connect() -> Signal:
    """Connect a stand-in of the platform's signal as `edx_django_utils.plugins` does."""
    config = apps.get_app_config("iciinsmes").plugin_app["signals_config"]["lms.djangoapp"]  # type: ignore[attr-defined]
    (receiver,) = config["receivers"]
    assert receiver["signal_path"].endswith(".USER_RETIRE_LMS_MISC")
    signal = Signal()
    module = importlib.import_module(f"iciinsmes.{config['relative_path']}")
    signal.connect(getattr(module, receiver["receiver_func_name"]))
    return signal


def test_a_retired_person_is_erased(everything):
    connect().send(sender=None, user=everything["anna"])
    assert not Work.objects.filter(owner=everything["anna"]).exists()
    assert Work.objects.filter(owner=everything["bo"]).exists()


def test_an_error_reaches_the_platform(everything, monkeypatch):
    def fail(_host: object, _user_id: int) -> frozenset[str]:
        raise RuntimeError

    monkeypatch.setattr(CampusHost, "known_names", fail)
    with pytest.raises(RuntimeError):
        connect().send(sender=None, user=everything["anna"])
    assert Work.objects.filter(owner=everything["anna"]).exists()


def test_lines_of_imports_are_found_by_the_address_before_the_retirement(everything, platform, monkeypatch):
    anna = everything["anna"]
    before = SimpleNamespace(
        user_id=anna.pk,
        original_username=anna.username,
        original_email=anna.email,
        original_name=anna.get_full_name(),
    )
    platform("openedx.core.djangoapps.user_api.models", UserRetirementStatus=SimpleNamespace(objects=Rows([before])))
    platform("common.djangoapps.student.models", UserProfile=SimpleNamespace(objects=Rows([])))
    anna.email = "retired__user_1@retired.invalid"
    anna.save()
    known_as = OpenEdxHost().known_names(anna.pk)
    assert known_as == {
        "annegret.quellbrunn",
        "annegret@quellbrunn.example",
        "annegret quellbrunn",
        "retired__user_1@retired.invalid",
    }
    monkeypatch.setattr(CampusHost, "known_names", lambda _host, _user_id: known_as - {"annegret.quellbrunn"})
    connect().send(sender=None, user=anna)
    (left,) = CompanyImport.objects.filter(course_key=SME1)
    assert [line[6] for line in left.table["lines"]] == ["nobody"]


CONTACT = MentorContact(name="Ottokar Zeugmeister", email="zeuge@example.org", language="en", role="adviser")


def ask(learner, contact, *, name=""):
    return mentors.request_sign_off(
        subject=round_subject(uuid4(), SME1, None),
        asked_by=learner.pk,
        contact=contact,
        matter=replace(MATTER, learner=name or learner.get_full_name()),
    )


def test_mails_to_mentors_go_under_whatever_name_they_were_asked(people, alone):
    ask(people["anna"], CONTACT, name="Annegret")
    ask(people["anna"], replace(CONTACT, email="other@example.org"), name="Annegret Altquell")
    ask(people["bo"], CONTACT, name="Bolette")
    connect().send(sender=None, user=people["anna"])
    (left,) = OutgoingMail.objects.all()
    assert left.subject.startswith("Bolette asks you")


def test_who_was_asked_as_a_mentor_is_taken_out_too(people, alone, monkeypatch):
    retired = people["stranger"]
    contact = replace(CONTACT, name="Sigi Nirgendwo", email=retired.email.upper())
    open_one, answered = ask(people["anna"], contact), ask(people["bo"], contact)
    mentors.answer(token=token(answered), form=replace(YES, name="S. Nirgendwo", role="adviser"))
    kept = ask(people["anna"], CONTACT)
    notices.notify(
        user_id=people["bo"].pk,
        kind=notice_kinds.SIGNED,
        course_key=SME1,
        title="W01",
        address="/",
        actor_name="S. Nirgendwo",
    )
    audit_log.record(
        course_key=SME1,
        verb="work.confirmed",
        actor_id=None,
        actor_name="S. Nirgendwo",
        person_id=people["bo"].pk,
        subject="work:1",
    )
    known_as = CampusHost().known_names(retired.pk)
    monkeypatch.setattr(CampusHost, "known_names", lambda _host, _user_id: known_as)
    retired.email = "retired__user_6@retired.invalid"
    retired.save()
    connect().send(sender=None, user=retired)
    rows = {row.id: row for row in MentorRequest.objects.all()}
    assert (rows[open_one.id].state, rows[open_one.id].email, rows[open_one.id].name) == ("revoked", "", "…")
    assert (rows[answered.id].state, rows[answered.id].email, rows[answered.id].name) == ("confirmed", "", "…")
    assert rows[kept.id].name == CONTACT.name
    answer = mentors.answers_of(subjects=[answered.subject])[answered.subject]
    assert (answer.name, answer.role, answer.change) == ("…", "adviser", YES.change)
    assert [mail.to for mail in OutgoingMail.objects.all()] == [CONTACT.email]
    for table in (Notice, AuditLogEntry, MentorRequest, MentorAnswer, OutgoingMail):
        assert "nirgendwo" not in str(list(table.objects.values())).lower(), table
