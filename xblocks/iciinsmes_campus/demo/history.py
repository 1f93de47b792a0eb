"""What the demo's people have done so far, through the same doors as everybody, then moved back in time."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from opaque_keys.edx.keys import CourseKey, UsageKey
from PIL import Image, ImageDraw, ImageFont

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import WORK, Audience, RoundData, TaskVersionData
from iciinsmes.evidence import api as evidence
from iciinsmes.evidence.data import CHUNK_BYTES
from iciinsmes.feedback import api as feedback
from iciinsmes.feedback.data import Anchor
from iciinsmes.mentors import api as mentors
from iciinsmes.mentors.data import AnswerForm, MaySee
from iciinsmes.platform import host
from iciinsmes.review import api as review
from iciinsmes.threads import api as threads
from iciinsmes_campus.courseware import api as courseware
from iciinsmes_campus.learning import api as learning

from .course import SELF_CHECK
from .data import Answer, DemoAssessment, DemoExtension, DemoLearner, DemoMentor, DemoPhoto, DemoTable, DemoWork
from .exercises import practise
from .past import on_day, read_notice
from .self_checks import CHECKS, check_firm
from .steps import DemoPart, Steps


def replay(
    learner: DemoLearner, *, user: User, teacher: User, course_key: CourseKey, assignment: UsageKey, steps: Steps
) -> None:
    """Let one learner read, answer, write and hand in, and the teacher answer; every step gets its day.

    Args:
        learner: the person and the steps, days relative to today.
        user: the learner's account.
        teacher: who assesses.
        course_key: the demo's course run.
        assignment: the block that rounds and drafts belong to.
        steps: takes each of them alone; what depends on one that failed is left out.
    """
    browser = Client(headers={"host": "localhost"})
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    for reading in learner.readings:
        with steps.step(DemoPart.READING, learner.name), on_day(reading.days):
            learning.complete(user_id=user.id, usage_key=_block(course_key, "html", reading.page), fraction=1.0)
    for answer in learner.quiz:
        with steps.step(DemoPart.QUIZ, learner.name), on_day(answer.days):
            _answer_quiz(browser, _block(course_key, "problem", answer.problem), answer.answers)
    for check in CHECKS.get(learner.username, ()):
        with steps.step(DemoPart.SELF_CHECK, learner.name):
            block = _block(course_key, "self_check", SELF_CHECK)
            browser.get(reverse("campus:block", args=[course_key, block]), follow=True)
            with on_day(check.days):
                check_firm(check, user=user, usage_key=block)
    _work(learner, user, teacher, browser, assignment, steps)
    for attempt in learner.exercises:
        with steps.step(DemoPart.EXERCISE, learner.name):
            block = _block(course_key, "digital_tool", attempt.block)
            # As with the task: the page makes the exercise known to the app.
            browser.get(reverse("campus:block", args=[course_key, block]), follow=True)
            with on_day(attempt.days):
                practise(attempt, user=user, course_key=course_key, usage_key=block)
    browser.logout()


def _work(learner: DemoLearner, user: User, teacher: User, browser: Client, assignment: UsageKey, steps: Steps) -> None:
    """Let the learner hand in round after round, each after the answer to the one before, and begin a draft."""
    course_key = assignment.course_key
    with steps.step(DemoPart.ROUND if learner.rounds else DemoPart.DRAFT, learner.name) as step:
        # The first learner who opens the page makes the task known to the app.
        browser.get(reverse("campus:block", args=[course_key, assignment]), follow=True)
    for work in learner.rounds:
        if not step.done:
            return
        with steps.step(DemoPart.ROUND, learner.name) as step, on_day(work.days):
            made = _hand_in(work, user, assignment)
        if step.done and work.mentor:
            with steps.step(DemoPart.MENTOR, learner.name):
                _ask(work.mentor, browser, made, assignment)
        if step.done and work.assessment:
            with steps.step(DemoPart.ASSESSMENT, learner.name) as step, on_day(work.assessment.days):
                _assess(work.assessment, made.id, teacher, assignment)
            _talk(work.assessment, user, teacher, assignment, steps)
    if step.done and learner.extension:
        with steps.step(DemoPart.EXTENSION, learner.name), on_day(learner.extension.days):
            _extend(learner.extension, user, teacher, assignment)
    if step.done and learner.draft:
        with steps.step(DemoPart.DRAFT, learner.name), on_day(learner.draft.days):
            _write(learner.draft, user, assignment)


def _block(course_key: CourseKey, kind: str, name: str) -> UsageKey:
    key: UsageKey = course_key.make_usage_key(kind, name)
    return courseware.node(key).usage_key


def _answer_quiz(browser: Client, key: UsageKey, answers: tuple[Answer, ...]) -> None:
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


def _hand_in(work: DemoWork, user: User, assignment: UsageKey) -> RoundData:
    revision = _write(work, user, assignment)
    version = assignments.current_task(usage_key=assignment)
    return assignments.hand_in(user_id=user.id, usage_key=assignment, base_revision=revision, version_id=version.id)


def _ask(mentor: DemoMentor, browser: Client, made: RoundData, assignment: UsageKey) -> None:
    """Send the form that asks a mentor, and let the mentor open the link and answer, as far as it has come."""
    form = {
        "do": "ask",
        "mentor_name": mentor.name,
        "mentor_email": mentor.email,
        "mentor_language": mentor.language,
        "mentor_role": mentor.role.value,
    }
    with on_day(mentor.asked, later=1):
        reply = browser.post(reverse("iciinsmes:work-mentor", args=[assignment]), form)
    if reply.status_code != 200:
        raise RuntimeError(f"demo mentor {mentor.name} was refused: {reply.status_code} {reply.content[:200]!r}")
    (request,) = mentors.sign_offs_of(subjects=[made.shared_id])[made.shared_id].requests
    token = request.link.partition("#")[2]
    with on_day(mentor.opened, later=2):
        mentors.mark_opened(token=token)
    if mentor.answer:
        with on_day(mentor.answer.days, later=3):
            mentors.answer(
                token=token,
                form=AnswerForm(
                    verdict="confirmed",
                    took_place=mentor.answer.took_place.value,
                    change=mentor.answer.change,
                    may_see=MaySee(coach=True, teacher=True),
                    name=mentor.name,
                    role=mentor.answer.role,
                ),
            )


def _write(work: DemoWork, user: User, assignment: UsageKey) -> int:
    before = assignments.work_of(user_id=user.id, usage_key=assignment)
    for file in before.files:
        evidence.remove(evidence_id=file.id, owner_id=user.id)
    for new in work.files:
        _attach(new, user, before.version)
    saved = assignments.save_draft(
        user_id=user.id,
        usage_key=assignment,
        answers=work.answers,
        hours=work.hours,
        base_revision=before.draft.revision,
        audience=Audience.GALLERY if work.in_gallery else None,
    )
    return saved.revision


def _attach(file: DemoTable | DemoPhoto, user: User, version: TaskVersionData) -> None:
    content = draw(file) if isinstance(file, DemoPhoto) else file.text.encode("utf-8-sig")
    rules = version.task.evidence
    upload = evidence.begin_upload(
        owner_id=user.id,
        subject=partial(assignments.draft_subject, user_id=user.id, version=version),
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
        )
    stored = evidence.finish_upload(upload_id=upload.id, owner_id=user.id, rules=rules)
    evidence.describe(evidence_id=stored.id, owner_id=user.id, description=file.description)


def _assess(given: DemoAssessment, round_id: UUID, teacher: User, assignment: UsageKey) -> None:
    assignments.mark_opened(round_id=round_id, by_id=teacher.id)
    review.propose(
        subject=round_id,
        rubric_id=assignments.current_task(usage_key=assignment).rubric_id,
        assessor_id=teacher.id,
        points=given.points,
        comments=given.comments,
        feedback=given.feedback,
        base_revision=None,
    )
    answers = assignments.rounds_by_id(round_ids=[round_id])[round_id].answers
    for question, passage, text in given.said:
        feedback.add(
            subject=round_id,
            rubric_id=assignments.current_task(usage_key=assignment).rubric_id,
            assessor_id=teacher.id,
            anchor=Anchor("answer", question, start=answers[question].index(passage), quote=passage),
            text=text,
        )
    assignments.release(round_id=round_id, assessor_id=teacher.id, outcome=given.outcome)
    read_notice(user=teacher, subject=round_id)


def _talk(given: DemoAssessment, user: User, teacher: User, assignment: UsageKey, steps: Steps) -> None:
    for message in given.talk:
        with steps.step(DemoPart.TALK, user.get_full_name()), on_day(message.days):
            writer = teacher if message.by_teacher else user
            version = assignments.current_task(usage_key=assignment)
            work = assignments.draft_subject(user_id=user.id, version=version)
            speaks = threads.speaker(kind=WORK, subject=work.id, user_id=writer.id)
            threads.write(speaks=speaks, user_id=writer.id, text=message.text)


def _extend(given: DemoExtension, user: User, teacher: User, assignment: UsageKey) -> None:
    due_at = host().due_date(user.id, assignment)
    if due_at is None:
        raise RuntimeError(f"{assignment} has no date that could be later")
    assignments.extend(
        usage_key=assignment,
        course_key=assignment.course_key,
        by_id=teacher.id,
        due_at=due_at + timedelta(days=given.more),
        reason=given.reason,
        owner_id=user.id,
    )


_SIZE = (1200, 800)
_BOARD = "#fbfaf6"
_INK = "#24425c"


def draw(photo: DemoPhoto) -> bytes:
    """Return the board as a JPEG of 1200 by 800 pixels."""
    picture = Image.new("RGB", _SIZE, "#7d6a55")
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((40, 40, _SIZE[0] - 40, _SIZE[1] - 40), radius=24, fill=_BOARD, outline="#b9b2a4", width=8)
    pen.text((100, 90), photo.title, fill=_INK, font=ImageFont.load_default(56))
    pen.line((100, 170, _SIZE[0] - 100, 170), fill="#c46b3c", width=5)
    for number, line in enumerate(photo.lines):
        pen.text((120, 210 + number * 62), line, fill=_INK, font=ImageFont.load_default(38))
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()
