"""Every address of the site, opened by everybody who must not be confused with each other.

An address without a rule here fails the first test: whoever adds one says who may open it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.campus.everybody import HTML, OTHER, PROBLEM, SME1, T02, UNIT, VISITORS, W01, World, visit

#: Sent to sign in, and back afterwards.
LOGIN = "login"
REFUSED = (LOGIN, 401, 403, 404, 405)
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


TEXT = {"title": "x", "source": "x"}
#: A pasted table as the page sends it.
LINES = {"kind": "table", "text": "a;b"}
SCORES = {"pasted": "score\n9\n8"}
FILE = {"name": "a.csv", "size": "3", "sha256": hashlib.sha256(b"a,b").hexdigest()}

FIRM = {"name": "Nord", "country": "DE", "size_class": "2-9"}

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
    rule("iciinsmes:evidence-file", "evidence_id", "a.csv", get=(LOGIN, 404, 404, 404, 404, 200, 200, 200)),
    # A learner's exercise with a tool
    rule("iciinsmes:exercise", T02, get=learners(200)),
    rule("iciinsmes:exercise-look", T02, post=learners(200), data=SCORES),
    rule("iciinsmes:exercise-grid", T02, post=learners(200)),
    rule("iciinsmes:exercise-keep", T02, post=learners(200), data=SCORES),
    rule("iciinsmes:exercise-canvas", T02, post=learners(409)),
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
    rule("iciinsmes:firm", SME1, "firm_id", get=coordinates(200), post=coordinates(302), data=FIRM),
    rule("iciinsmes:firm", OTHER, "firm_id", get=signed_in(404), post=signed_in(404), label=" by another course"),
    rule("iciinsmes:firm-code", SME1, "firm_id", post=coordinates(302)),
    rule("iciinsmes:firm-merge", SME1, "firm_id", get=coordinates(200), post=coordinates(200)),
    rule("iciinsmes:firm-coach-add", SME1, "firm_id", post=coordinates(422), data={"who": "nobody"}),
    Rule(
        "iciinsmes:firm-coach-remove",
        lambda world: [SME1, world.firm_id, world.people["stranger"].pk],
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
    rule("iciinsmes:desk-queue", OTHER, get=(LOGIN, 404, 404, 200, 404, 404, 404, 404), label=" elsewhere"),
    rule("iciinsmes:desk-round", SME1, "round_id", get=staff(200), post=staff((302, 422))),
    rule("iciinsmes:desk-round", OTHER, "round_id", get=signed_in(404), label=" by another course"),
    rule("iciinsmes:desk-draft", SME1, "round_id", post=staff((200, 422))),
    rule("iciinsmes:desk-reopen", SME1, "round_id", post=staff((302, 422)), data={"reason": "A mistake."}),
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
    rule("iciinsmes:desk-sign", SME1, "round_id", get=coordinates(302), post=coordinates(302)),
    rule("iciinsmes:desk-sign", OTHER, "round_id", get=signed_in(404), post=signed_in(404), label=" elsewhere"),
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
    rule("iciinsmes:canvas-result", "canvas_id", get=CANVAS_READERS),
    rule("iciinsmes:canvas-svg", "canvas_id", get=CANVAS_READERS),
    rule("iciinsmes:canvas-csv", "canvas_id", get=CANVAS_READERS),
    rule("iciinsmes:canvas-xlsx", "canvas_id", get=CANVAS_READERS),
    # Accounts
    rule("campus:healthz", get=all_of(200)),
    rule("campus:login", get=(200, *(302,) * 7), post=(200, *(302,) * 7)),
    rule("campus:demo-login", post=all_of(404), data={"username": "teacher"}),
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


def answer(client: Client, method: str, url: str, data: dict[str, object]) -> int | str:
    """Return the status, or `LOGIN`; whatever the request changed is undone."""
    with transaction.atomic():
        response = getattr(client, method)(url, data if method == "post" else None)
        transaction.set_rollback(True)
    if response.status_code == 302 and response["Location"].startswith(f"{reverse(settings.LOGIN_URL)}?next="):
        return LOGIN
    return response.status_code


@pytest.fixture(autouse=True)
def _no_guesses():
    """Links that lead nowhere are counted by address, and all tests come from one."""
    cache.clear()


def test_every_address_has_a_rule():
    found = set(addresses(get_resolver()))
    ruled = {entry.name for entry in RULES}
    assert found - ruled == set(), "say in RULES who may open them"
    assert ruled - found == set(), "these are gone"


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("asked", RULES, ids=str)
def test_everybody_gets_the_answer_that_is_theirs(world, asked, method):
    url = url_of(asked, world)
    wanted: tuple[Expected, ...] = asked.get if method == "get" else asked.post
    answers = {visitor: answer(visit(world, visitor), method, url, asked.data) for visitor in VISITORS}
    allowed = {
        visitor: set(entry) if isinstance(entry, tuple) else {entry}
        for visitor, entry in zip(VISITORS, wanted, strict=True)
    }
    wrong = {visitor: found for visitor, found in answers.items() if found not in allowed[visitor]}
    assert wrong == {}, {visitor: allowed[visitor] for visitor in wrong}


@pytest.mark.django_db
@pytest.mark.parametrize("asked", RULES, ids=str)
def test_no_other_method_reaches_further(world, asked):
    """HEAD is a GET without a body or refused, OPTIONS says nothing, and the others are refused."""
    url = url_of(asked, world)
    for visitor, wanted in zip(VISITORS, asked.get, strict=True):
        client = visit(world, visitor)
        allowed = {*(wanted if isinstance(wanted, tuple) else (wanted,)), 405}
        assert answer(client, "head", url, {}) in allowed, visitor
        for method in _OTHER_METHODS if visitor in ("anonymous", "learner", "coordinator") else ():
            with transaction.atomic():
                response = getattr(client, method)(url)
                transaction.set_rollback(True)
            is_quiet = method == "options" and response.status_code == 200 and not response.content
            assert is_quiet or response.status_code in (302, 401, 403, 404, 405), f"{method} {visitor}"


@pytest.mark.django_db
@pytest.mark.parametrize("asked", [asked for asked in RULES if not asked.is_key], ids=str)
def test_a_form_on_another_site_can_do_nothing(world, asked):
    """Send it as somebody who may: without the token nobody gets further than to a refusal."""
    may = [visitor for visitor, wanted in zip(VISITORS, asked.post, strict=True) if wanted not in (REFUSED, LOGIN, 404)]
    visitor = may[-1] if may else "coordinator"
    found = answer(visit(world, visitor, enforce_csrf_checks=True), "post", url_of(asked, world), asked.data)
    assert found in REFUSED


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/no-such-page", "/courses/not-a-key/", "/courses/course-v1:A+B+C/", "/iciinsmes/"])
@pytest.mark.parametrize("visitor", ["anonymous", "learner", "coordinator"])
def test_what_is_not_there_is_not_found(world, path, visitor):
    found = answer(visit(world, visitor), "get", path, {})
    assert found in {404, LOGIN}
