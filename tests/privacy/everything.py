"""A person who has something in every table, and how to find traces of people in the database and the storage.

Whoever adds a table with personal data lets the person into it in `fill_everything`; a test fails until then.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.core.files.storage import storages
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from opaque_keys.edx.keys import UsageKey

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments import notice_kinds
from iciinsmes.assignments.data import MentorNeed, MentorRule
from iciinsmes.assignments.models import Extension, Round, Work
from iciinsmes.assignments.subjects import round_subject
from iciinsmes.audit_log import api as audit_log
from iciinsmes.best_practices import api as best_practices
from iciinsmes.best_practices.data import CaseLine, Content
from iciinsmes.best_practices.data import CasesBlockSettings as CaseSettings
from iciinsmes.best_practices.data import Part as LinePart
from iciinsmes.best_practices.models import PracticeCase
from iciinsmes.best_practices.stored import columns_of
from iciinsmes.canvases import api as canvases
from iciinsmes.canvases.models import CanvasCard, CanvasVersion
from iciinsmes.certificates import api as certificates
from iciinsmes.certificates.data import CertificateCriterion, Criteria, Issuer, Presence
from iciinsmes.certificates.models import Certificate
from iciinsmes.companies import api as companies
from iciinsmes.companies.data import CompanyForm
from iciinsmes.desk.models import SavedFilter
from iciinsmes.early_warning import api as early_warning
from iciinsmes.early_warning.data import MonthCell
from iciinsmes.early_warning.data import WarningBlockSettings as WarningSettings
from iciinsmes.evaluation import api as evaluation
from iciinsmes.evaluation.data import ReactionData, ReactionSettings
from iciinsmes.evaluation.models import EvaluationReport, KeptQuestion
from iciinsmes.evidence import api as evidence
from iciinsmes.evidence.data import EvidenceRules
from iciinsmes.exercises import api as exercises
from iciinsmes.exercises.data import Answers, DataSource, ExerciseSettings
from iciinsmes.feedback import api as feedback
from iciinsmes.feedback.data import Anchor
from iciinsmes.gallery.models import GalleryEntry
from iciinsmes.mentors import api as mentors
from iciinsmes.mentors.data import MentorContact
from iciinsmes.notices import api as notices
from iciinsmes.notices.kinds import MESSAGE
from iciinsmes.privacy import api as privacy
from iciinsmes.projects import api as projects
from iciinsmes.projects import days
from iciinsmes.projects.data import Decider, GateVerdict, Kind, Light, ProjectBlockSettings, ProjectPart
from iciinsmes.projects.models import Project
from iciinsmes.review import api as review
from iciinsmes.self_check import api as self_check
from iciinsmes.self_check.data import CheckSettings, TypedItem
from iciinsmes.sheets.models import Archive, ArchivedLearner, GradeImport, GradeLine
from iciinsmes.snippets import api as snippets
from iciinsmes.support import api as support
from iciinsmes.support.data import EntryValues, SupportArea
from iciinsmes.support.data import SupportBlockSettings as HelpSettings
from iciinsmes.threads import api as threads
from iciinsmes.threads.data import Side
from iciinsmes.toolbox.data import Table
from iciinsmes.waiting import api as waiting_room
from iciinsmes.waiting.data import WaitingFor
from tests.desk.conftest import make_task, waiting
from tests.drafts import draft
from tests.mentors.conftest import MATTER, YES, token
from tests.people import SME1

W01 = SME1.make_usage_key("workplace_assignment", "w01")
W02 = SME1.make_usage_key("workplace_assignment", "w02")
CASES = SME1.make_usage_key("best_practice_cases", "cases")
SIGNS = SME1.make_usage_key("early_warning", "signs")
HELP = SME1.make_usage_key("support_directory", "help")
PLAN = SME1.make_usage_key("development_project", "plan")
TOOL = SME1.make_usage_key("digital_tool", "loyalty")
CANARY = "kanarienvogel"
POINTS = {"completeness": Decimal(2), "finding": Decimal(3)}


def fill_everything(people: dict[str, Any]) -> None:
    """Let ``anna`` leave something in every table, by what she does and by what others do about her."""
    anna, bo, tea, cora = (people[name] for name in ("anna", "bo", "tea", "cora"))
    form = CompanyForm(name="Werkstatt", country="DE", size_class="2-9")
    firm = companies.register_company(user_id=anna.pk, course_key=SME1, form=form)
    other = companies.register_company(user_id=bo.pk, course_key=SME1, form=form)
    companies.assign_coach(company_id=other.id, course_key=SME1, who=anna.username, actor_id=cora.pk)
    companies.edit_company(company_id=firm.id, course_key=SME1, form=form, actor_id=cora.pk)
    _imports(anna, cora)
    task = replace(make_task(), mentor=MentorRule(need=MentorNeed.OPTIONAL))
    tasks = {key: assignments.freeze_task(usage_key=key, course_key=SME1, task=task) for key in (W01, W02)}
    hand_in(anna, tasks[W01])
    half = begin(anna, W02, f"{CANARY} unfinished".encode())
    evidence.receive_chunk(upload_id=half.id, owner_id=anna.pk, offset=0, content=CANARY.encode())
    save(anna, W02)
    (round_id,) = Round.objects.filter(work__owner=anna).values_list("id", flat=True)
    _mentor(anna, round_id)
    _note(anna)
    _exercise(anna)
    _self_check(anna)
    _canvases(anna, bo)
    _projects(anna, bo)
    _early_warning(anna, firm.id)
    _evaluation(anna)
    _certificates(anna, bo)
    _best_practices(anna)
    _support(anna)
    judge(round_id, tasks[W01], tea, feedback=f"{CANARY} well done")
    _said(anna, tea, round_id, tasks[W01].rubric_id, words=CANARY)
    Round.objects.filter(id=round_id).update(audience="gallery")
    assignments.release(round_id=round_id, assessor_id=tea.pk, outcome="passed")
    GalleryEntry.objects.update(hidden_by=anna)
    _exceptions(anna, bo, tea, round_id, tasks)
    mine = waiting(bo, tasks[W01])
    judge(mine, tasks[W01], anna, feedback="well done")
    _said(bo, anna, mine, tasks[W01].rubric_id, words="Name three.")
    assignments.release(round_id=mine, assessor_id=anna.pk, outcome="passed")
    _correct(mine, tasks[W01], anna, feedback="well done")
    Round.objects.filter(id=mine).update(handed_in_by=anna)
    proposed = waiting(bo, tasks[W02])
    _said(bo, anna, proposed, tasks[W02].rubric_id, words=f"{CANARY} {anna.get_full_name()}")
    judge(proposed, tasks[W02], anna, feedback=f"{CANARY} not released")
    _waits(anna, bo, proposed)
    for is_shared in (False, True):
        snippets.keep(user_id=anna.pk, course_key=SME1, text=f"Well done ({is_shared})", is_shared=is_shared)
    _works_with_others(anna, tea, proposed, tasks[W02])
    SavedFilter.objects.create(owner=anna, course_key=SME1, name=CANARY, query="late=1")
    _sheets(anna, cora, round_id)
    _notices(anna, bo, cora)
    audit_log.record(
        course_key=SME1,
        verb="work_opened",
        actor_id=tea.pk,
        actor_name=anna.get_full_name(),
        person_id=anna.pk,
        subject=f"round:{round_id}",
        detail={"title": CANARY},
    )


def _exceptions(anna: Any, bo: Any, tea: Any, round_id: UUID, tasks: dict[UsageKey, Any]) -> None:
    """Let Anna have more time, a waiver and another result, and let her have granted and replaced such for Bo."""
    for owner, by in ((anna, tea), (bo, anna)):
        Extension.objects.create(
            assignment_id=tasks[W01].assignment_id,
            owner=owner,
            due_at=timezone.now(),
            reason=CANARY if owner == anna else "Ill.",
            granted_by=by,
            granted_at=timezone.now(),
        )
        assignments.waive(
            owner_id=owner.pk, usage_key=W02, course_key=SME1, by_id=by.pk, reason=CANARY if owner == anna else "Ill."
        )
    _correct(round_id, tasks[W01], tea, feedback=f"{CANARY} well done")


def _correct(round_id: UUID, version: Any, assessor: Any, *, feedback: str) -> None:
    """Put another result in the place of a released one."""
    assignments.correct_result(
        round_id=round_id,
        by_id=assessor.pk,
        rubric_id=version.rubric_id,
        points=POINTS,
        comments={"finding": "Seen again."},
        feedback=feedback,
        outcome="passed",
        reason="Overlooked.",
        base=review.released(subjects=[round_id])[round_id].revision,
    )


def _said(owner: Any, assessor: Any, round_id: UUID, rubric_id: int, *, words: str) -> None:
    """Let an assessor comment and add a file, and both talk about the work."""
    row = Round.objects.get(id=round_id)
    who: dict[str, Any] = {"subject": round_id, "rubric_id": rubric_id, "assessor_id": assessor.pk}
    feedback.add(anchor=Anchor(place="answer", target="channels"), text=words, **who)
    with transaction.atomic():
        subject = feedback.files_subject(course_key=SME1, **who)
    content = f"a,b\n{words},{round_id}".encode()
    begun = evidence.begin_upload(
        owner_id=assessor.pk,
        subject=subject,
        name="plan.csv",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        rules=feedback.FILE_RULES,
    )
    send(assessor, begun, content)
    key = Work.objects.get(rounds=row).subject
    speaks = threads.speaker(kind="work", subject=key, user_id=owner.pk)
    for user, side in ((owner, Side.LEARNER), (assessor, Side.STAFF)):
        threads.write(speaks=replace(speaks, side=side), user_id=user.pk, text=f"From {user.get_full_name()}")


def _works_with_others(anna: Any, tea: Any, round_id: UUID, version: Any) -> None:
    """Let Anna have a work and a firm of others, and plan that a colleague's proposal goes out."""
    judge(round_id, version, tea, feedback="well done")
    assignments.finish(round_id=round_id, assessor_id=tea.pk, outcome="passed")
    assessment = next(each for each in review.proposals(subject=round_id) if each.assessor_id == tea.pk)
    review.plan_release(assessment_id=assessment.id, by_id=anna.pk, at=timezone.now() + timedelta(days=1))
    waiting_room.claim(subject=round_id, user_id=anna.pk)
    firm = companies.company_of(user_id=anna.pk, course_key=SME1)
    waiting_room.allocate_companies(course_key=SME1, to={firm.id: anna.pk})
    waiting_room.allocate(subject=round_id, user_id=anna.pk)


def _mentor(anna: Any, round_id: UUID) -> None:
    contact = MentorContact(name=CANARY, email=f"{CANARY}@example.org", language="en", role="adviser")
    matter = replace(MATTER, learner=anna.get_full_name())
    asked = mentors.request_sign_off(
        subject=round_subject(round_id, SME1, None), asked_by=anna.pk, contact=contact, matter=matter
    )
    mentors.answer(token=token(asked), form=replace(YES, name=CANARY, change=CANARY))


def _waits(anna: Any, bo: Any, round_id: UUID) -> None:
    """Let something of Anna's wait, alone and shared with Bo."""
    subject = round_subject(uuid4(), SME1, None)
    waiting_room.enter(subject=subject, waiting_for=WaitingFor.STAFF, owner_id=anna.pk, title=CANARY)
    waiting_room.hand_over(subject=round_id, to=round_id, company_id=None, owner_id=bo.pk, with_ids=[anna.pk])


def _note(anna: Any) -> None:
    evidence.add_item(
        owner_id=anna.pk,
        subject=draft(anna.pk, W02),
        kind="link",
        fields={"url": f"https://example.org/{CANARY}", "title": CANARY},
        rules=replace(EvidenceRules(), kinds=("link",)),
    )


def _exercise(anna: Any) -> None:
    table = Table.of(["score", "comment"], [(score, f"{CANARY} {anna.get_full_name()}") for score in (10, 9, 3)])
    settings = ExerciseSettings(title="Loyalty", instrument="net-promoter-score")
    exercises.open_exercise(user_id=anna.pk, usage_key=TOOL, course_key=SME1, settings=settings)
    kept = exercises.keep_data(
        owner_id=anna.pk,
        course_key=SME1,
        instrument=settings.instrument,
        title=CANARY,
        table=table,
        source=DataSource.PASTED,
    )
    attempt = exercises.begin(user_id=anna.pk, usage_key=TOOL, data_set_id=kept.id, options={})
    given = Answers(words=CANARY)
    for _step in range(2):
        attempt = exercises.answer(user_id=anna.pk, attempt_id=attempt.id, step=attempt.step, given=given)


def _self_check(anna: Any) -> None:
    usage_key = SME1.make_usage_key("self_check", "first")
    self_check.freeze_block(usage_key=usage_key, course_key=SME1, settings=CheckSettings(title="Your firm"))
    answers = {item.code: TypedItem(choice="2", proof=CANARY) for item in self_check.shipped_model().items}
    self_check.send(user_id=anna.pk, usage_key=usage_key, number=1, typed=answers)


def _canvases(anna: Any, bo: Any) -> None:
    about: dict[str, Any] = {"course_key": SME1, "instrument": "customer-journey-map"}
    own = canvases.create_canvas(owner_id=anna.pk, title=CANARY, **about)
    words = f"{CANARY} {anna.get_full_name()}"
    numbers = {"satisfaction": "3", "importance": "3", "frequency": "3"}
    canvases.add_card(canvas_id=own.id, user_id=anna.pk, place="", cells={"step": words, **numbers})
    canvases.save_version(canvas_id=own.id, user_id=anna.pk, note=CANARY)
    shared = canvases.create_canvas(owner_id=bo.pk, title="Ours", **about)
    canvases.add_card(canvas_id=shared.id, user_id=bo.pk, place="", cells={"step": "Call", **numbers})
    canvases.save_version(canvas_id=shared.id, user_id=bo.pk)
    # As a colleague of Bo leaves them who has worked on the same canvas.
    CanvasCard.objects.filter(canvas_id=shared.id).update(changed_by=anna)
    CanvasVersion.objects.filter(canvas_id=shared.id).update(made_by=anna)


def _projects(anna: Any, bo: Any) -> None:
    """Let Anna work on the project of her firm, and coach that of Bo's."""
    own = projects.open_project(user_id=anna.pk, course_key=SME1)
    who: dict[str, Any] = {"project_id": own.id, "user_id": anna.pk, "course_key": SME1}
    measure = projects.add_entry(kind=Kind.MEASURE, content={"title": "Call", "person": anna.pk}, **who)
    projects.change_entry(entry_id=measure.id, revision=1, content={"title": "Write", "person": anna.pk}, **who)
    projects.declare_pause(first=days.today(), last=days.today(), reason="Trade fair", **who)
    projects.ask_for_decision(has_owner=False, **who)
    projects.make_summary_link(**who)
    projects.freeze_block(
        usage_key=PLAN, course_key=SME1, settings=ProjectBlockSettings(title="Plan", part=ProjectPart.PLAN)
    )
    projects.settle(project_id=own.id)
    coached = projects.open_project(user_id=bo.pk, course_key=SME1)
    asked = projects.ask_for_decision(
        project_id=coached.id, user_id=bo.pk, course_key=SME1, has_owner=False, reason="Ready"
    )
    projects.decide(
        request_id=asked.id,
        user_id=anna.pk,
        course_key=SME1,
        decider=Decider.COACH,
        verdict=GateVerdict.ITERATE,
        reason="Who pays?",
    )
    who = {"project_id": coached.id, "user_id": anna.pk, "course_key": SME1}
    projects.log_talk(held_on=days.today(), about="The goal", notes=CANARY, agreements=["Call"], **who)
    projects.override_light(light=Light.AMBER, reason="Little time", until=days.today(), **who)


def _evaluation(anna: Any) -> None:
    usage_key = SME1.make_usage_key("reaction", "first-cycle")
    evaluation.freeze_block(usage_key=usage_key, course_key=SME1, settings=ReactionSettings(title="Cycle 1"))
    ratings = {"useful": 4, "worth": 3, "next_step": 2}
    evaluation.answer(user_id=anna.pk, usage_key=usage_key, reaction=ReactionData(ratings, text=CANARY))
    KeptQuestion.objects.create(
        user=anna, course_key=SME1, months=3, nonce=CANARY, asked_at=timezone.now(), expires_at=timezone.now()
    )
    EvaluationReport.objects.create(owner=anna, busy_for=anna, runs=[str(SME1)], state="making")


def _early_warning(anna: Any, company_id: int) -> None:
    """Let Anna enter figures, correct one, begin new limits, and answer and close what warned her firm."""
    who: dict[str, Any] = {"company_id": company_id, "user_id": anna.pk, "course_key": SME1}
    last = early_warning.running_month() - 1
    early_warning.choose(**who, kept=["E1"], thresholds={}, tells_coach=True)
    cases = (5, 6, 5, 4, 5, 5, 30)
    cells = [MonthCell("E1", last - 6 + place, Decimal(number), Decimal(200)) for place, number in enumerate(cases)]
    early_warning.save_figures(**who, cells=cells)
    early_warning.save_figures(**who, cells=[MonthCell("E1", last, Decimal(31), Decimal(200))])
    early_warning.begin_baseline(**who, indicator="E1", first_month=last, reason="New hall")
    alarm = early_warning.alarms_of(company_id=company_id)[0]
    due: dict[str, Any] = {"cause": "Snow", "action": "Salt", "due": days.today()}
    answered = early_warning.answer_alarm(**who, alarm_id=alarm.id, revision=alarm.revision, **due)
    early_warning.close_alarm(**who, alarm_id=alarm.id, revision=answered.revision, note="It thawed")
    early_warning.freeze_block(usage_key=SIGNS, course_key=SME1, settings=WarningSettings(title="Signs"))
    early_warning.settle(company_id=company_id)


def _certificates(anna: Any, bo: Any) -> None:
    """Let Anna have a certificate whose name was corrected, and let her do for Bo what the staff does."""
    others = tuple(sorted(each.value for each in CertificateCriterion if each is not CertificateCriterion.SESSIONS))
    criteria = Criteria(kind="SME1", left_out=others, issuer=Issuer("Chamber", "DK"))
    certificates.choose_criteria(course_key=SME1, by_id=anna.pk, criteria=criteria)
    session = certificates.add_session(course_key=SME1, held_on=days.today(), title="Start")
    there = {anna.pk: Presence(is_replaced=True, note=CANARY), bo.pk: Presence()}
    certificates.mark(session_id=session.id, course_key=SME1, by_id=anna.pk, changes=there)
    for learner in (anna, bo):
        who: dict[str, Any] = {"course_key": SME1, "by_id": anna.pk}
        certificates.confirm(
            learner_id=learner.pk, criterion=CertificateCriterion.UNIT_TAUGHT, shown_on=days.today(), **who
        )
        made = certificates.issue(learner_id=learner.pk, **who)
    certificates.revoke(certificate_id=made.id, reason="Mistaken.", **who)
    Certificate.objects.filter(learner=anna).update(
        earlier_names=[{"name": f"{CANARY} {anna.get_full_name()}", "until": "2026-10-01"}]
    )
    certificates.look_at_all()


def _best_practices(anna: Any) -> None:
    """Let Anna have proposed a case and decided about it, and say that she has read another."""
    project = Project.objects.get(entries__author=anna, number=1)
    content = Content(
        title="One call", about="A joinery", country="DE", trade="Joiner", size="10-49", phase="process",
        trigger="", monday="Call.", lines=(CaseLine(LinePart.STAYS, "We call."),), firm=project.company.name,
    )  # fmt: skip
    PracticeCase.objects.create(
        company_id=project.company_id,
        project=project,
        course_key=SME1,
        state="published",
        nonce="x",
        owner="Hinrich Nord",
        link_until=timezone.now(),
        proposed_by=anna,
        decided_by=anna,
        changed_at=timezone.now(),
        published_at=timezone.now(),
        **columns_of(content),
    )
    best_practices.freeze_block(usage_key=CASES, course_key=SME1, settings=CaseSettings(title="Cases"))
    best_practices.mark_read(user_id=anna.pk, usage_key=CASES)


def _support(anna: Any) -> None:
    """Let Anna edit a part of the directory, check an entry, send a table, and ask there herself."""
    support.give_area_on_site(who=anna.username, area=SupportArea("DE"))
    reader = support.reader_of(user_id=anna.pk, course_key=SME1)
    values = EntryValues(country="DE", kind="chamber", name="Chamber of Kiel", status="open")
    entry = support.make_entry(reader=reader, course_key=SME1, values=values)
    support.check_entry(reader=reader, course_key=SME1, entry_id=entry.id)
    support.begin_import(reader=reader, text=f"name\tcountry\tkind\tcontact_name\nBank\tDE\tloan\t{CANARY}\n")
    support.freeze_block(usage_key=HELP, course_key=SME1, settings=HelpSettings(title="Who helps"))
    support.log_contact(reader=reader, course_key=SME1, entry_id=entry.id)


def _notices(anna: Any, bo: Any, cora: Any) -> None:
    about: dict[str, Any] = {"course_key": SME1, "title": CANARY, "address": "/", "detail": CANARY}
    notices.set_mails(user_id=anna.pk, mails=notices.Mails.AT_ONCE)
    notices.notify(user_id=anna.pk, kind=MESSAGE, actor_name=cora.get_full_name(), **about)
    about = {**about, "title": "W01", "detail": ""}
    notices.notify(user_id=bo.pk, kind=notice_kinds.SIGNED, actor_name=anna.get_full_name(), **about)
    notices.remind(user_id=anna.pk, kind=notice_kinds.DUE_SOON, subject="work:1", **about)
    privacy.ask_for_erasure(user_id=anna.pk)


def _imports(anna: Any, cora: Any) -> None:
    head = "company;country;username;email;first name;last name\n"
    line = f"Nord;DE;{anna.username};{anna.email};{anna.first_name};{anna.last_name}\n"
    others = "Sued;DE;nobody;nobody@example.org;;\n"
    companies.begin_import(owner_id=anna.pk, course_key=SME1, content=f"{head}{others}".encode())
    companies.begin_import(owner_id=cora.pk, course_key=SME1, content=f"{head}{line}{others}".encode())


def _sheets(anna: Any, cora: Any, round_id: UUID) -> None:
    """Let Anna have sent grades and had zips made, and let Cora have done both with Anna's work."""
    for owner, name in ((anna, CANARY), (cora, "results")):
        sheet = GradeImport.objects.create(
            owner=owner, course_key=SME1, name=f"{name}.csv", language="en", state="checked", total=1
        )
        GradeLine.objects.create(
            sheet=sheet, number=2, cells={"feedback": CANARY}, verdict="changed", subject=round_id, learner=anna
        )
        archive = Archive.objects.create(
            owner=owner,
            busy_for=owner,
            course_key=SME1,
            language="en",
            narrowed={"q": CANARY},
            state="making",
            plan={"rounds": [str(round_id)], "people": {str(anna.pk): CANARY}, "assignments": {}},
            total=1,
        )
        ArchivedLearner.objects.create(archive=archive, learner=anna)


def hand_in(owner: Any, version: Any) -> None:
    """Write, attach a file and hand in."""
    begun = begin(owner, version.usage_key, CANARY.encode())
    send(owner, begun, CANARY.encode())
    save(owner, version.usage_key)
    assignments.hand_in(user_id=owner.pk, usage_key=version.usage_key, base_revision=1, version_id=version.id)


def save(owner: Any, usage_key: UsageKey) -> None:
    """Save a draft."""
    answers = {"channels": f"{CANARY} {owner.get_full_name()}", "remark": CANARY}
    assignments.save_draft(user_id=owner.pk, usage_key=usage_key, answers=answers, hours=Decimal(4), base_revision=0)


def begin(owner: Any, usage_key: UsageKey, content: bytes) -> Any:
    """Begin an upload."""
    return evidence.begin_upload(
        owner_id=owner.pk,
        subject=draft(owner.pk, usage_key),
        name=f"{CANARY}.csv",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        rules=EvidenceRules(),
    )


def send(owner: Any, begun: Any, content: bytes) -> None:
    """Send a file and end the upload."""
    evidence.receive_chunk(upload_id=begun.id, owner_id=owner.pk, offset=0, content=content)
    evidence.finish_upload(upload_id=begun.id, owner_id=owner.pk, rules=EvidenceRules())


def judge(round_id: Any, version: Any, assessor: Any, *, feedback: str) -> None:
    """Propose an assessment."""
    review.propose(
        subject=round_id,
        rubric_id=version.rubric_id,
        assessor_id=assessor.pk,
        points=POINTS,
        comments={},
        feedback=feedback,
        base_revision=None,
    )


def traces_of(person: Any) -> tuple[str, ...]:
    """Return what tells of a person wherever it stands; ids of people in these tests are long and their own."""
    return (str(person.pk), person.username, person.email, person.first_name, person.last_name)


def tables() -> Iterator[type[Model]]:
    """Yield every table of the add-on."""
    yield from apps.get_app_config("iciinsmes").get_models()


def holds_personal_data(table: type[Model]) -> bool:
    """Tell what the table's own description says."""
    return ".. pii:" in (table.__doc__ or "")


def rows_with(table: type[Model], traces: tuple[str, ...]) -> list[str]:
    """Return the rows in which one of the traces stands, in any column."""
    rows = (json.dumps(row, cls=_AnyEncoder, ensure_ascii=False) for row in table._default_manager.values())
    return [row for row in rows if any(trace.casefold() in row.casefold() for trace in traces)]


def objects(folder: str = "") -> Iterator[str]:
    """Yield the names of all objects in the private storage."""
    storage = storages["iciinsmes"]
    folders, files = storage.listdir(folder)
    for name in files:
        yield f"{folder}/{name}".lstrip("/")
    for name in folders:
        yield from objects(f"{folder}/{name}".lstrip("/"))


class _AnyEncoder(DjangoJSONEncoder):
    """Also writes keys of courses and blocks, and what is compressed."""

    def default(self, o: Any) -> Any:
        if isinstance(o, bytes):
            # Rows of customer data are kept compressed.
            return gzip.decompress(o).decode()
        try:
            return super().default(o)
        except TypeError:
            return str(o)
