"""A page with nothing but the learner's part of one assignment, for the upload script in a real browser."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.urls import include, path

from iciinsmes.assignments import api
from iciinsmes.assignments.block import WorkplaceAssignmentBlock
from iciinsmes.assignments.page import render_work
from iciinsmes.lib.templating import ENGINE

from .conftest import BLOCK

_PAGE = """{% load static %}<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Work</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
{% for name in styles %}<link rel="stylesheet" href="{% static name %}">{% endfor %}</head>
<body class="ici"><main><h1>Unit</h1>{{ work }}</main>
{% for name in scripts %}<script src="{% static name %}" nonce="{{ request.csp_nonce }}"></script>{% endfor %}
</body></html>"""


def page(request: HttpRequest) -> HttpResponse:
    get_token(request)
    work = api.work_of(user_id=request.user.id, usage_key=BLOCK)
    context = {
        "work": render_work(work),
        "styles": ("iciinsmes/iciinsmes.css", "iciinsmes/evidence.css", "iciinsmes/assignments.css"),
        "scripts": WorkplaceAssignmentBlock.page_scripts,
    }
    return HttpResponse(engines[ENGINE].from_string(_PAGE).render(context, request))


# The site's own sign-in, which the note beside a form leads to.
_SIGN_IN = [path("login/", page, name="login")]
urlpatterns = [
    path("page", page),
    path("iciinsmes/", include("iciinsmes.urls", namespace="iciinsmes")),
    path("", include((_SIGN_IN, "campus"))),
]
