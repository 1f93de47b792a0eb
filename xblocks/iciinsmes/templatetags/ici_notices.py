"""``{% load ici_notices %}{% unread_notices user as unread %}``: the number at the bell."""

from __future__ import annotations

from django import template
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from iciinsmes.notices import api

register = template.Library()


@register.simple_tag
def unread_notices(user: AbstractBaseUser | AnonymousUser) -> str:
    """Return how many notices the person has not read: empty for none, ``99+`` for very many; one query."""
    number = api.unread_count(user_id=user.pk) if user.is_authenticated else 0
    return f"{api.MANY}+" if number > api.MANY else str(number or "")
