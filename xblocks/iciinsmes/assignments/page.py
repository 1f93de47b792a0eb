"""The learner's view of a work as one piece of HTML: rendered by the block, and again by views after each step."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import UsageKey

from iciinsmes.companies.api import can_grade, companies_by_id, limited_to
from iciinsmes.evidence.web import upload_texts
from iciinsmes.feedback import api as feedback
from iciinsmes.lib.author_html import safe_html
from iciinsmes.lib.decimals import written
from iciinsmes.lib.templating import render_to_string
from iciinsmes.waiting import api as waiting
from iciinsmes.waiting.data import WaitingFor

from .data import Audience, DraftData, Happening, Task, TaskQuestion, Verb, WorkData
from .earlier_results import earlier_results
from .hours_log import as_typed
from .mentor_part import render_mentor_part
from .presentation import EvidencePlace, ShownRound, place_of, shown_round
from .rubric_view import rubric_view
from .rules import EDITABLE, WorkState, count_words, late_percent, waiting_for
from .teams import HandedInWith, colleague_fields, names_in, together_of, unsent_texts
from .timeline import history


@dataclass(frozen=True)
class QuestionField:
    """A question with what stands in its box, and the evidence that was added to it."""

    question: TaskQuestion
    number: int
    value: str
    words: int
    problem: str
    place: EvidencePlace
    files_problem: str


@dataclass(frozen=True)
class TypedWork:
    """What a form holds that was refused; None for what it did not send."""

    answers: Mapping[str, str]
    log: str | None = None
    audience: str | None = None
    own_work: bool | None = None
    colleague_ids: frozenset[int] = frozenset()


@dataclass(frozen=True)
class OwnRound:
    """A round as its learner sees it; ``company`` is the name of the firm where a page tells it."""

    round: ShownRound
    together: HandedInWith | None
    company: str = ""


def element_id(work: WorkData) -> str:
    """Return an id for the piece that is the same on every rendering and valid in CSS."""
    return "ici-" + hashlib.sha256(str(work.version.usage_key).encode()).hexdigest()[:12]


def render_work(
    work: WorkData,
    *,
    problems: Mapping[str, str] | None = None,
    conflict: DraftData | None = None,
    typed: TypedWork | None = None,
    notice: str = "",
) -> SafeString:
    """Render the learner's view.

    Args:
        work: what to show.
        problems: messages by field, after a hand-in that was refused.
        conflict: the draft that another tab saved; the boxes then keep what was typed here.
        typed: what the form holds, if not the saved draft.
        notice: one sentence on top, for example why nothing was handed in.
    """
    task = work.version.task
    problems = problems or {}
    draft = work.draft
    typed = typed or TypedWork(answers={})
    answers = {**draft.answers, **typed.answers}
    names = names_in(work.rounds, work.version.course_key)
    rounds = tuple(
        OwnRound(
            shown_round(row, said=feedback.given(assessment=row.assessment)), together_of(row, work.owner_id, names)
        )
        for row in work.rounds
    )
    editable = WorkState(work.state) in EDITABLE and work.waiver is None
    now = timezone.now()
    overdue = editable and work.deadline is not None and work.deadline < now
    context = {
        "work": work,
        "task": task,
        "instructions": safe_html(task.instructions),
        "element_id": element_id(work),
        "editable": editable,
        "overdue": overdue,
        "too_late": overdue and not task.late.accept,
        "loses": late_percent(now, work.due_at, task.late),
        "waits_for_mentor": waiting_for(WorkState(work.state), task.mentor.need) is WaitingFor.MENTOR,
        "sent_back": next((event for event in reversed(work.timeline) if event.verb == Verb.SENT_BACK), None),
        "round_number": len(work.rounds) + 1,
        "questions": tuple(
            QuestionField(
                question=question,
                number=number,
                value=answers.get(question.key, ""),
                words=count_words(answers.get(question.key, "")),
                problem=problems.get(question.key, ""),
                place=place_of(task, question.key, work.files, work.items),
                files_problem=problems.get(f"files:{question.key}", ""),
            )
            for number, question in enumerate(task.questions, start=1)
        ),
        "evidence_number": len(task.questions) + 1,
        "last_number": len(task.questions) + 2,
        "files_problem": problems.get("files", ""),
        "hours_problem": problems.get("hours", ""),
        "log": typed.log if typed.log is not None else as_typed(draft.log, written),
        "audience": typed.audience or draft.audience.value,
        "audiences": audiences(),
        "own_work": draft.own_work if typed.own_work is None else typed.own_work,
        "own_work_problem": problems.get("own_work", ""),
        # With a conflict open, a hand-in must be refused again until one of the two versions is chosen.
        "revision": 0 if conflict else draft.revision,
        "conflict_html": render_conflict(task, conflict) if conflict else "",
        "problem_count": len(problems),
        "notice": notice,
        "mentor_part": render_mentor_part(work),
        # Most hand in alone: the page asks for colleagues when somebody opens the list of them.
        "colleagues": colleague_fields(work, typed.colleague_ids) if editable and typed.colleague_ids else None,
        "colleagues_problem": problems.get("colleagues", ""),
        "unsent": () if editable else unsent_texts(work, typed.answers),
        "rounds": rounds,
        "latest": rounds[-1] if rounds else None,
        "earlier_results": earlier_results(rounds=work.rounds, timeline=work.timeline),
        "lines": history(zip(work.rounds, rounds, strict=True), work.timeline, _who(work)),
        "talk": work.talk,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "place": place_of(task, "", work.files, work.items),
        "usage_key": work.version.usage_key,
        "rules": task.evidence,
        "upload_texts": upload_texts(task.evidence),
        "upload_urls": _upload_urls(work.version.usage_key) if editable else {},
        "rubric": rubric_view(task.rubric),
    }
    return render_to_string("iciinsmes/assignments/work.html", context)


def _upload_urls(usage_key: UsageKey) -> dict[str, str]:
    """Return the addresses that each place for evidence needs, found once for all places."""
    names = {
        "begin": "work-upload-begin",
        "item_add": "work-item-add",
        "item_preview": "work-item-preview",
        "results": "work-results",
    }
    return {key: reverse(f"iciinsmes:{name}", args=[usage_key]) for key, name in names.items()}


def audiences() -> tuple[tuple[str, str, str], ...]:
    """Return the choices of who may see a hand-in: value, name, and what it means in a sentence or two."""
    without = _("While your firm has no coach, only coordinators of the course can read it.")
    return (
        (
            Audience.COACH.value,
            _("My coach only"),
            _("Other teachers see that you have handed in, and neither texts nor files.") + " " + without,
        ),
        (
            Audience.TEACHERS.value,
            _("Teachers of the course"),
            _("Everybody who teaches in this course may read it."),
        ),
        (
            Audience.GALLERY.value,
            _("Course gallery"),
            _("Teachers may also show it to the other learners of the course."),
        ),
    )


def render_colleagues(work: WorkData) -> SafeString:
    """Render those with whom the learner can hand in together, for the page that asks for them later."""
    context = {"colleagues": colleague_fields(work), "element_id": element_id(work)}
    return render_to_string("iciinsmes/assignments/colleague_choices.html", context)


def print_context(work: WorkData) -> dict[str, object]:
    """Return what the print page shows of a work."""
    task = work.version.task
    names = names_in(work.rounds, work.version.course_key)
    held = companies_by_id(company_ids={row.company_id for row in work.rounds if row.company_id is not None})
    return {
        "work": work,
        "task": task,
        "instructions": safe_html(task.instructions),
        "rounds": tuple(
            OwnRound(
                shown_round(row, said=feedback.given(assessment=row.assessment)),
                together_of(row, work.owner_id, names),
                company=held[row.company_id].name if row.company_id in held else "",
            )
            for row in work.rounds
        ),
    }


def _who(work: WorkData) -> Callable[[Happening], str]:
    """Name people as the learner knows them: the staff are the teacher, mentors have the name they gave."""
    by_learners = {Verb.HANDED_IN.value, Verb.WITHDRAWN.value}

    def name(event: Happening) -> str:
        if event.actor_name:
            return event.actor_name
        if event.actor_id is None:
            return ""
        if event.actor_id == work.owner_id:
            return _("you")
        return _("a colleague") if event.verb in by_learners else _("your teacher")

    return name


def render_conflict(task: Task, other: DraftData) -> SafeString:
    """Render what another tab or device has saved, with the choice between the two versions."""
    fields = [(question, other.answers.get(question.key, "")) for question in task.questions]
    context = {"conflict": other, "conflict_fields": fields, "conflict_log": as_typed(other.log, written)}
    return render_to_string("iciinsmes/assignments/conflict.html", context)


def render_staff_line(*, user_id: int | None, usage_key: UsageKey, works_here: bool) -> SafeString:
    """Return the line, empty for everybody who does not grade; a learner's page asks nothing for it.

    Args:
        user_id: who looks at the block.
        usage_key: the block.
        works_here: whether the person also learns in the course run, and has the own work below the line.
    """
    course_key = usage_key.course_key
    if user_id is None or not can_grade(user_id=user_id, course_key=course_key):
        return SafeString("")
    context = {
        "waiting": waiting.waiting_count(
            course_key=course_key, place=str(usage_key), limited_to=limited_to(user_id=user_id, course_key=course_key)
        ),
        "usage_key": usage_key,
        "works_here": works_here,
    }
    return render_to_string("iciinsmes/assignments/staff_line.html", context)
