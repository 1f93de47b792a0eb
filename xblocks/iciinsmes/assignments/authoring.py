"""What makes a task a good one, whether it comes from OLX or from the editor; and the task a new block starts with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from iciinsmes.authoring.problems import Problem
from iciinsmes.evidence.data import EvidenceRules
from iciinsmes.evidence.kinds import KINDS
from iciinsmes.lib.author_html import plain_text
from iciinsmes.review.api import rubric_problems
from iciinsmes.review.data import Criterion, Rubric, RubricLevel

from .data import CompleteOn, MentorNeed, Task, TaskQuestion

_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
#: The largest weight that makes sense anywhere.
_MOST = Decimal(100_000)


def task_problems(task: Task) -> list[Problem]:
    """Return what an author must mend before learners see the task, in the active language; empty if all is well.

    Places are paths in the JSON of `serializers.task_to_json`, such as ``questions.0.title``.
    """
    rubric = [Problem(f"rubric.{problem.place}", problem.message) for problem in rubric_problems(task.rubric)]
    return [
        *_text_problems(task),
        *_key_problems(_("question"), "questions", [question.key for question in task.questions]),
        *_question_problems(task.questions),
        *_evidence_problems(task.evidence, sum(question.min_files for question in task.questions)),
        *_key_problems(_("criterion"), "rubric.criteria", [criterion.key for criterion in task.rubric.criteria]),
        *rubric,
        *_life_problems(task),
    ]


def missing_in(task: Task, *, due: datetime | None) -> list[str]:
    """Return what keeps learners from working on the task, or makes a rule of it idle, in the active language.

    Args:
        task: what the author wrote.
        due: when work is due, if at all.
    """
    found = [problem.message for problem in task_problems(task)]
    text = plain_text(task.instructions)
    if text in ("", plain_text(new_task().instructions)):
        found.append(_("The task has no text yet: say what learners do in the own firm, and what comes out of it."))
    if not due and (not task.late.accept or task.late.percent_per_day):
        found.append(_("There are rules for late work, but no date from which work is late."))
    return found


def new_task() -> Task:
    """Return the task of a block that an author has just added: usable as it is, and easy to change."""
    steps = (_("missing"), _("a beginning"), _("complete and clear"), _("complete, with numbers or a tested change"))
    levels = tuple(RubricLevel(points=Decimal(points), text=text) for points, text in enumerate(steps))
    return Task(
        title=_("Workplace assignment"),
        purpose="",
        instructions=f"<p>{_('Write here what the learner does in the own firm, and what comes out of it.')}</p>",
        questions=(TaskQuestion(key="result", title=_("What did you do, and what came out?")),),
        evidence=EvidenceRules(),
        rubric=Rubric(
            criteria=(
                Criterion(key="work", title=_("Work in the firm"), levels=levels),
                Criterion(key="finding", title=_("Finding"), levels=levels),
            )
        ),
        statement=True,
    )


def _key_problems(what: str, place: str, keys: Sequence[str]) -> Iterator[Problem]:
    for number, key in enumerate(keys):
        if not _KEY.fullmatch(key):
            message = _('The key "%(key)s" of a %(what)s may hold small letters, digits, - and _ only.')
            yield Problem(f"{place}.{number}.title", message % {"key": key, "what": what})
        if key in keys[:number]:
            message = _('The key "%(key)s" of a %(what)s is used twice.')
            yield Problem(f"{place}.{number}.title", message % {"key": key, "what": what})


def _text_problems(task: Task) -> Iterator[Problem]:
    if not task.title.strip():
        yield Problem("title", _("The assignment needs a title."))
    if len(task.title) > 255:
        yield Problem("title", _("The title is longer than 255 characters."))
    if not 0 <= task.hours <= 999:
        yield Problem("hours", _("Planned hours must lie between 0 and 999."))
    if not 0 < task.weight <= _MOST:
        yield Problem("weight", _("The weight must be a number above 0."))
    if not task.questions:
        yield Problem("questions", _("Ask at least one question."))


def _question_problems(questions: Iterable[TaskQuestion]) -> Iterator[Problem]:
    for number, question in enumerate(questions):
        place, name = f"questions.{number}", {"title": question.title}
        if not question.title.strip():
            yield Problem(f"{place}.title", _("Every question needs a text."))
        if question.min_words < 0 or question.max_words < 0:
            yield Problem(f"{place}.min_words", _('"%(title)s": word limits cannot be negative.') % name)
        if question.min_files < 0:
            message = _('"%(title)s": the number of pieces of evidence cannot be negative.')
            yield Problem(f"{place}.min_files", message % name)
        if question.max_words and question.max_words < question.min_words:
            message = _('"%(title)s": the largest number of words is smaller than the smallest.')
            yield Problem(f"{place}.max_words", message % name)


def _evidence_problems(rules: EvidenceRules, asked: int) -> Iterator[Problem]:
    for kind in rules.kinds:
        if kind not in KINDS:
            message = _('Unknown kind of file "%(kind)s"; known are %(known)s.')
            yield Problem("evidence.kinds", message % {"kind": kind, "known": ", ".join(KINDS)})
    if rules.required and not (rules.kinds and rules.max_files):
        yield Problem("evidence.required", _("Evidence is required, but no file is allowed."))
    if asked > (rules.max_files if rules.kinds else 0):
        yield Problem("evidence.max_files", _("The questions ask for more pieces of evidence than may be added."))
    if not 0 <= rules.max_files <= 50:
        yield Problem("evidence.max_files", _("The number of files must lie between 0 and 50."))
    if rules.max_files and not 0 < rules.max_file_bytes <= rules.max_total_bytes:
        yield Problem(
            "evidence.max_file_bytes", _("One file may not be larger than all files together, and not empty.")
        )


def _life_problems(task: Task) -> Iterator[Problem]:
    late, mentor = task.late, task.mentor
    if task.gate and not re.fullmatch("[0-8]", task.gate):
        yield Problem("gate", _("A gate is a number from 0 to 8."))
    if task.gate and mentor.need is MentorNeed.NONE:
        yield Problem("gate", _("The mentor's word cannot decide a gate where no mentor is asked."))
    if not 0 <= task.attempts <= 50:
        yield Problem("attempts", _("The number of rounds must lie between 0 (any number) and 50."))
    if not 0 <= late.grace_hours <= 720:
        yield Problem("late.grace_hours", _("The hours of grace must lie between 0 and 720, which is 30 days."))
    percent = _("What a late hand-in loses must lie between 0 and 100 percent.")
    if not 0 <= late.percent_per_day <= 100:
        yield Problem("late.percent_per_day", percent)
    if not 0 <= late.max_percent <= 100:
        yield Problem("late.max_percent", percent)
    for number, check in enumerate(mentor.checks):
        if not check.strip():
            message = _("What the mentor checks cannot be empty; take the line away instead.")
            yield Problem(f"mentor.checks.{number}", message)
    if mentor.need is MentorNeed.NONE and task.complete_on is CompleteOn.SIGN_OFF:
        message = _("The block cannot be done with the mentor's word where no mentor is asked.")
        yield Problem("complete_on", message)
