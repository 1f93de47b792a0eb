"""What other packages' blocks put into the page, kept inside of its own element.

A package answers for its HTML, but its block also shows what an author typed, and the two cannot be told apart. So the
HTML is balanced as a browser reads it, so that nothing inside can leave it, and loses what the page's scripts act on.
"""

from __future__ import annotations

import re

import nh3

_TAG = re.compile(r"<([a-z][^\s/>]*)", re.IGNORECASE)
_NAME = re.compile(r"""[\s/"']([^\s"'<>/=]+)""")
_ACTING = re.compile(
    r"on.*|(?:data-)?hx-.*|data-(?:ici|block|courseware|handlers|init|runtime|usage|xblock).*|srcdoc", re.I
)
_DROPPED = frozenset({"applet", "base", "embed", "iframe", "link", "meta", "object", "style"})
_OVERLAYS = re.compile(r"position\s*:\s*(?:fixed|sticky)|\\", re.IGNORECASE)


def kept_inside(html: str) -> str:
    """Return a block's HTML without styles, frames, event handlers and attributes of htmx and of the campus."""
    tags = {tag.lower() for tag in _TAG.findall(html)} - _DROPPED
    names = {name for found in _NAME.findall(html) for name in (found, found.lower()) if not _ACTING.fullmatch(name)}
    return nh3.clean(
        html,
        tags=tags,
        clean_content_tags=set(_DROPPED),
        attributes={"*": names},
        attribute_filter=_attribute,
        link_rel=None,
        url_schemes={"http", "https", "mailto", "tel", "data", "blob"},
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "style" and _OVERLAYS.search(value):
        return None
    # A picture may be written into the page, a document may not.
    return None if value.lstrip().lower().startswith("data:") and tag not in ("img", "source") else value
