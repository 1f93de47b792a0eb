"""The reports there are, in the order of their list."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from .by_criterion import by_criterion
from .certificates import certificates
from .data import ReportKind
from .not_begun import not_begun
from .response_times import response_times
from .standing import standing
from .support_use import support_use
from .triggers import triggers
from .worked_hours import worked_hours

REPORTS: Mapping[str, ReportKind] = {
    "standing": ReportKind(
        _("Where everybody stands"),
        _("Each learner with each assignment and gate, and how long the oldest has waited for staff."),
        standing,
    ),
    "not-begun": ReportKind(
        _("Who has not begun"),
        _("Learners who have written nothing for an assignment yet, with the date that counts for each."),
        not_begun,
    ),
    "response-times": ReportKind(
        _("How long answers took"),
        _("Working days from handing in to the result."),
        response_times,
    ),
    "criteria": ReportKind(
        _("Points by criterion"),
        _("How often which points were given, in each learner's newest result."),
        by_criterion,
    ),
    "hours": ReportKind(
        _("Hours at work"),
        _("What learners logged, and how much of it a mentor has confirmed."),
        worked_hours,
    ),
    "support": ReportKind(
        _("Which offers help"),
        _("How often learners have contacted which offer of the directory of support, and what came of it."),
        support_use,
    ),
    "certificates": ReportKind(
        _("Certificates"),
        _("How many have done everything that is kept here, by firm, country and language."),
        certificates,
    ),
    "triggers": ReportKind(
        _("What made firms begin"),
        _("The triggers of the development projects, and how many firms began of their own accord."),
        triggers,
    ),
}
