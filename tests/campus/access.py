"""How a rule says who may open an address; the rules stand in `access_of_…`, and are tried in `test_access`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from iciinsmes.assignments.models import Work
from tests.campus.everybody import SME1, VISITORS, W01, World

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


FILE = {"name": "a.csv", "size": "3", "sha256": hashlib.sha256(b"a,b").hexdigest()}


def url_of(asked: Rule, world: World) -> str:
    """Return the address; one without a name is made from that of its neighbour with one argument less."""
    arguments = asked.arguments(world)
    if asked.name.startswith("courses/xblock/"):
        return reverse("courseware:handler", args=arguments[:-1]) + f"/{arguments[-1]}"
    return reverse(asked.name, args=arguments) + asked.query
