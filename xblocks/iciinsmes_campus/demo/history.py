"""What the demo's people have done so far, through the same doors as everybody, then moved back in time."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.models import Draft, Round, Work
from iciinsmes.evidence import api as evidence
from iciinsmes.evidence.data import CHUNK_BYTES
from iciinsmes.notices.models import Notice
from iciinsmes.review import api as review
from iciinsmes.review.models import Assessment
from iciinsmes_campus.courseware import api as courseware
from iciinsmes_campus.learning import api as learning
from iciinsmes_campus.learning.models import Completion, Grade
from iciinsmes_campus.mail.models import OutboxMail

from .data import Answer, DemoAssessment, DemoLearner, DemoPhoto, DemoTable, DemoWork
from .pictures import draw


def replay(learner: DemoLearner, *, user: User, teacher: User, course_key: CourseKey, assignment: UsageKey) -> None:
    """Let one learner read, answer, write and hand in, and the teacher answer; every step gets its day.

    Args:
        learner: the person and the steps, days relative to today.
        user: the learner's account.
        teacher: who assesses.
        course_key: the demo's course run.
        assignment: the block that rounds and drafts belong to.
    """
    browser = Client(headers={"host": "localhost"})
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    # The first learner who opens the page makes the task known to the app.
    browser.get(reverse("campus:block", args=[course_key, assignment]), follow=True)
    for reading in learner.readings:
        key = _block(course_key, "html", reading.page)
        learning.complete(user_id=user.id, usage_key=key, fraction=1.0)
        Completion.objects.filter(user=user, usage_key=key).update(updated_at=_day(reading.days))
    for answer in learner.quiz:
        _answer_quiz(browser, user, _block(course_key, "problem", answer.problem), answer.answers, answer.days)
    browser.logout()
    for work in learner.rounds:
        _hand_in(work, user, teacher, course_key, assignment)
    if learner.draft:
        _write(learner.draft, user, course_key, assignment)
        Draft.objects.filter(work__owner=user).update(saved_at=_day(learner.draft.days))


def date_mails(learner: DemoLearner) -> None:
    """Move the mails about results, which leave when the history is committed, to the days of the results."""
    mails = OutboxMail.objects.filter(receiver=f"{learner.username}@example.org").order_by("id")
    results = [work.assessment for work in learner.rounds if work.assessment]
    for mail, result in zip(mails, results, strict=False):
        OutboxMail.objects.filter(pk=mail.pk).update(sent_at=_day(result.days))


def sort_notices() -> None:
    """Bring the notices, which were made learner by learner, into the order of their days: inboxes go by key."""
    notices = list(Notice.objects.order_by("created_at", "id"))
    Notice.objects.all().delete()
    for notice in notices:
        notice.pk = None
    Notice.objects.bulk_create(notices)


def _block(course_key: CourseKey, kind: str, name: str) -> UsageKey:
    key: UsageKey = course_key.make_usage_key(kind, name)
    return courseware.node(key).usage_key


def _day(days: int) -> datetime:
    """Return a moment at least that many whole days ago, not always at the same minute."""
    return timezone.now() - timedelta(days=-days, minutes=5 + 7 * -days % 50)


def _answer_quiz(browser: Client, user: User, key: UsageKey, answers: tuple[Answer, ...], days: int) -> None:
    """Send the answers as the problem's page does: one input after the other, named by its place."""
    form: dict[str, str | list[str]] = {}
    for place, answer in enumerate(answers, start=2):
        name = f"input_{key.block_id}_{place}_1"
        if isinstance(answer, tuple):
            form[f"{name}[]"] = list(answer)
        else:
            form[name] = answer
    reply = browser.post(reverse("courseware:handler", args=[key, "learn", "xmodule_handler"]) + "/problem_check", form)
    if reply.status_code != 200 or not reply.json().get("success"):
        raise RuntimeError(f"demo answer to {key} was refused: {reply.status_code} {reply.content[:200]!r}")
    Completion.objects.filter(user=user, usage_key=key).update(updated_at=_day(days))
    Grade.objects.filter(user=user, usage_key=key).update(updated_at=_day(days))


def _hand_in(work: DemoWork, user: User, teacher: User, course_key: CourseKey, assignment: UsageKey) -> None:
    revision = _write(work, user, course_key, assignment)
    version = assignments.current_task(usage_key=assignment)
    made = assignments.hand_in(user_id=user.id, usage_key=assignment, base_revision=revision, version_id=version.id)
    moment = _day(work.days)
    Round.objects.filter(id=made.id).update(handed_in_at=moment)
    Work.objects.filter(owner=user).update(waiting_since=moment)
    Notice.objects.filter(subject=str(made.id)).update(created_at=moment)
    Completion.objects.filter(user=user, usage_key=assignment).update(updated_at=moment)
    if work.assessment:
        _assess(work.assessment, made.id, version.rubric_id, teacher)


def _write(work: DemoWork, user: User, course_key: CourseKey, assignment: UsageKey) -> int:
    before = assignments.work_of(user_id=user.id, usage_key=assignment)
    for file in before.files:
        evidence.remove(evidence_id=file.id, owner_id=user.id, usage_key=assignment)
    for new in work.files:
        _attach(new, user, course_key, assignment)
    saved = assignments.save_draft(
        user_id=user.id,
        usage_key=assignment,
        answers=work.answers,
        hours=work.hours,
        base_revision=before.draft.revision,
    )
    return saved.revision


def _attach(file: DemoTable | DemoPhoto, user: User, course_key: CourseKey, assignment: UsageKey) -> None:
    content = draw(file) if isinstance(file, DemoPhoto) else file.text.encode("utf-8-sig")
    rules = assignments.current_task(usage_key=assignment).task.evidence
    upload = evidence.begin_upload(
        owner_id=user.id,
        course_key=course_key,
        usage_key=assignment,
        name=file.name,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        rules=rules,
    )
    for offset in range(0, len(content), CHUNK_BYTES):
        evidence.receive_chunk(
            upload_id=upload.id,
            owner_id=user.id,
            offset=offset,
            content=content[offset : offset + CHUNK_BYTES],
            usage_key=assignment,
        )
    stored = evidence.finish_upload(upload_id=upload.id, owner_id=user.id, rules=rules, usage_key=assignment)
    evidence.describe(evidence_id=stored.id, owner_id=user.id, description=file.description, usage_key=assignment)


def _assess(given: DemoAssessment, round_id: UUID, rubric_id: int, teacher: User) -> None:
    points: Mapping[str, Decimal] = given.points
    review.propose(
        subject=round_id,
        rubric_id=rubric_id,
        assessor_id=teacher.id,
        points=points,
        comments=given.comments,
        feedback=given.feedback,
        base_revision=None,
    )
    assignments.release(round_id=round_id, assessor_id=teacher.id, outcome=given.outcome)
    Assessment.objects.filter(subject=round_id).update(released_at=_day(given.days), created_at=_day(given.days))
    of_round = Notice.objects.filter(subject=str(round_id))
    of_round.filter(user=teacher).update(read_at=_day(given.days))
    of_round.filter(kind__in=("passed", "revise")).update(created_at=_day(given.days))
