"""What has to be true in the database and in the storage, whatever happened to the requests."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from iciinsmes.evidence.models import EvidenceFile
    from tests.load.person import Person

_COMPLAINTS = ("database is locked", "Traceback", "Deadlock", "(1205,", "(1213,")


@dataclass(frozen=True)
class Sent:
    """What a learner was told is saved, and so must be in the round.

    ``files`` are names and SHA-256 of what was confirmed before the hand-in; ``maybe`` were on their way beside it and
    may have missed the round.
    """

    answers: Mapping[str, str]
    files: frozenset[tuple[str, str]]
    maybe: frozenset[tuple[str, str]] = frozenset()


def broken_rounds(wanted: Mapping[str, Sent]) -> list[str]:
    """Compare the works with what each learner, by user name, was told; the learners have handed in once."""
    from iciinsmes.assignments.models import Round, Work
    from iciinsmes_campus.learning.models import Completion

    rounds: dict[str, list[Round]] = {name: [] for name in wanted}
    for row in Round.objects.filter(work__owner__username__in=wanted).select_related("work__owner"):
        rounds[row.work.owner.username].append(row)
    booked = list(Completion.objects.filter(fraction=1.0).values_list("user__username", flat=True))
    broken = []
    for name, sent in wanted.items():
        if booked.count(name) != 1:
            broken.append(f"{name} has {booked.count(name)} completions instead of 1")
        if [row.number for row in rounds[name]] != [1]:
            broken.append(f"{name} has rounds {[row.number for row in rounds[name]]} instead of [1]")
        else:
            broken += [f"{name}: {what}" for what in _other_than_sent(rounds[name][0], sent)]
    states = Work.objects.filter(owner__username__in=wanted).exclude(state="handed_in")
    return [*broken, *(f"a work is {state}" for state in states.values_list("state", flat=True))]


def _other_than_sent(row: Any, sent: Sent) -> list[str]:
    from iciinsmes.evidence.models import EvidenceFile

    broken = []
    if any(row.answers.get(question) != text for question, text in sent.answers.items()):
        broken.append("the round has other words than were saved")
    ids = [file["id"] for file in row.evidence]
    found = set(EvidenceFile.objects.filter(pk__in=ids).values_list("name", "announced_sha256"))
    if len(ids) != len(found):
        broken.append("the round has a file twice, or one that is gone")
    if not sent.files <= found <= sent.files | sent.maybe:
        broken.append(f"the round has the files {sorted(found)} instead of {sorted(sent.files)}")
    return broken


def half_works() -> list[str]:
    """Return works whose rounds, state and files do not fit together; no matter whose, and at any moment."""
    from iciinsmes.assignments.models import Work
    from iciinsmes.evidence.models import EvidenceFile

    kept = {row.pk: row for row in EvidenceFile.objects.filter(kept=True, state="stored")}
    held: set[UUID] = set()
    broken = []
    for work in Work.objects.prefetch_related("rounds__task_version").select_related("owner"):
        numbers = [row.number for row in work.rounds.all()]
        if numbers != list(range(1, work.round_count + 1)) or bool(numbers) != (work.state == "handed_in"):
            broken.append(f"{work.owner.username} is {work.state}, counts {work.round_count} rounds and has {numbers}")
        for row in work.rounds.all():
            needed = [question["key"] for question in row.task_version.content["questions"] if question["required"]]
            if not row.evidence or not all(row.answers.get(key) for key in needed):
                broken.append(f"the round of {work.owner.username} is half")
            for file in row.evidence:
                held.add(UUID(file["id"]))
                stored = kept.get(UUID(file["id"]))
                if stored is None or (stored.size, stored.owner_id) != (file["size"], work.owner_id):
                    broken.append(f"a file in the round of {work.owner.username} is not kept as it was handed in")
    return broken + [f"file {pk} is kept by no round" for pk in kept.keys() - held]


def broken_storage() -> list[str]:
    """Return rows without their object, and objects without their row; nobody may be writing meanwhile."""
    from django.core.files.storage import storages

    from iciinsmes.evidence.models import EvidenceFile

    storage = storages["iciinsmes"]
    rows = {str(row.pk): row for row in EvidenceFile.objects.all()}
    broken = [what for row in rows.values() if row.state == "stored" and (what := _broken_object(storage, row))]
    wanted = {row.storage_name for row in rows.values() if row.state == "stored"}
    for name in _objects(storage, ""):
        row = rows.get(name.rpartition("/")[2][:36])
        is_piece = name.startswith("uploads/") and row is not None and row.state == "uploading"
        is_preview = name.startswith("previews/") and row is not None
        if name not in wanted and not is_piece and not is_preview:
            broken.append(f"object {name} belongs to no row")
    return broken


def _broken_object(storage: Any, row: EvidenceFile) -> str:
    if not storage.exists(row.storage_name):
        return f"file {row.pk} has no object"
    with storage.open(row.storage_name) as file:
        content = file.read()
    same = (len(content), hashlib.sha256(content).hexdigest()) == (row.size, row.sha256)
    return "" if same else f"the object of file {row.pk} is not what its row says"


def _objects(storage: Any, folder: str) -> list[str]:
    if folder == "" and not Path(storage.location).exists():
        return []
    folders, files = storage.listdir(folder)
    prefix = f"{folder}/" if folder else ""
    return [f"{prefix}{file}" for file in files] + [
        name for child in folders for name in _objects(storage, f"{prefix}{child}")
    ]


def unexpected(person: Person, expected: Collection[int]) -> list[str]:
    """Return the requests of a person that were answered otherwise than ``expected``."""
    return [
        f"{person.name}: {sample.what} answered {sample.status}"
        for sample in person.samples
        if sample.status not in expected
    ]


def complaints(log: Path) -> list[str]:
    """Return the lines of the server's log that tell of a failure."""
    lines = log.read_text(errors="replace").splitlines()
    return [line for line in lines if any(word in line for word in _COMPLAINTS)]
