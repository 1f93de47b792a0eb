"""Every address of the site, opened by everybody who must not be confused with each other.

An address without a rule here fails the first test: whoever adds one says who may open it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from iciinsmes.assignments.models import Work
from tests.campus.everybody import CHECK, CYCLE, HTML, OTHER, PROBLEM, SME1, T02, UNIT, VISITORS, W01, World, visit
from tests.campus.rows import everything
from tests.campus.strict import cached, may_be_kept, weaknesses

#: Sent to sign in, and back afterwards.
LOGIN = "login"
REFUSED = (LOGIN, 401, 403, 404, 405)
_THREE = ("anonymous", "learner", "coordinator")
_OTHER_METHODS = ("put", "patch", "delete", "options")

Expected = int | str | Collection[int | str]


@dataclass(frozen=True)
class Rule:
    """Who gets which answer from one address, in the order of `VISITORS`."""

    name: str
    arguments: Callable[[World], list[object]]
    get: tuple[Expected, ...]
    post: tuple[Expected, ...]
    data: dict[str, object] = field(default_factory=dict)
    query: str = ""
    label: str = ""
    #: The address itself is the secret; mail programs post to it from elsewhere.
    is_key: bool = False

    def __str__(self) -> str:
        return self.name + self.label


def all_of(answer: Expected) -> tuple[Expected, ...]:
    return (answer,) * len(VISITORS)


def signed_in(answer: Expected, anonymous: Expected = LOGIN) -> tuple[Expected, ...]:
    return (anonymous, *(answer,) * 7)


def members(answer: Expected, others: Expected, anonymous: Expected = LOGIN) -> tuple[Expected, ...]:
    return (anonymous, *(others,) * 3, *(answer,) * 4)


def learners(answer: Expected, anonymous: Expected = LOGIN, peer: Expected | None = None) -> tuple[Expected, ...]:
    return (anonymous, 404, 404, 404, answer if peer is None else peer, answer, 404, 404)


def staff(answer: Expected, strangers: Expected = 404) -> tuple[Expected, ...]:
    return (LOGIN, *(strangers,) * 3, 404, 404, answer, answer)


def coordinators(answer: Expected) -> tuple[Expected, ...]:
    return (LOGIN, 403, 403, 403, 404, 404, 404, answer)


def coordinates(answer: Expected) -> tuple[Expected, ...]:
    """Return the rule of the add-on's pages, which do not tell strangers that there is a course."""
    return (LOGIN, *(404,) * 6, answer)


def uploaders(answer: Expected) -> tuple[Expected, ...]:
    """Return the rule of what the script of an upload sends at the desk, which cannot follow a way to the sign-in."""
    return (401, *(404,) * 5, answer, answer)


def talkers(answer: Expected) -> tuple[Expected, ...]:
    """Return the rule of the learner's thread: the learner and who teaches there."""
    return (LOGIN, 404, 404, 404, 404, answer, answer, answer)


NOBODY = all_of(REFUSED)


def rule(
    name: str, *arguments: object, get: tuple[Expected, ...] = NOBODY, post: tuple[Expected, ...] = NOBODY, **more: Any
) -> Rule:
    """Make a rule; an argument given as text names a field of `World` if there is one."""

    def resolve(world: World) -> list[object]:
        return [getattr(world, item) if isinstance(item, str) and hasattr(world, item) else item for item in arguments]

    return Rule(name, resolve, get, post, **more)


def user_rule(name: str, post: tuple[Expected, ...], **more: Any) -> Rule:
    return Rule(name, lambda world: [SME1, world.people["peer"].pk], NOBODY, post, **more)


def person_rule(name: str, who: str, **more: Any) -> Rule:
    more = {"get": NOBODY, "post": NOBODY, **more}
    return Rule(name, lambda world: [SME1, world.people[who].pk], **more)


def certificate_rule(name: str, **more: Any) -> Rule:
    """Make a rule of an address of the learner's certificate, as its staff have it."""
    more = {"get": NOBODY, **more}
    return Rule(f"iciinsmes:{name}", lambda world: [SME1, world.people["learner"].pk, world.certificate_id], **more)


def project_rule(name: str, *parts: str, of: Any = SME1, **more: Any) -> Rule:
    """Make a rule of an address of the learner's firm's project; a part names a field of it, or is itself."""
    more = {"get": NOBODY, "post": NOBODY, **more}
    return Rule(
        f"iciinsmes:{name}",
        lambda world: [of, world.project.id, *(getattr(world.project, part, part) for part in parts)],
        **more,
    )


def thread_rule(name: str, *parts: object, **more: Any) -> Rule:
    """Make a rule of an address of the thread about the learner's work."""
    more = {"get": NOBODY, "post": NOBODY, **more}

    def resolve(world: World) -> list[object]:
        work = Work.objects.get(owner=world.people["learner"], assignment__usage_key=W01)
        return ["work", work.subject, *parts]

    return Rule(f"iciinsmes:{name}", resolve, **more)


def project_readers(answer: Expected) -> tuple[Expected, ...]:
    return (LOGIN, 404, 404, 404, 404, answer, answer, answer)


TEXT = {"title": "x", "source": "x"}
#: A pasted table as the page sends it.
LINES = {"kind": "table", "text": "a;b"}
SCORES = {"pasted": "score\n9\n8"}
FILE = {"name": "a.csv", "size": "3", "sha256": hashlib.sha256(b"a,b").hexdigest()}

REMARK = {"place": "answer", "target": "channels", "text": "Which ones?"}

FIRM = {"name": "Nord", "country": "DE", "size_class": "2-9"}

TALK = {"held_on": "2026-10-01", "about": "The drivers."}

CANVAS = {"instrument": "value-proposition-canvas", "title": "Ours"}
CANVAS_READERS = (LOGIN, 404, 404, 404, 404, 200, 200, 200)

RULES = (
    # Blocks and files of courses
    rule(
        "courseware:handler",
        W01,
        "edit",
        "studio_submit",
        get=(401, *(403,) * 5, 405, 405),
        post=(401, *(403,) * 5, 400, 400),
    ),
    rule(
        "courseware:handler",
        W01,
        "learn",
        "student_view_user_state",
        get=(401, *(403,) * 3, 200, 200, 404, 404),
        post=(401, *(403,) * 3, 200, 200, 404, 404),
        label=" of a learner's state",
    ),
    rule(
        "courseware:handler",
        W01,
        "edit",
        "preset",
        get=(401, *(403,) * 5, 405, 405),
        post=(401, *(403,) * 5, 400, 400),
        label=" of presets",
    ),
    rule("courseware:handler", W01, "not-a-signature", "studio_submit", label=" of nobody"),
    rule(
        "courses/xblock/<usage_key:usage_key>/<slug:kind>/<str:name>/<path:suffix>",
        PROBLEM,
        "learn",
        "xmodule_handler",
        "problem_get",
        get=members(200, others=403, anonymous=401),
        post=members(200, others=403, anonymous=401),
    ),
    rule(
        "courses/xblock/<usage_key:usage_key>/<slug:kind>/<str:name>/<path:suffix>",
        PROBLEM,
        "edit",
        "xmodule_handler",
        "problem_get",
        get=(401, *(403,) * 5, 200, 200),
        post=(401, *(403,) * 5, 200, 200),
        label=" of authors",
    ),
    rule("courseware:resource", "problem", "public/no-such-file.css"),
    rule("courseware:static", SME1, "course-image.svg", get=members(200, others=404)),
    rule("courseware:static", SME1, "../course.xml", get=signed_in(404), label=" outside"),
    rule("courseware:seen", SME1, UNIT, post=members(204, others=404)),
    # A learner's work
    rule("iciinsmes:work", W01, get=learners(200)),
    rule("iciinsmes:work-print", W01, get=learners(200)),
    rule("iciinsmes:work-colleagues", W01, get=learners(200)),
    # The task of these tests names no source.
    rule("iciinsmes:work-source", W01, "channels", get=all_of((LOGIN, 404))),
    rule("iciinsmes:work-mentor", W01, post=learners(200)),
    rule("iciinsmes:work-mentor-paper", W01, get=all_of((LOGIN, 404))),
    rule("iciinsmes:work-draft", W01, post=learners(200), data={"revision": "0", "answer-channels": "x"}),
    rule("iciinsmes:work-withdraw", W01, "round_id", post=learners(200)),
    rule("iciinsmes:work-hand-in", W01, post=learners((409, 422)), data={"revision": "0"}),
    rule("iciinsmes:work-upload-begin", W01, post=learners(201, anonymous=401), data=FILE),
    rule(
        "iciinsmes:work-upload-chunk",
        W01,
        "upload_id",
        post=learners((409, 413), anonymous=401, peer=404),
        query="?offset=0",
    ),
    rule("iciinsmes:work-upload-finish", W01, "upload_id", post=learners((409, 422), anonymous=401, peer=404)),
    rule("iciinsmes:work-upload-cancel", W01, "upload_id", post=learners(200, anonymous=401, peer=(200, 404))),
    rule("iciinsmes:work-evidence-remove", W01, "evidence_id", post=learners(200, anonymous=401, peer=404)),
    rule(
        "iciinsmes:work-evidence-describe",
        W01,
        "evidence_id",
        post=learners(200, anonymous=401, peer=404),
        data={"description": "x"},
    ),
    rule("iciinsmes:work-results", W01, get=learners(200, anonymous=401)),
    # The task of this world takes no results.
    rule("iciinsmes:work-result", W01, post=learners((404, 422), anonymous=401), data={"result": "x"}),
    rule("iciinsmes:work-result-offers", SME1, "result_id", get=learners(200, peer=404), post=learners(404)),
    rule("iciinsmes:work-item-add", W01, post=learners(201, anonymous=401), data=LINES),
    rule("iciinsmes:work-item-preview", W01, post=learners(200, anonymous=401), data=LINES),
    rule("iciinsmes:work-item-fields", W01, "item_id", get=learners(200, anonymous=401, peer=404)),
    rule(
        "iciinsmes:work-item-change",
        W01,
        "item_id",
        post=learners(200, anonymous=401, peer=404),
        data={**LINES, "revision": "1"},
    ),
    rule("iciinsmes:work-item-remove", W01, "item_id", post=learners(200, anonymous=401, peer=404)),
    rule("iciinsmes:evidence-reading", "evidence_id", get=(LOGIN, 404, 404, 404, 404, 200, 200, 200)),
    rule("iciinsmes:evidence-page", "evidence_id", 1, get=(LOGIN, 404, 404, 404, 404, 404, 404, 404)),
    rule("iciinsmes:evidence-file", "evidence_id", "a.csv", get=(LOGIN, 404, 404, 404, 404, 200, 200, 200)),
    # A learner's exercise with a tool
    rule("iciinsmes:exercise", T02, get=learners(200)),
    rule("iciinsmes:exercise-look", T02, post=learners(200), data=SCORES),
    rule("iciinsmes:exercise-grid", T02, post=learners(200)),
    rule("iciinsmes:exercise-keep", T02, post=learners(200), data=SCORES),
    rule("iciinsmes:exercise-canvas", T02, post=learners(409)),
    # Its instrument has no canvas.
    rule("iciinsmes:exercise-canvas-new", T02, post=learners(404)),
    rule("iciinsmes:exercise-begin", T02, post=learners(200), data={"demo": "1"}),
    rule("iciinsmes:exercise-answer", T02, "attempt_id", post=learners(200)),
    rule(
        "courseware:handler",
        T02,
        "edit",
        "studio_submit",
        get=(401, *(403,) * 5, 405, 405),
        post=(401, *(403,) * 5, 400, 400),
        label=" of an exercise",
    ),
    rule(
        "courseware:handler",
        T02,
        "learn",
        "student_view_user_state",
        get=(401, *(403,) * 3, 200, 200, 404, 404),
        post=(401, *(403,) * 3, 200, 200, 404, 404),
        label=" of an exercise's state",
    ),
    # Data and results of exercises
    rule("iciinsmes:tool-result", "result_id", get=learners(200, peer=404)),
    rule("iciinsmes:tool-result", "data_set_id", get=signed_in(404), label=" that is none"),
    rule("iciinsmes:tool-result-figures", "result_id", get=learners(200, peer=404)),
    rule("iciinsmes:tool-result-json", "result_id", get=learners(200, peer=404)),
    rule("iciinsmes:tool-result-chart", "result_id", 1, get=learners(200, peer=404)),
    rule("iciinsmes:tool-result-share", "result_id", post=learners(302, peer=404)),
    rule("iciinsmes:tool-result-remove", "result_id", post=learners(302, peer=404)),
    rule("iciinsmes:tool-data", "data_set_id", get=learners(200, peer=404)),
    rule("iciinsmes:exercise-mine", SME1, get=learners(200)),
    rule("iciinsmes:exercise-mine", OTHER, get=(LOGIN, 404, 200, *(404,) * 5), label=" elsewhere"),
    rule("iciinsmes:exercise-mine-data-share", SME1, "data_set_id", post=learners(302, peer=404)),
    rule("iciinsmes:exercise-mine-data-remove", SME1, "data_set_id", post=learners(302, peer=404)),
    rule("iciinsmes:exercise-firm", SME1, get=learners(200)),
    rule("iciinsmes:exercise-attempts", SME1, get=staff(200)),
    rule("iciinsmes:exercise-attempts", OTHER, get=(LOGIN, 404, 404, 200, *(404,) * 4), label=" elsewhere"),
    rule("iciinsmes:exercise-staff", SME1, get=staff(200)),
    rule("iciinsmes:exercise-staff", OTHER, get=(LOGIN, 404, 404, 200, *(404,) * 4), label=" elsewhere"),
    # A learner's own firm
    rule("iciinsmes:company", SME1, get=learners(200)),
    rule("iciinsmes:company", OTHER, get=(LOGIN, 404, 200, 404, 404, 404, 404, 404), label=" elsewhere"),
    rule("iciinsmes:company-register", SME1, get=learners(200), post=learners(302), data=FIRM),
    rule("iciinsmes:company-join", SME1, get=learners(200), post=learners(422)),
    rule(
        "iciinsmes:company-join",
        SME1,
        get=learners(302, peer=200),
        post=learners(302),
        data={"code": "ABCD2345"},
        query="?code=ABCD2345",
        label=" with a code",
    ),
    rule("iciinsmes:company-code", SME1, post=learners(302)),
    rule("iciinsmes:company-leave", SME1, get=learners(200), post=learners(302)),
    # Firms of a course run
    rule("iciinsmes:firms", SME1, get=coordinates(200)),
    rule("iciinsmes:firms", OTHER, get=signed_in(404), label=" elsewhere"),
    rule("iciinsmes:firm", SME1, "company_id", get=coordinates(200), post=coordinates(302), data=FIRM),
    rule("iciinsmes:firm", OTHER, "company_id", get=signed_in(404), post=signed_in(404), label=" by another course"),
    rule("iciinsmes:firm-code", SME1, "company_id", post=coordinates(302)),
    rule("iciinsmes:firm-merge", SME1, "company_id", get=coordinates(200), post=coordinates(200)),
    rule("iciinsmes:firm-coach-add", SME1, "company_id", post=coordinates(422), data={"who": "nobody"}),
    Rule(
        "iciinsmes:firm-coach-remove",
        lambda world: [SME1, world.company_id, world.people["stranger"].pk],
        NOBODY,
        coordinates(302),
    ),
    rule("iciinsmes:firm-import", SME1, get=coordinates(200), post=coordinates(422)),
    rule("iciinsmes:firm-import-preview", SME1, "import_id", get=coordinates(200), post=coordinates(302)),
    rule(
        "iciinsmes:firm-import-preview", OTHER, "import_id", get=signed_in(404), post=signed_in(404), label=" elsewhere"
    ),
    rule("iciinsmes:firm-import-cancel", SME1, "import_id", post=coordinates(302)),
    # The inbox
    rule("iciinsmes:inbox", get=signed_in(200)),
    rule("iciinsmes:inbox-read-all", post=signed_in(302)),
    rule("iciinsmes:inbox-preferences", get=signed_in(200), post=signed_in(302), data={"mails": "daily"}),
    rule("iciinsmes:inbox-open", "notice_id", get=(LOGIN, 404, 404, 404, 404, 302, 404, 404)),
    rule("iciinsmes:inbox-stop", get=all_of(200), post=all_of(422), is_key=True),
    rule("iciinsmes:inbox-stop-one-click", "stop_token", get=all_of(200), post=all_of(200), is_key=True),
    rule("iciinsmes:inbox-stop-one-click", "not-a-signature", get=all_of(404), post=all_of(404), label=" of nobody"),
    # The mentor's page opens to whoever has the secret of its link, and to nobody without; see tests/mentors
    rule("iciinsmes:mentor-door", get=all_of(200), post=all_of(403)),
    rule("iciinsmes:mentor", "request_id", get=all_of(403), post=all_of(403)),
    rule("iciinsmes:mentor-opened", "request_id", post=all_of(403)),
    rule("iciinsmes:mentor-file", "request_id", "evidence_id", get=all_of(403)),
    rule("iciinsmes:mentor-old", "mentor_token", get=all_of(302), post=all_of(200), is_key=True),
    rule("iciinsmes:mentor-old", "changed", get=all_of(404), post=all_of(404), label=" with a changed link"),
    # The desk
    rule("iciinsmes:desk", get=signed_in(200)),
    rule("iciinsmes:desk-queue", SME1, get=staff(200)),
    rule("iciinsmes:desk-all", get=signed_in(200)),
    rule("iciinsmes:desk-filters-all", post=signed_in(302), data={"name": "Late"}),
    rule("iciinsmes:desk-filters", SME1, post=staff(302), data={"name": "Late"}),
    rule("iciinsmes:desk-filter-remove", 1, post=signed_in(302)),
    rule("iciinsmes:desk-people", SME1, get=staff(200)),
    rule("iciinsmes:desk-agreement", SME1, get=staff(200)),
    rule("iciinsmes:sheets", SME1, get=staff(200)),
    rule("iciinsmes:sheets", OTHER, get=(LOGIN, 404, 404, 200, 404, 404, 404, 404), label=" elsewhere"),
    rule("iciinsmes:sheets-table", SME1, get=staff(200), query="?table=results"),
    rule("iciinsmes:sheets-import-begin", SME1, post=staff(422)),
    rule("iciinsmes:sheets-import", SME1, UUID(int=7), get=signed_in(404), post=signed_in(404)),
    rule("iciinsmes:sheets-progress", SME1, UUID(int=7), get=signed_in(404)),
    rule("iciinsmes:sheets-archives", SME1, get=staff(200), post=staff(302)),
    rule("iciinsmes:sheets-archive", SME1, UUID(int=7), 1, get=signed_in(404)),
    rule("iciinsmes:sheets-archive-drop", SME1, UUID(int=7), post=signed_in(404)),
    rule("iciinsmes:desk-allocation", SME1, get=staff(200)),
    rule("iciinsmes:desk-allocate-evenly", SME1, post=staff(302)),
    rule("iciinsmes:desk-allocate-firm", SME1, "company_id", post=staff(302)),
    rule("iciinsmes:desk-allocate-firm", OTHER, "company_id", post=signed_in(404), label=" elsewhere"),
    rule("iciinsmes:desk-releases", SME1, get=staff(200)),
    rule("iciinsmes:desk-let-out", SME1, post=staff(302)),
    rule("iciinsmes:desk-claim", SME1, "round_id", post=staff(302)),
    rule("iciinsmes:desk-claim", OTHER, "round_id", post=signed_in(404), label=" by another course"),
    rule("iciinsmes:desk-allocate", SME1, "round_id", get=staff(200), post=staff(302)),
    rule("iciinsmes:desk-allocate", OTHER, "round_id", get=signed_in(404), post=signed_in(404), label=" elsewhere"),
    rule("iciinsmes:desk-marking", SME1, "round_id", post=staff(302), data={"do": "take_back"}),
    rule("iciinsmes:desk-marking", OTHER, "round_id", post=signed_in(404), label=" by another course"),
    rule("iciinsmes:desk-queue", OTHER, get=(LOGIN, 404, 404, 200, 404, 404, 404, 404), label=" elsewhere"),
    rule("iciinsmes:desk-round", SME1, "round_id", get=staff(200), post=staff((302, 422))),
    rule("iciinsmes:desk-round", OTHER, "round_id", get=signed_in(404), label=" by another course"),
    rule("iciinsmes:desk-draft", SME1, "round_id", post=staff((200, 422))),
    rule("iciinsmes:desk-reopen", SME1, "round_id", post=staff((302, 422)), data={"reason": "A mistake."}),
    # Certificates
    rule("iciinsmes:certificate", SME1, get=learners(200)),
    rule("iciinsmes:certificate", OTHER, get=(LOGIN, 404, 200, *(404,) * 5), label=" elsewhere"),
    rule("iciinsmes:certificate-check", "certificate_code", get=all_of(200), is_key=True),
    rule("iciinsmes:certificate-check", "no-such-code", get=all_of(404), label=" of none"),
    rule("iciinsmes:certificate-sheet", "certificate_id", get=project_readers(200)),
    rule("iciinsmes:certificate-file", "certificate_id", get=project_readers(200)),
    rule("iciinsmes:certificate-name", "certificate_id", post=learners(302, peer=404), data={"shown": "1"}),
    rule("iciinsmes:certificates", SME1, get=staff(200)),
    rule("iciinsmes:certificates", OTHER, get=(LOGIN, 404, 404, 200, *(404,) * 4), label=" elsewhere"),
    rule("iciinsmes:certificate-criteria", SME1, get=coordinates(200), post=coordinates(422)),
    rule("iciinsmes:certificate-criteria", OTHER, get=signed_in(404), post=signed_in(404), label=" elsewhere"),
    person_rule("iciinsmes:certificate-learner", "learner", get=staff(200)),
    person_rule("iciinsmes:certificate-learner", "stranger", get=signed_in(404), label=" who does not learn here"),
    # What this world's run asks for needs no word of a teacher.
    person_rule("iciinsmes:certificate-word", "learner", post=signed_in(404), data={"criterion": "talk"}),
    person_rule("iciinsmes:certificate-issue", "learner", post=coordinates(302)),
    certificate_rule("certificate-revoke", post=coordinates(302), data={"reason": "Mistaken."}),
    certificate_rule("certificate-rename", post=coordinates(302)),
    rule("iciinsmes:certificate-sessions", SME1, get=staff(200), post=staff(422)),
    rule("iciinsmes:certificate-session", SME1, "session_id", get=staff(200), post=staff(302)),
    rule(
        "iciinsmes:certificate-session",
        OTHER,
        "session_id",
        get=signed_in(404),
        post=signed_in(404),
        label=" by another course",
    ),
    rule("iciinsmes:certificate-session-remove", SME1, "session_id", post=staff(302)),
    # The directory of support, of which the coordinator edits a part
    rule("iciinsmes:support", SME1, get=members(200, 404)),
    rule("iciinsmes:support", OTHER, get=(LOGIN, 404, 200, 200, *(404,) * 3, (404, 200)), label=" elsewhere"),
    rule("iciinsmes:support-directory", SME1, get=members(200, 404)),
    rule("iciinsmes:support-entry", SME1, "offer_id", get=members(200, 404)),
    rule("iciinsmes:support-contacted", SME1, "offer_id", post=learners(302)),
    rule("iciinsmes:support-outcome", SME1, "contact_id", post=learners(302, peer=404), data={"said": "yes"}),
    rule("iciinsmes:support-desk", SME1, get=staff(200)),
    rule("iciinsmes:support-new", SME1, get=coordinates(200), post=coordinates(422)),
    rule("iciinsmes:support-edit", SME1, "offer_id", get=coordinates(200), post=coordinates((409, 422))),
    rule("iciinsmes:support-checked", SME1, "offer_id", post=coordinates(302)),
    rule("iciinsmes:support-history", SME1, "offer_id", get=staff(200)),
    rule("iciinsmes:support-examples", SME1, post=coordinates(302)),
    rule("iciinsmes:support-editors", SME1, get=staff(200), post=coordinates(422)),
    rule("iciinsmes:support-editor-take", SME1, "area_id", post=coordinates(302)),
    rule("iciinsmes:support-import", SME1, get=coordinates(200), post=coordinates(422)),
    rule("iciinsmes:support-table", SME1, "offers_id", get=coordinates(200), post=coordinates(302)),
    rule("iciinsmes:support-table-drop", SME1, "offers_id", post=coordinates(302)),
    rule("iciinsmes:support-out", SME1, "csv", get=staff(200)),
    # The early warning of the learner's firm
    rule("iciinsmes:early-warning", SME1, get=learners(302)),
    rule("iciinsmes:early-warning", OTHER, get=signed_in(404), label=" elsewhere"),
    rule("iciinsmes:early-warning-firm", SME1, "company_id", get=project_readers(200)),
    rule("iciinsmes:early-warning-firm", OTHER, "company_id", get=signed_in(404), label=" by another course"),
    rule("iciinsmes:early-indicator", SME1, "company_id", "E1", get=project_readers(200)),
    rule("iciinsmes:early-limits", SME1, "company_id", "E1", post=learners(422, peer=404)),
    rule("iciinsmes:early-month", SME1, "company_id", get=learners(200, peer=404), post=learners(302, peer=404)),
    rule("iciinsmes:early-table", SME1, "company_id", get=learners(200, peer=404), post=learners(422, peer=404)),
    rule("iciinsmes:early-choices", SME1, "company_id", get=learners(200, peer=404), post=learners(422, peer=404)),
    rule(
        "iciinsmes:early-alarm",
        SME1,
        "company_id",
        "alarm_id",
        get=project_readers(200),
        post=learners(422, peer=404),
    ),
    # Best practices: the library is for who takes part; a proposal for the firm, once its project is finished
    rule("iciinsmes:practice-door", get=all_of(200), post=all_of(403)),
    rule("iciinsmes:practice-consent", "request_id", get=all_of(403), post=all_of(403)),
    rule("iciinsmes:practice-library", SME1, get=members(200, 404)),
    rule("iciinsmes:practice-case", SME1, "dk1", get=members(200, 404)),
    rule("iciinsmes:practice-case", SME1, "gone", get=signed_in(404), label=" unknown"),
    rule("iciinsmes:practice-read", SME1, post=signed_in(404)),
    rule("iciinsmes:practice-proposal", SME1, "project_id", get=signed_in(404), post=signed_in(404)),
    rule("iciinsmes:practice-back", SME1, "project_id", post=signed_in(404)),
    rule("iciinsmes:practice-waiting", SME1, get=staff(200)),
    rule("iciinsmes:practice-waiting", OTHER, get=(LOGIN, 404, 404, 200, 404, 404, 404, 404), label=" elsewhere"),
    rule("iciinsmes:practice-decide", SME1, "request_id", get=signed_in(404), post=signed_in(404)),
    # Projects as coaches and staff see them; nobody of these coaches a firm, and the teacher has written the talk
    rule("iciinsmes:projects-coached", get=signed_in(200)),
    rule("iciinsmes:projects-coached-run", SME1, get=signed_in(200)),
    rule("iciinsmes:projects-matrix", SME1, get=staff(200)),
    rule("iciinsmes:projects-matrix", OTHER, get=(LOGIN, 404, 404, 200, 404, 404, 404, 404), label=" elsewhere"),
    rule("iciinsmes:projects-overview", SME1, get=coordinates(200)),
    rule("iciinsmes:projects-overview", OTHER, get=signed_in(404), label=" elsewhere"),
    rule("iciinsmes:projects-overview-csv", SME1, get=coordinates(200)),
    rule("iciinsmes:projects-rules", SME1, get=coordinates(200), post=coordinates(302)),
    rule("iciinsmes:projects-rules", OTHER, get=signed_in(404), post=signed_in(404), label=" elsewhere"),
    rule("iciinsmes:projects-rules-reset", SME1, post=coordinates(302)),
    rule("iciinsmes:project-talks", SME1, "project_id", get=staff(200), post=staff(302), data=TALK),
    rule("iciinsmes:project-talks", OTHER, "project_id", get=signed_in(404), post=signed_in(404), label=" elsewhere"),
    rule(
        "iciinsmes:project-talk",
        SME1,
        "project_id",
        "talk_id",
        get=(LOGIN, *(404,) * 5, 200, 404),
        post=(LOGIN, *(404,) * 5, (302, 409), 404),
        data={**TALK, "revision": "1"},
    ),
    rule("iciinsmes:project-talk-measure", SME1, "project_id", "talk_id", post=staff(302), data={"number": "0"}),
    rule("iciinsmes:project-light", SME1, "project_id", post=staff(422), data={"light": "red"}),
    rule("iciinsmes:project-light-end", SME1, "project_id", post=staff(302)),
    # Personal data and the trail
    rule("iciinsmes:privacy", get=signed_in(200)),
    rule("iciinsmes:privacy-download", post=signed_in(200)),
    rule("iciinsmes:privacy-ask", post=signed_in(302)),
    rule("iciinsmes:privacy-people", SME1, get=coordinates(200)),
    rule("iciinsmes:privacy-people", OTHER, get=signed_in(404), label=" elsewhere"),
    person_rule("iciinsmes:privacy-person", "peer", get=coordinates(200)),
    person_rule("iciinsmes:privacy-person", "other_learner", get=signed_in(404), label=" of another course"),
    person_rule("iciinsmes:privacy-export", "peer", post=coordinates(200)),
    person_rule("iciinsmes:privacy-export", "other_learner", post=signed_in(404), label=" of another course"),
    person_rule(
        "iciinsmes:privacy-erase",
        "peer",
        post=coordinates(302),
        data={"confirm": "peer", "reason": "asked"},
    ),
    person_rule("iciinsmes:privacy-erase", "peer", post=coordinates(422), label=" without a word"),
    person_rule("iciinsmes:privacy-erase", "other_learner", post=signed_in(404), label=" of another course"),
    rule("iciinsmes:trail", SME1, get=coordinates(200)),
    rule("iciinsmes:trail", OTHER, get=signed_in(404), label=" elsewhere"),
    rule("iciinsmes:trail-csv", SME1, get=coordinates(200)),
    rule("iciinsmes:trail-csv", OTHER, get=signed_in(404), label=" elsewhere"),
    rule("iciinsmes:desk-snippets", SME1, get=staff(200), post=staff(422)),
    rule("iciinsmes:desk-round-snippets", SME1, "round_id", get=staff(200), post=staff(422)),
    rule("iciinsmes:desk-snippet-remove", SME1, UUID(int=7), post=staff(302)),
    rule("iciinsmes:desk-exceptions", SME1, get=staff(200), post=staff(422)),
    rule("iciinsmes:desk-extension-end", SME1, UUID(int=7), post=signed_in(404)),
    rule("iciinsmes:desk-round-exceptions", SME1, "round_id", get=staff(200), post=staff(404)),
    rule("iciinsmes:desk-round-exceptions", OTHER, "round_id", get=signed_in(404), label=" by another course"),
    rule("iciinsmes:desk-correct", SME1, "round_id", get=staff((200, 404)), post=staff((404, 422))),
    rule("iciinsmes:desk-reports", SME1, get=staff(200)),
    rule("iciinsmes:desk-report", SME1, "standing", get=staff(200)),
    rule("iciinsmes:desk-report", OTHER, "hours", get=(LOGIN, 404, 404, 200, 404, 404, 404, 404), label=" elsewhere"),
    # Comments, files for the learner, and messages: who may not judge the round finds nothing.
    rule("iciinsmes:desk-remarks", SME1, "round_id", post=staff(302), data=REMARK),
    rule("iciinsmes:desk-remarks", OTHER, "round_id", post=signed_in(404), data=REMARK, label=" by another course"),
    rule("iciinsmes:desk-remark-change", SME1, "round_id", UUID(int=7), post=staff(409), data=REMARK),
    rule("iciinsmes:desk-remark-remove", SME1, "round_id", UUID(int=7), post=staff((302, 409)), data=REMARK),
    rule("iciinsmes:desk-file-begin", SME1, "round_id", post=uploaders(201), data=FILE),
    rule("iciinsmes:desk-file-chunk", SME1, "round_id", "upload_id", post=uploaders(404)),
    rule("iciinsmes:desk-file-finish", SME1, "round_id", "upload_id", post=uploaders(404)),
    rule("iciinsmes:desk-file-cancel", SME1, "round_id", "upload_id", post=uploaders(404)),
    rule("iciinsmes:desk-file-remove", SME1, "round_id", "evidence_id", post=uploaders(404)),
    rule("iciinsmes:work-talk", W01, get=learners(200), post=learners(422)),
    thread_rule("thread", get=talkers(200), post=talkers(422)),
    thread_rule("thread-settle", post=talkers(302)),
    thread_rule("thread-change", 7, post=talkers(422)),
    thread_rule("thread-delete", 7, post=talkers(409)),
    rule("iciinsmes:desk-sign", SME1, "round_id", get=coordinates(302), post=coordinates(302)),
    rule("iciinsmes:desk-sign", OTHER, "round_id", get=signed_in(404), post=signed_in(404), label=" elsewhere"),
    # Self-checks
    rule("iciinsmes:self-check-model", get=signed_in(200)),
    rule("iciinsmes:self-check-part", CHECK, get=learners(200)),
    rule("iciinsmes:self-check-draft", CHECK, post=learners(410, peer=200), data={"number": "1"}),
    rule("iciinsmes:self-check-send", CHECK, post=learners(200, peer=422), data={"number": "1"}),
    rule("iciinsmes:self-check-again", CHECK, post=learners(200, peer=404)),
    rule("iciinsmes:self-check-result", "check_id", get=learners(200, peer=404)),
    rule("iciinsmes:self-check", SME1, get=learners(302, peer=404)),
    rule("iciinsmes:self-check", OTHER, get=signed_in(404), label=" elsewhere"),
    rule("iciinsmes:self-check-firms", SME1, get=staff(200)),
    rule("iciinsmes:self-check-firms", OTHER, get=(LOGIN, 404, 404, 200, 404, 404, 404, 404), label=" elsewhere"),
    # Evaluation; what links open is in tests/evaluation
    rule("iciinsmes:reaction-answer", CYCLE, post=learners(422)),
    rule("iciinsmes:reactions", SME1, get=staff(200)),
    rule("iciinsmes:reactions", OTHER, get=(LOGIN, 404, 404, 200, 404, 404, 404, 404), label=" elsewhere"),
    rule("iciinsmes:evaluation-about", SME1, get=coordinates(200), post=coordinates(302)),
    rule(
        "iciinsmes:evaluation-reports",
        get=(LOGIN, 404, 404, 200, 404, 404, 200, 200),
        post=(LOGIN, 404, 404, 422, 404, 404, 422, 422),
    ),
    rule("iciinsmes:evaluation-report", "evaluation_id", get=coordinates(200)),
    rule("iciinsmes:evaluation-progress", "evaluation_id", get=coordinates(200)),
    rule("iciinsmes:evaluation-drop", "evaluation_id", post=coordinates(302)),
    rule("iciinsmes:kept-door", get=all_of(200), post=all_of(403)),
    rule("iciinsmes:kept", "question_id", get=all_of(403), post=all_of(403)),
    # The gallery
    rule("iciinsmes:gallery", SME1, get=members(200, others=404)),
    rule("iciinsmes:gallery", OTHER, get=(LOGIN, 404, 200, 200, 404, 404, 404, 404), label=" elsewhere"),
    rule("iciinsmes:gallery-show", SME1, "entry_id", post=learners(302, peer=404)),
    rule("iciinsmes:gallery-show", OTHER, "entry_id", post=signed_in(404), label=" by another course"),
    rule("iciinsmes:gallery-firm", SME1, "entry_id", post=learners(302, peer=404)),
    rule("iciinsmes:gallery-hide", SME1, "entry_id", post=staff(302), data={"reason": "It names a customer."}),
    # The toolbox, open to everybody
    rule("iciinsmes:toolbox", get=all_of(200)),
    rule("iciinsmes:toolbox-instrument", "net-promoter-score", get=all_of(200)),
    rule("iciinsmes:toolbox-instrument", "astrology", get=all_of(404), label=" that there is not"),
    rule("iciinsmes:toolbox-template-csv", "net-promoter-score", get=all_of(200)),
    rule("iciinsmes:toolbox-template-xlsx", "net-promoter-score", get=all_of(200)),
    rule("iciinsmes:toolbox-try", "net-promoter-score", get=all_of(200), post=all_of(200)),
    # Who is here, for the page's script
    rule("iciinsmes:here", get=all_of(200)),
    rule("iciinsmes:here-back", get=all_of(200)),
    # Canvases: this one is for the learner's firm to change, and for the staff to read
    rule("iciinsmes:canvas-courses", get=(LOGIN, 200, 200, 200, 302, 302, 200, 200)),
    rule("iciinsmes:canvases", SME1, get=learners(200), post=learners(302), data=CANVAS),
    rule(
        "iciinsmes:canvases",
        OTHER,
        get=(LOGIN, 404, 200, 404, 404, 404, 404, 404),
        post=(LOGIN, 404, 422, 404, 404, 404, 404, 404),
        label=" elsewhere",
    ),
    rule("iciinsmes:canvas", "canvas_id", get=CANVAS_READERS),
    rule("iciinsmes:canvas", "round_id", get=signed_in(404), label=" that is none"),
    rule("iciinsmes:canvas-changes", "canvas_id", get=CANVAS_READERS),
    rule("iciinsmes:canvas-rename", "canvas_id", post=learners(302, peer=404), data={"title": "x"}),
    rule("iciinsmes:canvas-share", "canvas_id", post=learners(302, peer=404)),
    rule("iciinsmes:canvas-remove", "canvas_id", post=learners(302, peer=404)),
    rule(
        "iciinsmes:canvas-card-new",
        "canvas_id",
        get=learners(200, peer=404),
        post=learners(200, peer=404),
        data={"place": "pains", "cell-text": "x"},
    ),
    rule(
        "iciinsmes:canvas-card",
        "canvas_id",
        "card_id",
        get=learners(200, peer=404),
        post=learners(200, peer=404),
        data={"revision": "1", "cell-text": "x"},
    ),
    rule("iciinsmes:canvas-card-move", "canvas_id", "card_id", post=learners(200, peer=404), data={"place": "jobs"}),
    rule("iciinsmes:canvas-card-remove", "canvas_id", "card_id", post=learners(200, peer=404)),
    rule("iciinsmes:canvas-card-back", "canvas_id", "card_id", post=learners(404)),
    rule("iciinsmes:canvas-versions", "canvas_id", get=CANVAS_READERS, post=learners(302, peer=404)),
    rule("iciinsmes:canvas-restore", "canvas_id", 1, post=learners(302, peer=404)),
    # Whoever only reads it is led back to what is computed, and changes nothing.
    rule("iciinsmes:canvas-result", "canvas_id", get=CANVAS_READERS, post=(LOGIN, 404, 404, 404, 404, 302, 302, 302)),
    rule("iciinsmes:canvas-svg", "canvas_id", get=CANVAS_READERS),
    rule("iciinsmes:canvas-csv", "canvas_id", get=CANVAS_READERS),
    rule("iciinsmes:canvas-xlsx", "canvas_id", get=CANVAS_READERS),
    # Report, summary and exchange of the project
    rule("iciinsmes:summary-door", get=all_of(200), post=all_of(403)),
    Rule("iciinsmes:summary", lambda world: [world.project.link_id], all_of(403), all_of(403)),
    project_rule("project-summary", get=project_readers(200)),
    project_rule("project-summary-links", get=project_readers(200), post=learners(302, peer=404)),
    project_rule("project-summary-revoke", "link_id", post=learners(302, peer=404)),
    project_rule("project-report", get=project_readers(200)),
    project_rule("project-report-pdf", get=project_readers((200, 404))),
    project_rule(
        "project-report-section",
        "goal",
        get=learners(200, peer=404),
        post=learners((302, 409), peer=404),
        data={"text": "x", "revision": "0"},
    ),
    project_rule("project-report-renew", "firm", post=learners(302, peer=404), data={"revision": "0"}),
    project_rule("project-report-figure", "goal", post=learners((302, 404), peer=404), data={"key": "x"}),
    project_rule("project-exam", get=project_readers(200), post=(LOGIN, *(404,) * 5, 422, 422)),
    project_rule("project-exchange", get=project_readers(200)),
    project_rule("project-tables", get=project_readers(200)),
    project_rule("project-file", get=project_readers(200)),
    rule("iciinsmes:project-bring-in", SME1, get=learners(200), post=learners(422)),
    project_rule("project-together", "other_id", get=(LOGIN, *(404,) * 4, 200, 404, 200)),
    project_rule("project-bring-together", "other_id", post=(LOGIN, *(404,) * 4, 302, 404, 302), data={"do": "entry"}),
    # The development project of the learner's firm
    rule("iciinsmes:project-own", SME1, get=learners(302, peer=200), post=learners(302)),
    rule("iciinsmes:project-own", OTHER, get=signed_in(404), post=signed_in(404), label=" elsewhere"),
    Rule(
        "iciinsmes:project-request",
        lambda world: [SME1, world.project.request_id],
        project_readers(302),
        NOBODY,
    ),
    project_rule("project", get=project_readers(200)),
    project_rule("project", of=OTHER, get=signed_in(404), label=" by another course"),
    project_rule("project-part", "gates", get=project_readers(200)),
    project_rule("project-removed", get=project_readers(200)),
    project_rule(
        "project-entry-new",
        "diary",
        get=learners(200, peer=404),
        post=learners(302, peer=404),
        data={"text": "x", "on": "2026-10-01"},
    ),
    project_rule(
        "project-entry",
        "entry_id",
        get=(LOGIN, 404, 404, 404, 404, 200, 302, 302),
        post=learners(302, peer=404),
        data={"text": "x", "on": "2026-10-01", "revision": "1"},
    ),
    project_rule("project-entry-remove", "entry_id", post=learners(302, peer=404), data={"revision": "1"}),
    project_rule("project-entry-back", "entry_id", post=learners(302, peer=404)),
    project_rule("project-entry-history", "entry_id", get=project_readers(200)),
    project_rule("project-file-begin", "entry_id", post=learners(201, anonymous=401, peer=404), data=FILE),
    project_rule(
        "project-file-chunk",
        "entry_id",
        "upload_id",
        post=learners((409, 413), anonymous=401, peer=404),
        query="?offset=0",
    ),
    project_rule("project-file-finish", "entry_id", "upload_id", post=learners(409, anonymous=401, peer=404)),
    project_rule("project-file-cancel", "entry_id", "upload_id", post=learners(200, anonymous=401, peer=404)),
    project_rule("project-file-remove", "entry_id", "file_id", post=learners(200, anonymous=401, peer=404)),
    project_rule("project-gate-ask", post=learners(302, peer=404), data={"proposal": "go"}),
    # It stands before the first gate, from which nothing lies behind.
    project_rule("project-gate-back", post=learners(422, peer=404), data={"gate": "2"}),
    project_rule("project-gate-withdraw", "request_id", post=learners(302, peer=404)),
    project_rule(
        "project-gate-decide",
        "request_id",
        post=(LOGIN, 404, 404, 404, 404, 404, 302, 302),
        data={"decider": "owner", "verdict": "go"},
    ),
    project_rule("project-gate-link", "request_id", "owner", post=learners(422, peer=404), data={"do": "ask"}),
    # The project has not ended, so nothing begins: who may read it is led to it.
    project_rule("project-next", post=(LOGIN, 404, 404, 404, 404, 302, 302, 302)),
    project_rule("project-pause", post=learners(422, peer=404)),
    project_rule("project-pause-change", "pause_id", post=learners(302, peer=404), data={"do": "remove"}),
    project_rule("project-take", get=learners(200, peer=404), post=learners(404), data={"key": "result:none"}),
    # Accounts
    rule("campus:healthz", get=all_of(200)),
    rule("campus:login", get=(200, *(302,) * 7), post=(200, *(302,) * 7)),
    rule("campus:demo-login", post=all_of(404), data={"username": "teacher"}),
    rule("campus:demo-mailbox", post=all_of(404), data={"letter": "x"}),
    rule("campus:logout", post=all_of(302)),
    rule("campus:account", get=signed_in(200)),
    rule("campus:set-language", get=all_of(302), post=all_of(302), data={"language": "de"}),
    rule("campus:password-change", get=signed_in(200), post=signed_in(200)),
    rule("campus:password-reset", get=all_of(200), post=all_of(302), data={"email": "nobody@example.org"}),
    rule("campus:password-reset-sent", get=all_of(200)),
    rule("campus:password-new", "MQ", "abc-def", get=all_of(200), post=all_of(200)),
    # Mail
    rule("campus:outbox", get=signed_in(200)),
    rule("campus:outbox-mail", "mail_id", get=(LOGIN, 404, 404, 404, 404, 200, 404, 200)),
    # Authors
    rule("campus:authoring", SME1, get=staff(200)),
    rule("campus:edit", SME1, W01, get=staff(200)),
    rule("campus:edit", SME1, HTML, get=staff(200), post=staff(302), data=TEXT, label=" plain"),
    rule("campus:edit", OTHER, W01, get=signed_in(404), label=" by another course"),
    rule("campus:discard", SME1, W01, post=staff(302)),
    rule("campus:discard", OTHER, W01, post=signed_in(404), label=" by another course"),
    rule("campus:export", SME1, get=staff(200)),
    rule("campus:export-folder", SME1, get=staff(200)),
    # Courses
    rule("campus:home", get=signed_in(200)),
    rule("campus:course", SME1, get=members(200, others=403)),
    rule("campus:unit", SME1, UNIT, get=members(200, others=403)),
    rule("campus:unit", OTHER, UNIT, get=signed_in(404), label=" by another course"),
    rule("campus:block", SME1, W01, get=members(302, others=403)),
    rule("campus:whole", SME1, get=members(200, others=403)),
    rule("campus:whole", SME1, get=members(200, others=403), query="?section=asking-well", label=" a section"),
    rule("campus:progress", SME1, get=members(200, others=403)),
    rule("campus:gradebook", SME1, get=staff(200, strangers=403)),
    rule("campus:gradebook-csv", SME1, get=coordinators(200)),
    rule("campus:people", SME1, get=coordinators(200), post=coordinators(422), data={"who": "nobody"}),
    user_rule("campus:people-role", post=coordinators(302), data={"role": "learner"}),
    user_rule("campus:people-remove", post=coordinators(302)),
)


def addresses(resolver: URLResolver, namespace: str = "", route: str = "") -> Iterator[str]:
    """Yield the full name of every address, or its route where it has no name."""
    for entry in resolver.url_patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}" if entry.name else here
        else:
            yield from addresses(entry, namespace + (f"{entry.namespace}:" if entry.namespace else ""), here)


def url_of(asked: Rule, world: World) -> str:
    """Return the address; one without a name is made from that of its neighbour with one argument less."""
    arguments = asked.arguments(world)
    if asked.name.startswith("courses/xblock/"):
        return reverse("courseware:handler", args=arguments[:-1]) + f"/{arguments[-1]}"
    return reverse(asked.name, args=arguments) + asked.query


def sent(client: Client, method: str, url: str, data: dict[str, object] | None = None) -> HttpResponseBase:
    """Send it and return the answer; whatever the request changed is undone."""
    with transaction.atomic():
        response: HttpResponseBase = getattr(client, method)(url, data)
        transaction.set_rollback(True)
    return response


def status_of(response: HttpResponseBase) -> int | str:
    """Return the status, or `LOGIN`."""
    if response.status_code == 302 and response["Location"].startswith(f"{reverse(settings.LOGIN_URL)}?next="):
        return LOGIN
    return response.status_code


def as_set(wanted: Expected) -> set[int | str]:
    return set(wanted) if isinstance(wanted, tuple) else {wanted}  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _no_guesses():
    """Links that lead nowhere are counted by address, and all tests come from one."""
    cache.clear()


def test_every_address_has_a_rule():
    found = set(addresses(get_resolver()))
    ruled = {entry.name for entry in RULES}
    assert found - ruled == set(), "say in RULES who may open them"
    assert ruled - found == set(), "these are gone"


@pytest.fixture(scope="module")
def untouched(world) -> dict[tuple[str, object], list[str]]:
    """What the campus holds before anybody has looked."""
    return everything()


@pytest.mark.django_db
@pytest.mark.parametrize("asked", RULES, ids=str)
def test_everybody_sees_what_is_theirs_on_strict_pages_and_changes_nothing(world, untouched, asked):
    """Open it once as everybody, and look at each answer from all sides: rendering is what this takes."""
    url = url_of(asked, world)
    problems = []
    for visitor, wanted in zip(VISITORS, asked.get, strict=True):
        client = visit(world, visitor)
        response = client.get(url)
        if response.streaming:
            list(response)
        if status_of(response) not in as_set(wanted):
            problems.append(f"{visitor}: {status_of(response)}, not {wanted}")
        if response.status_code in (200, 403, 404):
            problems += [f"{visitor}: {weakness}" for weakness in weaknesses(response)]
        if cached(response) and not may_be_kept(asked.name, visitor):
            problems.append(f"{visitor}: a cache may keep it: {response.get('Cache-Control')}")
        # It is a GET without a body, or refused.
        if visitor in _THREE and status_of(client.head(url)) not in {*as_set(wanted), 405}:
            problems.append(f"{visitor}: HEAD is another")
    assert problems == []
    after = everything()
    assert {row for row in untouched.keys() | after.keys() if untouched.get(row) != after.get(row)} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("asked", RULES, ids=str)
def test_everybody_sends_what_is_theirs_to_send(world, asked):
    url = url_of(asked, world)
    problems = []
    for visitor, wanted in zip(VISITORS, asked.post, strict=True):
        response = sent(visit(world, visitor), "post", url, asked.data)
        if status_of(response) not in as_set(wanted):
            problems.append(f"{visitor}: {status_of(response)}, not {wanted}")
        if cached(response) and not may_be_kept(asked.name, visitor):
            problems.append(f"{visitor}: a cache may keep it: {response.get('Cache-Control')}")
    assert problems == []


@pytest.mark.django_db
@pytest.mark.parametrize("asked", RULES, ids=str)
def test_no_other_method_reaches_further(world, asked):
    """OPTIONS says nothing, and the others are refused."""
    url = url_of(asked, world)
    for visitor in _THREE:
        client = visit(world, visitor)
        for method in _OTHER_METHODS:
            response = sent(client, method, url)
            is_quiet = method == "options" and response.status_code == 200 and not response.getvalue()
            assert is_quiet or response.status_code in (302, 401, 403, 404, 405), f"{method} {visitor}"


@pytest.mark.django_db
@pytest.mark.parametrize("asked", [asked for asked in RULES if not asked.is_key], ids=str)
def test_a_form_on_another_site_can_do_nothing(world, asked):
    """Send it as somebody who may: without the token nobody gets further than to a refusal."""
    may = [visitor for visitor, wanted in zip(VISITORS, asked.post, strict=True) if wanted not in (REFUSED, LOGIN, 404)]
    visitor = may[-1] if may else "coordinator"
    client = visit(world, visitor, enforce_csrf_checks=True)
    assert status_of(sent(client, "post", url_of(asked, world), asked.data)) in REFUSED


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/no-such-page", "/courses/not-a-key/", "/courses/course-v1:A+B+C/", "/iciinsmes/"])
@pytest.mark.parametrize("visitor", ["anonymous", "learner", "coordinator"])
def test_what_is_not_there_is_not_found(world, path, visitor):
    assert status_of(visit(world, visitor).get(path)) in {404, LOGIN}
