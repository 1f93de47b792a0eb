"""The project of the learner's firm in `everybody`, and what hangs on it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from iciinsmes.projects import api as projects
from iciinsmes.projects.data import Kind
from tests.people import SME1


@dataclass(frozen=True)
class Ours:
    """The project of the learner's firm: an entry of it, an open request for a decision, a pause, an upload and a link.

    ``other_id`` is a second project of the firm.
    """

    id: UUID
    entry_id: UUID
    request_id: UUID
    pause_id: int
    upload_id: UUID
    file_id: UUID
    link_id: UUID
    other_id: UUID


def developed(owner_id: int) -> Ours:
    """Begin the project of the person's firm, with one of each thing that has an address."""
    found = projects.open_project(user_id=owner_id, course_key=SME1)
    who: dict[str, Any] = {"project_id": found.id, "user_id": owner_id, "course_key": SME1}
    entry = projects.add_entry(**who, kind=Kind.DIARY, content={"on": "2026-10-01", "text": "We began."})
    first = timezone.localdate() + timedelta(days=30)
    pause = projects.declare_pause(**who, first=first, last=first + timedelta(days=5), reason="Summer")
    about: dict[str, Any] = {**who, "entry_id": entry.id, "sha256": ""}
    stored = projects.begin_file(**about, name="late.csv", size=8)
    projects.receive_piece(**who, upload_id=stored.id, offset=0, content=b"a,b\n1,2\n")
    return Ours(
        id=found.id,
        entry_id=entry.id,
        request_id=projects.ask_for_decision(**who, has_owner=True).id,
        pause_id=pause.id,
        upload_id=projects.begin_file(**about, name="list.csv", size=9).id,
        file_id=projects.finish_file(**who, upload_id=stored.id).id,
        link_id=projects.make_summary_link(**who).id,
        other_id=projects.bring_in(user_id=owner_id, course_key=SME1, content=copied(found.id)).id,
    )


def copied(project_id: UUID) -> bytes:
    """Return the file of a project."""
    return json.dumps(projects.project_as_json(project_id=project_id)).encode()


def talked(user_id: int, project_id: UUID) -> UUID:
    """Write down a talk about the project, with an agreement."""
    talk = projects.log_talk(
        project_id=project_id,
        user_id=user_id,
        course_key=SME1,
        held_on=timezone.localdate(),
        about="The drivers.",
        agreements=["Call five customers"],
    )
    return talk.id
