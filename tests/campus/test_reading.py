"""GET and HEAD change nothing: every address, opened by everybody, over a campus that holds something of each kind."""

from __future__ import annotations

import hashlib
import io
import json
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache

from iciinsmes_campus.wsgi import application
from tests.campus.everybody import VISITORS, World, visit
from tests.campus.test_access import RULES, Rule, url_of

#: What reading may leave behind, and why.
LEFT = {
    # Who looked at what: the trail is there for it.
    "iciinsmes.TrailEntry": None,
    # That a round was opened for the first time is an event, as it is in the trail.
    "iciinsmes_campus.TrackingEvent": None,
    # Opening a notice of the inbox, or a round that waits, says that it was seen.
    "iciinsmes.Notice": {"read_at"},
    "iciinsmes.Round": {"opened_at"},
    # Who signed in when, and a session's own time.
    "sessions.Session": None,
    "auth.User": {"last_login"},
    # The first look at a block makes its place: a task as it was seen, capa's numbers.
    "iciinsmes_campus.BlockState": None,
}


def digest() -> dict[str, str]:
    """Return a digest of every row, without what reading may leave."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        ignored = LEFT.get(model._meta.label, set())
        if ignored is None or not model._meta.managed:
            continue
        for row in model._base_manager.values():
            kept = {name: str(value) for name, value in row.items() if name not in ignored}
            found[f"{model._meta.label}:{row[model._meta.pk.attname]}"] = hashlib.sha256(
                json.dumps(kept, sort_keys=True).encode()
            ).hexdigest()
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("asked", RULES, ids=str)
def test_looking_changes_nothing(world: World, asked: Rule) -> None:
    cache.clear()
    url = url_of(asked, world)
    clients = [visit(world, visitor) for visitor in VISITORS]
    before = digest()
    for client in clients:
        for method in ("get", "head"):
            response = getattr(client, method)(url)
            if response.streaming:
                list(response)
    after = digest()
    assert {row for row in before.keys() | after.keys() if before.get(row) != after.get(row)} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/login/", "/healthz", "/no-such-page", "/iciinsmes/toolbox/"])
def test_head_has_the_headers_of_get_and_no_body(path: str) -> None:
    heads: dict[str, Any] = {}

    def ask(method: str) -> bytes:
        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
            heads[method] = (status, sorted(name for name, _value in headers))

        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": None,
            "HTTP_HOST": "testserver",
        }
        return b"".join(application(environ, start))

    assert ask("GET")
    assert ask("HEAD") == b""
    assert heads["HEAD"] == heads["GET"]
