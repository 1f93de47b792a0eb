"""A person who has something in every table, and how to find traces of people in the database and the storage.

Whoever adds a table with personal data lets the person into it in `fill_everything`; a test fails until then.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from opaque_keys.edx.keys import UsageKey

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments import notice_kinds
from iciinsmes.assignments.data import MentorNeed, MentorRule
from iciinsmes.assignments.models import Extension, Round, Work
from iciinsmes.assignments.subjects import round_subject
from iciinsmes.audit_log import api as audit_log
from iciinsmes.companies import api as companies
from iciinsmes.companies.data import CompanyForm
from iciinsmes.desk.models import SavedFilter
from iciinsmes.evidence import api as evidence
from iciinsmes.evidence.data import EvidenceRules
from iciinsmes.feedback import api as feedback
from iciinsmes.feedback.data import Anchor
from iciinsmes.gallery.models import GalleryEntry
from iciinsmes.mentors import api as mentors
from iciinsmes.mentors.data import MentorContact
from iciinsmes.notices import api as notices
from iciinsmes.notices.kinds import MESSAGE
from iciinsmes.privacy import api as privacy
from iciinsmes.review import api as review
from iciinsmes.sheets.models import Archive, ArchivedLearner, GradeImport, GradeLine
from iciinsmes.snippets import api as snippets
from iciinsmes.threads import api as threads
from iciinsmes.threads.data import Side
from iciinsmes.waiting import api as waiting_room
from iciinsmes.waiting.data import WaitingFor
from tests.desk.conftest import make_task, waiting
from tests.drafts import draft
from tests.mentors.conftest import MATTER, YES, token
from tests.people import SME1

from .blocks import fill_blocks
from .deeds import CANARY, POINTS, W01, W02, begin, hand_in, judge, save, send


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
    fill_blocks(anna, bo, firm.id)
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
