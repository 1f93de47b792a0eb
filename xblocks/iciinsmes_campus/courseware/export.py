"""A course run as an archive of its folder, with authors' changes written into the files they belong to."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import re
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from lxml import etree
from opaque_keys.edx.keys import CourseKey, UsageKey
from xblock.fields import Field, Scope

from .authored import ReadingRuntime, attribute_value
from .errors import CannotExport, UnreadableFile
from .kinds import STRUCTURE, InheritedFields, load_kind
from .library import library
from .olx import INHERITED, LoadedCourse
from .policy import block_policy
from .schedule import SCHEDULE

#: What says how to build a course; Studio gets what has been built.
_FOR_BUILDERS = (SCHEDULE, "plan.toml", "editions/")

#: Studio's validation of imports refuses pages with elements that its parser of HTML does not know. Tried on Teak with
#: olxcleaner 0.3 and libxml2 2.12, which know HTML 4.
_NEWER_TAG = re.compile(rb"<(/?)time\b")

# Smaller archives stay in memory.
_IN_MEMORY = 8 * 1024 * 1024


def export_course(course_key: CourseKey, *, dated: bool = True) -> IO[bytes]:
    """Return the course run as a ``tar.gz`` that, unpacked below the courses, reads as what learners see now.

    Everything lies below one folder, which is called like the course's; links that leave the folder are left out.

    Args:
        course_key: the course run.
        dated: whether the dates of this run are written into the OLX, as Studio needs them, in place of the schedule;
            otherwise the schedule stays beside the OLX, as the course folder has it, for the runs to come.

    Raises:
        UnknownCourse: if no folder holds it.
        CannotExport: if a change cannot be written into the folder.
    """
    return archive(library().course(course_key), dated=dated)


def archive(loaded: LoadedCourse, *, dated: bool = True) -> IO[bytes]:
    """Return a course that has been read as `export_course` does, or raise CannotExport."""
    dated = dated and not loaded.course.needs_start
    changed = _Writer(loaded, dated=dated).write()
    packed = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the caller reads it to its end
    # Without the time of packing: the same course makes the same bytes.
    with (
        gzip.GzipFile(fileobj=packed, mode="wb", filename="", mtime=0) as file,
        tarfile.open(fileobj=file, mode="w") as tar,
    ):
        for name, content in _contents(loaded.files.root, changed):
            if dated and name.startswith(_FOR_BUILDERS):
                continue
            if dated and name.endswith(".html"):
                content = _NEWER_TAG.sub(rb"<\1span", content)
            entry = tarfile.TarInfo(f"{loaded.files.root.name}/{name}")
            entry.size, entry.mode = len(content), 0o644
            tar.addfile(entry, io.BytesIO(content))
    packed.seek(0)
    return packed


def _contents(root: Path, changed: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
        if name not in changed and not hidden and path.is_file() and path.resolve().is_relative_to(root):
            yield name, path.read_bytes()
    yield from sorted(changed.items())


class _Writer:
    """Writes the changes of one course run, and its scheduled dates if ``dated``; keeps the files that they touch."""

    def __init__(self, loaded: LoadedCourse, *, dated: bool) -> None:
        self._loaded = loaded
        self._dated = dated
        self._trees: dict[str, etree._ElementTree] = {}
        self._texts: dict[str, bytes] = {}
        self._policy_name = f"policies/{loaded.course.key.run}/policy.json"
        self._policy: dict[str, dict[str, Any]] = {}
        with contextlib.suppress(UnreadableFile):  # the reader has told its author, and uses none of it
            policy = block_policy(loaded.files, run=str(loaded.course.key.run))
            self._policy = {name: dict(settings) for name, settings in policy.items()}
        self._policy_changed = False

    def write(self) -> dict[str, bytes]:
        """Return the content of every changed file by its name in the course folder."""
        changes = [(key, change) for key in self._loaded.blocks if (change := self._change(key))]
        # All elements are found before the first is replaced: paths count what stands before them.
        places = [(key, self._element(key), change) for key, change in changes]
        for key, element, change in places:
            self._apply(key, element, change)
        files = {name: _bytes(tree, self._loaded.files.read(name)) for name, tree in self._trees.items()}
        if self._policy_changed:
            files[self._policy_name] = (json.dumps(self._policy, indent=4, ensure_ascii=False) + "\n").encode()
        return {**files, **self._texts}

    def _change(self, key: UsageKey) -> dict[str, Any]:
        block = self._loaded.blocks[key]
        return {
            name: value
            for name, value in block.fields.items()
            if name not in block.original or block.original[name] != value or (self._dated and name in block.scheduled)
        }

    def _element(self, key: UsageKey) -> etree._Element:
        place = self._loaded.blocks[key].place
        if place is None:
            raise CannotExport(f"{key} stands inside of another block, so its change has no place in a file.")
        if place.file not in self._trees:
            self._trees[place.file] = self._tree(place.file)
        found = _at(self._trees[place.file], place.path)
        if found is None or found.tag != key.block_type:
            raise CannotExport(f"{place.file} has changed since the course was read; {key} is not where it was.")
        return found

    def _tree(self, name: str) -> etree._ElementTree:
        """Read a file so that comments and CDATA stay, unlike the reader of courses."""
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True, strip_cdata=False
        )
        try:
            return etree.fromstring(self._loaded.files.read(name), parser).getroottree()
        except (UnreadableFile, etree.XMLSyntaxError) as error:
            raise CannotExport(f"{name} has changed since the course was read: {error}") from error

    def _apply(self, key: UsageKey, element: etree._Element, change: dict[str, Any]) -> None:
        if element.getparent() is not None and not element.get("url_name"):
            # A key made from the content would change with it, and learners would lose their place.
            element.set("url_name", key.block_id)
        settings = self._apply_policy(key, change)
        if key.block_type in STRUCTURE:
            for name, value in settings.items():
                element.set(name, _attribute(_fields(key)[name], value, own=False))
        elif hasattr(load_kind(key.block_type), "load_definition_xml"):
            self._apply_to_platform_kind(key, element, settings)
        else:
            self._rewrite(key, element, settings)

    def _apply_policy(self, key: UsageKey, change: dict[str, Any]) -> dict[str, Any]:
        """Write what the course's policy says about the block there; return the rest."""
        name = self._loaded.course.key.run if key.block_type == "course" else key.block_id
        policy = self._policy.get(f"{key.block_type}/{name}", {})
        here = {field: value for field, value in change.items() if field in policy}
        if here:
            policy.update(here)
            self._policy_changed = True
        return {field: value for field, value in change.items() if field not in here}

    def _apply_to_platform_kind(self, key: UsageKey, element: etree._Element, change: dict[str, Any]) -> None:
        fields = _fields(key)
        for name, value in change.items():
            if fields[name].scope == Scope.settings:
                element.set(name, _attribute(fields[name], value, own=True))
        content = {name: value for name, value in change.items() if fields[name].scope == Scope.content}
        data = content.pop("data", None)
        if content:
            raise CannotExport(f"{key}: the change of {', '.join(sorted(content))} cannot be written.")
        if data is None:
            return
        if key.block_type == "html":
            self._write_html(key, element, str(data))
        else:
            _replace_source(element, str(data), fields)

    def _write_html(self, key: UsageKey, element: etree._Element, data: str) -> None:
        """Write the text into its file; a text that stood in the XML, or in a file of several blocks, gets its own."""
        path = f"html/{key.block_id.replace(':', '/')}"
        folder, own_name = path.rsplit("/", 1)
        name = element.get("filename")
        if name is None or not self._is_only_user(key, name) or not self._is_inside(f"{folder}/{name}.html"):
            name = own_name
        if not self._is_inside(f"{folder}/{name}.html"):
            raise CannotExport(f"{key}: its name leads out of the course folder.")
        for child in list(element):
            element.remove(child)
        element.text = None
        element.set("filename", name)
        self._texts[Path(f"{folder}/{name}.html").as_posix()] = data.encode()

    def _is_only_user(self, key: UsageKey, filename: str) -> bool:
        others = (other for other in self._loaded.blocks if other.block_type == "html" and other != key)
        return all(self._filename(other) != filename for other in others)

    def _filename(self, key: UsageKey) -> str | None:
        place = self._loaded.blocks[key].place
        if place is None:
            return None
        tree = self._trees.get(place.file)
        if tree is None:
            tree = self._tree(place.file)
        found = _at(tree, place.path)
        return None if found is None else found.get("filename")

    def _is_inside(self, name: str) -> bool:
        root = self._loaded.files.root
        return (root / name).resolve().is_relative_to(root) and ".." not in Path(name).parts

    def _rewrite(self, key: UsageKey, element: etree._Element, change: dict[str, Any]) -> None:
        """Let a pure XBlock write itself."""
        if self._loaded.blocks[key].children:
            raise CannotExport(f"{key} holds other blocks, and only its package could write them.")
        policy = self._policy.get(f"{key.block_type}/{key.block_id}", {})
        fields = {
            name: value
            for name, value in self._loaded.blocks[key].fields.items()
            # What containers and the policy hand down stays where it is said.
            if name in change or name in element.attrib or not (name in INHERITED or name in policy)
        }
        block = ReadingRuntime(files=self._loaded.files, fields=fields, adopt=None).make(key)
        fresh = etree.Element(key.block_type)
        block.add_xml_to_node(fresh)
        if "xblock-family" in fresh.attrib:
            del fresh.attrib["xblock-family"]
        kept = {name: value for name, value in _attributes(element).items() if name == "url_name"}
        _replace(element, fresh, {**kept, **_attributes(fresh)})


def _fields(key: UsageKey) -> Mapping[str, Field]:
    """Return a kind's fields and those that every block has."""
    return {**InheritedFields.fields, **load_kind(key.block_type).fields}


def _replace_source(element: etree._Element, data: str, fields: Mapping[str, Field]) -> None:
    """Put a kind's XML source in the element's place; its settings stay attributes."""
    try:
        fresh = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        raise CannotExport(f"{element.tag}: the source is not well-formed XML: {error.msg}.") from error
    kept = {
        name: value
        for name, value in _attributes(element).items()
        if name == "url_name" or (name in fields and fields[name].scope == Scope.settings)
    }
    _replace(element, fresh, {**_attributes(fresh), **kept})


def _replace(element: etree._Element, fresh: etree._Element, attributes: Mapping[str, str]) -> None:
    """Give the element the content of ``fresh`` and these attributes; it keeps its place and what follows it."""
    tail = element.tail
    element.clear()
    element.tail = tail
    element.text = fresh.text
    element.extend(list(fresh))
    for name, value in attributes.items():
        element.set(name, value)


def _at(tree: etree._ElementTree, path: str) -> etree._Element | None:
    found = tree.xpath(path)
    first = found[0] if isinstance(found, list) and found else None
    return first if isinstance(first, etree._Element) else None


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def _attribute(field: Field, value: Any, *, own: bool) -> str:
    """Return the attribute that reads back as ``value``; text stands as it is wherever that is not misread.

    Args:
        field: the setting.
        value: its JSON value.
        own: whether the kind's own class reads the attribute, as the platform's kinds do, or the loader.
    """
    if isinstance(value, str) and (_platform_value(field, value) if own else attribute_value(field, value)) == value:
        return value
    return json.dumps(value, ensure_ascii=False)


def _platform_value(field: Field, raw: str) -> Any:
    """Return what a kind of the platform reads from an attribute."""
    try:
        value = json.loads(raw)
        if value is not None:
            field.from_json(value)
    except (TypeError, ValueError):
        return raw
    return value


def _bytes(tree: etree._ElementTree, before: bytes) -> bytes:
    """Return the file as it was written before: with or without a declaration and a line's end."""
    declared = before.lstrip().startswith(b"<?xml")
    content: bytes = etree.tostring(tree, encoding="UTF-8", xml_declaration=declared)
    return content + b"\n" if before.endswith(b"\n") and not content.endswith(b"\n") else content
