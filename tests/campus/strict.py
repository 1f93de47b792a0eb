"""What every answer to a browser has to say, and what is missing in one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.http.response import HttpResponseBase

#: An address with a host, or anything that a browser would ask another machine for.
ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//|\*", re.IGNORECASE)
#: Files that ship with a package or a course: no word about a person.
FOR_EVERYBODY = (
    "courseware:resource",
    "courseware:static",
    "iciinsmes:toolbox-template-csv",
    "iciinsmes:toolbox-template-xlsx",
)
#: Their texts are for everybody; around them stands the name of who is signed in.
FOR_VISITORS = ("iciinsmes:toolbox", "iciinsmes:toolbox-instrument", "iciinsmes:toolbox-try")


class Page(HTMLParser):
    """Gathers what a page loads and runs."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.scripts: list[dict[str, str | None]] = []
        self.handlers: list[str] = []
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script" and given.get("type") not in ("application/json", "text/template"):
            self.scripts.append(given)
        self.handlers += [f"{tag} {name}" for name in given if name.startswith(("on", "hx-on"))]
        self.addresses += [value for name, value in attrs if name in ("src", "action", "formaction", "data") and value]
        if tag == "link":
            self.addresses.append(given.get("href") or "")


def directives(header: str) -> dict[str, list[str]]:
    parts = (part.split() for part in header.split(";"))
    return {name: values for name, *values in parts}


def may_be_kept(name: str, visitor: str) -> bool:
    """Tell whether a cache may keep the answer of this address to this visitor; what tells of people it may not."""
    return name in FOR_EVERYBODY or (name in FOR_VISITORS and visitor == "anonymous")


def cached(response: HttpResponseBase) -> bool:
    said = {part.strip() for part in response.get("Cache-Control", "").split(",")}
    return not {"private", "no-store"} <= said


def weaknesses(response: HttpResponseBase) -> Iterator[str]:
    """Yield what is not strict in a page, a part or a file."""
    policy = directives(response["Content-Security-Policy"])
    if policy["default-src"] not in (["'self'"], ["'none'"]):
        yield f"default-src {policy['default-src']}"
    allowed = [value for values in policy.values() for value in values if not value.startswith("'nonce-")]
    yield from (f"from elsewhere: {value}" for value in allowed if ELSEWHERE.search(value))
    scripts = policy.get("script-src", policy["default-src"])
    if loose := {"'self'", "'unsafe-inline'", "'unsafe-eval'", "data:", "blob:"} & set(scripts):
        yield f"scripts: {loose}"
    if "sandbox" not in policy:
        yield from (name for name in ("base-uri", "form-action", "frame-ancestors") if policy[name] != ["'self'"])
        if policy["object-src"] != ["'none'"]:
            yield f"object-src {policy['object-src']}"
    for name, values in _HEADERS.items():
        if response[name] not in values:
            yield f"{name}: {response[name]}"
    if response["Content-Type"].startswith("text/html") and not response.streaming:
        yield from _scripts(response)


#: What each header may say.
_HEADERS = {
    "X-Content-Type-Options": ("nosniff",),
    "X-Frame-Options": ("SAMEORIGIN",),
    "Referrer-Policy": ("same-origin", "no-referrer"),
    "Cross-Origin-Opener-Policy": ("same-origin",),
}


def _scripts(response: HttpResponseBase) -> Iterator[str]:
    page = Page(response.getvalue().decode())
    nonces = re.findall(r"'nonce-([^']+)'", response["Content-Security-Policy"])
    yield from (f"not named: {script}" for script in page.scripts if script.get("nonce") not in nonces)
    yield from page.handlers
    yield from (address for address in page.addresses if ELSEWHERE.match(address))
