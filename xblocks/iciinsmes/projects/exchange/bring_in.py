"""A project from a file: the same entries with their history, gates, pauses and talks, or nothing at all.

Ids stay those of the file where they are free, so that what was taken out of an empty site's project is what was
brought in; where one is taken, all are new, in the same order, and everything that names them is changed with them.
Who made something has no account here and is kept as a name.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.lib.json_data import from_json
from iciinsmes.lib.locks import in_transaction, locked

from ..content import Content, checked
from ..data import Decider, Gate, GateVerdict, Kind, ProjectData
from ..errors import NotAllowedInProject, WrongContent
from ..evaluation import look_again
from ..fields import FieldKind
from ..kinds import KINDS
from ..labels import check_words
from ..models import (
    CoachTalk,
    Entry,
    EntryVersion,
    GateDecision,
    GatePassage,
    GateRequest,
    Project,
    ProjectPause,
    ProjectRun,
)
from ..permissions import can_begin
from ..rule_data import CheckItem
from ..serializers import project_data
from .reading import BadFile, Value, opened
from .take_out import FILES, PERSON

_MOST_ENTRIES, _MOST_VERSIONS, _MOST_REQUESTS, _MOST_TALKS, _MOST_PAUSES = 6_000, 500, 500, 500, 20
_NAME, _REASON, _WORDS = 200, 2_000, 5_000
#: Characters of a frozen copy as JSON.
_MOST_SNAPSHOT = 1_000_000
#: Projects of a firm; more than one a year for a working life.
_MOST_PROJECTS = 50


def bring_in(*, user_id: int, course_key: CourseKey, content: bytes) -> ProjectData:
    """Make a project of the person's own firm from a file; it comes behind those that the firm has.

    Gates that were passed stay so, marked as brought in; a request that was open is withdrawn.

    Args:
        user_id: a learner of the run who is in a firm.
        course_key: the run in which the firm works on it from now on.
        content: the file, as `reading.opened` takes it.

    Raises:
        NotAllowedInProject: the person is no such learner.
        BadFile: it cannot be brought in; nothing was changed.
    """
    company = companies.company_of(user_id=user_id, course_key=course_key)
    if company is None or not can_begin(user_id=user_id, course_key=course_key):
        raise NotAllowedInProject
    file = _with_free_ids(opened(content))

    def write() -> ProjectData:
        companies.companies_held(user_ids=[user_id], course_key=course_key)
        last = locked(Project.objects).filter(company_id=company.id).aggregate(last=Max("number"))["last"] or 0
        if last >= _MOST_PROJECTS:
            raise BadFile(_("The firm has as many projects as it can have."))
        row = _project(file.at("project"), company.id, last + 1)
        ProjectRun.objects.create(
            project=row, course_key=course_key, begins_on=file.at("project").at("begins_on").day()
        )
        _entries(file.at("entries"), row)
        _requests(file.at("requests"), row, course_key)
        _passages(file.at("passages"), row)
        _pauses(file.at("pauses"), row)
        _talks(file.at("talks"), row)
        look_again(row, timezone.now())
        return project_data(row)

    return in_transaction(write)


def _with_free_ids(file: Value) -> Value:
    """Return the file with ids that nothing here has."""
    wanted = {name: [each.at("id").id() for each in file.at(name).each(_MOST_ENTRIES)] for name in _TABLES}
    ids = [each for found in wanted.values() for each in found]
    if len(set(ids)) < len(ids):
        raise BadFile(_("Something stands in it twice."), "id")
    if not any(table.objects.filter(id__in=wanted[name]).exists() for name, table in _TABLES.items()):
        return file
    new = {str(old): str(made) for old, made in zip(sorted(ids), sorted(uuid4() for _id in ids), strict=True)}
    return Value(_renamed(file.value, new))


_TABLES: Mapping[str, Any] = {"entries": Entry, "requests": GateRequest, "talks": CoachTalk}


def _renamed(value: Any, new: Mapping[str, str]) -> Any:
    """Return a value of the file with every text that is an old id changed into the new one."""
    if isinstance(value, dict):
        return {key: _renamed(each, new) for key, each in value.items()}
    if isinstance(value, list):
        return [_renamed(each, new) for each in value]
    return new.get(value.lower(), value) if isinstance(value, str) and len(value) == 36 else value


def _project(file: Value, company_id: int, number: int) -> Project:
    started = file.at("started_on").day()
    now = timezone.now()
    return Project.objects.create(
        company_id=company_id,
        number=number,
        title=file.at("title").text(_NAME),
        started_on=started,
        ended_on=file.at("ended_on").day() if file.at("ended_on").is_there else None,
        stopped=file.at("stopped").yes_no(),
        looked_on=now.date(),
        changed_at=now,
    )


def _entries(file: Value, row: Project) -> None:
    kinds = {each.at("id").id(): Kind(each.at("kind").choice(list(Kind))) for each in file.each(_MOST_ENTRIES)}
    entries, versions = [], []
    for each in file.each(_MOST_ENTRIES):
        entry = _entry(each, row, kinds)
        entries.append(entry)
        versions += _versions(each, entry, kinds)
    _must_be_few(entries, file)
    Entry.objects.bulk_create(entries, batch_size=500)
    EntryVersion.objects.bulk_create(versions, batch_size=500)


def _entry(file: Value, row: Project, kinds: Mapping[UUID, Kind]) -> Entry:
    entry_id = file.at("id").id()
    return Entry(
        id=entry_id,
        project=row,
        kind=kinds[entry_id].value,
        content=_content(file.at("content"), kinds[entry_id], kinds),
        revision=file.at("revision").number(1, 1_000_000),
        author_label=file.at("author").text(_NAME),
        created_at=file.at("created_at").moment(),
        changed_label=file.at("changed_by").text(_NAME),
        changed_at=file.at("changed_at").moment(),
        removed_at=file.at("removed_at").moment() if file.at("removed_at").is_there else None,
    )


def _versions(file: Value, entry: Entry, kinds: Mapping[UUID, Kind]) -> list[EntryVersion]:
    found, before = [], 0
    for each in file.at("versions").each(_MOST_VERSIONS):
        number = each.at("revision").number(before + 1, entry.revision - 1)
        found.append(
            EntryVersion(
                entry=entry,
                revision=number,
                content=_content(each.at("content"), Kind(entry.kind), kinds),
                removed=each.at("removed").yes_no(),
                changed_label=each.at("changed_by").text(_NAME),
                changed_at=each.at("changed_at").moment(),
            )
        )
        before = number
    return found


def _content(file: Value, kind: Kind, kinds: Mapping[UUID, Kind]) -> Content:
    """Return content as it is kept: checked as if somebody had typed it, with names where accounts and files were."""
    given = dict(file.mapping())
    for field in KINDS[kind].fields:
        if field.kind in (FieldKind.PERSON, FieldKind.FILES):
            given.pop(field.key, None)
    try:
        kept = checked(kind, given, kinds, ())
    except WrongContent as error:
        key, why = next(iter(error.errors.items()))
        raise BadFile(why, f"{file.place} → {key}") from error
    if PERSON in given:
        kept[PERSON] = file.at(PERSON).text(_NAME)
    if FILES in given:
        kept[FILES] = [each.text(255) for each in file.at(FILES).each(50)]
    return kept


def _must_be_few(entries: Collection[Entry], file: Value) -> None:
    for kind in Kind:
        count = sum(1 for each in entries if each.kind == kind.value and each.removed_at is None)
        if count > KINDS[kind].most:
            words = {"count": count, "kind": KINDS[kind].plural, "most": KINDS[kind].most}
            raise file.bad(_("%(kind)s: %(count)d are too many; %(most)d are possible.") % words)


def _requests(file: Value, row: Project, course_key: CourseKey) -> None:
    for each in file.each(_MOST_REQUESTS):
        asked = GateRequest.objects.create(
            id=each.at("id").id(),
            project=row,
            course_key=course_key,
            gate=each.at("gate").number(0, len(Gate) - 1),
            imported=True,
            state=each.at("state").choice([GateRequest.State.DECIDED.value, GateRequest.State.WITHDRAWN.value]),
            deciders=[one.choice(list(Decider)) for one in each.at("deciders").each(len(Decider))],
            proposal=each.at("proposal").choice(list(GateVerdict)),
            reason=each.at("reason").text(_REASON),
            snapshot=_snapshot(each.at("snapshot")),
            asked_label=each.at("asked_by").text(_NAME),
            asked_at=each.at("asked_at").moment(),
            ended_at=each.at("ended_at").moment() if each.at("ended_at").is_there else None,
        )
        said: set[str] = set()
        for one in each.at("decisions").each(len(Decider)):
            decider = one.at("decider").choice([name.value for name in Decider if name.value not in said])
            said.add(decider)
            GateDecision.objects.create(
                request=asked,
                decider=decider,
                verdict=one.at("verdict").choice(list(GateVerdict)),
                reason=one.at("reason").text(_WORDS),
                name=one.at("name").text(_NAME),
                decided_at=one.at("decided_at").moment(),
            )


def _snapshot(file: Value) -> dict[str, Any]:
    """Return the frozen copy of a request, in the form in which `snapshots` writes it."""
    if not file.mapping():
        return {}
    if len(json.dumps(file.value)) > _MOST_SNAPSHOT:
        raise file.bad(_("This is too long."))
    for item in file.at("checklist").each(50):
        try:
            check_words(from_json(CheckItem, item.mapping()))
        except (KeyError, TypeError, ValueError):
            raise item.bad(_("Something else was expected here.")) from None
    for entry in file.at("entries").each(_MOST_ENTRIES):
        kind = Kind(entry.at("kind").choice(list(Kind)))
        _content_of_copy(entry.at("content"), kind)
    return {"checklist": file.value["checklist"], "entries": file.value["entries"]}


def _content_of_copy(file: Value, kind: Kind) -> None:
    """Look at the content of a copy; what it refers to may be gone, so only its own fields are checked."""
    given = file.mapping()
    fields = {
        field.key: given.get(field.key)
        for field in KINDS[kind].fields
        if field.kind not in (FieldKind.PERSON, FieldKind.FILES, FieldKind.ENTRY, FieldKind.ENTRIES)
    }
    try:
        checked(kind, fields, {}, ())
    except WrongContent as error:
        wrong = {key: why for key, why in error.errors.items() if key in fields}
        if wrong:
            key, why = next(iter(wrong.items()))
            raise BadFile(why, f"{file.place} → {key}") from error


def _passages(file: Value, row: Project) -> None:
    requests = set(row.requests.values_list("id", flat=True))
    for each in file.each(_MOST_REQUESTS):
        asked = each.at("request").id() if each.at("request").is_there else None
        if asked is not None and asked not in requests:
            raise each.at("request").bad(_("What it names is not in the file."))
        GatePassage.objects.create(
            project=row,
            gate=each.at("gate").number(0, len(Gate) - 1),
            passed_on=each.at("passed_on").day(),
            back_at=each.at("back_at").moment() if each.at("back_at").is_there else None,
            request_id=asked,
            imported=True,
        )


def _pauses(file: Value, row: Project) -> None:
    for each in file.each(_MOST_PAUSES):
        first, last = each.at("first_on").day(), each.at("last_on").day()
        if last < first:
            raise each.at("last_on").bad(_("The last day lies before the first."))
        ProjectPause.objects.create(
            project=row,
            first_on=first,
            last_on=last,
            reason=each.at("reason").text(500),
            declared_label=each.at("declared_by").text(_NAME),
        )


def _talks(file: Value, row: Project) -> None:
    measures = {str(each) for each in row.entries.filter(kind=Kind.MEASURE.value).values_list("id", flat=True)}
    for each in file.each(_MOST_TALKS):
        agreements = [
            {
                "text": one.at("text").text(500),
                "measure": one.at("measure").choice([*measures, ""]),
            }
            for one in each.at("agreements").each(20)
        ]
        CoachTalk.objects.create(
            id=each.at("id").id(),
            project=row,
            held_on=each.at("held_on").day(),
            next_on=each.at("next_on").day() if each.at("next_on").is_there else None,
            about=each.at("about").text(_WORDS),
            agreements=agreements,
            coach_label=each.at("coach").text(_NAME),
            written_at=each.at("written_at").moment(),
        )
