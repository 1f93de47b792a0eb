"""Reports over course runs: begun once at a time and person, made behind the page, read, dropped."""

from __future__ import annotations

import logging
from collections.abc import Collection
from uuid import UUID

from django.db import IntegrityError, transaction
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.lib.json_data import from_json, to_json
from iciinsmes.lib.long_work import go_on, leave, left_behind, take
from iciinsmes.platform import host
from iciinsmes.platform.host import CourseInfo

from .data import ReportData, ReportState, RunReport
from .errors import NothingToReport, UnknownReport
from .figures import figures_of
from .models import EvaluationReport
from .run_facts import facts_of

#: The job that makes a report.
JOB = "evaluation.report"
_LISTED = 10

_log = logging.getLogger(__name__)


def runs_for(*, user_id: int) -> list[CourseInfo]:
    """Return the course runs on which the person may report, by title: those where she or he is staff."""
    return host().staffed_courses(user_id)


def begin_report(*, owner_id: int, course_keys: Collection[CourseKey]) -> UUID:
    """Have a report made behind the request; while one is being made, that one is returned.

    Args:
        owner_id: who wants it.
        course_keys: the runs; others than those of `runs_for` are left out.

    Raises:
        NothingToReport: no run is left.
    """
    running = EvaluationReport.objects.filter(busy_for_id=owner_id).values_list("id", flat=True).first()
    if running is not None:
        return running
    keys = [run.key for run in runs_for(user_id=owner_id) if run.key in course_keys]
    if not keys:
        raise NothingToReport
    try:
        with transaction.atomic():
            row = EvaluationReport.objects.create(
                owner_id=owner_id,
                busy_for_id=owner_id,
                runs=[str(key) for key in keys],
                state=ReportState.MAKING.value,
            )
    except IntegrityError:
        # The second half of a double click.
        return EvaluationReport.objects.values_list("id", flat=True).get(busy_for_id=owner_id)
    host().defer(JOB, str(row.id))
    return row.id


def reports_of(*, owner_id: int) -> list[ReportData]:
    """Return the person's newest reports without their figures, the newest first, in one query."""
    rows = EvaluationReport.objects.filter(owner_id=owner_id).defer("result")
    return [_data(row, ()) for row in rows.order_by("-created_at", "-id")[:_LISTED]]


def read_report(*, report_id: UUID, owner_id: int) -> ReportData:
    """Return a report with the figures of those runs in which the person is staff now.

    Raises:
        UnknownReport: the person has no such report.
    """
    row = _own(report_id, owner_id)
    allowed = {str(run.key) for run in runs_for(user_id=owner_id)}
    return _data(row, tuple(_run(each) for each in row.result if each["course_key"] in allowed))


def drop_report(*, report_id: UUID, owner_id: int) -> None:
    """Remove a report, also one that is being made.

    Raises:
        UnknownReport: the person has no such report.
    """
    _own(report_id, owner_id).delete()


def record_taken(*, report: ReportData, owner_id: int, kind: str) -> None:
    """Tell the trail of each run who took figures out of it, and as what."""
    for run in report.runs:
        audit_log.record(
            course_key=run.course_key,
            verb="evaluation_taken",
            actor_id=owner_id,
            subject=f"evaluation:{report.id}",
            detail={"title": kind},
        )


def work_on(report_id: str) -> None:
    """Make what a report still lacks, a run after the other; done twice, or by two, it is done once."""
    if not take(EvaluationReport.objects.filter(state=ReportState.MAKING.value), report_id):
        return
    row = EvaluationReport.objects.get(id=report_id)
    this = EvaluationReport.objects.filter(id=row.id, state=ReportState.MAKING.value)
    keys = [CourseKey.from_string(key) for key in row.runs]
    facts, result = facts_of(course_keys=keys), list(row.result)
    for key in keys[len(result) :]:
        known = facts[key]
        report = RunReport(
            course_key=key,
            title=host().course(key).title,
            college=known.college,
            country=known.country,
            ends_on=known.ends_on,
            figures=figures_of(known),
        )
        result.append(_stored(report))
        if not go_on(this, done=len(result), result=result):
            _log.info("report %s was dropped while it was made", row.id)
            return
    leave(this, state=ReportState.READY.value, busy_for=None)


def go_on_with_reports() -> None:
    """Go on where workers are gone."""
    rows = left_behind(EvaluationReport.objects.filter(state=ReportState.MAKING.value))
    for key in rows.values_list("id", flat=True):
        work_on(str(key))


def _stored(report: RunReport) -> dict[str, object]:
    return {**to_json(report, without=["course_key"]), "course_key": str(report.course_key)}


def _run(content: dict[str, str]) -> RunReport:
    return from_json(RunReport, content, course_key=CourseKey.from_string(content["course_key"]))


def _own(report_id: UUID, owner_id: int) -> EvaluationReport:
    row = EvaluationReport.objects.filter(id=report_id, owner_id=owner_id).first()
    if row is None:
        raise UnknownReport
    return row


def _data(row: EvaluationReport, runs: tuple[RunReport, ...]) -> ReportData:
    return ReportData(
        id=row.id,
        state=ReportState(row.state),
        done=row.done,
        total=len(row.runs),
        created_at=row.created_at,
        runs=runs,
    )
