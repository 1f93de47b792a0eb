"""The base of the add-on's XBlocks: what hosts ask of each, with what a single block has to say about itself left open.

A block is a window: it holds what an author writes, and nothing of what learners do. That lives in the tables of its
room, and the page part that the block renders talks to the room's own views.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar

from django.db import transaction
from django.utils.translation import gettext as _
from lxml import etree
from opaque_keys.edx.keys import CourseKey
from web_fragments.fragment import Fragment
from webob import Response
from xblock.completable import CompletableXBlockMixin
from xblock.core import XBlock
from xblock.exceptions import JsonHandlerError
from xblock.validation import Validation

from iciinsmes.audit_log import api as audit_log
from iciinsmes.lib.templating import render_to_string
from iciinsmes.platform import host, zones

from .host_mixins import LibraryWeight, Points, Regradable
from .problems import Problem, refused, with_warnings
from .studio import add_assets, due_of, editor_fragment, sent_due

_log = logging.getLogger(__name__)


@XBlock.needs("i18n")
@XBlock.wants("user")
class GradedBlock(LibraryWeight, Regradable, CompletableXBlockMixin, XBlock):
    """A block of the add-on with a result in the gradebook.

    A block that inherits it has the fields ``display_name`` and ``weight``, says what is open below, and has views of
    its own for learners (``student_view``), for everybody else (``author_view``) and for apps (``student_view_data``).
    """

    #: Files of the learners' page, and the function in them that starts it; none for a page that only shows and links.
    page_styles: ClassVar[Sequence[str]] = ()
    page_scripts: ClassVar[Sequence[str]] = ()
    page_start: ClassVar[str] = ""
    #: What the course search calls the block.
    search_kind: ClassVar[str] = ""
    #: Attributes of OLX that the room reads and writes itself.
    own_attributes: ClassVar[Sequence[str]] = ()

    has_score = True
    # The platform shows it to staff who view the course as one learner; see `learners_page`.
    show_in_read_only_mode = True
    has_author_view = True
    icon_class = "problem"
    # The platform copies this folder of the package into its static files. Ours come from the app, so there is none.
    resources_dir = "public"

    # What a block says about itself.

    def authored(self) -> Any:
        """Return what the author wrote; equal if nothing has changed."""
        raise NotImplementedError

    def written(self) -> tuple[Any, dict[str, Any]]:
        """Return what the author wrote whatever language the visitor reads, and the same in other languages by code.

        This is what is frozen: a switch of language must not look like a change by the author.
        """
        blocks = dict(host().in_languages(self))
        return blocks.pop("").authored(), {language: block.authored() for language, block in blocks.items()}

    def freeze(self) -> None:
        """Make what the author published what learners work on; hosts call it when that happens."""
        raise NotImplementedError

    def points_of(self, user_id: int) -> Points | None:
        """Return the result of a learner that counts; None before there is one."""
        raise NotImplementedError

    def own_outline(self) -> dict[str, Any] | None:
        """Return for apps where the visitor's own work stands; None for everybody who does not learn here."""
        raise NotImplementedError

    def nothing_here(self) -> str:
        """Say that the visitor has no work here."""
        raise NotImplementedError

    def clear(self, learner_id: int) -> None:
        """Remove what a learner did here for good."""
        raise NotImplementedError

    def warnings(self) -> list[str]:
        """Return what is missing before learners can use the block."""
        raise NotImplementedError

    def search_texts(self) -> dict[str, str]:
        """Return what the course search reads."""
        raise NotImplementedError

    def editor(self) -> str:
        """Return the editor, made from ``iciinsmes/authoring/editor.html``."""
        raise NotImplementedError

    def read_editor(self, data: dict[str, Any]) -> tuple[Any, list[Problem]]:
        """Return what the editor sends, as `authored` returns it, and what is wrong with it.

        Raises:
            KeyError, TypeError, ValueError, ArithmeticError, AttributeError: no editor sends this.
        """
        raise NotImplementedError

    def saved_sentence(self) -> str:
        """Say after a change what keeps the older version; empty if nothing does."""
        raise NotImplementedError

    def store(self, authored: Any) -> None:
        """Keep what `authored` returns in the fields."""
        raise NotImplementedError

    @classmethod
    def read_xml(cls, node: etree._Element) -> Any:
        """Return what OLX says, as `authored` returns it; raises `OlxError`."""
        raise NotImplementedError

    def write_xml(self, node: etree._Element) -> None:
        """Write what the author wrote into an element that is empty but for attributes of others."""
        raise NotImplementedError

    # What hosts ask.

    @property
    def course_key(self) -> CourseKey:
        """Return the course run this block belongs to."""
        return self.usage_key.course_key

    def max_score(self) -> float:
        """Return the points that the gradebook expects at most."""
        return self.weight

    def result_points(self) -> Points | None:
        """See `Regradable.result_points`."""
        user_id = visitor_id(self)
        return None if user_id is None else self.points_of(user_id)

    @XBlock.supports("multi_device")
    def public_view(self, _context: dict[str, Any] | None = None) -> Fragment:
        """Show visitors what authors see."""
        return self.author_view()

    def author_view(self, _context: dict[str, Any] | None = None) -> Fragment:
        """Show authors in Studio what it is about; nothing is frozen yet."""
        raise NotImplementedError

    def validate(self) -> Validation:
        """Tell authors in Studio what is missing before learners can use the block."""
        return with_warnings(super().validate(), self.warnings())

    def studio_view(self, _context: dict[str, Any] | None = None) -> Fragment:
        """Return the editor."""
        return editor_fragment(self.editor())

    def index_dictionary(self) -> dict[str, Any]:
        """Return what the course search finds the block by."""
        found = super().index_dictionary()
        found.setdefault("content", {}).update(self.search_texts())
        return {**found, "content_type": self.search_kind}

    @XBlock.handler
    def student_view_user_state(self, _request: Any, _suffix: str = "") -> Response:
        """Tell an app where the asking learner's own work stands; 404 for everybody else."""
        outline = self.own_outline()
        if outline is None:
            return JsonHandlerError(404, self.nothing_here()).get_response()
        return Response(json_body=outline, content_type="application/json", charset="UTF-8")

    def clear_student_state(self, user_id: str, course_id: str, item_id: str, requesting_user_id: str) -> None:
        """Remove what a learner did, and the grade, when staff delete a learner's state in the platform's own tool.

        Args:
            user_id: the learner, by the id that the host gives to third parties.
            course_id: the course run; the block knows its own.
            item_id: the block; it knows its own.
            requesting_user_id: who asked for it, by such an id; the host has checked that this person may.
        """
        usage_key = self.usage_key
        learner_id = host().user_for_anonymous_id(user_id, usage_key.course_key)
        if learner_id is None:
            _log.warning("Nothing cleared in %s: nobody is behind the id %s", usage_key, user_id)
            return
        with transaction.atomic():
            self.clear(learner_id)
            host().forget_result(user_id=learner_id, usage_key=usage_key)
        _log.info("What user %s did in %s was cleared for %s", learner_id, usage_key, requesting_user_id)

    @XBlock.json_handler
    def studio_submit(self, data: dict[str, Any], _suffix: str = "") -> dict[str, str] | Response:
        """Save what the editor sends: see `read_editor`, and ``due`` where the host has it.

        Hosts let only authors reach this handler: content fields are read-only elsewhere.

        Returns:
            ``message`` for the author, empty if there is nothing to say; or 400 with every problem at its place in
            ``problems``, and nothing is saved.

        Raises:
            JsonHandlerError: 400 for what no editor sends.
        """
        try:
            authored, problems = self.read_editor(data)
        except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
            raise JsonHandlerError(
                400, _("The editor sent something unreadable. Reload the page and try again.")
            ) from error
        due, wrong_due = sent_due(self, data)
        if problems or wrong_due:
            return refused([*problems, *wrong_due])
        before = self.authored()
        self.store(authored)
        if due != due_of(self):
            self.due = due
        return {"result": "success", "message": self.saved_sentence() if self.authored() != before else ""}

    @classmethod
    def parse_xml(cls, node: etree._Element, runtime: Any, keys: Any) -> GradedBlock:
        """Read the block from OLX; see `read_xml` for the form and its errors."""
        block: GradedBlock = runtime.construct_xblock_from_class(cls, keys)
        block.store(cls.read_xml(node))
        for name, value in node.items():
            if name in block.fields and name not in cls.own_attributes:
                cls._set_field_if_present(block, name, value, {})
        return block

    def add_xml_to_node(self, node: etree._Element) -> None:
        """Write the block as OLX that `parse_xml` reads back without loss."""
        super().add_xml_to_node(node)
        for child in list(node):
            node.remove(child)
        for name in self.own_attributes:
            node.attrib.pop(name, "")
        node.text = None
        self.write_xml(node)

    # What a block's views are made of.

    def still_page(self, content: str) -> Fragment:
        """Return a page with the block's styles, on which nothing happens."""
        fragment = Fragment(content)
        add_assets(fragment, self.page_styles)
        return fragment

    def learners_page(self, content: str) -> Fragment:
        """Return a learner's page; without script and with nothing to press for staff who look with a learner's eyes.

        The trail keeps who really looks, as it does on the desk.
        """
        looking_id = host().looking_as_learner(self.course_key)
        if looking_id is None:
            fragment = Fragment(content)
            add_assets(fragment, self.page_styles, self.page_scripts)
            if self.page_start:
                fragment.initialize_js(self.page_start)
            return fragment
        audit_log.record(
            course_key=self.course_key,
            verb="work_opened",
            actor_id=looking_id,
            person_id=visitor_id(self),
            subject=f"block:{self.usage_key.block_id}"[:100],
            detail={"title": self.display_name},
        )
        return self.still_page(render_to_string("iciinsmes/looking.html", {"content": content}))


def visitor_id(block: XBlock) -> int | None:
    """Return the id of who looks at the block; None for visitors and for hosts without a user service."""
    service = block.runtime.service(block, "user")
    if service is None:
        return None
    user_id: int | None = service.get_current_user().opt_attrs.get("edx-platform.user_id")
    return user_id


@contextmanager
def as_visitor_reads(block: XBlock) -> Iterator[None]:
    """Show moments in the visitor's zone; the platform knows the one chosen in the account without a query."""
    service = block.runtime.service(block, "user")
    chosen = service.get_current_user().opt_attrs.get("edx-platform.user_preferences") if service else None
    with zones.reading(chosen=(chosen or {}).get("time_zone") or ""):
        yield
