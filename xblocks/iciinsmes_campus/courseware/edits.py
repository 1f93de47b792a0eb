"""Title and source of a block that brings no editor of its own: what a plain form shows and may save."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from lxml import etree
from opaque_keys.edx.keys import UsageKey
from xblock.fields import Scope, String

from .authored import describe
from .data import PlainEdit
from .errors import InvalidEdit, RefusedProblem, UnreadableFile
from .files import MAX_BYTES, parse
from .kinds import load_kind
from .library import library
from .problem import refuse_scripts
from .saving import save_edits

_MAX_TITLE = 255


def has_own_editor(usage_key: UsageKey) -> bool:
    """Tell whether the block brings an editor that can save here, or raise UnknownBlock.

    The kinds that came out of the platform show an editor too, but only Studio's own address saves for them.
    """
    loaded = library().of(usage_key)
    if loaded.nodes[usage_key].error:
        return False
    kind = load_kind(usage_key.block_type)
    return hasattr(kind, "studio_view") and hasattr(kind, "studio_submit")


def plain_edit(usage_key: UsageKey) -> PlainEdit:
    """Return what a plain form shows.

    Raises:
        UnknownBlock: if no course has the block.
        InvalidEdit: if nothing of the block can be read, so nothing can be changed.
    """
    loaded = library().of(usage_key)
    if not loaded.blocks[usage_key].original:
        raise InvalidEdit(_("This block cannot be read. Mend its file in the course folder."))
    fields = loaded.blocks[usage_key].fields
    title = str(fields.get("display_name") or "")
    language = _language(usage_key)
    return PlainEdit(title, str(fields.get("data") or ""), language) if language else PlainEdit(title)


def save_plain_edit(*, usage_key: UsageKey, edit: PlainEdit, author_id: int) -> None:
    """Keep what an author typed into the plain form, and show it to everybody.

    Raises:
        UnknownBlock: if no course has the block.
        InvalidEdit: with a sentence for the author; nothing is saved then.
    """
    before = plain_edit(usage_key)
    title = edit.title.strip()
    if len(title) > _MAX_TITLE:
        raise InvalidEdit(_("The title is longer than 255 characters."))
    edited: dict[str, Any] = {}
    if title != before.title:
        edited["display_name"] = title
    # A form sends lines with two characters at their end; course files have one.
    source = edit.source.replace("\r\n", "\n")
    if before.language and source != before.source:
        edited["data"] = _checked_source(usage_key, source, before.language)
    _check(usage_key, edited)
    with transaction.atomic():
        save_edits(usage_key, edited, author_id)


def _language(usage_key: UsageKey) -> str:
    field = load_kind(usage_key.block_type).fields.get("data")
    if not isinstance(field, String) or field.scope != Scope.content:
        return ""
    return "html" if usage_key.block_type == "html" else "xml"


def _checked_source(usage_key: UsageKey, source: str, language: str) -> str:
    if len(source.encode()) > MAX_BYTES:
        raise InvalidEdit(_("The text is larger than 2 MB."))
    if language == "html":
        return source
    try:
        root = parse(source.encode(), name=_("The source"))
        if root.tag != usage_key.block_type:
            raise InvalidEdit(_("The source must start with <%(tag)s>.") % {"tag": usage_key.block_type})
        refuse_scripts(root)
    except UnreadableFile as error:
        raise InvalidEdit(str(error)) from error
    except RefusedProblem as error:
        raise InvalidEdit(_("This problem would run code of its author. The campus does not do that.")) from error
    # Settings are fields of their own; an attribute here would be read as one after an export.
    for name, field in load_kind(usage_key.block_type).fields.items():
        if field.scope == Scope.settings and name in root.attrib:
            del root.attrib[name]
    return etree.tostring(root, pretty_print=True, encoding="unicode")


def _check(usage_key: UsageKey, edited: dict[str, Any]) -> None:
    """Let the block's class look at the new values before anybody else does."""
    loaded = library().of(usage_key)
    node = loaded.nodes[usage_key]
    fields = {**loaded.blocks[usage_key].fields, **edited}
    try:
        describe(usage_key, fields, files=loaded.files, children=node.children)
    except Exception as error:  # a block's class raises what it likes; the author gets to read it
        raise InvalidEdit(_("The block cannot use this: %(error)s") % {"error": error}) from error
