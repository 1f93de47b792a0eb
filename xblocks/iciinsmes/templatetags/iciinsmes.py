"""``{% load iciinsmes %}``: what templates of any page may ask the add-on."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.shortcuts import resolve_url
from django.template import Context
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from iciinsmes.lib import dates
from iciinsmes.lib.decimals import percent, written
from iciinsmes.lib.templating import render_to_string
from iciinsmes.notices import api as notices
from iciinsmes.platform import host, zones
from iciinsmes.waiting.data import capped

register = template.Library()
register.filter(capped)
register.filter(percent)
register.filter(written)


@register.filter(expects_localtime=True)
def moment(at: datetime | None) -> str:
    """Write a deadline, or another moment that must not be misunderstood, with weekday and zone; empty for none."""
    return zones.moment(at) if at else ""


@register.filter(expects_localtime=True)
def clock(at: datetime | None) -> str:
    """Write the time of a day that nobody has to be told, with the zone; empty for none."""
    return zones.clock(at) if at else ""


@register.filter(expects_localtime=True)
def long_date(day: date | None) -> str:
    """Write a day within a sentence, with the whole name of its month; empty for none."""
    return dates.long(day) if day else ""


@register.filter(expects_localtime=True)
def short_date(day: date | None) -> str:
    """Write a day in a table or beside a title, with the short name of its month; empty for none."""
    return dates.short(day) if day else ""


@register.filter(expects_localtime=True)
def day_and_month(day: date | None) -> str:
    """Write a day whose year nobody has to be told; empty for none."""
    return dates.day_and_month(day) if day else ""


@register.simple_tag
def unread_notices(user: AbstractBaseUser | AnonymousUser) -> str:
    """Return how many notices the person has not read: empty for none, ``99+`` for very many; one query."""
    number = notices.unread_count(user_id=user.pk) if user.is_authenticated else 0
    return f"{notices.MANY}+" if number > notices.MANY else str(number or "")


@register.simple_tag
def page_url(name: str, *args: Any) -> str:
    """Return the address of a page of the add-on; in Studio, which has none of them, the one on the LMS."""
    try:
        return reverse(f"iciinsmes:{name}", args=args)
    except NoReverseMatch:
        return host().absolute(f"/iciinsmes{reverse(name, urlconf='iciinsmes.urls', args=args)}")


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
    here, texts, offer = _constants(get_language(), get_urlconf() or settings.ROOT_URLCONF, str(settings.LOGIN_URL))
    return {
        "place": ":".join(str(part) for part in place),
        "person": str(person),
        "form": form,
        "keep": keep,
        "here": here if person != "" else "",
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "texts": texts,
        "offer": offer,
    }


@lru_cache(maxsize=64)
def _constants(_language: str | None, _urlconf: Any, login_url: str) -> tuple[str, SafeString, SafeString]:
    """Return the address and the words that are the same in all notes; pages hold several, and they cost the most."""
    try:
        here, after = reverse("iciinsmes:here"), reverse("iciinsmes:here-back")
    except NoReverseMatch:
        # Studio has none of the add-on's pages.
        here, after = "", "/"
    sign_in = f"{resolve_url(login_url)}?{urlencode({'next': after})}"
    texts = render_to_string("iciinsmes/typed_texts.html")
    return here, texts, render_to_string("iciinsmes/typed_offer.html", {"sign_in": sign_in})
