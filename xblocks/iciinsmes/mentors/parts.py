"""Parts of other rooms' pages: whom the learner asked, the form to ask, the coordinator's signature, the paper form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import segno
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from iciinsmes.lib.templating import render_to_string
from iciinsmes.platform import languages

from . import rules
from .data import AnswerForm, Matter, MaySee, MentorContact, MentorRole, RequestData, RequestState, SignOff
from .labels import OWN_ROLES, ROLES, TOOK_PLACE


@dataclass(frozen=True)
class RoleChoice:
    """One thing to choose."""

    value: str
    label: object
    is_chosen: bool


@dataclass(frozen=True)
class RequestView:
    """A request with what the learner can do about it; ``qr`` is empty once the link opens nothing."""

    request: RequestData
    role: object
    qr: SafeString | str
    can_remind: bool


def contact_from(*, post: QueryDict) -> MentorContact:
    """Read the form that `render_part` shows; what is missing counts as empty."""
    return MentorContact(
        name=post.get("mentor_name", ""),
        email=post.get("mentor_email", ""),
        language=post.get("mentor_language", ""),
        role=post.get("mentor_role", ""),
    )


def answer_from(*, post: QueryDict) -> AnswerForm:
    """Read the form of the mentor's page or of `render_sign_for`; what is missing counts as empty."""
    return AnswerForm(
        verdict=post.get("verdict", ""),
        took_place=post.get("took_place", ""),
        change=post.get("change", ""),
        may_see=MaySee(coach="coach" in post, teacher="teacher" in post, course="course" in post),
        remark=post.get("remark", ""),
        name=post.get("name", ""),
        role=post.get("role", ""),
    )


def render_part(
    *,
    sign_off: SignOff,
    action: str,
    paper: str,
    one_person: bool,
    person_id: int | str = "",
    typed: MentorContact | None = None,
    errors: Mapping[str, str] | None = None,
    notice: str = "",
    title: str = "",
    about: str = "",
    place: str = "",
) -> SafeString:
    """Render the learner's part about the mentor of one round, to be swapped by htmx as a whole.

    Every button posts to ``action`` with ``do`` (ask, remind, renew or revoke) and, but for ask, ``request``, an id.

    Args:
        sign_off: `api.sign_offs_of` of the round.
        action: address that takes the posts and answers with this part.
        paper: address of the paper form.
        one_person: as for `api.request_sign_off`.
        person_id: the learner, for whom what is typed is kept.
        typed: what the form holds after it was refused.
        errors: `InvalidContact.errors`.
        notice: one sentence on top.
        title: heading where it is no mentor who is asked.
        about: one sentence then, about what is asked.
        place: tells this part from others of the same page, in the ids of its fields.
    """
    contact = typed or MentorContact("", "", get_language() or "", MentorRole.ADVISER.value if one_person else "")
    waiting = [request for request in sign_off.requests if request.state == RequestState.OPEN]
    roles = {value: label for value, label in ROLES.items() if not one_person or value in rules.OUTSIDE}
    context = {
        "answer": sign_off.answer,
        "waiting": [_request_view(request) for request in waiting],
        "closed": [_request_view(request) for request in sign_off.requests if request not in waiting],
        "action": action,
        "paper": paper,
        "person_id": person_id,
        "one_person": one_person,
        "contact": contact,
        "errors": errors or {},
        "notice": notice,
        "title": title,
        "about": about,
        "place": place,
        "is_form_open": bool(errors) or not waiting,
        "roles": choices(roles.items(), contact.role),
        "languages": choices(languages.offered(), contact.language),
    }
    return render_to_string("iciinsmes/mentors/part.html", context)


def render_sign_for(
    *,
    request: HttpRequest,
    action: str,
    typed: AnswerForm | None = None,
    reason: str = "",
    on_paper: bool = False,
    errors: Mapping[str, str] | None = None,
) -> SafeString:
    """Render the coordinator's form for signing in a mentor's place; it posts what `answer_from` reads, and more.

    Args:
        request: of the page around, for its token.
        action: address that takes the post, with ``reason`` and ``on_paper`` besides the answer.
        typed: what the form holds after it was refused.
        reason: the same for the reason.
        on_paper: the same for the switch.
        errors: `InvalidAnswer.errors`.
    """
    form = typed or AnswerForm()
    context = {
        "action": action,
        "form": form,
        "reason": reason,
        "on_paper": on_paper,
        "errors": errors or {},
        "took_place": choices(TOOK_PLACE.items(), form.took_place),
    }
    return render_to_string("iciinsmes/mentors/sign_for.html", context, request=request)


def paper_context(*, matter: Matter, language: str) -> dict[str, object]:
    """Return what the template ``iciinsmes/mentors/paper.html`` needs to print the form in the mentor's language."""
    return {
        "matter": matter,
        "language": languages.chosen(language),
        "took_place": tuple(TOOK_PLACE.values()),
        "roles": tuple(OWN_ROLES.values()),
    }


def choices(options: Iterable[tuple[str, object]], chosen: str) -> tuple[RoleChoice, ...]:
    """Return the options with the one that is chosen."""
    return tuple(RoleChoice(value, label, value == chosen) for value, label in options)


def _request_view(request: RequestData) -> RequestView:
    return RequestView(
        request=request,
        role=ROLES.get(request.contact.role, ""),
        qr=qr_svg(request.link) if request.link else "",
        can_remind=bool(request.contact.email) and rules.may_remind(request.reminded_at, timezone.now()),
    )


def qr_svg(link: str) -> SafeString:
    """Return the address as a QR code in a piece of SVG, dark on light in every colour scheme, and with a name.

    Args:
        link: `RequestData.link`.
    """
    code = segno.make(link, error="m", micro=False)
    # The library writes numbers only; the address itself is nowhere in the drawing.
    drawing = mark_safe(
        code.svg_inline(omitsize=True, border=4, dark="#000", light="#fff", svgclass=None, lineclass=None)
    )
    return format_html('<div class="mentor-qr" role="img" aria-label="{}">{}</div>', _("QR code of the link"), drawing)
