"""All course runs in memory, read once a process; authors' overlays replace a course run as a whole."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from opaque_keys.edx.keys import CourseKey, UsageKey

from .authored import AUTHORED_SCOPES, broken, describe
from .data import BrokenCourse, Node
from .errors import UnknownBlock, UnknownCourse, UnreadableCourse
from .kinds import InheritedFields, load_kind
from .notices import unreadable
from .olx import LoadedCourse, read_course
from .runs import keep_start, run_starts
from .schedule import RunStart
from .wording import changed_in, in_language
from .woven import languages_of, woven_folder

log = logging.getLogger(__name__)


@dataclass
class Library:
    """The course runs of one folder of courses; ``courses`` is replaced, never changed in place."""

    courses: Mapping[CourseKey, LoadedCourse]
    broken: tuple[BrokenCourse, ...]

    def course(self, key: CourseKey) -> LoadedCourse:
        """Return a course run, or raise UnknownCourse."""
        try:
            return self.courses[key]
        except KeyError as error:
            raise UnknownCourse(str(key)) from error

    def of(self, usage_key: UsageKey) -> LoadedCourse:
        """Return the course run of a block, or raise UnknownBlock."""
        loaded = self.courses.get(usage_key.course_key)
        if loaded is None or usage_key not in loaded.blocks:
            raise UnknownBlock(str(usage_key))
        return loaded


#: By the folder of courses and the folder of the campus' data, which knows when runs start.
_libraries: dict[tuple[Path, Path], Library] = {}
_lock = threading.RLock()
_NOTHING = object()


def library() -> Library:
    """Return the courses below ``settings.COURSES_ROOT``, read at the first call.

    Raises:
        UnreadableRuns: if the file with the starts of runs cannot be read.
    """
    place = Path(settings.COURSES_ROOT), Path(settings.HOME)
    found = _libraries.get(place)
    if found is None:
        with _lock:
            found = _libraries.get(place) or _read(place[0])
            _libraries[place] = found
    return found


def place_run(course_key: CourseKey, start: RunStart) -> None:
    """Keep the first day of a run for good, and read its course again with the dates that follow; overlays stay.

    Raises:
        UnknownCourse: if no folder holds it.
        UnreadableRuns: if the file with the starts of runs cannot be read.
    """
    with _lock:
        found = library()
        before = found.course(course_key)
        keep_start(course_key, start)
        fresh = _read_folder(before.files.root, {str(course_key): start})
        found.courses = {**found.courses, course_key: fresh}
        for key, block in before.blocks.items():
            over = {name: value for name, value in block.fields.items() if block.original.get(name, _NOTHING) != value}
            if over and key in fresh.blocks:
                lay_over(key, over)


def forget() -> None:
    """Make the next call of `library` read the folders again; overlays are forgotten too."""
    with _lock:
        _libraries.clear()


def lay_over(usage_key: UsageKey, fields: Mapping[str, Any]) -> None:
    """Lay an author's fields over those of the course folder; no fields uncover the folder's again.

    Args:
        usage_key: the block.
        fields: JSON values by field name; fields that the block does not have are left out.

    Raises:
        UnknownBlock: if there is no such block.
    """
    with _lock:
        found = library()
        fresh = overlaid(found.of(usage_key), usage_key, fields)
        found.courses = {**found.courses, fresh.course.key: fresh}


def overlaid(loaded: LoadedCourse, usage_key: UsageKey, fields: Mapping[str, Any]) -> LoadedCourse:
    """Return a course with an author's fields over those of the course folder, in all its languages.

    Args:
        loaded: the course; it stays as it is.
        usage_key: one of its blocks.
        fields: as for `lay_over`.
    """
    node = loaded.nodes[usage_key]
    is_readable = not node.error or loaded.blocks[usage_key].original
    known = {**InheritedFields.fields, **load_kind(usage_key.block_type).fields} if is_readable else {}
    over = {name: value for name, value in fields.items() if name in known and known[name].scope in AUTHORED_SCOPES}
    block = loaded.blocks[usage_key]
    block = replace(block, fields={**block.original, **over})
    try:
        changed = describe(usage_key, block.fields, files=loaded.files, children=node.children)
    except Exception as error:  # a block's class may fail in any way on what an author saved
        log.warning("The overlay of block %s cannot be used", usage_key, exc_info=True)
        changed = broken(usage_key, unreadable(f"{type(error).__name__}: {error}"))
    root = _replaced(loaded.course.root, changed)
    course = replace(loaded.course, root=root)
    if block.parent is None:
        language = str(block.fields.get("language") or "en")
        course = replace(course, title=root.display_name or str(course.key), language=language)
    fresh = replace(loaded, course=course, blocks={**loaded.blocks, usage_key: block})
    others = {language: changed_in(other, fresh, usage_key) for language, other in loaded.others.items()}
    return replace(fresh, others=others)


def _replaced(tree: Node, changed: Node) -> Node:
    if tree.usage_key == changed.usage_key:
        return changed
    children = tuple(_replaced(child, changed) for child in tree.children)
    same = all(new is old for new, old in zip(children, tree.children, strict=True))
    return tree if same else replace(tree, children=children)


def _read(root: Path) -> Library:
    starts = run_starts()
    courses: dict[CourseKey, LoadedCourse] = {}
    broken_courses: list[BrokenCourse] = []
    folders = sorted(path for path in root.iterdir() if path.is_dir()) if root.is_dir() else []
    if not folders:
        log.warning("There is no course below %s", root)
    for folder in folders:
        if folder.name.startswith((".", "_")):
            continue
        try:
            loaded = _read_folder(folder, starts)
            if loaded.course.key in courses:
                raise UnreadableCourse(f"Another folder already holds {loaded.course.key}.")
        except UnreadableCourse as error:
            broken_courses.append(BrokenCourse(folder=folder.name, error=str(error)))
        except Exception as error:  # one broken course must never stop the others
            log.exception("The course folder %s cannot be read", folder.name)
            broken_courses.append(BrokenCourse(folder=folder.name, error=f"{type(error).__name__}: {error}"))
        else:
            courses[loaded.course.key] = loaded
            for message in loaded.course.errors:
                log.warning("Course %s: %s", loaded.course.key, message)
    for course in broken_courses:
        log.error("Course folder %s: %s", course.folder, course.error)
    return Library(courses=courses, broken=tuple(broken_courses))


def _read_folder(folder: Path, starts: Mapping[str, RunStart]) -> LoadedCourse:
    """Read a course in all its languages; what is wrong with one of these never hinders the course itself."""
    source = read_course(folder, starts=starts)
    others: dict[str, LoadedCourse] = {}
    problems: list[str] = []
    for language in languages_of(folder):
        if language == source.course.language:
            continue
        try:
            with woven_folder(folder, language) as woven:
                others[language] = in_language(source, read_course(woven, starts=starts), language)
        except Exception as error:  # catalogues and tools may be wrong in any way
            log.exception("The course %s cannot be read in the language %s", source.course.key, language)
            problems.append(f"It is not there in the language {language}: {error}")
    if not others and not problems:
        return source
    errors, languages = (*source.course.errors, *problems), (source.course.language, *others)

    def said(loaded: LoadedCourse) -> LoadedCourse:
        return replace(loaded, course=replace(loaded.course, errors=errors, languages=languages))

    return replace(said(source), others={language: said(other) for language, other in others.items()})
