"""Evidence that is no file, from the first save to its removal."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from iciinsmes.subjects import SubjectOrMaker, made

from . import rules as evidence_rules
from . import serializers, writing
from .data import EvidenceRules, ItemData
from .errors import RuleBroken, StaleItem, UnknownFile
from .models import EvidenceItem
from .permissions import check_kind


def item_of(*, item_id: UUID, owner_id: int, subject: UUID) -> ItemData:
    """Return one of them.

    Raises:
        UnknownFile: no such item in a draft of this person.
    """
    return serializers.item_data(_own(item_id, owner_id, subject))


def add_item(
    *,
    owner_id: int,
    subject: SubjectOrMaker,
    kind: str,
    fields: Mapping[str, str],
    rules: EvidenceRules,
    question: str = "",
) -> ItemData:
    """Add what a form holds to the draft.

    Args:
        owner_id: the learner.
        subject: what it belongs to.
        kind: one of `kinds.WRITTEN_KINDS`.
        fields: see `writing.read`.
        rules: what the task allows.
        question: key of the question it belongs to, or empty.

    Returns:
        The item. One with the same content at the same question is not added twice.

    Raises:
        RuleBroken: the task does not allow this kind, or there is no room for it.
        ItemRefused: fields are wrong.
    """
    _check_kind(kind, rules.written_kinds)
    title, content = writing.read(kind, fields, today=timezone.now().date())
    item = EvidenceItem(
        owner_id=owner_id,
        question=question,
        kind=kind,
        title=title,
        content=content,
    )
    return _add(item, subject, rules)


def add_result(
    *,
    owner_id: int,
    subject: SubjectOrMaker,
    title: str,
    content: Mapping[str, Any],
    rules: EvidenceRules,
    question: str = "",
) -> ItemData:
    """Add a copy of a result to the draft.

    Args:
        owner_id: the learner.
        subject: what it belongs to.
        title: what the learner calls the data.
        content: as `results.result_content` makes it; never what a browser sends.
        rules: what the task allows.
        question: key of the question it belongs to, or empty.

    Returns:
        The item. The same result at the same question is not added twice.

    Raises:
        RuleBroken: the task does not allow results, or there is no room for it.
    """
    _check_kind("result", rules.item_kinds)
    item = EvidenceItem(
        owner_id=owner_id,
        question=question,
        kind="result",
        title=title,
        content=dict(content),
    )
    return _add(item, subject, rules)


def drafts_with_result(*, owner_id: int, course_key: CourseKey, result_id: UUID) -> frozenset[UUID]:
    """Return the subjects in whose draft the person has a copy of the result, in one query."""
    rows = EvidenceItem.objects.filter(owner_id=owner_id, course_key=course_key, kind="result")
    return frozenset(
        subject for subject, content in rows.values_list("subject", "content") if content["result_id"] == str(result_id)
    )


def _add(item: EvidenceItem, subject: SubjectOrMaker, rules: EvidenceRules) -> ItemData:
    item.size = _size(item.title, item.content)
    with transaction.atomic():
        subject = made(subject)
        check_kind(subject.kind)
        for name, value in serializers.columns_of(subject).items():
            setattr(item, name, value)
        place = {"owner_id": item.owner_id, "subject": item.subject, "question": item.question}
        serializers.take_turn(item.owner_id, subject)
        same = EvidenceItem.objects.filter(**place, kind=item.kind, title=item.title, size=item.size)
        # An answer that got lost on the way makes the page send once more.
        twin = next((row for row in same if row.content == item.content), None)
        if twin is not None:
            return serializers.item_data(twin)
        around = serializers.rows_around(item.owner_id, subject)
        taken = serializers.taken(around, item.owner_id, subject)
        evidence_rules.check_room(size=item.size, taken=taken, rules=rules, quota=_quota())
        item.save()
    return serializers.item_data(item)


def change_item(
    *, item_id: UUID, owner_id: int, subject: UUID, fields: Mapping[str, str], base_revision: int
) -> ItemData:
    """Change an item of the draft; rounds keep the copy they have.

    Args:
        item_id: which one.
        owner_id: whose.
        subject: what it belongs to.
        fields: see `writing.read`; all of them.
        base_revision: the revision that the form started from.

    Raises:
        UnknownFile: no such item in a draft of this person.
        ItemRefused: fields are wrong.
        RuleBroken: it is no item that is written by hand.
        StaleItem: it was changed in between, into something else.
    """
    row = _own(item_id, owner_id, subject)
    title, content = writing.read(row.kind, fields, today=timezone.now().date())
    if (row.title, row.content) == (title, content):
        return serializers.item_data(row)
    changed = EvidenceItem.objects.filter(pk=row.pk, revision=base_revision).update(
        title=title, content=content, size=_size(title, content), revision=base_revision + 1
    )
    current = _own(item_id, owner_id, subject)
    if not changed:
        raise StaleItem(serializers.item_data(current))
    return serializers.item_data(current)


def remove_item(*, item_id: UUID, owner_id: int, subject: UUID) -> None:
    """Take an item out of the draft for good; rounds keep the copy they have.

    Raises:
        UnknownFile: no such item in a draft of this person.
    """
    _own(item_id, owner_id, subject).delete()


def _own(item_id: UUID, owner_id: int, subject: UUID) -> EvidenceItem:
    row = EvidenceItem.objects.filter(pk=item_id, owner_id=owner_id, subject=subject).first()
    if row is None:
        raise UnknownFile
    return row


def _check_kind(kind: str, allowed: Collection[str]) -> None:
    if kind not in allowed:
        raise RuleBroken(_("This cannot be added here."))


def _size(title: str, content: Mapping[str, Any]) -> int:
    return len((title + json.dumps(content, ensure_ascii=False)).encode(errors="replace"))


def _quota() -> int:
    return int(settings.ICIINSMES_EVIDENCE_QUOTA_BYTES)  # type: ignore[misc] # set in plugin_settings
