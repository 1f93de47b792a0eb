"""A merge takes along whatever points to the firm that goes, in this course run, and nothing of anybody else."""

from __future__ import annotations

import re
from collections import Counter
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone
from opaque_keys.edx.keys import UsageKey

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.models import Extension, Round, Work
from iciinsmes.audit_log.models import AuditLogEntry
from iciinsmes.best_practices.models import PracticeCase
from iciinsmes.canvases.models import Canvas
from iciinsmes.companies import api
from iciinsmes.companies.models import Company, CompanyCoach, CompanyMembership, CompanyRun, JoinCode
from iciinsmes.early_warning.models import Watch
from iciinsmes.evidence.models import EvidenceFile, EvidenceItem
from iciinsmes.exercises.models import DataSet, ToolResult
from iciinsmes.gallery.models import GalleryEntry
from iciinsmes.platform import Role
from iciinsmes.projects.models import Project, ProjectRun
from iciinsmes.self_check import api as self_check
from iciinsmes.self_check.data import CheckSettings
from iciinsmes.self_check.models import Check, CheckBlock
from iciinsmes.support.data import EntryValues
from iciinsmes.support.entries import new_row
from iciinsmes.support.models import SupportContact
from iciinsmes.waiting.models import CompanyAllocation, WaitingItem
from tests.campus.everybody import OTHER
from tests.desk.conftest import make_task
from tests.people import SME1, person

pytestmark = pytest.mark.django_db

#: Columns that speak of firms and hold none: a table as it was sent, and the name of a firm that is invented. The trail
#: tells of firms in its subjects, and its lines stay as they were written. What is part of a project goes with it, what
#: is said about a month, an alarm or a case with that, and the name that a figure came with is the one of that day.
_NO_COMPANY = {
    "CompanyImport.table",
    "ToolResult.title",
    "Entry.origin",
    "CoachTalk.about",
    "Project.number",
    "MonthFigureVersion.label",
    "Watch.tells_by",
    "Alarm.measure_id",
    "PracticeCase.reason",
    "KeptQuestion.kpi",
}


#: Of no course run: where a firm's figures go `tests/early_warning` says.
_OF_NO_RUN = {Watch}


def tables() -> list[type[models.Model]]:
    return list(apps.get_app_config("iciinsmes").get_models())


def pointing() -> dict[type[models.Model], str]:
    """Return each table with a firm, and the name of its column."""
    return {
        model: field.name
        for model in tables()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model is Company
    }


def test_no_column_names_a_firm_but_through_a_foreign_key():
    """A firm's id or name in another kind of column would escape both the database and this file."""
    known = {f"{model.__name__}.{field}" for model, field in pointing().items()} | _NO_COMPANY
    speaking = {
        f"{model.__name__}.{field.name}"
        for model in tables()
        if model is not Company
        for field in model._meta.local_fields
        if re.search(r"company|(?<!con)firm", f"{field.name} {field.help_text}", re.IGNORECASE)
        # A mark says who may see something, not whose it is.
        and not isinstance(field, models.BooleanField)
    }
    assert speaking <= known


def fill(model, company, course_key, number: int) -> None:
    """Put a row into a table with a firm; a table that is new to this function needs a line here."""
    user = person(f"{model.__name__}{company.id}{course_key.course}{number}".lower(), Role.LEARNER, course_key)
    place: UsageKey = course_key.make_usage_key("workplace_assignment", f"w{company.id}{number}")
    if model is CompanyMembership:
        CompanyMembership.objects.create(user=user, course_key=course_key, company_id=company.id)
    elif model is CompanyCoach:
        CompanyCoach.objects.create(user=user, course_key=course_key, company_id=company.id)
    elif model is CompanyRun:
        CompanyRun.objects.get_or_create(course_key=course_key, company_id=company.id)
    elif model is JoinCode:
        code = f"{company.id}{course_key.course}{number}"[:16]
        JoinCode.objects.create(company_id=company.id, course_key=course_key, code=code, expires_at=timezone.now())
    elif model is DataSet:
        DataSet.objects.create(owner=user, course_key=course_key, company_id=company.id, instrument="x", title="x")
    elif model is ToolResult:
        ToolResult.objects.create(
            owner=user,
            course_key=course_key,
            company_id=company.id,
            instrument="x",
            title="x",
            is_demo=True,
            options={},
            content={},
        )
    elif model is Canvas:
        Canvas.objects.create(owner=user, course_key=course_key, company_id=company.id, instrument="x", title="x")
    elif model in (EvidenceFile, EvidenceItem):
        about = {"subject": uuid4(), "owner": user, "course_key": course_key, "company_id": company.id}
        more = {"content": {}, "size": 1} if model is EvidenceItem else {"announced_size": 1}
        model.objects.create(**about, **more)
    elif model is WaitingItem:
        WaitingItem.objects.create(
            subject=uuid4(), owner=user, course_key=course_key, company_id=company.id, since=timezone.now()
        )
    elif model is CompanyAllocation:
        CompanyAllocation.objects.get_or_create(company_id=company.id, course_key=course_key, defaults={"user": user})
    elif model is Project:
        day = timezone.localdate()
        last = Project.objects.filter(company_id=company.id).count()
        project = Project.objects.create(
            company_id=company.id,
            number=last + 1,
            title="x",
            started_on=day,
            looked_on=day,
            changed_at=timezone.now(),
        )
        ProjectRun.objects.create(project=project, course_key=course_key, begins_on=day)
    elif model in (Round, GalleryEntry):
        version = assignments.freeze_task(usage_key=place, course_key=course_key, task=make_task())
        work, _new = Work.objects.get_or_create(assignment_id=version.assignment_id, owner=user, course_key=course_key)
        row = Round.objects.create(
            work=work,
            number=1,
            task_version_id=version.id,
            handed_in_at=timezone.now(),
            company_id=company.id if model is Round else None,
        )
        if model is GalleryEntry:
            GalleryEntry.objects.create(
                round=row, shared_id=row.id, course_key=course_key, usage_key=place, company_id=company.id
            )
    elif model is Extension:
        version = assignments.freeze_task(usage_key=place, course_key=course_key, task=make_task())
        Extension.objects.create(
            assignment_id=version.assignment_id,
            company_id=company.id,
            due_at=timezone.now(),
            reason="x",
            granted_at=timezone.now(),
        )
    elif model is Check:
        self_check.freeze_block(usage_key=place, course_key=course_key, settings=CheckSettings(title="x"))
        block = CheckBlock.objects.get(usage_key=place)
        Check.objects.create(
            block=block,
            owner=user,
            course_key=course_key,
            company_id=company.id,
            version=block.version,
            number=1,
            saved_at=timezone.now(),
        )
    elif model is PracticeCase:
        now = timezone.now()
        PracticeCase.objects.create(
            company_id=company.id, course_key=course_key, content={}, nonce="x", link_until=now, changed_at=now
        )
    elif model is SupportContact:
        entry = new_row(EntryValues(country="DE", kind="loan", name=place.block_id), found_on=timezone.now().date())
        SupportContact.objects.create(
            entry=entry, user=user, course_key=course_key, company_id=company.id, contacted_at=timezone.now()
        )
    else:
        pytest.fail(f"{model.__name__} has a firm: fill it here, and let its room register it")


def count(company, course_key) -> Counter[str]:
    """Return how many rows of each table point to the firm in a course run."""
    found: Counter[str] = Counter()
    for model, field in pointing().items():
        if model in _OF_NO_RUN:
            continue
        runs = {Round: "work__course_key", Project: "runs__course_key", Extension: "assignment__course_key"}
        run = runs.get(model, "course_key")
        rows = model._default_manager.filter(**{field: company.id, run: course_key})
        found[model.__name__] = rows.count()
    return found


def test_everything_of_this_run_moves_and_nothing_else():
    gone, kept, third = (api.create_company(name=name, country="de") for name in ("Gone", "Kept", "Third"))
    boss = person("cora", Role.COORDINATOR)
    assert pointing()
    for model in pointing().keys() - _OF_NO_RUN:
        for company in (gone, kept, third):
            for course_key in (SME1, OTHER):
                for number in range(2):
                    fill(model, company, course_key, number)
    firms = (gone, kept, third)
    before = {(company.name, run): count(company, run) for company in firms for run in (SME1, OTHER)}
    rows = {model: model._default_manager.count() for model in tables()}
    assert all(min(found.values()) > 0 for found in before.values())

    api.merge(gone_id=gone.id, kept_id=kept.id, course_key=SME1, actor_id=boss.pk)

    after = {(company.name, run): count(company, run) for company in firms for run in (SME1, OTHER)}
    for untouched in (("Gone", OTHER), ("Kept", OTHER), ("Third", SME1), ("Third", OTHER)):
        assert after[untouched] == before[untouched]
    assert not any(after["Gone", SME1].values())
    both = before["Gone", SME1] + before["Kept", SME1]
    # That a firm takes part is said once, and whose work it is.
    both["CompanyRun"] = both["CompanyAllocation"] = 1
    assert after["Kept", SME1] == both
    changed = {model.__name__ for model in tables() if model._default_manager.count() != rows[model]}
    assert changed == {"CompanyRun", "CompanyAllocation", "AuditLogEntry"}
    assert Company.objects.filter(id=gone.id).exists()

    api.merge(gone_id=gone.id, kept_id=kept.id, course_key=OTHER, actor_id=boss.pk)
    assert not Company.objects.filter(id=gone.id).exists()
    told = AuditLogEntry.objects.filter(verb="firm_merged").values_list("detail", flat=True)
    assert [each["title"] for each in told] == ["Gone", "Gone"]


def test_a_firm_stays_while_anything_in_another_run_is_its_own():
    """What a firm left in a run where it no longer takes part must not lose its firm."""
    gone, kept = (api.create_company(name=name, country="de") for name in ("Gone", "Kept"))
    for company in (gone, kept):
        CompanyRun.objects.create(company_id=company.id, course_key=SME1)
    fill(DataSet, gone, OTHER, 0)
    api.merge(gone_id=gone.id, kept_id=kept.id, course_key=SME1, actor_id=person("cora", Role.COORDINATOR).pk)
    assert DataSet.objects.get().company_id == gone.id
