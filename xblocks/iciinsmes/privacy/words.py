"""Words for what is kept and for what the trail says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iciinsmes.assignments.data import Verb
from iciinsmes.platform import Role

#: What a room keeps; read by the person and by coordinators.
ROOM_WORDS = {
    "assignments": gettext_lazy("Assignments: drafts, what was handed in, results and feedback."),
    "review": gettext_lazy("Assessments written of other people's work."),
    "gallery": gettext_lazy("What of your work is or was shown in the gallery of the course."),
    "mentors": gettext_lazy("When mentors were asked, and what they answered."),
    "exercises": gettext_lazy("Customer data brought along, results computed from them, and answers to exercises."),
    "canvases": gettext_lazy("Canvases: their cards and versions, and cards changed on those of colleagues."),
    "evidence": gettext_lazy("The list of the uploaded files, and links, notes and tables of drafts."),
    "notices": gettext_lazy("What the inbox and mails told, and when mails are wanted."),
    "companies": gettext_lazy("Firms belonged to, firms coached, and when tables were imported."),
    "trail": gettext_lazy("The trail: what was seen and changed, by this person or about this person."),
}

#: Verbs of the trail.
VERBS = {
    "canvas_read": gettext_lazy("read a canvas"),
    "canvas_removed": gettext_lazy("removed a canvas"),
    "code_made": gettext_lazy("made a join code"),
    "code_renewed": gettext_lazy("replaced the join code"),
    "code_shown": gettext_lazy("saw the join code"),
    "code_used": gettext_lazy("used the join code"),
    "coach_assigned": gettext_lazy("assigned a coach"),
    "coach_removed": gettext_lazy("removed a coach"),
    "data_erased": gettext_lazy("erased personal data"),
    "data_exported": gettext_lazy("downloaded personal data"),
    "data_read": gettext_lazy("read customer data"),
    "data_removed": gettext_lazy("removed customer data"),
    "exercise_done": gettext_lazy("finished an exercise"),
    "file_opened": gettext_lazy("opened a file"),
    "firm_edited": gettext_lazy("changed a firm"),
    "firm_joined": gettext_lazy("joined a firm"),
    "firm_left": gettext_lazy("left a firm"),
    "firm_merged": gettext_lazy("merged a firm into this one"),
    "firm_registered": gettext_lazy("registered a firm"),
    "firms_imported": gettext_lazy("imported firms and members"),
    "result_read": gettext_lazy("read the result of an exercise"),
    "trail_exported": gettext_lazy("downloaded this trail"),
    "work_opened": gettext_lazy("opened the work"),
    Verb.HANDED_IN.value: gettext_lazy("handed in"),
    Verb.WITHDRAWN.value: gettext_lazy("took the round back"),
    Verb.OPENED.value: gettext_lazy("opened the round for the first time"),
    Verb.MENTOR_ASKED.value: gettext_lazy("asked a mentor"),
    Verb.MENTOR_REMINDED.value: gettext_lazy("reminded the mentor"),
    Verb.LINK_OPENED.value: gettext_lazy("opened the mentor's link"),
    Verb.LINK_REVOKED.value: gettext_lazy("made the mentor's link invalid"),
    Verb.COACH_ASKED.value: gettext_lazy("asked the coach"),
    Verb.CONFIRMED.value: gettext_lazy("confirmed the work"),
    Verb.SENT_BACK.value: gettext_lazy("sent the work back"),
    Verb.PASSED.value: gettext_lazy("released the result: passed"),
    Verb.REVISE.value: gettext_lazy("released the result: another round"),
    Verb.REOPENED.value: gettext_lazy("gave another round"),
}

#: Why a coordinator erases; the first column is what the trail keeps.
REASONS = {
    "asked": gettext_lazy("The person has asked for it"),
    "left": gettext_lazy("The person has left the course"),
    "mistake": gettext_lazy("The data are here by mistake"),
}
_ALL_REASONS = {
    **REASONS,
    "command": gettext_lazy("by the administrator"),
    "retired": gettext_lazy("the account was removed"),
}

_KINDS = {
    "attempt": gettext_lazy("Exercise"),
    "block": gettext_lazy("Task"),
    "canvas": gettext_lazy("Canvas"),
    "company": gettext_lazy("Firm"),
    "data": gettext_lazy("Customer data"),
    "file": gettext_lazy("File"),
    "import": gettext_lazy("Import"),
    "privacy": gettext_lazy("Personal data"),
    "result": gettext_lazy("Result"),
    "round": gettext_lazy("Round"),
    "trail": gettext_lazy("Trail"),
    "work": gettext_lazy("Work"),
}

_ROLES = {
    Role.LEARNER.value: gettext_lazy("Learner"),
    Role.TEACHER.value: gettext_lazy("Teacher"),
    Role.COORDINATOR.value: gettext_lazy("Coordinator"),
}


_of_host: dict[str, Promise] = {}
_kinds_of_host: dict[str, Promise] = {}


def register_words(*, verbs: Mapping[str, Promise], kinds: Mapping[str, Promise]) -> None:
    """Give words to what a host records in the trail; called while it starts.

    Args:
        verbs: what was done, by verb.
        kinds: what it was done to, by the first part of the subject.
    """
    _of_host.update(verbs)
    _kinds_of_host.update(kinds)


def all_verbs() -> dict[str, Promise]:
    """Return the verbs of the add-on and of its host with their words."""
    return {**VERBS, **_of_host}


def verb_words(verb: str) -> str:
    """Return what was done."""
    return str(all_verbs().get(verb, verb))


def thing_words(subject: str, firms: Mapping[int, str]) -> str:
    """Return what it was done to: firms by name, other things by kind, because their keys tell a reader nothing."""
    kind, _colon, key = subject.partition(":")
    if kind == "company" and key.isdigit() and int(key) in firms:
        return firms[int(key)]
    return str({**_KINDS, **_kinds_of_host}.get(kind, subject))


def detail_words(detail: Mapping[str, Any]) -> str:
    """Return what else the line says; keys without words here are for programs."""
    words = []
    if "title" in detail:
        words.append(str(detail["title"]))
    if "attempt" in detail:
        words.append(_("attempt %(number)s") % {"number": detail["attempt"]})
    if "round" in detail:
        words.append(_("round %(number)s") % {"number": detail["round"]})
    if detail.get("note"):
        words.append(str(detail["note"]))
    if "reason" in detail:
        words.append(str(_ALL_REASONS.get(detail["reason"], detail["reason"])))
    words += [str(_ROLES.get(detail[name], detail[name])) for name in ("was", "role") if name in detail]
    if "firms" in detail and "joined" in detail:
        words.append(_("firms: %(firms)s, members: %(joined)s") % detail)
    return (" → " if "was" in detail else ", ").join(words)
