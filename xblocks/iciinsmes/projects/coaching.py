"""What a coach does with a project: talks with their agreements, and a light of one's own with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.lib.locks import locked

from .data import Kind, Light, OverrideData, TalkData
from .days import today
from .entries import add_entry_by
from .errors import HasEnded, NotAllowedInProject, StaleTalk, UnknownProject, WrongContent
from .evaluation import look_again
from .models import CoachTalk, LightOverride, Project
from .permissions import ProjectReader, reader_of
from .serializers import override_data, talk_data

#: A light that somebody has set holds so many days at most; then the rules say what is true.
MOST_OVERRIDE_DAYS = 60
_MOST_AGREEMENTS = 20
_LINE, _TEXT = 500, 5_000


def talks_of(*, project_id: UUID, reader_id: int | None = None, limit: int = 50) -> tuple[TalkData, ...]:
    """Return the talks about the project, the newest first, in one query.

    Args:
        project_id: the project.
        reader_id: who reads: notes are only there for the coach who wrote them.
        limit: at most so many.
    """
    rows = CoachTalk.objects.filter(project_id=project_id).order_by("-held_on", "-written_at")
    talks = (talk_data(row) for row in rows[:limit])
    return tuple(talk if talk.coach_id == reader_id else replace(talk, notes="") for talk in talks)


def log_talk(
    *,
    project_id: UUID,
    user_id: int,
    course_key: CourseKey,
    held_on: date,
    about: str,
    notes: str = "",
    agreements: Sequence[str] = (),
    next_on: date | None = None,
    talk_id: UUID | None = None,
    revision: int = 0,
) -> TalkData:
    """Write down a talk, or change what one says.

    Args:
        project_id: the project.
        user_id: its coach, or staff of the run.
        course_key: the run.
        held_on: the day of the talk.
        about: what the firm reads too, at most 5,000 characters.
        notes: the coach's own.
        agreements: one sentence each, at most 20; what has become a measure keeps it as long as the sentence stays.
        next_on: the day of the next talk, if one was agreed on.
        talk_id: of a talk that is changed; None for a new one.
        revision: of that talk as the person had read it.

    Raises:
        UnknownProject: there is no such project or talk for this person.
        NotAllowedInProject: the person is neither coach nor staff, or the talk is somebody else's.
        StaleTalk: it was changed in another tab since.
        WrongContent: something is too long or empty.
    """
    sentences = [" ".join(each.split()) for each in agreements if each.strip()]
    errors = {}
    if not about.strip() and not sentences:
        errors["about"] = "empty"
    if len(about) > _TEXT or len(notes) > _TEXT:
        errors["about"] = "long"
    if len(sentences) > _MOST_AGREEMENTS or any(len(each) > _LINE for each in sentences):
        errors["agreements"] = "long"
    if next_on is not None and next_on <= held_on:
        errors["next_on"] = "next_on"
    if errors:
        raise WrongContent(errors)
    with transaction.atomic():
        row, _reader = _accompanied(project_id, user_id, course_key)
        talk = CoachTalk(project=row, coach_id=user_id)
        if talk_id is not None:
            found = locked(CoachTalk.objects).filter(id=talk_id, project=row).first()
            if found is None:
                raise UnknownProject
            if found.coach_id != user_id:
                raise NotAllowedInProject
            if found.revision != revision:
                raise StaleTalk(talk_data(found))
            talk = found
            talk.revision += 1
        measures = {each["text"]: each["measure"] for each in talk.agreements}
        talk.held_on, talk.next_on, talk.about, talk.notes = held_on, next_on, about.strip(), notes.strip()
        talk.agreements = [{"text": each, "measure": measures.get(each, "")} for each in sentences]
        talk.written_at = timezone.now()
        talk.save()
    return talk_data(talk)


def make_measure(*, talk_id: UUID, user_id: int, course_key: CourseKey, number: int) -> UUID:
    """Make a measure of an agreement and return its id; of one that has become one, that of the measure.

    Args:
        talk_id: the talk.
        user_id: a member of the firm, its coach or staff of the run.
        course_key: the run.
        number: of the agreement in the talk, from 0.

    Raises:
        UnknownProject: there is no such talk or agreement for this person.
        HasEnded: the project has ended.
        WrongContent, TooMuch: see `entries.add_entry`.
    """
    with transaction.atomic():
        found = CoachTalk.objects.filter(id=talk_id).first()
        row = locked(Project.objects).filter(id=found.project_id).first() if found else None
        if found is None or row is None or not reader_of(row, user_id, course_key).may_read:
            raise UnknownProject
        if row.ended_on is not None:
            raise HasEnded
        talk = locked(CoachTalk.objects).get(id=talk_id)
        if not 0 <= number < len(talk.agreements):
            raise UnknownProject
        agreement = talk.agreements[number]
        if agreement["measure"]:
            return UUID(agreement["measure"])
        entry = add_entry_by(row, user_id, Kind.MEASURE, {"title": agreement["text"][:200]})
        agreement["measure"] = str(entry.id)
        talk.save(update_fields=["agreements"])
    return entry.id


def override_of(*, project_id: UUID) -> OverrideData | None:
    """Return the light that a coach has set and that holds now, or None, in one query."""
    row = LightOverride.objects.filter(project_id=project_id, ended_at=None, until__gte=today()).order_by("id").last()
    return override_data(row) if row else None


def override_light(
    *, project_id: UUID, user_id: int, course_key: CourseKey, light: Light, reason: str, until: date
) -> OverrideData:
    """Set a light of one's own; who reads the project sees the reason.

    Args:
        project_id: the project.
        user_id: its coach, or staff of the run.
        course_key: the run.
        light: green, amber or red.
        reason: 1 to 500 characters.
        until: the last day on which it holds, at most 60 days from today.

    Raises:
        UnknownProject, NotAllowed: see `log_talk`.
        WrongContent: a reason is missing, or the day is none that can be.
    """
    errors = {}
    if not reason.strip() or len(reason) > _LINE:
        errors["reason"] = "empty" if not reason.strip() else "long"
    if not today() <= until <= today() + timedelta(days=MOST_OVERRIDE_DAYS):
        errors["until"] = "until"
    if light is Light.BLUE:
        errors["light"] = "light"
    if errors:
        raise WrongContent(errors)
    with transaction.atomic():
        row, _reader = _accompanied(project_id, user_id, course_key)
        now = timezone.now()
        row.overrides.filter(ended_at=None).update(ended_at=now)
        override = LightOverride.objects.create(
            project=row, light=light.value, reason=reason.strip(), set_by_id=user_id, until=until
        )
        _record("light_set", user_id, row, course_key, light=light.value, until=until.isoformat(), note=reason.strip())
        look_again(row, row.changed_at)
    return override_data(override)


def end_override(*, project_id: UUID, user_id: int, course_key: CourseKey) -> None:
    """Let the rules say again how the project stands.

    Raises:
        UnknownProject, NotAllowed: see `log_talk`.
    """
    with transaction.atomic():
        row, _reader = _accompanied(project_id, user_id, course_key)
        if row.overrides.filter(ended_at=None).update(ended_at=timezone.now()):
            _record("light_freed", user_id, row, course_key)
        look_again(row, row.changed_at)


def _record(verb: str, user_id: int, row: Project, course_key: CourseKey, **detail: str) -> None:
    """Tell the trail what somebody did with the light of a project."""
    audit_log.record(course_key=course_key, verb=verb, actor_id=user_id, subject=f"project:{row.pk}", detail=detail)


def _accompanied(project_id: UUID, user_id: int, course_key: CourseKey) -> tuple[Project, ProjectReader]:
    """Return the project, held, for its coach or staff of the run."""
    row = locked(Project.objects).filter(id=project_id).first()
    reader = ProjectReader() if row is None else reader_of(row, user_id, course_key)
    if row is None or not reader.may_read:
        raise UnknownProject
    if not (reader.coach or reader.staff):
        raise NotAllowedInProject
    return row, reader
