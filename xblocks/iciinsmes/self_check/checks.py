"""Filling in, sending, repeating: one row a check, and one send however often somebody presses."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from django.db import transaction
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.companies import api as companies
from iciinsmes.lib.locks import in_transaction, locked
from iciinsmes.platform import host

from . import rules
from .blocks import block_of, version_meant
from .data import CheckData, TypedItem
from .errors import AlreadySent, TooManyOpen, UnknownCheck
from .model_file import from_stored
from .models import Check, CheckBlock
from .notice_kinds import tell_colleagues
from .serializers import answers_of, answers_to_json, check_data, settings_of


def save_draft(
    *, user_id: int, usage_key: UsageKey, number: int, typed: Mapping[str, TypedItem], mark: str = ""
) -> CheckData:
    """Keep what a page sends of a check that is being filled in; the first time begins it.

    Args:
        user_id: the learner.
        usage_key: the block.
        number: which check of the person in the block.
        typed: what the page knows, by code of the statement; what it leaves out stays, see `rules.merged`.
        mark: see `blocks.version_mark`.

    Raises:
        UnknownCheck: there is no such check to fill in.
        AlreadySent: it was sent.
    """
    block = block_of(usage_key)

    def step() -> CheckData:
        row = _open_row(block, user_id, number, mark)
        answers = rules.merged(from_stored(row.version.content), answers_of(row), typed)
        row.answers, row.saved_at = answers_to_json(answers), timezone.now()
        row.save(update_fields=["answers", "saved_at"])
        return check_data(row)

    return in_transaction(step)


def send(
    *, user_id: int, usage_key: UsageKey, number: int, typed: Mapping[str, TypedItem], mark: str = ""
) -> CheckData:
    """Keep what a page sends and send the check; points and completion are booked with the first of a block.

    Args:
        user_id: the learner.
        usage_key: the block.
        number: which check of the person in the block.
        typed: as for `save_draft`.
        mark: as for `save_draft`.

    Raises:
        UnknownCheck: there is no such check to send.
        AlreadySent: it was sent, by the first half of a double tap or on another device; nothing was changed.
        TooManyOpen: too few statements are answered or put aside. What was typed is kept.
    """
    kept = save_draft(user_id=user_id, usage_key=usage_key, number=number, typed=typed, mark=mark)
    left = rules.left_to_answer(kept.model, kept.answers)
    if left:
        raise TooManyOpen(left)
    return in_transaction(lambda: _send(kept, user_id))


def begin_again(*, user_id: int, usage_key: UsageKey) -> None:
    """Begin a repeat beside the last one, which stays what it is; one that was begun goes on.

    Raises:
        UnknownCheck: nothing was sent here yet.
    """
    block = block_of(usage_key)
    last = Check.objects.filter(block=block, owner_id=user_id).order_by("-number").first()
    if last is None:
        raise UnknownCheck
    if last.sent_at is not None:
        _made(block, user_id, last.number + 1, "")


def drop_repeat(*, user_id: int, usage_key: UsageKey) -> None:
    """Drop a repeat that was begun; the last one that was sent is what counts again."""
    Check.objects.filter(block__usage_key=usage_key, owner_id=user_id, sent_at=None, number__gt=1).delete()


def clear_block(*, user_id: int, usage_key: UsageKey) -> None:
    """Remove what the person did in the block; an earlier check of the run is the latest again."""
    with transaction.atomic():
        rows = Check.objects.filter(owner_id=user_id, block__usage_key=usage_key)
        course_keys = {row.course_key for row in rows.only("course_key")}
        rows.delete()
        for course_key in course_keys:
            mine = locked(Check.objects).filter(owner_id=user_id, course_key=course_key).exclude(sent_at=None)
            newest = mine.order_by("-sent_at", "-number").first()
            if newest is not None and not newest.is_latest:
                newest.is_latest = True
                newest.save(update_fields=["is_latest"])


def go_along(*, user_id: int, company_id: int, course_key: CourseKey, **_more: object) -> None:
    """Hear `companies.signals.first_joined`: what was sent before there was a firm goes along to the first one."""
    rows = Check.objects.filter(owner_id=user_id, course_key=course_key, company=None).exclude(sent_at=None)
    rows.update(company_id=company_id)


def _send(kept: CheckData, user_id: int) -> CheckData:
    # All of the person's, in one order, so that two blocks of the run cannot both have the latest.
    mine = locked(Check.objects).filter(owner_id=user_id, course_key=kept.course_key).order_by("id")
    rows = {row.id: row for row in mine}
    row = rows.get(kept.id)
    if row is None:
        raise UnknownCheck
    if row.sent_at is not None:
        raise AlreadySent
    is_first = not any(each.block_id == row.block_id and each.sent_at for each in rows.values())
    found = rules.outcome(from_stored(row.version.content), answers_of(row))
    company = companies.company_of(user_id=user_id, course_key=kept.course_key)
    Check.objects.filter(owner_id=user_id, course_key=kept.course_key, is_latest=True).update(is_latest=None)
    row.company_id = company.id if company else None
    row.responsive, row.proactive = _column(found.responsive.value), _column(found.proactive.value)
    row.is_latest, row.sent_at = True, timezone.now()
    row.save(update_fields=["company", "responsive", "proactive", "is_latest", "sent_at"])
    if is_first:
        _book(row.block, user_id)
    if company:
        tell_colleagues(owner_id=user_id, company_id=company.id, course_key=kept.course_key)
    return check_data(row)


def _book(block: CheckBlock, user_id: int) -> None:
    if block.usage_key is None:
        return
    weight = settings_of(block).weight
    host().complete(user_id=user_id, usage_key=block.usage_key, fraction=1.0)
    if weight:
        host().book_grade(user_id=user_id, usage_key=block.usage_key, earned=weight, possible=weight)


def _open_row(block: CheckBlock, user_id: int, number: int, mark: str) -> Check:
    mine = Check.objects.filter(block=block, owner_id=user_id)
    if number == 1 and not mine.exists():
        _made(block, user_id, 1, mark)
    row = locked(mine).select_related("block", "version").filter(number=number).first()
    if row is None:
        raise UnknownCheck
    if row.sent_at is not None:
        raise AlreadySent
    return row


def _made(block: CheckBlock, user_id: int, number: int, mark: str) -> None:
    """Make an empty check; two tabs at once make one."""
    Check.objects.get_or_create(
        block=block,
        owner_id=user_id,
        number=number,
        defaults={
            "course_key": block.course_key,
            "version": version_meant(block, mark),
            "saved_at": timezone.now(),
        },
    )


def _column(value: Fraction | None) -> Decimal | None:
    return None if value is None else round(Decimal(value.numerator) / Decimal(value.denominator), 3)
