"""What makes a task a good one, whether it comes from OLX or from the editor; and the task a new block starts with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from iciinsmes.evidence.data import EvidenceRules
from iciinsmes.evidence.kinds import KINDS
from iciinsmes.review.data import Criterion, Level, Rubric

from .data import CompleteOn, MentorNeed, Question, Task

_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
#: The largest weight, size limit or number of points that makes sense anywhere.
_MOST = Decimal(100_000)


def task_problems(task: Task) -> list[str]:
    """Return what an author must mend before learners see the task, in the active language; empty if all is well."""
    return [
        *_key_problems(_("question"), [question.key for question in task.questions]),
        *_key_problems(_("criterion"), [criterion.key for criterion in task.rubric.criteria]),
        *_text_problems(task),
        *_question_problems(task.questions),
        *_evidence_problems(task.evidence, sum(question.min_files for question in task.questions)),
        *_rubric_problems(task.rubric),
        *_life_problems(task),
    ]


def new_task() -> Task:
    """Return the task of a block that an author has just added: usable as it is, and easy to change."""
    steps = (_("missing"), _("a beginning"), _("complete and clear"), _("complete, with numbers or a tested change"))
    levels = tuple(Level(points=Decimal(points), text=text) for points, text in enumerate(steps))
    return Task(
        title=_("Workplace assignment"),
        purpose="",
        instructions=f"<p>{_('Write here what the learner does in the own firm, and what comes out of it.')}</p>",
        questions=(Question(key="result", title=_("What did you do, and what came out?")),),
        evidence=EvidenceRules(),
        rubric=Rubric(
            criteria=(
                Criterion(key="work", title=_("Work in the firm"), levels=levels),
                Criterion(key="finding", title=_("Finding"), levels=levels),
            )
        ),
        statement=True,
    )


def _key_problems(what: str, keys: Iterable[str]) -> Iterator[str]:
    for key, times in Counter(keys).items():
        if not _KEY.fullmatch(key):
            yield _('The key "%(key)s" of a %(what)s may hold small letters, digits, - and _ only.') % {
                "key": key,
                "what": what,
            }
        if times > 1:
            yield _('The key "%(key)s" of a %(what)s is used twice.') % {"key": key, "what": what}


def _text_problems(task: Task) -> Iterator[str]:
    if not task.title.strip():
        yield _("The assignment needs a title.")
    if len(task.title) > 255:
        yield _("The title is longer than 255 characters.")
    if not 0 <= task.hours <= 999:
        yield _("Planned hours must lie between 0 and 999.")
    if not 0 < task.weight <= _MOST:
        yield _("The weight must be a number above 0.")
    if not task.questions:
        yield _("Ask at least one question.")


def _question_problems(questions: Iterable[Question]) -> Iterator[str]:
    for question in questions:
        if not question.title.strip():
            yield _("Every question needs a text.")
        if question.min_words < 0 or question.max_words < 0:
            yield _('"%(title)s": word limits cannot be negative.') % {"title": question.title}
        if question.min_files < 0:
            yield _('"%(title)s": the number of pieces of evidence cannot be negative.') % {"title": question.title}
        if question.max_words and question.max_words < question.min_words:
            yield _('"%(title)s": the largest number of words is smaller than the smallest.') % {
                "title": question.title
            }


def _evidence_problems(rules: EvidenceRules, asked: int) -> Iterator[str]:
    for kind in rules.kinds:
        if kind not in KINDS:
            yield _('Unknown kind of file "%(kind)s"; known are %(known)s.') % {
                "kind": kind,
                "known": ", ".join(KINDS),
            }
    if rules.required and not (rules.kinds and rules.max_files):
        yield _("Evidence is required, but no file is allowed.")
    if asked > (rules.max_files if rules.kinds else 0):
        yield _("The questions ask for more pieces of evidence than may be added.")
    if not 0 <= rules.max_files <= 50:
        yield _("The number of files must lie between 0 and 50.")
    if rules.max_files and not 0 < rules.max_file_bytes <= rules.max_total_bytes:
        yield _("One file may not be larger than all files together, and not empty.")


def _life_problems(task: Task) -> Iterator[str]:
    late, mentor = task.late, task.mentor
    if not 0 <= task.attempts <= 50:
        yield _("The number of rounds must lie between 0 (any number) and 50.")
    if not 0 <= late.grace_hours <= 720:
        yield _("The days of grace must lie between 0 and 30.")
    if not 0 <= late.percent_per_day <= 100 or not 0 <= late.max_percent <= 100:
        yield _("What a late hand-in loses must lie between 0 and 100 percent.")
    if any(not check.strip() for check in mentor.checks):
        yield _("What the mentor checks cannot be empty; take the line away instead.")
    if mentor.need is MentorNeed.NONE and task.complete_on is CompleteOn.SIGN_OFF:
        yield _("The block cannot be done with the mentor's word where no mentor is asked.")


def _rubric_problems(rubric: Rubric) -> Iterator[str]:
    if not rubric.criteria:
        yield _("The rubric needs at least one criterion.")
    if rubric.exceptions < 0:
        yield _("The number of exceptions cannot be negative.")
    for criterion in rubric.criteria:
        points = [level.points for level in criterion.levels]
        if not criterion.title.strip():
            yield _("Every criterion needs a title.")
        if len(points) < 2 or points != sorted(set(points)):
            yield _('"%(title)s" needs two or more levels with rising points.') % {"title": criterion.title}
        elif points[0] < 0 or not rubric.pass_points <= points[-1] <= _MOST or points[-1] <= 0:
            yield _('"%(title)s": points start at 0 or more, and the highest level must be enough to pass.') % {
                "title": criterion.title
            }
