"""Reads XML that somebody else wrote: no DTD, no entities, no network."""

from __future__ import annotations

from lxml import etree

from .errors import UnreadableFile

# A course file is text that a person wrote; anything larger is a mistake or an attack.
MAX_BYTES = 2 * 1024 * 1024


def parse(content: bytes, *, name: str) -> etree._Element:
    """Return the root element of ``content``, without comments and processing instructions.

    Args:
        content: an XML document.
        name: how the file is called in messages.

    Raises:
        UnreadableFile: if it is too large, not well-formed, or declares a DTD.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableFile(f"{name} is larger than {MAX_BYTES // 1024 // 1024} MB.")
    # One parser a document: lxml's parsers must not be shared between threads.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser, base_url=name)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(f"{name} is not well-formed XML: {error.msg}.") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFile(f"{name} declares a DTD or entities. Course files must not.")
    return root
