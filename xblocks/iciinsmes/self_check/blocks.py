"""What authors chose for blocks `self_check`, and for whom a block is done."""

from __future__ import annotations

from collections.abc import Mapping

from django.core import signing
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.authoring.host_mixins import Points
from iciinsmes.authoring.kept_blocks import TEXTS
from iciinsmes.lib.json_data import to_json
from iciinsmes.lib.other_languages import with_words

from .authoring import model_of_settings
from .data import CheckSettings, CheckStanding
from .errors import UnknownCheck
from .model_file import from_stored, stored
from .models import Check, CheckBlock, CheckVersion
from .serializers import check_data, settings_of


def freeze_block(
    *,
    usage_key: UsageKey,
    course_key: CourseKey,
    settings: CheckSettings,
    others: Mapping[str, CheckSettings] | None = None,
) -> None:
    """Make ``settings`` what counts for the block from now on; what was begun keeps its statements.

    Args:
        usage_key: the block.
        course_key: its course run.
        settings: what the author chose.
        others: how it reads in other languages, by code; the model has its own languages, and is the author's.

    Raises:
        WrongModel: the settings hold a model that is none.
    """
    content_hash, content = stored(model_of_settings(settings))
    words = {language: to_json(each, without=["model"]) for language, each in (others or {}).items()}
    kept = with_words(to_json(settings, without=["model"]), words, texts=TEXTS, name=str(usage_key))
    row = CheckBlock.objects.select_related("version").filter(usage_key=usage_key).first()
    if row is not None and row.version.content_hash == content_hash and row.settings == kept:
        return
    version, _is_new = CheckVersion.objects.get_or_create(content_hash=content_hash, defaults={"content": content})
    CheckBlock.objects.update_or_create(
        usage_key=usage_key, defaults={"course_key": course_key, "settings": kept, "version": version}
    )


def block_of(usage_key: UsageKey) -> CheckBlock:
    """Return the block with its version.

    Raises:
        UnknownCheck: it was never published or opened.
    """
    row = CheckBlock.objects.select_related("version").filter(usage_key=usage_key).first()
    if row is None:
        raise UnknownCheck
    return row


def standing_of(*, user_id: int, usage_key: UsageKey) -> CheckStanding:
    """Return where the person stands in the block, in two queries.

    Raises:
        UnknownCheck: the block was never published or opened.
    """
    block = block_of(usage_key)
    rows = (
        Check.objects.filter(block=block, owner_id=user_id).select_related("block", "version").order_by("-number")[:2]
    )
    draft = next((row for row in rows if row.sent_at is None), None)
    last = next((row for row in rows if row.sent_at is not None), None)
    return CheckStanding(
        user_id=user_id,
        usage_key=usage_key,
        settings=settings_of(block),
        model=from_stored((draft or block).version.content),
        draft=check_data(draft) if draft else None,
        last=check_data(last) if last else None,
    )


def version_mark(*, usage_key: UsageKey) -> str:
    """Return which statements a page shows to who has not begun, in a form that comes back from it unchanged."""
    return signing.dumps(block_of(usage_key).version.content_hash, salt=str(usage_key))


def version_meant(block: CheckBlock, mark: str) -> CheckVersion:
    """Return the version that a page has shown: answers never slip to statements that were reworded meanwhile."""
    try:
        shown = signing.loads(mark, salt=str(block.usage_key))
    except signing.BadSignature:
        return block.version
    return CheckVersion.objects.filter(content_hash=shown).first() or block.version


def done_points(*, user_id: int, usage_key: UsageKey) -> Points | None:
    """Return the points of who has sent the block's self-check, and how many there are; None before, in one query."""
    row = Check.objects.filter(block__usage_key=usage_key, owner_id=user_id).exclude(sent_at=None)
    found = row.select_related("block").first()
    if found is None:
        return None
    weight = settings_of(found.block).weight
    return Points(earned=weight, possible=weight) if weight else None


def sent_count(*, usage_key: UsageKey) -> int:
    """Return how many self-checks were sent in the block."""
    return Check.objects.filter(block__usage_key=usage_key).exclude(sent_at=None).count()
