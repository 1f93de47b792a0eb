"""The runtime in which blocks meet a person: addresses, services, state, and what they publish."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from opaque_keys.edx.keys import UsageKey
from web_fragments.fragment import Fragment
from xblock.completable import XBlockCompletionMode

from iciinsmes.platform import STAFF
from iciinsmes_campus.learning import api as learning

from .addresses import course_addresses
from .base_runtime import BaseRuntime
from .data import Node
from .fields import CampusFields
from .foreign import kept_inside
from .notices import failed, notice_html
from .olx import LoadedCourse
from .permissions import is_open
from .resources import resource_address
from .services import (
    CampusCache,
    CampusI18nService,
    CampusUserService,
    CompletionService,
    NoSandbox,
    NoXQueue,
)
from .state import LearnerState, learner_scopes
from .written import written_blocks

log = logging.getLogger(__name__)

# The campus styles these kinds itself: the packages' style sheets load fonts from other hosts and know no dark mode.
_OWN_LOOK = frozenset({"html", "problem"})
# The add-on's blocks clean what their authors wrote, and containers hold blocks that are wrapped themselves.
_OWN_BLOCKS = ("iciinsmes.", "iciinsmes_campus.")
# A `<` in JSON could end the script element that carries it.
_JSON_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def third_party_signature(usage_key: UsageKey, handler_name: str) -> str:
    """Return what makes an address of a handler usable without a session: proof that the block asked for one."""
    message = f"{usage_key}/{handler_name}"
    return salted_hmac("iciinsmes_campus.courseware.third-party", message, algorithm="sha256").hexdigest()


class CampusRuntime(BaseRuntime):
    """Blocks of one course run for one person during one request.

    Args:
        loaded: the course run in the reader's language.
        user: Django's user of the request.
        source: the course run as its author wrote it; the same by default.
        writing: whether the request may change state: what is read is then locked.
        authoring: whether blocks are edited: authored fields may be set, nothing is published.
        reading: whether nothing may change: what blocks save or publish is noted in ``state`` and ``was_silenced``.
    """

    def __init__(
        self,
        loaded: LoadedCourse,
        user: Any,
        *,
        source: LoadedCourse | None = None,
        writing: bool = False,
        authoring: bool = False,
        reading: bool = False,
    ) -> None:
        self.loaded = loaded
        self.source = source or loaded
        self.is_author_mode = authoring
        self.user_key: int | None = user.pk if user is not None and user.is_authenticated else None
        course_key = loaded.course.key
        membership = learning.membership_of(user_id=self.user_key, course_key=course_key) if self.user_key else None
        roles = frozenset({membership.role}) if membership else frozenset()
        self.staff = bool(roles & STAFF)
        self.is_reading = reading
        self.was_silenced = False
        self.state = LearnerState(self.user_key, lock=writing, frozen=reading)
        self.fields = CampusFields(loaded, self.state, membership.extensions if membership else {}, authoring=authoring)
        self.replace = course_addresses(loaded)
        super().__init__(
            files=loaded.files,
            services={
                "cache": CampusCache(),
                "completion": CompletionService(self.user_key, course_key) if self.user_key else None,
                "field-data": self.fields,
                "i18n": CampusI18nService(),
                "replace_urls": self.replace,
                "sandbox": NoSandbox(),
                "user": CampusUserService(user, course_key, roles),
                "xqueue": NoXQueue(),
            },
        )

    # Blocks

    def get_block(self, usage_id: UsageKey, for_parent: Any = None) -> Any:
        """Return the block object for a key of this course."""
        return self.make(usage_id, self.user_key, for_parent)

    def in_languages(self, block: Any) -> dict[str, Any]:
        """Return the block by language, its author's own under an empty one; see `written_blocks`."""
        return written_blocks(self.source, block.scope_ids.usage_id) if self.source.others else {"": block}

    def own_fields(self, block: Any) -> Mapping[str, Any]:
        """Return the JSON of a block's fields as its author wrote them."""
        return self.source.blocks[block.scope_ids.usage_id].fields

    def prefetch(self, nodes: Iterable[Node]) -> None:
        """Read the state of all these blocks in one query; none if no block keeps any."""
        wanted = [
            (scope, node.usage_key)
            for node in nodes
            if not node.error
            for scope in learner_scopes(self.load_block_type(node.block_type))
        ]
        self.state.prefetch(wanted)

    # Pages

    def visible(self, nodes: Iterable[Node]) -> list[Node]:
        """Return the nodes that the person may open: all of them for staff."""
        return [node for node in nodes if self.staff or is_open(node)]

    def show(self, node: Node, view_name: str, context: Mapping[str, Any] | None = None) -> Fragment:
        """Return a block's view; a notice stands in for a block that cannot be shown."""
        if node.error:
            return Fragment(notice_html(kind=node.block_type, text=node.error))
        try:
            return self.get_block(node.usage_key).render(view_name, dict(context or {}))
        except Exception:  # a block may fail in any way; the rest of the unit must be shown
            log.exception("Block %s failed in %s", node.usage_key, view_name)
            return Fragment(notice_html(kind=node.block_type, text=failed(node.block_type)))

    def render_child(self, child: Any, view_name: str | None = None, context: Any = None) -> Fragment:
        """Return a child's view, or a notice in its place."""
        return self.show(self.loaded.nodes[child.scope_ids.usage_id], view_name or self._view_name, context)

    def render_children(self, block: Any, view_name: str | None = None, context: Any = None) -> list[Fragment]:
        """Return the views of a block's children that the person may see."""
        nodes = self.visible(self.loaded.nodes[key] for key in block.children)
        return [self.show(node, view_name or self._view_name, context) for node in nodes]

    def wrap_xblock(self, block: Any, view: str, frag: Fragment, context: Any) -> Fragment:
        """Wrap a view in the element that the client's runtime looks for."""
        key = block.scope_ids.usage_id
        kind = getattr(block, "unmixed_class", type(block))
        own_look = key.block_type in _OWN_LOOK
        is_own = f"{kind.__module__}.".startswith(_OWN_BLOCKS)
        body = frag.body_html() if is_own or own_look else kept_inside(frag.body_html())
        # The script of texts does nothing.
        init = "" if key.block_type == "html" else frag.js_init_fn or ""
        arguments = ""
        if frag.json_init_args is not None:
            text = json.dumps(frag.json_init_args).translate(_JSON_ESCAPES)
            arguments = format_html('<script type="application/json" data-xblock-args>{}</script>', mark_safe(text))
        wrapped = Fragment(
            format_html(
                '<div id="{}" class="xblock xblock-{} xmodule_display xmodule_{}" data-usage-id="{}"'
                ' data-block-type="{}" data-handlers="{}"{}{}>{}{}</div>',
                # Links to a block lead to its unit with this name behind a `#`.
                key.block_id,
                view,
                kind.__name__,
                key,
                key.block_type,
                self._handlers(key),
                format_html(' data-init="{}" data-runtime-version="1"', init) if init else "",
                # htmx is the add-on's; it acts on nothing in other blocks.
                "" if is_own else mark_safe(" hx-disable"),
                mark_safe(self.replace.replace_urls(body)),
                arguments,
            )
        )
        for kind, data, mimetype, placement in frag.resources:
            if own_look and (mimetype == "text/css" or not init):
                continue
            add = wrapped.add_resource_url if kind == "url" else wrapped.add_resource
            add(data, mimetype, placement)
        return wrapped

    # Addresses

    def handler_url(
        self, block: Any, handler_name: str, suffix: str = "", query: str = "", thirdparty: bool = False
    ) -> str:
        """Return the address of a block's handler."""
        key = block.scope_ids.usage_id
        kind = third_party_signature(key, handler_name) if thirdparty else self._handler_kind()
        url = reverse("courseware:handler", args=[key, kind, handler_name])
        return url + (f"/{suffix}" if suffix else "") + (f"?{query}" if query else "")

    def local_resource_url(self, block: Any, uri: str) -> str:
        """Return the address of a file in the block's package."""
        return resource_address(block.scope_ids.block_type, type(block), uri)

    def _handler_kind(self) -> str:
        return "edit" if self.is_author_mode else "learn"

    def _handlers(self, key: UsageKey) -> str:
        return reverse("courseware:handler", args=[key, self._handler_kind(), "-"]).removesuffix("-")

    # What blocks report

    def publish(self, block: Any, event_type: str, event_data: Mapping[str, Any] | None) -> None:
        """Book a grade or completion of the current person, or log what else a block reports.

        As on the platform, an event cannot speak for somebody else: a ``user_id`` in it is ignored.
        """
        if self.is_reading:
            self.was_silenced = True
            return
        if self.user_key is None or self.is_author_mode:
            return
        key = block.scope_ids.usage_id
        data = dict(event_data or {})
        if event_type == "grade":
            self._book(block, key, data)
        elif event_type == "completion":
            self._complete(block, key, data)
        else:
            learning.log_event(
                user_id=self.user_key, course_key=key.course_key, usage_key=key, name=event_type, data=_plain(data)
            )

    def _book(self, block: Any, key: UsageKey, data: Mapping[str, Any]) -> None:
        assert self.user_key is not None  # noqa: S101 - publish has checked
        node = self.loaded.nodes[key]
        value, most = data.get("value"), data.get("max_value")
        if not node.has_score or value is None or not most:
            log.warning("Block %s published a grade without points: %r of %r", key, value, most)
            return
        possible = float(most) if node.weight is None else node.weight
        if possible > 0:
            learning.book_grade(
                user_id=self.user_key,
                usage_key=key,
                earned=float(value) / float(most) * possible,
                possible=possible,
                only_if_higher=bool(data.get("only_if_higher")),
            )
        if not getattr(block, "has_custom_completion", False):
            learning.complete(user_id=self.user_key, usage_key=key, fraction=1.0)

    def _complete(self, block: Any, key: UsageKey, data: Mapping[str, Any]) -> None:
        assert self.user_key is not None  # noqa: S101 - publish has checked
        if XBlockCompletionMode.get_mode(block) != XBlockCompletionMode.COMPLETABLE:
            log.warning("Block %s published a completion, but its kind is excluded from it", key)
            return
        learning.complete(user_id=self.user_key, usage_key=key, fraction=float(data["completion"]))


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data as JSON can hold it."""
    return dict(json.loads(json.dumps(data, default=str)))
