"""Archives of evidence: begun once at a time and person, listed, handed out, dropped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import ListedRound
from iciinsmes.audit_log import api as audit_log
from iciinsmes.evidence import api as evidence
from iciinsmes.lib.archives import safe_name
from iciinsmes.platform import host, labels

from .data import ArchiveData, ArchivePart, ArchiveState, SheetNarrowing
from .errors import ArchiveTooLarge, UnknownArchive
from .models import Archive, ArchivedLearner
from .narrowing import rounds_for
from .permissions import may_take_out, sees_all

#: The job that writes zips.
JOB = "sheets.archive"
#: Rounds of one archive; their ids are kept with it.
MOST_ROUNDS = 20_000
_LISTED = 20
_BATCH = 500
#: Letters of a folder: with three of them and a file, a path is short enough for Windows.
_LONGEST_FOLDER = 45


def begin_archive(*, owner_id: int, course_key: CourseKey, narrowed: SheetNarrowing) -> UUID:
    """Have all evidence written into zips behind the request; while one is being made, that one is returned.

    Raises:
        ArchiveTooLarge: there are too many rounds, or none.
    """
    running = Archive.objects.filter(busy_for_id=owner_id).values_list("id", flat=True).first()
    if running is not None:
        return running
    rounds = [
        each
        for part in rounds_for(narrowed, user_id=owner_id, course_key=course_key, newest_only=False)
        for each in part
        if may_take_out(each, owner_id, course_key)
    ]
    if not rounds:
        raise ArchiveTooLarge(_("There is nothing that could be put into a zip."))
    if len(rounds) > MOST_ROUNDS:
        raise ArchiveTooLarge(_("More than 20,000 rounds: choose an assignment or a firm."))
    try:
        with transaction.atomic():
            row = Archive.objects.create(
                course_key=course_key,
                owner_id=owner_id,
                busy_for_id=owner_id,
                language=translation.get_language() or "en",
                narrowed=narrowed.values,
                state=ArchiveState.MAKING.value,
                plan=make_plan(rounds, course_key),
                total=len(rounds),
            )
            ids = {user_id for each in rounds for user_id in each.people_ids}
            learners = (ArchivedLearner(archive=row, learner_id=user_id) for user_id in sorted(ids))
            ArchivedLearner.objects.bulk_create(learners, batch_size=_BATCH)
            audit_log.record(
                course_key=course_key,
                verb="evidence_archived",
                actor_id=owner_id,
                subject=f"archive:{row.id}",
                detail={"rounds": len(rounds)},
            )
    except IntegrityError:
        # The second half of a double click.
        return Archive.objects.values_list("id", flat=True).get(busy_for_id=owner_id)
    host().defer(JOB, str(row.id))
    return row.id


def make_plan(rounds: list[ListedRound], course_key: CourseKey) -> dict[str, Any]:
    """Return what is kept of an archive that is to be made: rounds in their order, and what folders are called."""
    people = labels({each.owner_id for each in rounds}, course_key)
    titles = {str(each.usage_key): each.title for each in rounds}
    return {
        "rounds": [str(each.round.id) for each in rounds],
        "people": _folders({str(user_id): people.get(user_id, "") for user_id in sorted(people)}),
        "assignments": _folders(titles),
    }


def archives_of(*, owner_id: int, course_key: CourseKey) -> list[ArchiveData]:
    """Return the person's newest archives of the course run, the newest first, in two queries."""
    rows = Archive.objects.filter(owner_id=owner_id, course_key=course_key).defer("plan")
    titles = {str(key): title for key, title in assignments.assignments_of(course_key=course_key)}
    return [_data(row, titles) for row in rows.order_by("-created_at", "-id")[:_LISTED]]


def get_archive(*, archive_id: UUID, owner_id: int, course_key: CourseKey) -> ArchiveData:
    """Return an archive.

    Raises:
        UnknownArchive: the person has no such archive.
    """
    titles = {str(key): title for key, title in assignments.assignments_of(course_key=course_key)}
    return _data(_own(archive_id, owner_id, course_key), titles)


def open_part(
    *, archive_id: UUID, number: int, owner_id: int, course_key: CourseKey
) -> tuple[File[bytes] | IO[bytes], str]:
    """Open a zip of an archive, and return it with the name under which it is saved.

    Who may have it is asked anew: somebody may have lost learners, or the course run, since it was made.

    Raises:
        UnknownArchive: the person has no such archive, or may no longer have all that is in it.
    """
    row = _own(archive_id, owner_id, course_key)
    learner_ids = row.learners.values_list("learner_id", flat=True)
    if not 1 <= number <= len(row.parts) or not sees_all(set(learner_ids), owner_id, course_key):
        raise UnknownArchive
    try:
        opened = evidence.open_aside(name=row.parts[number - 1]["name"])
    except evidence.UnknownFile as error:
        raise UnknownArchive from error
    audit_log.record(course_key=course_key, verb="archive_opened", actor_id=owner_id, subject=f"archive:{row.id}")
    suffix = f"-{number}" if len(row.parts) > 1 or row.state == ArchiveState.MAKING else ""
    return opened, f"evidence-{row.created_at:%Y-%m-%d}{suffix}.zip"


def drop_archive(*, archive_id: UUID, owner_id: int, course_key: CourseKey) -> None:
    """Remove an archive with its zips, also one that is being made.

    Raises:
        UnknownArchive: the person has no such archive.
    """
    remove(_own(archive_id, owner_id, course_key))


def remove(row: Archive) -> None:
    """Remove an archive; its zips go when the transaction is committed, the one that is just written too."""
    names = [part_name(row, number) for number in range(1, len(row.parts) + 2)]
    row.delete()
    for name in names:
        evidence.after_commit(_drop, name)


def part_name(row: Archive, number: int) -> str:
    """Return under which name a zip is stored."""
    return f"archive-{row.id}-{number}.zip"


def _drop(name: str) -> None:
    evidence.drop_aside(name=name)


def _own(archive_id: UUID, owner_id: int, course_key: CourseKey) -> Archive:
    row = Archive.objects.filter(id=archive_id, owner_id=owner_id, course_key=course_key).defer("plan").first()
    if row is None:
        raise UnknownArchive
    return row


def _folders(names: Mapping[str, str]) -> dict[str, str]:
    """Return names of folders that unpack everywhere, by key, no two alike."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for key, name in names.items():
        found[key] = safe_name(name[:_LONGEST_FOLDER].replace(".", "_"), taken)
        taken.add(found[key].lower())
    return found


def _data(row: Archive, titles: Mapping[str, str]) -> ArchiveData:
    narrowed = SheetNarrowing(**row.narrowed)
    about = [titles.get(narrowed.assignment, ""), narrowed.firm, narrowed.q]
    if narrowed.coach:
        about.append(host().names([int(narrowed.coach)]).get(int(narrowed.coach), ""))
    days: int | None = settings.ICIINSMES_KEEP_ARCHIVES_DAYS  # type: ignore[misc] # set in plugin_settings
    return ArchiveData(
        id=row.id,
        title=" · ".join(filter(None, about)) or _("The whole course"),
        state=ArchiveState(row.state),
        done=row.done,
        total=row.total,
        parts=tuple(
            ArchivePart(number, part["size"], part["rounds"], part["files"]) for number, part in enumerate(row.parts, 1)
        ),
        created_at=row.created_at,
        ends_at=None if days is None else row.created_at + timedelta(days=days),
    )
