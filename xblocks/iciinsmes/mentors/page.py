"""What the form of the mentor's page sends, and what it shows again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from .data import AnswerForm, Invitation, MaySee
from .labels import OWN_ROLES, TOOK_PLACE
from .parts import answer_from, choices


@dataclass(frozen=True)
class SentAnswer:
    """What came with a request; ``is_sent`` tells a form from an address.

    ``show_in`` is a language just chosen, ``language`` the one the page was in.
    """

    form: AnswerForm
    question: str
    asks_coach: bool
    has_asked: bool
    show_in: str
    language: str
    is_sent: bool


def typed_from(values: QueryDict) -> SentAnswer:
    """Read the form, or the address of a page that is only shown."""
    return SentAnswer(
        form=answer_from(post=values),
        question=values.get("question", ""),
        asks_coach=values.get("verdict") == "ask_coach",
        has_asked="asked" in values,
        show_in=values.get("show_in", ""),
        language=values.get("language", ""),
        is_sent="sent" in values,
    )


def form_context(invitation: Invitation, typed: SentAnswer, errors: Mapping[str, str]) -> dict[str, object]:
    """Return what the form shows: what was typed, else what is likely."""
    likely = AnswerForm(
        may_see=MaySee(coach=True, teacher=True), role=str(OWN_ROLES.get(invitation.request.contact.role, ""))
    )
    form = typed.form if typed.is_sent else likely
    return {
        "form": form,
        "question": typed.question,
        "has_asked": typed.has_asked,
        "errors": errors,
        "took_place": choices(TOOK_PLACE.items(), form.took_place),
        "is_remark_open": bool(form.remark or "remark" in errors),
        "is_question_open": bool(typed.question or "question" in errors),
    }
