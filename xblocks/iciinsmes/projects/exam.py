"""The protocol of the exam talk: ten minutes with owner and coach, which show whose work the project is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.locks import locked

from .data import EntryData, Kind
from .entries import add_entry_by, change_entry_by
from .errors import NotAllowedInProject, UnknownProject, UnknownProjectEntry
from .models import Project
from .permissions import ProjectReader, reader_of


def write_exam(
    *,
    project_id: UUID,
    user_id: int,
    course_key: CourseKey,
    content: Mapping[str, Any],
    entry_id: UUID | None = None,
    revision: int = 0,
) -> EntryData:
    """Write down an exam talk, or change what a protocol says. A project that has ended takes it too.

    Args:
        project_id: the project.
        user_id: its coach, or staff of the run.
        course_key: the run.
        content: see `content.checked`.
        entry_id: of a protocol that is changed; None for a new one.
        revision: of that protocol as the person had read it.

    Raises:
        UnknownProject: there is none for this person in this run.
        NotAllowedInProject: the person is neither coach nor staff.
        UnknownProjectEntry: there is no such protocol.
        StaleEntry: somebody has changed it since; nothing was changed now.
        WrongContent, TooMuch: see `entries.add_entry`.
    """
    with transaction.atomic():
        row = locked(Project.objects).filter(id=project_id).first()
        reader = ProjectReader() if row is None else reader_of(row, user_id, course_key)
        if row is None or not reader.may_read:
            raise UnknownProject
        if not (reader.coach or reader.staff):
            raise NotAllowedInProject
        if entry_id is None:
            return add_entry_by(row, user_id, Kind.EXAM, content)
        found = row.entries.filter(id=entry_id, kind=Kind.EXAM.value, removed_at=None).first()
        if found is None:
            raise UnknownProjectEntry
        return change_entry_by(row, user_id, found, content, revision)
