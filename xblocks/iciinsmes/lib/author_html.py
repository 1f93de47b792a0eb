"""Author HTML made safe to show on any page, or read as text: the one place that cleans it.

Authors write words, pictures and tables. What would act, ask the server, hide or cover the page around it, or be taken
for a part of that page, is left out: a page that a coordinator looks at has the coordinator's rights.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set
from functools import lru_cache
from html import unescape

import nh3
from django.utils.safestring import SafeString, mark_safe


def words(text: str) -> frozenset[str]:
    """Return the words of a list that reads like one."""
    return frozenset(text.split())


#: Classes that author HTML may carry; all others belong to the page's styles and scripts.
CLASSES = frozenset({"bad", "detailed-solution", "good", "note", "panel", "purpose", "soft", "warn"})

#: Put before the names that authors give to parts, so that none is the name of a part of the page.
PREFIX = "author-"

TAGS = words(
    "a abbr acronym address article aside audio b bdi bdo big blockquote br caption center cite code col colgroup "
    "data dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img "
    "ins kbd li mark ol p picture pre q rp rt rtc ruby s samp section small source span strike strong sub summary "
    "sup table tbody td tfoot th thead time tr track tt u ul var video wbr"
)
# What is between these is no text for readers.
NO_TEXT = words(
    "applet embed frameset iframe math noembed noframes noscript object plaintext script select style svg "
    "template textarea title xmp"
)
_EVERYWHERE = words(
    "align aria-describedby aria-hidden aria-label aria-labelledby class dir id lang role style tabindex title "
    "translate valign"
)
ATTRIBUTES: Mapping[str, Set[str]] = {
    "*": _EVERYWHERE,
    "a": {"download", "href", "hreflang", "target"},
    "audio": {"controls", "loop", "muted", "preload", "src"},
    "blockquote": {"cite"},
    "col": {"span", "width"},
    "colgroup": {"span", "width"},
    "data": {"value"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "font": {"color", "face", "size"},
    "hr": {"size", "width"},
    "img": {"alt", "height", "loading", "src", "width"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "q": {"cite"},
    "source": {"src", "type"},
    "table": {"border", "cellpadding", "cellspacing", "summary", "width"},
    "td": {"abbr", "bgcolor", "colspan", "headers", "height", "nowrap", "rowspan", "width"},
    "th": {"abbr", "bgcolor", "colspan", "headers", "height", "nowrap", "rowspan", "scope", "width"},
    "time": {"datetime"},
    "tr": {"bgcolor"},
    "track": {"default", "kind", "label", "src", "srclang"},
    "ul": {"type"},
    "video": {"controls", "height", "loop", "muted", "playsinline", "poster", "preload", "src", "width"},
}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})

# Roles that describe; the others speak to people, or pretend that something can be operated.
_ROLES = frozenset({"figure", "group", "img", "list", "listitem", "none", "note", "presentation", "region", "table"})
# Files of a course under the names that hosts give them. An address that is anything else could ask the page's own
# server for something in the reader's name, or tell another server who reads.
_COURSE_FILE = re.compile(r"/static/|/asset-v1:|/assets/courseware/|/c4x/|/courses/[^/]+/static/")
_LEAVES_FOLDER = re.compile(r"\.\.|\\|%2e|%5c|//|[\x00-\x20]", re.IGNORECASE)
_PROPERTIES = words(
    "background background-color block-size border border-block border-block-end border-block-start border-bottom "
    "border-collapse border-color border-inline border-inline-end border-inline-start border-left border-radius "
    "border-right border-spacing border-style border-top border-width break-after break-before break-inside "
    "caption-side clear color column-count column-gap columns direction display empty-cells flex flex-basis flex- "
    "direction flex-grow flex-shrink flex-wrap float font font-family font-size font-style font-variant font- "
    "weight gap grid-column grid-row grid-template-columns height hyphens inline-size justify-content align-items "
    "letter-spacing line-height list-style list-style-position list-style-type margin margin-block margin-block- "
    "end margin-block-start margin-bottom margin-inline margin-inline-end margin-inline-start margin-left margin- "
    "right margin-top max-block-size max-height max-inline-size max-width min-block-size min-height min-inline- "
    "size min-width object-fit overflow overflow-wrap overflow-x overflow-y padding padding-block padding-block- "
    "end padding-block-start padding-bottom padding-inline padding-inline-end padding-inline-start padding-left "
    "padding-right padding-top row-gap table-layout text-align text-decoration text-indent text-transform "
    "vertical-align white-space width word-break word-wrap"
)
# No addresses, escapes or functions but those of colours, and nothing negative, which would lie over the page.
_VALUE = re.compile(
    r"(?:(?:rgb|hsl)a?\([\da-z\s.,%/]*+\)|-?[a-z][\w-]*+|#?[\d.][\w.%]*+|[\s#,'\"/])*+", re.IGNORECASE | re.ASCII
)
_IMPORTANT = re.compile(r"\s*!\s*important\s*$", re.IGNORECASE)


# Everybody who reads a task reads the same text.
@lru_cache(maxsize=500)
def safe_html(author_html: str) -> SafeString:
    """Return the HTML without anything that acts: see `CLASSES` and `TAGS` for what stays.

    Parts that authors gave a name are renamed with `PREFIX`, and so are the links to them.
    """
    names: set[str] = set()
    text = _clean(author_html, names)
    if 'href="#' in text:
        text = _LINK.sub(lambda match: match[1] + PREFIX + match[2] if PREFIX + match[2] in names else match[0], text)
    return mark_safe(text)


def cleaned(author_html: str, *, before: str) -> str:
    """Return what an author has typed as it will be shown; the very text from before stays as it was written."""
    return author_html if author_html == before else str(safe_html(author_html))


def plain_text(author_html: str) -> str:
    """Return the words alone, in one line."""
    # The space keeps the last word of a list's line from the first one of the next.
    return " ".join(unescape(nh3.clean(author_html.replace("<", " <"), tags=set())).split())


def safe_attribute(tag: str, name: str, value: str) -> str | None:
    """Return what stays of an attribute that the author of ``tag`` may use at all; None if nothing does."""
    if name in _JUDGES:
        return _JUDGES[name](value)
    if name in ("src", "poster"):
        return value if is_course_file(value) else None
    return value


def is_course_file(address: str) -> bool:
    """Tell whether an address names a file of a course on this host, and surely nothing else."""
    path = address.strip().partition("?")[0].partition("#")[0]
    return bool(_COURSE_FILE.match(path)) and not _LEAVES_FOLDER.search(path)


def safe_style(style: str) -> str | None:
    """Return the declarations that change how something looks where it stands, and not what lies around it."""
    kept = []
    for declaration in style.split(";"):
        name, _colon, value = declaration.partition(":")
        name, value = name.strip().lower(), _IMPORTANT.sub("", value).strip()
        if name in _PROPERTIES and value and _VALUE.fullmatch(value):
            kept.append(f"{name}:{value}")
    return ";".join(kept) or None


def safe_classes(value: str) -> str | None:
    """Return the classes that authors may use."""
    return " ".join(name for name in value.split() if name in CLASSES) or None


def prefixed(value: str) -> str | None:
    """Return names of parts, or one, as they are called on the page."""
    return " ".join(name if name.startswith(PREFIX) else PREFIX + name for name in value.split()) or None


def _clean(author_html: str, names: set[str]) -> str:
    def judge(tag: str, name: str, value: str) -> str | None:
        kept = safe_attribute(tag, name, value)
        if name == "id" and kept:
            names.add(kept)
        return kept

    return nh3.clean(
        author_html,
        tags=set(TAGS),
        clean_content_tags=set(NO_TEXT),
        attributes={tag: set(allowed) for tag, allowed in ATTRIBUTES.items()},
        attribute_filter=judge,
        url_schemes=set(SCHEMES),
    )


_LINK = re.compile(r'(href="#)([^"]+(?="))')
_JUDGES: Mapping[str, Callable[[str], str | None]] = {
    "aria-describedby": prefixed,
    "aria-labelledby": prefixed,
    "class": safe_classes,
    "headers": prefixed,
    "id": prefixed,
    "role": lambda value: value if value in _ROLES else None,
    "style": safe_style,
    "tabindex": lambda value: value if value == "0" else None,
    "target": lambda value: value if value == "_blank" else None,
}
