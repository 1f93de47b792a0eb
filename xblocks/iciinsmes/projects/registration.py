"""What projects bring to rooms below."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.companies import api as companies
from iciinsmes.companies.signals import members_changed
from iciinsmes.evidence import api as evidence
from iciinsmes.jobs import on_job, on_schedule
from iciinsmes.lib import dates
from iciinsmes.lib.personal_data import register_period, register_source
from iciinsmes.notices.api import register_kinds, register_open_address
from iciinsmes.platform import host
from iciinsmes.self_check import api as self_check
from iciinsmes.support import api as support
from iciinsmes.waiting import api as waiting
from iciinsmes.waiting.data import QueueItem

from . import gate_links, gate_notices, grading, notice_kinds, permissions, reminding, retirement
from .blocks import settle
from .company_gates import gates_of_companies
from .data import GATE, PROJECT, Gate, Light, place_of_gate
from .evaluation import look_at_all, look_at_company
from .labels import LIGHTS, gate_name
from .merging import move_projects
from .messages import register_thread
from .models import Project
from .signals import gate_asked, gate_decided, light_changed, project_changed
from .staff_light import answer_times

#: Often enough that the first look of a day comes early in it; who was looked at today is not looked at again.
_LOOKS = timedelta(hours=1)
_SETTLE = "projects.settle"


def connect() -> None:
    """Say what projects bring to other rooms, and hear what happens in these."""
    gate_links.listen()
    members_changed.connect(look_at_company, dispatch_uid="iciinsmes.projects")
    grading.connect()
    on_job(name=_SETTLE, job=_settle)
    project_changed.connect(_settle_later, dispatch_uid="iciinsmes.projects.settle")
    register_kinds(notice_kinds.KINDS)
    register_open_address("iciinsmes:projects-coached")
    light_changed.connect(reminding.remind_of)
    gate_asked.connect(gate_notices.tell_of_request)
    gate_decided.connect(gate_notices.tell_of_decision)
    register_thread()
    waiting.register_kind(kind=GATE, words=_("Gates"), address=_address, label=_label, places=_places)
    evidence.register_access_rule(kind=PROJECT, holder=permissions.may_open_file)
    companies.register_company_table(table=Project, move=move_projects)
    self_check.register_place(code="CP", place=_own_project)
    support.register_stage(name="projects", stage=_stage)
    support.register_answer_days(name="projects", days=_answer_days)
    on_schedule(name="projects.lights", task=look_at_all, every=_LOOKS)
    on_schedule(name="projects.reminders", task=reminding.remind_all, every=_LOOKS)
    register_source(
        name="projects",
        words=_("Projects: what was entered, asked, decided and agreed in the development project of a firm."),
        keeper=retirement,
        courses_of=retirement.courses_of,
    )
    register_period(
        name="projects",
        words=_("Development projects of firms, after the last change"),
        setting="ICIINSMES_KEEP_PROJECTS_DAYS",
        expire=retirement.expire,
    )
    audit_log.register_verbs(
        {
            "project_read": _("read a project"),
            "light_set": _("set a project's light"),
            "light_freed": _("let the rules set a project's light again"),
            "project_rules_set": _("changed the rules of projects"),
            "project_taken_out": _("took a copy of a project"),
            "project_brought_in": _("brought in a project from a file"),
        }
    )
    audit_log.register_details({"light": _light, "until": _until})
    audit_log.register_subjects({"project": _("Project"), "project_rules": _("Rules of projects")})


def _light(detail: Mapping[str, Any]) -> str:
    return str(LIGHTS[Light(detail["light"])])


def _until(detail: Mapping[str, Any]) -> str:
    return _("until %(day)s") % {"day": dates.long(date.fromisoformat(detail["until"]))}


def _own_project(*, user_id: int, course_key: CourseKey) -> str:
    own = companies.company_of(user_id=user_id, course_key=course_key)
    return reverse("iciinsmes:project-own", args=[course_key]) if own else ""


def _stage(*, company_id: int, course_key: CourseKey) -> str:
    """Return the gate before which the firm's project stands, as the directory of support names stages."""
    found = gates_of_companies(course_key=course_key, company_ids=[company_id]).get(company_id)
    return "" if found is None or found.has_ended or found.gate > Gate.RESULTS else f"G{found.gate}"


def _answer_days(*, course_key: CourseKey) -> int:
    return answer_times(course_keys=[course_key])[course_key].thresholds.answer_working_days


def _settle_later(project_id: UUID, **_more: object) -> None:
    host().defer(_SETTLE, str(project_id))


def _settle(project_id: str) -> None:
    settle(project_id=UUID(project_id))


def _address(item: QueueItem) -> str:
    return reverse("iciinsmes:project-request", args=[item.subject.course_key, item.subject.id])


def _label(item: QueueItem) -> str:
    return gate_name(item.number)


def _places(_course_key: CourseKey | None) -> list[tuple[str, str]]:
    return [(place_of_gate(gate), gate_name(gate)) for gate in Gate]
