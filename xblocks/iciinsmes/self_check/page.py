"""The learner's view as one piece of HTML: rendered by the block, and again by views after each step."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from opaque_keys.edx.keys import UsageKey

from iciinsmes.companies.api import company_of
from iciinsmes.lib.author_html import safe_html
from iciinsmes.lib.templating import render_to_string

from . import api
from .data import CheckModel, CheckStanding, Item, ItemAnswer, Scale
from .labels import DASH, show
from .result_page import result_context
from .rules import DOES_NOT_APPLY, MAX_PROOF, needed


@dataclass(frozen=True)
class AnswerChoice:
    """An answer that can be tapped; ``words`` say it, or are empty."""

    value: str
    label: str
    words: str
    is_chosen: bool


@dataclass(frozen=True)
class ItemField:
    """A statement with its answers."""

    code: str
    text: str
    choices: tuple[AnswerChoice, ...]
    proof: str
    is_open: bool


@dataclass(frozen=True)
class DimensionItems:
    """The statements of a dimension; ``legend`` says its usual scale in words."""

    number: int
    title: str
    legend: str
    fields: tuple[ItemField, ...]
    done: int
    is_unfolded: bool


def element_id(usage_key: UsageKey) -> str:
    """Return an id for the piece that is the same on every rendering and valid in CSS."""
    return "ici-" + hashlib.sha256(str(usage_key).encode()).hexdigest()[:12]


def render_part(standing: CheckStanding, *, notice: str = "", is_sent: bool = False) -> SafeString:
    """Render the learner's view: the form while something is to be filled in, the result afterwards.

    Args:
        standing: what to show.
        notice: one sentence on top, for example why nothing was sent.
        is_sent: whether the person has just sent it, and is thanked.
    """
    is_form = standing.draft is not None or standing.last is None
    context: dict[str, Any] = {
        "chosen": standing.settings,
        "usage_key": standing.usage_key,
        "user_id": standing.user_id,
        "element_id": element_id(standing.usage_key),
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "instructions": safe_html(standing.settings.instructions),
        "notice": notice,
        "is_sent": is_sent,
        "is_form": is_form,
        "last": standing.last,
    }
    if is_form:
        context |= _form_context(standing)
    elif standing.last is not None:
        context |= result_context(standing.last)
    return SafeString(render_to_string("iciinsmes/self_check/part.html", context))


def too_many_open(left: int) -> str:
    """Say why a check was not sent."""
    return ngettext(
        "Not sent yet: answer %(count)d more statement, or say that it does not apply. What you entered is saved.",
        "Not sent yet: answer %(count)d more statements, or say that they do not apply. What you entered is saved.",
        left,
    ) % {"count": left}


def groups_of(model: CheckModel, answers: dict[str, ItemAnswer]) -> list[DimensionItems]:
    """Return the statements by dimension; the first with an open one is unfolded."""
    groups = []
    is_first_open = True
    for number, dimension in enumerate(model.dimensions, start=1):
        fields = tuple(_field(model, item, answers) for item in model.items if item.dimension == dimension.code)
        is_open = any(field.is_open for field in fields)
        groups.append(
            DimensionItems(
                number=number,
                title=show(dimension.title),
                legend=_legend(model.scale),
                fields=fields,
                done=sum(1 for field in fields if not field.is_open),
                is_unfolded=is_open and is_first_open,
            )
        )
        is_first_open = is_first_open and not is_open
    return groups


def _form_context(standing: CheckStanding) -> dict[str, Any]:
    answers = dict(standing.draft.answers) if standing.draft else {}
    total = len(standing.model.items)
    company = company_of(user_id=standing.user_id, course_key=standing.usage_key.course_key)
    return {
        "number": standing.number,
        "mark": "" if standing.draft else api.version_mark(usage_key=standing.usage_key),
        "groups": groups_of(standing.model, answers),
        "total": total,
        "done": sum(1 for answer in answers.values() if not answer.is_open),
        "needed": needed(total),
        "max_proof": MAX_PROOF,
        "saved_at": standing.draft.saved_at if standing.draft and answers else None,
        "company": company,
        "none": DOES_NOT_APPLY,
    }


def _field(model: CheckModel, item: Item, answers: dict[str, ItemAnswer]) -> ItemField:
    answer = answers.get(item.code, ItemAnswer())
    scale = model.scale_of(item)
    words = [show(each) for each in scale.words] or [""] * len(scale.steps)
    choices = [
        AnswerChoice(str(value), str(value), word, answer.value == value)
        for value, word in zip(scale.steps, words, strict=True)
    ]
    choices.append(AnswerChoice(DOES_NOT_APPLY, DASH, _("does not apply"), not answer.applies))
    return ItemField(item.code, show(item.text), tuple(choices), answer.proof, answer.is_open)


def _legend(scale: Scale) -> str:
    words = [f"{value} {show(word)}" for value, word in zip(scale.steps, scale.words, strict=False)]
    return " · ".join([*words, f"{DASH} {_('does not apply')}"])
