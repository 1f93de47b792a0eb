"""A course with everybody who must not be confused with each other, and what their work consists of."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.test import Client
from django.utils import timezone
from edx_django_utils.cache import RequestCache
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments import notice_kinds
from iciinsmes.assignments.subjects import round_subject
from iciinsmes.canvases import api as canvases
from iciinsmes.certificates import api as certificates
from iciinsmes.certificates.data import CertificateCriterion, CertificateData, Criteria, Issuer, Presence
from iciinsmes.companies import api as companies
from iciinsmes.companies.models import JoinCode
from iciinsmes.early_warning import api as early_warning
from iciinsmes.early_warning.data import MonthCell
from iciinsmes.evaluation import api as evaluation
from iciinsmes.evaluation.data import ReactionSettings
from iciinsmes.evaluation.models import EvaluationReport, KeptQuestion
from iciinsmes.evidence import api as evidence
from iciinsmes.evidence.data import EvidenceRules
from iciinsmes.exercises import api as exercises
from iciinsmes.exercises.data import Answers, AttemptData
from iciinsmes.gallery.models import GalleryEntry, GalleryPerson
from iciinsmes.mentors import api as mentors
from iciinsmes.mentors.data import Matter, MatterPiece, MentorContact, RequestData
from iciinsmes.notices import api as notices
from iciinsmes.notices.links import stop_link
from iciinsmes.platform import Role
from iciinsmes.projects import api as projects
from iciinsmes.self_check import api as self_check
from iciinsmes.self_check.data import CheckSettings, TypedItem
from iciinsmes.support import api as support
from iciinsmes.support.data import EntryValues, SupportArea
from iciinsmes_campus.mail.models import OutboxMail
from tests.campus.everybodys_project import Ours, developed, talked
from tests.desk.conftest import make_task, waiting
from tests.drafts import draft
from tests.exercises.conftest import exercise, keep
from tests.people import SME1, person

__all__ = [
    "CHECK",
    "CYCLE",
    "HTML",
    "OTHER",
    "PROBLEM",
    "SME1",
    "T02",
    "UNIT",
    "VISITORS",
    "W01",
    "World",
    "build",
    "visit",
]

OTHER = CourseKey.from_string("course-v1:ICI+OTHER+2026")
W01 = SME1.make_usage_key("workplace_assignment", "w01")
CHECK = SME1.make_usage_key("self_check", "first-self-check")
CYCLE = SME1.make_usage_key("reaction", "cycle-start")
T02 = SME1.make_usage_key("digital_tool", "t02-recommend")
UNIT = SME1.make_usage_key("vertical", "quiz-start-questions")
PROBLEM = SME1.make_usage_key("problem", "hit-rate")
HTML = SME1.make_usage_key("html", "why-firms-move-text")

VISITORS = (
    "anonymous",
    "stranger",  # signed in, takes part nowhere
    "other_learner",  # of another course
    "other_teacher",
    "peer",  # a learner of the course, from another firm
    "learner",  # whose work, file and mail the addresses name
    "teacher",
    "coordinator",
)


@dataclass(frozen=True)
class World:
    """The course with its people, and what the addresses name."""

    people: dict[str, Any]
    round_id: UUID
    upload_id: UUID
    evidence_id: UUID
    item_id: UUID
    mail_id: int
    company_id: int
    import_id: UUID
    notice_id: int
    stop_token: str
    request_id: UUID
    mentor_token: str
    entry_id: int
    attempt_id: UUID
    result_id: UUID
    data_set_id: UUID
    canvas_id: UUID
    card_id: int
    project: Ours
    project_id: UUID
    talk_id: UUID
    check_id: UUID
    alarm_id: UUID
    question_id: UUID
    evaluation_id: UUID
    session_id: int
    certificate_id: UUID
    certificate_code: str
    offer_id: UUID
    contact_id: int
    area_id: int
    offers_id: UUID
    #: Signing in again for each of thousands of requests takes minutes.
    sessions: dict[str, str] = field(default_factory=dict)


def build() -> World:
    people = {
        "stranger": person("stranger"),
        "other_learner": person("olaf", Role.LEARNER, OTHER),
        "other_teacher": person("otto", Role.TEACHER, OTHER),
        "peer": person("peer", Role.LEARNER),
        "learner": person("anna", Role.LEARNER),
        "teacher": person("tea", Role.TEACHER),
        "coordinator": person("cora", Role.COORDINATOR),
    }
    for name, firm in (("peer", "Pod Dębem"), ("learner", "Nordlicht")):
        company = companies.create_company(name=firm, country="de")
        companies.join_company(company_id=company.id, user_id=people[name].pk, course_key=SME1)
    # The last one is the learner's.
    JoinCode.objects.create(
        company_id=company.id, course_key=SME1, code="ABCD2345", expires_at=timezone.now() + timedelta(days=1)
    )
    version = assignments.freeze_task(usage_key=W01, course_key=SME1, task=make_task())
    owner_id = people["learner"].pk
    round_id = waiting(person("mate", Role.LEARNER), version)
    notices.notify(user_id=owner_id, kind=notice_kinds.PASSED, course_key=SME1, title="W01", address="/w01/")
    evidence_id = stored(owner_id, b"a,b,c\n1,2,3\n")
    attempt = begun(people["learner"])
    canvas_id, card_id = drawn(owner_id)
    asked = ask_mentor(owner_id, evidence_id)
    project_id = projects.open_project(user_id=owner_id, course_key=SME1).id
    certified = attended_and_issued(people)
    supported = offered(people)
    return World(
        people=people,
        round_id=round_id,
        upload_id=begin(owner_id, b"d,e,f\n"),
        evidence_id=evidence_id,
        item_id=pasted(owner_id),
        mail_id=OutboxMail.objects.create(
            course_key=SME1, receiver="anna@example.org", sender="s@example.org", subject="Hi"
        ).pk,
        company_id=company.id,
        import_id=companies.begin_import(
            owner_id=people["coordinator"].pk, course_key=SME1, content=b"company;country\nNord;DE\n"
        ),
        notice_id=notices.inbox(user_id=owner_id).notices[0].id,
        stop_token=stop_link(owner_id).partition("#")[2],
        request_id=asked.id,
        mentor_token=asked.link.partition("#")[2],
        entry_id=shown(owner_id, round_id),
        attempt_id=attempt.id,
        result_id=attempt.result.id,
        data_set_id=exercises.data_sets_of(owner_id=owner_id, course_key=SME1)[0].id,
        canvas_id=canvas_id,
        card_id=card_id,
        project=developed(owner_id),
        project_id=project_id,
        talk_id=talked(people["teacher"].pk, project_id),
        check_id=checked(owner_id),
        alarm_id=warned(owner_id, company.id),
        question_id=asked_later(owner_id),
        evaluation_id=evaluated(people["coordinator"].pk),
        session_id=certificates.sessions_of(course_key=SME1)[0].id,
        certificate_id=certified.id,
        certificate_code=certified.code,
        **supported,
        sessions={visitor: signed_in(user) for visitor, user in people.items()},
    )


def asked_later(owner_id: int) -> UUID:
    """Let there be a cycle to look back at, and a question about what has stayed."""
    evaluation.freeze_block(usage_key=CYCLE, course_key=SME1, settings=ReactionSettings(title="Cycle 1"))
    now = timezone.now()
    row = KeptQuestion.objects.create(
        user_id=owner_id, course_key=SME1, months=3, nonce="n", asked_at=now, expires_at=now + timedelta(days=9)
    )
    return row.id


def evaluated(owner_id: int) -> UUID:
    """Let the coordinator have a report that is being made."""
    return EvaluationReport.objects.create(owner_id=owner_id, runs=[str(SME1)], state="making").id


def attended_and_issued(people: dict[str, Any]) -> CertificateData:
    """Let the run ask for sessions alone, and issue the learner's certificate."""
    others = tuple(sorted(each.value for each in CertificateCriterion if each is not CertificateCriterion.SESSIONS))
    criteria = Criteria(kind="SME1", left_out=others, issuer=Issuer("Chamber", "DK"))
    staff_id = people["coordinator"].pk
    certificates.choose_criteria(course_key=SME1, by_id=staff_id, criteria=criteria)
    session = certificates.add_session(course_key=SME1, held_on=date(2026, 10, 1), title="Start")
    there = {people["learner"].pk: Presence()}
    certificates.mark(session_id=session.id, course_key=SME1, by_id=staff_id, changes=there)
    return certificates.issue(learner_id=people["learner"].pk, course_key=SME1, by_id=staff_id)


def warned(user_id: int, company_id: int) -> UUID:
    """Let the firm's complaints double after six quiet months, and return the alarm."""
    who: dict[str, Any] = {"company_id": company_id, "user_id": user_id, "course_key": SME1}
    first = early_warning.running_month() - 7
    cases = (Decimal(5), Decimal(6), Decimal(5), Decimal(4), Decimal(5), Decimal(5), Decimal(30))
    cells = [MonthCell("E1", first + place, number, Decimal(200)) for place, number in enumerate(cases)]
    early_warning.save_figures(**who, cells=cells)
    return early_warning.alarms_of(company_id=company_id)[0].id


def offered(people: dict[str, Any]) -> dict[str, Any]:
    """Let the coordinator edit the directory of Germany, with an offer that the learner has contacted, and a table."""
    support.give_area_on_site(who="cora", area=SupportArea("DE"))
    editor = support.reader_of(user_id=people["coordinator"].pk, course_key=SME1)
    learner = support.reader_of(user_id=people["learner"].pk, course_key=SME1)
    values = EntryValues(country="DE", kind="chamber", name="Chamber of Kiel", status="open")
    offer = support.make_entry(reader=editor, course_key=SME1, values=values)
    return {
        "offer_id": offer.id,
        "contact_id": support.log_contact(reader=learner, course_key=SME1, entry_id=offer.id).id,
        "area_id": support.editors()[0].id,
        "offers_id": support.begin_import(reader=editor, text="name\tcountry\tkind\nBank\tDE\tloan\n"),
    }


def ask_mentor(owner_id: int, evidence_id: UUID) -> RequestData:
    return mentors.request_sign_off(
        subject=round_subject(uuid4(), SME1, None),
        asked_by=owner_id,
        contact=MentorContact(name="Lars Fyn", email="", language="en", role="owner"),
        matter=Matter(
            title="W01",
            learner="Anna",
            company="Nordlicht",
            course="SME1",
            handed_in_at=timezone.now(),
            evidence=(MatterPiece("list.csv", file=evidence_id),),
        ),
    )


def shown(owner_id: int, round_id: UUID) -> int:
    """Put the round into the gallery as the person's; how entries come about is tested elsewhere."""
    entry = GalleryEntry.objects.create(round_id=round_id, shared_id=round_id, course_key=SME1, usage_key=W01)
    GalleryPerson.objects.create(entry=entry, user_id=owner_id)
    return entry.id


def begun(owner: Any) -> AttemptData:
    """Let the learner work with the tool up to the interpretation, so that there is a result to look at."""
    exercises.open_exercise(user_id=owner.pk, usage_key=T02, course_key=SME1, settings=exercise())
    attempt = exercises.begin(user_id=owner.pk, usage_key=T02, data_set_id=keep(owner).id, options={"earlier": 20.0})
    return exercises.answer(user_id=owner.pk, attempt_id=attempt.id, step=attempt.step, given=Answers())


def checked(owner_id: int) -> UUID:
    """Let the learner send a self-check."""
    self_check.freeze_block(usage_key=CHECK, course_key=SME1, settings=CheckSettings(title="Your firm"))
    answers = {item.code: TypedItem(choice="2") for item in self_check.shipped_model().items}
    return self_check.send(user_id=owner_id, usage_key=CHECK, number=1, typed=answers).id


def drawn(owner_id: int) -> tuple[UUID, int]:
    """Make a canvas for the person's firm and its staff, with a card and a version."""
    canvas = canvases.create_canvas(
        owner_id=owner_id,
        course_key=SME1,
        instrument="value-proposition-canvas",
        title="Ours",
        shared_with_company=True,
    )
    canvases.share_canvas(canvas_id=canvas.id, owner_id=owner_id, for_company=True, for_staff=True)
    cells = {"text": "Waits for a date"}
    card = canvases.add_card(canvas_id=canvas.id, user_id=owner_id, place="pains", cells=cells)
    canvases.save_version(canvas_id=canvas.id, user_id=owner_id)
    return canvas.id, card.id


def begin(owner_id: int, content: bytes) -> UUID:
    upload = evidence.begin_upload(
        owner_id=owner_id,
        subject=draft(owner_id, W01),
        name="list.csv",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        rules=EvidenceRules(),
    )
    return upload.id


def stored(owner_id: int, content: bytes) -> UUID:
    upload_id = begin(owner_id, content)
    evidence.receive_chunk(upload_id=upload_id, owner_id=owner_id, offset=0, content=content)
    return evidence.finish_upload(upload_id=upload_id, owner_id=owner_id, rules=EvidenceRules()).id


def pasted(owner_id: int) -> UUID:
    item = evidence.add_item(
        owner_id=owner_id,
        subject=draft(owner_id, W01),
        kind="table",
        fields={"text": "g;h"},
        rules=EvidenceRules(),
    )
    return item.id


def visit(world: World, visitor: str, **options: Any) -> Client:
    """Return a browser in which the visitor is signed in."""
    RequestCache.clear_all_namespaces()
    client = Client(**options)
    if visitor in world.sessions:
        client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[visitor]
    return client


def signed_in(user: Any) -> str:
    """Return the key of a session in which the user is signed in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value
