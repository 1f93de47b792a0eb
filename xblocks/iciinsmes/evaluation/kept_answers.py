"""What learners say has stayed: one answer a link, changed as long as it is open."""

from __future__ import annotations

from typing import Any
from uuid import uuid5

from django.db import transaction
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.lib.decimals import plain
from iciinsmes.lib.json_data import to_json
from iciinsmes.lib.link_secrets import BadSecret
from iciinsmes.lib.locks import locked
from iciinsmes.platform import zones
from iciinsmes.projects import api as projects
from iciinsmes.projects.data import Kind
from iciinsmes.projects.errors import NotAllowedInProject, ProjectError

from . import rules
from .data import KEPT, KeptData, Kpi, Question
from .errors import NotEntered, UnknownQuestion
from .models import EvaluatedRun, KeptQuestion
from .questions import SECRETS
from .serializers import kept_data


def question_behind(*, secret: str) -> Question:
    """Return what a link asks.

    Raises:
        UnknownQuestion: this site has not made the link, it has expired, or the person is gone; nobody learns which.
    """
    row = _row(secret)
    return Question(
        id=row.id,
        course_key=_course_of(row),
        months=row.months,
        expires_at=row.expires_at,
        own=kept_data(row),
        is_in_project=row.entry is not None,
        kpis=_kpis(row),
    )


def say(*, secret: str, kept: KeptData, into_project: bool = False) -> None:
    """Keep what somebody says, in the place of what was said before; with a click the value goes into the project.

    The value becomes one of the KPI in the name of the learner: a second time it is changed, not entered twice.

    Args:
        secret: of the link.
        kept: an answer to each question.
        into_project: the learner wants the value in the firm's project.

    Raises:
        UnknownQuestion: see `question_behind`.
        NotEntered: all is kept but for the value in the project, which has ended or is not the person's any more.
        ValueError: an answer is missing, or the KPI is none of the firm's.
    """
    if set(kept.said) != set(KEPT):
        raise ValueError(kept.said)
    with transaction.atomic():
        run_key = _course_of(_row(secret))
        # As with reactions: who counts new answers must be alone with them.
        EvaluatedRun.objects.get_or_create(course_key=run_key)
        run = locked(EvaluatedRun.objects).get(course_key=run_key)
        row = _row(secret)
        if kept.kpi is not None and kept.kpi not in [kpi.id for kpi in _kpis(row)]:
            raise ValueError(kept.kpi)
        if kept_data(row) != kept:
            for key in KEPT:
                setattr(row, key, kept.said[key].value)
            row.kpi, row.value = kept.kpi, kept.value
            row.answered_on, row.is_new = timezone.localdate(), True
            row.save()
            _publish(run, row.months)
    if into_project and kept.kpi is not None and kept.value is not None:
        _enter(row)


def _publish(run: EvaluatedRun, months: int) -> None:
    """Let reports show all answers that there are, if five people have answered anew or differently since then."""
    rows = KeptQuestion.objects.filter(course_key=run.course_key, months=months, answered_on__isnull=False)
    if not rules.is_step(rows.filter(is_new=True).count()):
        return
    sums = rules.sums_of_kept(data for data in map(kept_data, rows) if data is not None)
    run.published = {**run.published, str(months): to_json(sums)}
    run.save(update_fields=["published"])
    rows.update(is_new=False)


def _enter(row: KeptQuestion) -> None:
    """Put the value into the project of the person's firm, or change it there.

    Raises:
        NotEntered: it cannot be.
    """
    user_id = row.user_id
    if user_id is None or row.value is None:
        raise NotEntered
    course_key = _course_of(row)
    entry_id = uuid5(row.id, "reading")
    content = {
        "kpi": str(row.kpi),
        "on": timezone.localdate(timezone=zones.of_site()).isoformat(),
        "value": plain(row.value),
    }
    try:
        project = projects.project_here(user_id=user_id, course_key=course_key)
        if project is None:
            raise NotEntered
        who: dict[str, Any] = {"project_id": project.id, "user_id": user_id, "course_key": course_key}
        readings = projects.entries_of(project_id=project.id, kinds=[Kind.READING])
        there = next((entry for entry in readings if entry.id == entry_id), None)
        if there is None:
            projects.add_entry(**who, kind=Kind.READING, content=content, entry_id=entry_id)
        elif (there.content["kpi"], there.content["value"]) != (content["kpi"], content["value"]):
            # The day on which it was first said stays.
            changed = {**there.content, **content, "on": there.content["on"]}
            projects.change_entry(**who, entry_id=entry_id, revision=there.revision, content=changed)
    except ProjectError as error:
        raise NotEntered from error
    KeptQuestion.objects.filter(pk=row.pk).update(entry=entry_id)


def _kpis(row: KeptQuestion) -> tuple[Kpi, ...]:
    """Return the KPIs of the firm in which the person is now, if its project is worked on in the run."""
    if row.user_id is None:
        return ()
    try:
        project = projects.project_here(user_id=row.user_id, course_key=_course_of(row))
    except NotAllowedInProject:
        return ()
    if project is None or project.ended_on is not None:
        return ()
    found = projects.entries_of(project_id=project.id, kinds=[Kind.KPI])
    return tuple(Kpi(entry.id, entry.content["name"], entry.content.get("unit", "")) for entry in found)


def _row(secret: str) -> KeptQuestion:
    try:
        row_id, nonce = SECRETS.read(secret)
    except BadSecret as error:
        raise UnknownQuestion from error
    rows = KeptQuestion.objects.filter(id=row_id, nonce=nonce, expires_at__gt=timezone.now(), user__is_active=True)
    row = rows.first()
    if row is None or not companies.can_work(user_id=row.user_id, course_key=_course_of(row)):
        raise UnknownQuestion
    return row


def _course_of(row: KeptQuestion) -> CourseKey:
    return CourseKey.from_string(str(row.course_key))
