"""The mentor's side: open the link, ask the coach, answer; and the coordinator's, when no mentor can be reached."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from iciinsmes.subjects import Subject

from . import rules, signals
from .data import AnswerData, AnswerForm, Invitation, RequestData, RequestState, matter_from_json
from .errors import AlreadyAnswered, InvalidAnswer, OwnSignOff, TooSoon
from .models import MentorAnswer, MentorRequest
from .serializers import answer_data, by_token, open_by_token, request_data, take_turn
from .sign_off_requests import revoke_all


def invitation(*, token: str) -> Invitation:
    """Return what a link opens, in two queries; changes nothing, whoever or whatever looks.

    Raises:
        BadLink: there is no such link.
    """
    row = by_token(token)
    answer = MentorAnswer.objects.filter(subject=row.subject).first()
    return Invitation(
        request=request_data(row),
        matter=matter_from_json(row.matter),
        answer=None if answer is None else answer_data(answer),
    )


def mark_opened(*, token: str, user_id: int | None = None) -> None:
    """Note that a person has touched the page; the learner's own look does not count.

    Raises:
        BadLink: there is no such link.
    """
    row = by_token(token)
    if row.opened_at is not None or row.asked_by_id == user_id or row.state != RequestState.OPEN:
        return
    with transaction.atomic():
        take_turn(row.subject)
        now = timezone.now()
        untouched = MentorRequest.objects.filter(pk=row.pk, opened_at__isnull=True, state=RequestState.OPEN)
        if untouched.update(opened_at=now):
            row.opened_at = now
            signals.link_opened.send(sender=RequestData, request=request_data(row))


def ask_coach(*, token: str, question: str, user_id: int | None = None) -> RequestData:
    """Keep the mentor's question and let those hear it who listen to `signals.coach_asked`; the link stays open.

    Raises:
        InvalidAnswer: there is no question.
        OwnWork: the learner asks.
        TooSoon: the last question is less than an hour ago.
        BadLink, AlreadyAnswered, Revoked, Expired: the link opens nothing.
    """
    with transaction.atomic():
        row = open_by_token(token)
        _not_the_learner(row, user_id)
        errors = rules.question_errors(question)
        if errors:
            raise InvalidAnswer(errors)
        now = timezone.now()
        if row.coach_asked_at is not None and now - row.coach_asked_at < rules.QUESTION_PAUSE:
            raise TooSoon
        row.coach_asked_at = now
        row.coach_question = question.strip()
        row.save(update_fields=["coach_asked_at", "coach_question"])
        asked = request_data(row)
        signals.coach_asked.send(sender=RequestData, request=asked, matter=matter_from_json(row.matter))
    return asked


def answer(*, token: str, form: AnswerForm, user_id: int | None = None) -> AnswerData:
    """Keep the mentor's answer; the link is used up, and links of other mentors about the same subject are withdrawn.

    Args:
        token: the part of the link that names the request.
        form: the answer as typed.
        user_id: who is signed in on the device, if anybody.

    Raises:
        InvalidAnswer: something is missing; nothing is kept, and the link stays open.
        OwnWork: the learner answers, or a colleague who handed in together.
        AlreadyAnswered: the second half of a double click, another tab, or another mentor was faster.
        NotAwaited: the work has moved on; nothing is kept.
        BadLink, Revoked, Expired: the link opens nothing.
    """
    with transaction.atomic():
        row = open_by_token(token)
        _not_the_learner(row, user_id)
        form = _checked(form)
        kept = _keep(
            MentorAnswer(
                request=row,
                subject=row.subject,
                subject_kind=row.subject_kind,
                course_key=row.course_key,
                owner_id=row.asked_by_id,
            ),
            form,
        )
        row.state = form.verdict
        row.opened_at = row.opened_at or kept.answered_at
        row.save(update_fields=["state", "opened_at"])
        revoke_all(subjects=[row.subject])
        signals.answered.send(sender=AnswerData, answer=kept, request=request_data(row), user_id=user_id)
    return kept


def sign_for(
    *,
    subject: Subject,
    owner_id: int,
    coordinator_id: int,
    reason: str,
    form: AnswerForm,
    on_paper: bool = False,
) -> AnswerData:
    """Keep an answer that a coordinator vouches for, because the mentor cannot be reached or has signed on paper.

    Whether the person may is the caller's to ask (`companies.api.can_coordinate`).

    Args:
        subject: what is confirmed or sent back.
        owner_id: the learner whose work it is.
        coordinator_id: who signs.
        reason: why, and how the coordinator knows what happened; at least ten characters.
        form: the answer, with name and role of whom it is from.
        on_paper: whether there is a signed paper form.

    Raises:
        InvalidAnswer: something is missing; nothing is kept.
        OwnWork: coordinators do not sign for themselves, nor for those with whom they handed in together.
        AlreadyAnswered: the subject has its answer.
        NotAwaited: the work has moved on; nothing is kept.
    """
    if owner_id == coordinator_id:
        raise OwnSignOff
    with transaction.atomic():
        take_turn(subject.id)
        form = _checked(form, rules.signing_errors(form, reason))
        row = MentorAnswer(
            subject=subject.id,
            subject_kind=subject.kind,
            course_key=subject.course_key,
            owner_id=owner_id,
            signed_for_by_id=coordinator_id,
            reason=reason.strip(),
            on_paper=on_paper,
        )
        kept = _keep(row, form)
        revoke_all(subjects=[subject.id])
        signals.answered.send(sender=AnswerData, answer=kept, request=None, user_id=coordinator_id)
    return kept


def _not_the_learner(row: MentorRequest, user_id: int | None) -> None:
    if user_id is not None and row.asked_by_id == user_id:
        raise OwnSignOff


def _checked(form: AnswerForm, more_errors: dict[str, str] | None = None) -> AnswerForm:
    form = rules.tidy_answer(form)
    errors = {**rules.answer_errors(form), **(more_errors or {})}
    if errors:
        raise InvalidAnswer(errors)
    return form


def _keep(row: MentorAnswer, form: AnswerForm) -> AnswerData:
    for name in ("verdict", "took_place", "change", "remark", "name", "role"):
        setattr(row, name, getattr(form, name))
    row.coach_may_see = form.may_see.coach
    row.teacher_may_see = form.may_see.teacher
    row.course_may_see = form.may_see.course
    row.answered_at = timezone.now()
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        # The unique subject: somebody else was faster. Anything else is a real fault.
        if MentorAnswer.objects.filter(subject=row.subject).exists():
            raise AlreadyAnswered from error
        raise
    return answer_data(row)
