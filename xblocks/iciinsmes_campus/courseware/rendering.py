"""Units as HTML: the blocks of a unit, one after the other, with everything their browser side needs."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import UsageKey
from web_fragments.fragment import Fragment, FragmentResource

from iciinsmes_campus.learning.rules import counts

from .data import Node, RenderedUnit
from .errors import Closed
from .kinds import STRUCTURE
from .languages import as_read, is_page_language
from .library import library
from .permissions import can_author, can_open
from .problem_words import words_of_script
from .resources import styles_without_imports
from .runtime import CampusRuntime

log = logging.getLogger(__name__)

# Blocks of these packages bring all they need; others expect the platform's jQuery on the page.
_NEED_NO_JQUERY = ("iciinsmes.", "iciinsmes_campus.", "xblocks_contrib.html.")
_ELSEWHERE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)


def render_unit(*, request: HttpRequest, usage_key: UsageKey) -> RenderedUnit:
    """Return a unit (or a single block) as the request's person sees it.

    Reading it costs one query for the person's memberships, cached for the request, and one for learner state, none if
    no block of the unit keeps any. Blocks may add their own.

    The unit's script tells the server that the unit was seen: after five seconds of being visible, or when a link with
    ``rel="next"`` is followed. That completes the blocks for which being seen is enough.

    Args:
        request: the page's request; its CSP nonce is used for the scripts that blocks write inline.
        usage_key: the unit.

    Raises:
        UnknownBlock: if no course has it.
        Closed: if the person may not open it, or not yet.
    """
    source = library().of(usage_key)
    loaded = as_read(source)
    unit = loaded.nodes[usage_key]
    if not can_open(request.user.pk, loaded.way_to(usage_key)):
        raise Closed(str(usage_key))
    runtime = CampusRuntime(loaded, request.user, source=source)
    children = runtime.visible(unit.children) if unit.block_type in STRUCTURE else [unit]
    runtime.prefetch(node for child in children for node in child.walk())
    fragments = [runtime.show(child, "student_view") for child in children]
    seen = any(node.seen_completes and counts(node) for node in unit.leaves())
    seen_url = reverse("courseware:seen", args=[usage_key.course_key, usage_key]) if seen else ""
    html = format_html(
        '<div class="courseware"{} data-courseware data-csrf="{}" data-seen="{}" data-failed="{}">{}</div>',
        _language_mark(loaded.course.language),
        get_token(request),
        seen_url,
        _("This did not work. What you typed is still on this page. Try again in a moment."),
        format_html_join("\n", "{}", ((mark_safe(fragment.body_html()),) for fragment in fragments)),
    )
    return _page(request, html, fragments, runtime, children)


def render_editor(*, request: HttpRequest, usage_key: UsageKey) -> RenderedUnit:
    """Return a block's Studio editor, with the texts as their author wrote them.

    What it saves goes to the saver named by `on_author_save`.

    Raises:
        UnknownBlock: if no course has the block.
        Closed: if the person may not author this course run.
    """
    loaded = library().of(usage_key)
    if not can_author(request.user.pk, usage_key.course_key):
        raise Closed(str(usage_key))
    runtime = CampusRuntime(loaded, request.user, authoring=True)
    node = loaded.nodes[usage_key]
    fragment = runtime.show(node, "studio_view")
    html = format_html(
        '<div class="courseware courseware-editor" data-courseware data-csrf="{}">{}</div>',
        get_token(request),
        mark_safe(fragment.body_html()),
    )
    return _page(request, html, [fragment], runtime, [node], library_scripts=_text_editor())


def _language_mark(language: str) -> SafeString:
    """Return the attribute that names a language other than the page's."""
    return mark_safe("") if is_page_language(language) else format_html(' lang="{}"', language)


def _page(
    request: HttpRequest,
    html: SafeString,
    fragments: list[Fragment],
    runtime: CampusRuntime,
    shown: Iterable[Node],
    *,
    library_scripts: Iterable[str] = (),
) -> RenderedUnit:
    resources = list(dict.fromkeys(resource for fragment in fragments for resource in fragment.resources))
    nonce = str(getattr(request, "csp_nonce", ""))
    kinds = [node.block_type for child in shown for node in child.walk() if not node.error]
    context = {
        "nonce": nonce,
        "problem": "problem" in kinds,
        "jquery": any(_needs_jquery(runtime.load_block_type(kind)) for kind in set(kinds)),
        "library_scripts": [static(path) for path in library_scripts],
        "scripts": _tags([entry for entry in resources if entry.placement == "foot"], nonce),
        "words_of_script": words_of_script(),
    }
    head = _tags([entry for entry in resources if entry.placement == "head"], nonce)
    return RenderedUnit(
        html=html,
        head_html=mark_safe(render_to_string("iciinsmes_campus/courseware/head.html", {**context, "styles": head})),
        foot_html=mark_safe(render_to_string("iciinsmes_campus/courseware/foot.html", context)),
    )


def _text_editor() -> list[str]:
    """Return all of TinyMCE that authors need: it may not load parts by itself, because they would lack the nonce."""
    language = get_language() or ""
    words = {"da": ["langs/da.js"], "de": ["langs/de.js"], "hu": ["langs/hu_HU.js"], "pl": ["langs/pl.js"]}
    plugins = [f"plugins/{name}/plugin.min.js" for name in ("lists", "link", "image", "table")]
    parts = ["tinymce.min.js", "themes/silver/theme.min.js", "models/dom/model.min.js", "icons/default/icons.min.js"]
    return [f"tinymce/{path}" for path in (*parts, *plugins, *words.get(language.partition("-")[0], []))]


def _needs_jquery(block_class: Any) -> bool:
    return not f"{block_class.__module__}.".startswith(_NEED_NO_JQUERY)


def _tags(resources: Iterable[FragmentResource], nonce: str) -> SafeString:
    return format_html_join("\n", "{}", ((tag,) for entry in resources if (tag := _tag(entry, nonce))))


def _tag(resource: FragmentResource, nonce: str) -> SafeString | None:
    data, script = resource.data, resource.mimetype == "application/javascript"
    if resource.kind == "url":
        if _ELSEWHERE.match(data):
            log.warning("A block asks for %s, which is not on this campus; it is left out", data)
            return None
        if script:
            return format_html('<script src="{}" nonce="{}"></script>', data, nonce)
        if resource.mimetype == "text/css":
            return format_html('<link rel="stylesheet" href="{}">', data)
    # What follows is written by an installed package, not by people of the campus.
    elif script:
        return format_html('<script nonce="{}">{}</script>', nonce, mark_safe(data))
    elif resource.mimetype == "text/css":
        return format_html("<style>{}</style>", mark_safe(styles_without_imports(data)))
    elif resource.mimetype == "text/html":
        return mark_safe(data)
    log.warning("A block asks for a resource of the unknown kind %s", resource.mimetype)
    return None
