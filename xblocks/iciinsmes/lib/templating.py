"""Rendering with the engine of the add-on's own templates.

Open edX looks for each template in some fifty folders and compiles it anew whenever it is used; this engine looks once.
Hosts name it "iciinsmes" in ``TEMPLATES``; where none does, ``settings.common`` adds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import shortcuts
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.template import Context, engines, loader
from django.template.backends.django import DjangoTemplates
from django.utils.safestring import SafeString

#: The name of the engine in ``TEMPLATES``.
ENGINE = "iciinsmes"


class Templates(DjangoTemplates):
    """Django's own backend under another name: the platform's wiki does not start beside a second one of that name."""


def render(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int | None = None
) -> HttpResponse:
    """Return a page made from a template of the add-on; arguments as of `django.shortcuts.render`."""
    return shortcuts.render(request, template, context, status=status, using=ENGINE)


def render_to_string(
    template: str, context: Mapping[str, Any] | None = None, request: HttpRequest | None = None
) -> SafeString:
    """Return the text of a template of the add-on; arguments as of `django.template.loader.render_to_string`."""
    return loader.render_to_string(template, dict(context or {}), request, using=ENGINE)


def render_plain(template: str, context: Mapping[str, Any]) -> str:
    """Return the text of a template of the add-on that is plain text, as mails are: nothing is escaped."""
    engine = engines[ENGINE]
    if not isinstance(engine, DjangoTemplates):
        raise ImproperlyConfigured(f"The engine {ENGINE} in TEMPLATES must be Django's own.")
    return engine.engine.get_template(template).render(Context(dict(context), autoescape=False))
