"""The filters of the trail, as they come from the address."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from opaque_keys.edx.keys import CourseKey

from . import api
from .errors import UnknownPerson
from .words import all_verbs


@dataclass(frozen=True)
class Filters:
    """What was asked for.

    ``person`` and ``actor`` are texts as typed, ``found`` the arguments for `api.page`, ``query`` what the next page's
    address repeats, and ``wrong`` says by field what could not be found.
    """

    person: str = ""
    actor: str = ""
    verb: str = ""
    after: int | None = None
    found: dict[str, Any] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)


def read_filters(get: QueryDict, course_key: CourseKey) -> Filters:
    """Read the filters; a mark or a verb that makes no sense counts as none."""
    texts = {name: get.get(name, "").replace("\x00", "").strip()[:254] for name in ("person", "actor")}
    verb = get.get("verb", "")
    found: dict[str, Any] = {}
    wrong = {}
    for name, text in texts.items():
        if text:
            try:
                found[f"{name}_id"] = api.find_person(who=text, course_key=course_key)
            except UnknownPerson as error:
                wrong[name] = error.message
    if verb in all_verbs():
        found["verb"] = verb
    after = get.get("after", "")
    return Filters(
        **texts,
        verb=verb,
        after=int(after) if after.isascii() and after.isdigit() and len(after) < 19 else None,
        found=found,
        query={name: text for name, text in {**texts, "verb": verb}.items() if text},
        wrong=wrong,
    )


def verb_choices(chosen: str) -> list[tuple[str, str, bool]]:
    """Return value, words and whether it is chosen, in the order of the words."""
    return sorted(((verb, str(words), verb == chosen) for verb, words in all_verbs().items()), key=lambda each: each[1])
