"""What this room keeps about one person: handed out, removed, and dropped when it is old."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from opaque_keys.edx.keys import CourseKey

from iciinsmes.evidence import api as evidence
from iciinsmes.feedback import api as feedback
from iciinsmes.lib.personal_data import PersonalData
from iciinsmes.notices import api as notices
from iciinsmes.review import api as review
from iciinsmes.review.data import AssessmentData
from iciinsmes.threads import api as threads
from iciinsmes.waiting import api as waiting

from . import rules
from .models import Extension, Round, Waiver, Work
from .talks import forget_talks
from .teams import heirs_of, locked_teams
from .transitions import lead_queue
from .works import clear_work, draft_of, waiver_of

#: Rounds whose results are read at once.
_BATCH = 200


def courses_of(*, user_id: int) -> set[CourseKey]:
    """Return the course runs in which the person has a work."""
    keys = Work.objects.filter(owner_id=user_id).order_by("course_key").values_list("course_key", flat=True)
    return {key for key in keys.distinct() if key is not None}


def export_person(*, user_id: int, course_key: CourseKey | None = None) -> PersonalData:
    """Return the person's works: state, draft, every round as handed in, and its released result.

    Who gave a result is left out.

    Args:
        user_id: the person.
        course_key: only this course run; None for all.
    """
    return PersonalData(
        tables={
            "works": _works(user_id, course_key),
            "rounds": _rounds(user_id, course_key),
            "extensions": _extensions(user_id, course_key),
        }
    )


def forget_person(*, user_id: int, course_key: CourseKey | None = None) -> None:
    """Remove the person's works with drafts, rounds and everybody's assessments of them.

    Rounds that the person handed in for somebody else stay, without saying who did, and so do the files in them; so do
    the results that the person gave to others in this course run. Other files are removed by `evidence`; a grade in the
    host's gradebook is the host's.
    """
    works = _of(user_id, course_key)
    with transaction.atomic():
        talks = list(works.values_list("subject", flat=True))
        ids = list(works.values_list("id", flat=True))
        teams = locked_teams(ids)
        evidence.hand_over(heirs=heirs_of(teams, user_id))
        for members in teams:
            lead_queue(members, next(work for work, _row in members if work.owner_id == user_id), forgotten=True)
        rounds = list(Round.objects.filter(work_id__in=ids).values_list("id", flat=True))
        review.forget(subjects=rounds)
        forget_talks(talks)
        waiting.leave(subjects=rounds)
        notices.forget_subjects(subjects=[str(key) for key in rounds])
        Work.objects.filter(id__in=ids).delete()
        handed_in = Round.objects.filter(handed_in_by_id=user_id)
        if course_key is not None:
            handed_in = handed_in.filter(work__course_key=course_key)
            judged = Round.objects.filter(id__in=review.judged_by(user_id=user_id), work__course_key=course_key)
            review.forget_assessor(user_id=user_id, subjects=list(judged.values_list("id", flat=True)))
        mine = Extension.objects.filter(owner_id=user_id)
        granted = Extension.objects.filter(granted_by_id=user_id)
        waived = Waiver.objects.filter(granted_by_id=user_id)
        if course_key is not None:
            mine, granted = (rows.filter(assignment__course_key=course_key) for rows in (mine, granted))
            waived = Waiver.objects.filter(
                id__in=list(waived.filter(work__course_key=course_key).values_list("id", flat=True))
            )
        mine.delete()
        for extension_id in list(granted.values_list("id", flat=True)):
            Extension.objects.filter(id=extension_id).update(granted_by=None)
        waived.update(granted_by=None)
        # A list, because MySQL cannot update a table that the same statement reads.
        Round.objects.filter(id__in=list(handed_in.values_list("id", flat=True))).update(handed_in_by=None)


def expire_drafts(*, before: datetime, dry_run: bool = False) -> int:
    """Remove works that were never handed in and to which nothing was written or added since this moment.

    Returns:
        How many works there were; ``dry_run`` only counts them.
    """
    unfinished = Work.objects.filter(round_count=0).exclude(draft__saved_at__gte=before).select_related("assignment")
    return _clear(unfinished, before, dry_run)


def expire_works(*, before: datetime, dry_run: bool = False) -> int:
    """Remove works of which nothing was handed in or saved since this moment, with rounds, assessments and files.

    Work that still waits for a mentor or for the staff stays.

    Returns:
        How many works there were; ``dry_run`` only counts them.
    """
    later = Round.objects.filter(work_id=OuterRef("id"), handed_in_at__gte=before)
    old = Work.objects.filter(~Exists(later), round_count__gt=0).exclude(draft__saved_at__gte=before)
    idle = old.exclude(state__in=[state.value for state in rules.LIES_WITH_OTHERS])
    return _clear(idle.select_related("assignment"), before, dry_run)


def _clear(works: QuerySet[Work], before: datetime, dry_run: bool) -> int:
    count = 0
    for work in works.order_by("id"):
        if evidence.is_newer(subject=work.subject, since=before) or threads.is_newer(
            subject=work.subject, since=before
        ):
            continue
        count += 1
        if not dry_run:
            clear_work(user_id=work.owner_id, usage_key=work.assignment.usage_key)
    return count


def _of(user_id: int, course_key: CourseKey | None) -> QuerySet[Work]:
    works = Work.objects.filter(owner_id=user_id)
    return works if course_key is None else works.filter(course_key=course_key)


def _works(user_id: int, course_key: CourseKey | None) -> Iterator[Mapping[str, Any]]:
    rows = _of(user_id, course_key).select_related("draft", "waiver", "assignment")
    for work in rows.order_by("id").iterator():
        draft, waiver = draft_of(work), waiver_of(work)
        yield {
            **_place(work),
            "subject": str(work.subject),
            "state": work.state,
            "rounds": work.round_count,
            "waived": waiver and {"at": waiver.granted_at, "reason": waiver.reason},
            "draft": draft
            and {
                "answers": draft.answers,
                "hours": draft.hours,
                "hours_log": draft.log,
                "audience": draft.audience,
                "own_work": draft.own_work,
                "saved_at": draft.saved_at,
            },
        }


def _rounds(user_id: int, course_key: CourseKey | None) -> Iterator[Mapping[str, Any]]:
    rows = Round.objects.filter(work__owner_id=user_id).select_related("work__assignment", "company")
    if course_key is not None:
        rows = rows.filter(work__course_key=course_key)
    stream = rows.order_by("work_id", "number").iterator(chunk_size=_BATCH)
    while batch := list(islice(stream, _BATCH)):
        released = review.released(subjects=[row.id for row in batch])
        replaced = review.corrected(subjects=[row.id for row in batch])
        for row in batch:
            yield {
                **_place(row.work),
                "round": row.number,
                "firm": row.company.name if row.company else "",
                "handed_in_at": row.handed_in_at,
                "due_at": row.due_at,
                "answers": row.answers,
                "hours": row.hours,
                "hours_log": row.log,
                "audience": row.audience,
                "own_work": row.own_work,
                "late_percent": row.late_percent,
                "opened_at": row.opened_at,
                "cancelled_at": row.cancelled_at,
                "files": row.evidence,
                "other_evidence": row.items,
                "result": _result(released.get(row.id)),
                "earlier_results": [
                    {"replaced_at": each.replaced_at, "reason": each.reason, "result": _result(each.assessment)}
                    for each in replaced.get(row.id, ())
                ],
            }


def _extensions(user_id: int, course_key: CourseKey | None) -> Iterator[Mapping[str, Any]]:
    rows = Extension.objects.filter(owner_id=user_id).select_related("assignment")
    if course_key is not None:
        rows = rows.filter(assignment__course_key=course_key)
    for row in rows.order_by("granted_at", "id").iterator():
        yield {
            "course": str(row.assignment.course_key),
            "assignment": str(row.assignment.usage_key),
            "title": row.assignment.title,
            "due_at": row.due_at,
            "reason": row.reason,
            "granted_at": row.granted_at,
            "revoked_at": row.revoked_at,
        }


def _place(work: Work) -> dict[str, Any]:
    place = work.assignment
    return {"course": str(work.course_key), "assignment": str(place.usage_key), "title": place.title}


def _result(assessment: AssessmentData | None) -> Mapping[str, Any] | None:
    if assessment is None:
        return None
    beside = feedback.given(assessment=assessment)
    titles = {criterion.key: criterion.title for criterion in assessment.rubric.criteria}
    return {
        "outcome": assessment.outcome,
        "released_at": assessment.released_at,
        "earned": assessment.earned,
        "possible": assessment.possible,
        "feedback": assessment.feedback,
        "points": {titles.get(key, key): points for key, points in assessment.points.items()},
        "comments": {titles.get(key, key): text for key, text in assessment.comments.items()},
        "comments_at_places": [
            {"passage": each.anchor.quote, "page": each.anchor.page or None, "text": each.text}
            for each in beside.remarks
        ],
        "files": [file.name for file in beside.files],
    }
