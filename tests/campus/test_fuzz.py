"""Hostile input at every address: whatever is sent, the server never fails, and a refusal has words.

What a view reads is found out by watching it: every field that it asks for gets every hostile value, alone and together
with all others. An address that is added is tried by itself, see `RULES` of `test_access`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import got_request_exception
from django.db import transaction
from django.http import QueryDict
from django.test import Client

from tests.campus.access import LOGIN, REFUSED, Rule, url_of
from tests.campus.everybody import VISITORS, World, visit
from tests.campus.test_access import RULES

PEOPLE = ("learner", "teacher", "coordinator", "anonymous")
DEEP = 3_000

VALUES = {
    "nothing": "",
    "a number that is a word": "1e999999999",
    "a small one": "1e-999999999",
    "an endless number": "9" * 5000,
    "more than a table holds": "9" * 18,
    "less than nothing": "-1",
    "no number": "NaN",
    "infinity": "-Infinity",
    "digits of elsewhere": "\u0663\u00b2\u2460",
    "a zero byte": "a\0b",
    "half a letter": '[{"date": "2026-01-01", "hours": "1", "what": "\\ud800", "a\\u0000": "\\u0000"}]',
    "letters without end": "x" * 20_000,
    "lists in lists": "[" * DEEP + "]" * DEEP,
    "objects in objects": '{"a":' * DEEP + "1" + "}" * DEEP,
    "a list of nothing": "[null, 1, {}, [], true]",
    "an object": '{"date": 5, "hours": [], "what": {}}',
    "a list of objects": '[{"date": "2026-99-99", "hours": "1e99999999", "what": null}]',
    "a time that is none": "2026-02-30T25:61",
    "a year that is none": "99999-01-01",
    "the first year": "0001-01-01T00:00",
    "a way out": "../../../etc/passwd",
    "a sign of formats": "%s %(x)s {0.__class__} {{ x }} {% x %}",
    "another key": "block-v1:A+B+C+type@x+block@\0",
}

#: What is sent as it is, with the content type that the sender says it has.
BODIES = {
    "nothing at all": ("", b""),
    "no boundary": ("multipart/form-data", b"--x\r\n"),
    "an empty boundary": ("multipart/form-data; boundary=", b"--\r\n\r\n----"),
    "a boundary that never comes": ("multipart/form-data; boundary=abc", b"--x\r\nContent-Disposition: form-data\r\n"),
    "a part that is cut off": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\na;b',
    ),
    "a part in base64 that is none": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="text"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n!!!\r\n--x--\r\n",
    ),
    "a part in an unknown set of letters": (
        "multipart/form-data; boundary=x; charset=klingon",
        b'--x\r\nContent-Disposition: form-data; name="text"\r\n'
        b"Content-Type: text/plain; charset=klingon\r\n\r\na\r\n--x--\r\n",
    ),
    "an unknown set of letters": ("application/x-www-form-urlencoded; charset=klingon", b"text=a"),
    "bytes that are no letters": ("application/x-www-form-urlencoded", b"text=%FF%FE&\xff=\xfe&%ED%A0%80=1"),
    "too many fields": ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(2000))),
    "JSON in JSON": ("application/json", b"[" * DEEP + b"]" * DEEP),
    "JSON that is none": ("application/json", b'{"a": NaN, "b": 1e999999999, "c": "\\ud800"'),
    "a JSON number without end": ("application/json", b'{"weight": ' + b"9" * 5000 + b"}"),
    "JSON of another shape": ("application/json", b"[1, null, {}]"),
    "JSON that is a word": ("application/json", b'"word"'),
    "JSON that is no text": ("application/json", b"\xff\xfe\x00"),
    "XML": ("text/xml", b'<?xml version="1.0" encoding="klingon"?><a/>'),
    "nonsense for a type": ("\u00fc;;;===", b"a=b"),
}


class Watched:
    """The names of fields that views have asked for."""

    def __init__(self) -> None:
        self.get: set[str] = set()
        self.post: set[str] = set()

    @contextmanager
    def watching(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        with monkeypatch.context() as patch:
            for method in ("get", "getlist", "__getitem__", "__contains__"):
                patch.setattr(QueryDict, method, self._telling(getattr(QueryDict, method)))
            yield

    def _telling(self, original: Any) -> Any:
        def told(fields: QueryDict, key: Any, *args: Any, **kwargs: Any) -> Any:
            # A query is read from text, a form from bytes or parts.
            if isinstance(key, str) and re.fullmatch(r"[\w.:-]{1,80}", key):
                self.post.add(key)
            return original(fields, key, *args, **kwargs)

        return told


@pytest.fixture(autouse=True)
def _no_guesses():
    cache.clear()


@pytest.fixture
def failures() -> Iterator[list[str]]:
    """The reasons of failures of the server."""
    found: list[str] = []

    def failed(sender: object, **_more: object) -> None:
        import sys
        import traceback

        error = sys.exc_info()[1]
        frames = traceback.extract_tb(error.__traceback__) if error else []
        places = [frame for frame in frames if "iciinsmes" in frame.filename] or frames
        found.append(f"{error!r:.200} at {places[-1].filename.rpartition('xblocks/')[2]}:{places[-1].lineno}")

    got_request_exception.connect(failed, weak=False)
    yield found
    got_request_exception.disconnect(failed)


def send(client: Client, method: str, *args: Any, **more: Any) -> Any:
    with transaction.atomic():
        response = getattr(client, method)(*args, **more)
        if getattr(response, "streaming", False):
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    return response


def said(response: Any) -> str:
    """Return what stands in an answer for people to read."""
    if getattr(response, "streaming", False):
        return "a file"
    text = response.content.decode("utf-8", "replace")
    text = re.sub(r"(?s)<(script|style|head)\b.*?</\1>", "", text)
    return re.sub(r"<[^>]*>", " ", text).strip()


def allowed(asked: Rule, world: World, method: str) -> list[str]:
    """Return those who get further than to a closed door, somebody of every kind."""
    entries = dict(zip(VISITORS, asked.get if method == "get" else asked.post, strict=True))
    return [who for who in PEOPLE if entries[who] not in (REFUSED, LOGIN, 401, 403, 404, 405)]


def wrong(response: Any) -> bool:
    return response.status_code >= 500 or (response.status_code in _REFUSALS and not said(response))


#: Who was let in and sent something wrong is told so in words.
_REFUSALS = (400, 409, 413, 415, 422)

_ALL = os.environ.get("FUZZ") == "all"
CASES = [(asked, method) for asked in RULES for method in ("get", "post")]


@pytest.mark.django_db
@pytest.mark.parametrize(("asked", "method"), CASES, ids=[f"{method} {asked}" for asked, method in CASES])
def test_no_field_of_any_address_makes_the_server_fail(world, asked, method, failures, monkeypatch):
    url = url_of(asked, world)
    found = []
    people = allowed(asked, world, method)
    for place, who in enumerate(people):
        client = visit(world, who, raise_request_exception=False)
        fields = Watched()
        with fields.watching(monkeypatch):
            send(client, method, url, asked.data)
        names = sorted((fields.post | set(asked.data)) - {"csrfmiddlewaretoken"})
        alone = names if place == 0 else []
        for turn, (label, value) in enumerate(VALUES.items()):
            # Everything by everybody takes many minutes: FUZZ=all does it. Otherwise people take turns.
            if not names or (place and turn % (2 * len(people)) != place and not _ALL):
                continue
            # One field alone is the same as all of one; of several each is sent once by itself, with another value.
            now = alone if _ALL else alone[turn : turn + 1] if len(alone) > 1 else []
            for changed in (dict.fromkeys(names, value), *({name: value} for name in now)):
                response = send(client, method, url, {**asked.data, **changed} if method == "post" else changed)
                if wrong(response):
                    found.append((who, label, sorted(changed), response.status_code, failures[-1:]))
    assert found == []


#: How many addresses share the bodies: which is read how does not hang on the address, only on what its view does then.
_SHARED_BY = 3


@pytest.mark.django_db
@pytest.mark.parametrize(("turn", "asked"), list(enumerate(RULES)), ids=[str(asked) for asked in RULES])
def test_no_body_makes_the_server_fail(world, turn, asked, failures):
    url = url_of(asked, world)
    found = []
    people = allowed(asked, world, "post")
    # A body is read before anything depends on who sent it.
    for who in people if _ALL else people[:1]:
        client = visit(world, who, raise_request_exception=False)
        bodies = list(BODIES.items())
        for label, (content_type, body) in bodies if _ALL else bodies[turn % _SHARED_BY :: _SHARED_BY]:
            response = send(client, "generic", "POST", url, body, content_type=content_type)
            if wrong(response):
                found.append((who, label, response.status_code, failures[-1:]))
    assert found == []


@pytest.mark.django_db
@pytest.mark.parametrize("asked", RULES, ids=str)
def test_no_query_cookie_or_header_makes_the_server_fail(world, asked, failures):
    url = url_of(asked, world).partition("?")[0]
    found = []
    queries = ("%FF=%FE&page=%ED%A0%80", "after=1e999999999&page=" + "9" * 5000, "a" * 5000, "&".join(["a=1"] * 2000))
    headers = (
        {"HTTP_COOKIE": "sessionid=\xff\x00; csrftoken=%00%ff; django_language=\x00; =; ;;"},
        {"HTTP_ACCEPT_LANGUAGE": "x" * 5000 + ",de;q=1e999999999"},
        {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://[", "HTTP_HX_CURRENT_URL_URI_AUTOENCODED": "true"},
        {"HTTP_RANGE": "bytes=9-1e9", "HTTP_IF_MODIFIED_SINCE": "\x00", "HTTP_IF_NONE_MATCH": "\xff"},
        {"HTTP_REFERER": "http://[::1", "HTTP_ORIGIN": "null"},
    )
    for who in allowed(asked, world, "get")[:1]:
        client = visit(world, who, raise_request_exception=False)
        tries = [(query[:20], send(client, "get", url + "?" + query)) for query in queries]
        tries += [(str(header)[:40], send(client, "get", url, **header)) for header in headers]
        found += [(who, label, response.status_code, failures[-1:]) for label, response in tries if wrong(response)]
    assert found == []


HOSTILE_PARTS = (
    "%00",
    "%ff",
    "9" * 5000,
    "%F0%9F%92%A9",
    "..%2f..%2f",
    "x" * 3000,
    "%ED%A0%80",
    "-1",
    "course-v1:%00+A+B",
)


#: Where a hostile part was put; the addresses of a room begin alike.
_TRIED: set[tuple[tuple[str, ...], int]] = set()


@pytest.mark.django_db
@pytest.mark.parametrize("asked", RULES, ids=str)
def test_no_address_makes_the_server_fail(world, asked, failures):
    client = visit(world, "coordinator", raise_request_exception=False)
    parts = url_of(asked, world).partition("?")[0].split("/")
    found = []
    for place, part in enumerate(parts):
        here = (tuple(parts[:place]), len(parts))
        is_known = here in _TRIED and not _ALL
        if not part or (is_known and part.isalpha()):
            continue
        _TRIED.add(here)
        # Where another address has taken all of them at this place, this one's view takes a third, in turns.
        for hostile in HOSTILE_PARTS[len(_TRIED) % 3 :: 3] if is_known else HOSTILE_PARTS:
            url = "/".join([*parts[:place], hostile, *parts[place + 1 :]])
            response = send(client, "get", url)
            if response.status_code >= 500:
                found.append((url[:100], response.status_code, failures[-1:]))
    assert found == []


FILES = {
    "an empty file": b"",
    "zeros": bytes(5000),
    "half a workbook": b"PK\x03\x04" + bytes(100),
    "deep JSON": b"[" * DEEP,
    "an unknown encoding": b'<?xml version="1.0" encoding="klingon"?><table/>',
    "bytes without letters": b"\xff\xfe\x00\xd8;\n",
    "numbers without end": b"score;company\n" + b"9" * 5000 + b";1e999999999\n",
}


@pytest.mark.django_db
@pytest.mark.parametrize("label", FILES)
@pytest.mark.parametrize(
    "asked", [asked for asked in RULES if "import" in asked.name or "exercise-" in asked.name], ids=str
)
def test_no_file_makes_the_server_fail(world, asked, label, failures):
    url = url_of(asked, world)
    found = []
    for who in allowed(asked, world, "post"):
        client = visit(world, who, raise_request_exception=False)
        for name in ("a.csv", "a.xlsx", "a.ods", "a\ud800\0.csv".encode("utf-8", "replace").decode()):
            sent = {**asked.data, "pasted": "", "file": SimpleUploadedFile(name, FILES[label])}
            response = send(client, "post", url, sent)
            if wrong(response):
                found.append((who, name, response.status_code, failures[-1:]))
    assert found == []
