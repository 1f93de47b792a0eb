"""``{% load ici_typed %}{% typed "firm-register" course.key %}`` inside a form: nothing that is typed there is lost."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.shortcuts import resolve_url
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

register = template.Library()


@register.inclusion_tag("iciinsmes/typed.html", takes_context=True)
def typed(
    context: Context, *place: Any, person: int | str | None = None, form: str = "", keep: str = "fields"
) -> dict[str, Any]:
    """Return the place in which the page's script says what happens to typed words, and under which name it keeps them.

    Args:
        context: gives the signed-in person, where the page has one.
        place: names this form among all of the site, the same on every visit.
        person: for whom the form was made, where there is no request; empty where there are no accounts.
        form: the id of the form, if it does not stand around the note.
        keep: ``fields`` to keep and offer what the form holds, ``inside`` to keep the HTML of its ``data-fields``,
            ``no`` where a script of its own does that.
    """
    if person is None:
        user = context.get("user")
        person = user.pk if user is not None and user.is_authenticated else ""
    try:
        here, after = reverse("iciinsmes:here"), reverse("iciinsmes:here-back")
    except NoReverseMatch:
        # Studio has none of the add-on's pages.
        here, after = "", "/"
    return {
        "place": ":".join(str(part) for part in place),
        "person": str(person),
        "form": form,
        "keep": keep,
        "here": here if person != "" else "",
        "sign_in": f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': after})}",
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
    }
