"""``{% load ici_pages %}{% page_url "toolbox-instrument" key %}``: addresses of pages in what authors see."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse

from iciinsmes.platform import host

register = template.Library()


@register.simple_tag
def page_url(name: str, *args: Any) -> str:
    """Return the address of a page of the add-on; in Studio, which has none of them, the one on the LMS."""
    try:
        return reverse(f"iciinsmes:{name}", args=args)
    except NoReverseMatch:
        return host().absolute(f"/iciinsmes{reverse(name, urlconf='iciinsmes.urls', args=args)}")
