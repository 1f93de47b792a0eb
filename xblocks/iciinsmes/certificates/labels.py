"""The words of certificates: what is asked for, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from iciinsmes.projects.api import gate_name
from iciinsmes.toolbox.api import find_instrument, reader_language
from iciinsmes.toolbox.data import show

from . import rules
from .course_types import type_of
from .data import CertificateCriterion, CertificateStandingData, Criteria, Gap, JudgedCriterion, Missing

TITLES: Mapping[CertificateCriterion, Promise] = {
    CertificateCriterion.SESSIONS: gettext_lazy("Sessions"),
    CertificateCriterion.TOOLS: gettext_lazy("Core tools"),
    CertificateCriterion.ASSIGNMENTS: gettext_lazy("Assignments"),
    CertificateCriterion.GATE: gettext_lazy("Project"),
    CertificateCriterion.SELF_CHECK: gettext_lazy("Self-check before and after"),
    CertificateCriterion.REPORT: gettext_lazy("Project report"),
    CertificateCriterion.TALK: gettext_lazy("Exam talk"),
    CertificateCriterion.UNIT_TAUGHT: gettext_lazy("A unit taught"),
    CertificateCriterion.FIRM_COACHED: gettext_lazy("A firm coached"),
    CertificateCriterion.AGREEMENT: gettext_lazy("Grading in agreement"),
}

#: Heads of narrow columns.
SHORT: Mapping[CertificateCriterion, Promise] = {
    **TITLES,
    CertificateCriterion.TOOLS: pgettext_lazy("head of a column", "Tools"),
    CertificateCriterion.SELF_CHECK: gettext_lazy("Self-check"),
    CertificateCriterion.REPORT: pgettext_lazy("head of a column", "Report"),
    CertificateCriterion.TALK: pgettext_lazy("head of a column", "Talk"),
    CertificateCriterion.UNIT_TAUGHT: pgettext_lazy("head of a column", "Unit"),
    CertificateCriterion.FIRM_COACHED: pgettext_lazy("head of a column", "Firm"),
    CertificateCriterion.AGREEMENT: pgettext_lazy("head of a column", "Grading"),
}


def met_words(criteria: Criteria, standing: CertificateStandingData) -> tuple[str, ...]:
    """Return what a learner has met, a sentence for each criterion; a course may have nothing for one of them."""
    return tuple(_ASKED[judged.criterion](criteria) for judged in standing.judged if judged.is_met)


def tool_name(codes: str) -> str:
    """Return the names of tools of which one is enough; ``codes`` are separated by spaces."""
    titles = (show(find_instrument(name=code).title, reader_language()) for code in codes.split())
    return _(" or ").join(titles)


def gap_words(gap: Gap) -> str:
    """Return what is missing, as a sentence that says what to do."""
    return _MISSING[gap.missing](gap)


def count_words(judged: JudgedCriterion) -> str:
    """Return how far it is, such as "3 of 4"; empty where there is only yes or no."""
    if judged.need <= 1:
        return ""
    return _("%(have)s of %(need)s") % {"have": judged.have, "need": judged.need}


def _tools_asked(criteria: Criteria) -> str:
    places = rules.places(type_of(criteria.kind), criteria)
    own = min(criteria.thresholds.own_data, len(places))
    names = ", ".join(tool_name(" ".join(codes)) for codes in places)
    if not own:
        return _("Core tools used: %(tools)s") % {"tools": names}
    return _("Core tools used, %(own)s of %(all)s with own data: %(tools)s") % {
        "own": own,
        "all": len(places),
        "tools": names,
    }


def _gates_asked(criteria: Criteria) -> str:
    gates = _(" or ").join(gate_name(gate) for gate in type_of(criteria.kind).gates)
    return _("The firm's project through gate %(gates)s, or stopped with a reason") % {"gates": gates}


def _sessions_asked(criteria: Criteria) -> str:
    return _("At least %(percent)s %% of the sessions attended or made up for") % {
        "percent": criteria.thresholds.sessions_percent
    }


def _checks_asked(criteria: Criteria) -> str:
    count = criteria.thresholds.self_checks
    return ngettext("%(count)s self-check of the firm", "%(count)s self-checks of the firm", count) % {"count": count}


_ASKED: Mapping[CertificateCriterion, Callable[[Criteria], str]] = {
    CertificateCriterion.SESSIONS: _sessions_asked,
    CertificateCriterion.TOOLS: _tools_asked,
    CertificateCriterion.ASSIGNMENTS: lambda _criteria: _("All assignments at work passed and confirmed by a mentor"),
    CertificateCriterion.GATE: _gates_asked,
    CertificateCriterion.SELF_CHECK: _checks_asked,
    CertificateCriterion.REPORT: lambda _criteria: _("The report on the project graded and passed"),
    CertificateCriterion.TALK: lambda _criteria: _("A talk at the end"),
    CertificateCriterion.UNIT_TAUGHT: lambda _criteria: _("One unit taught"),
    CertificateCriterion.FIRM_COACHED: lambda _criteria: _("One firm coached"),
    CertificateCriterion.AGREEMENT: lambda _criteria: _("Grading that agrees with the standard"),
}


def _sessions_missing(gap: Gap) -> str:
    count = int(gap.what)
    return ngettext(
        "%(count)s more session. If you were ill, ask your teacher how to make up for one.",
        "%(count)s more sessions. If you were ill, ask your teacher how to make up for one.",
        count,
    ) % {"count": count}


def _own_data_missing(gap: Gap) -> str:
    count = int(gap.what)
    return ngettext(
        "Use %(count)s of the tools once more, with data of your firm.",
        "Use %(count)s of the tools once more, with data of your firm.",
        count,
    ) % {"count": count}


def _check_missing(gap: Gap) -> str:
    if int(gap.what) == 1:
        return _("Do the self-check once more, to see what has changed.")
    return _("Do the self-check, and once more at the end.")


_MISSING: Mapping[Missing, Callable[[Gap], str]] = {
    Missing.SESSIONS: _sessions_missing,
    Missing.NO_SESSIONS: lambda _gap: _("No sessions are listed yet. Your teacher does that."),
    Missing.TOOL: lambda gap: _("Do the exercise: %(tool)s") % {"tool": tool_name(gap.what)},
    Missing.OWN_DATA: _own_data_missing,
    Missing.TASK: lambda gap: _("Still to pass: %(title)s") % {"title": gap.title},
    Missing.NO_TASKS: lambda _gap: _("There are no assignments yet."),
    Missing.GATE: lambda gap: _("Bring your project through gate %(gate)s.") % {"gate": gate_name(int(gap.what))},
    Missing.NO_PROJECT: lambda _gap: _("Begin the project of your firm."),
    Missing.SELF_CHECK: _check_missing,
    Missing.TALK: lambda _gap: _("Your coach or teacher invites you to the exam talk and writes it down."),
    Missing.TALK_AGAIN: lambda _gap: _("There will be another exam talk. Ask your coach when."),
    Missing.WORD: lambda _gap: _("Your teacher ticks this when you have shown it."),
}
