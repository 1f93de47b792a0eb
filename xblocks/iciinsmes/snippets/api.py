"""The only door to snippets. Whether somebody teaches in the course run is the caller's to ask (`companies.api`)."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.locks import locked

from .data import MAX_SNIPPETS, MAX_TEXT, PLACEHOLDERS, SnippetData, filled
from .errors import TooManySnippets, UnknownSnippet, WrongSnippet
from .models import Snippet

__all__ = ["PLACEHOLDERS", "filled", "keep", "remove", "snippets_for"]


def snippets_for(*, user_id: int, course_key: CourseKey) -> tuple[SnippetData, ...]:
    """Return what the person may use here: the own ones of all course runs and those shared in this one.

    The own ones come first, each group with what was changed last at its head; one query.
    """
    rows = Snippet.objects.filter(Q(owner_id=user_id) | Q(course_key=course_key, is_shared=True))
    found = [_data(row, user_id) for row in rows.order_by("-changed_at", "id")]
    return tuple(sorted(found, key=lambda snippet: not snippet.is_own))


def keep(
    *, user_id: int, course_key: CourseKey, text: str, is_shared: bool = False, snippet_id: UUID | None = None
) -> SnippetData:
    """Keep a text for the next time, or change one that is kept. The same text twice is one snippet.

    Args:
        user_id: whose it is.
        course_key: the course run in which it is shared.
        text: up to `MAX_TEXT` characters, with placeholders.
        is_shared: whether colleagues of the run may use it.
        snippet_id: an own one that is to be changed.

    Raises:
        WrongSnippet: it is empty or too long.
        TooManySnippets: there are `MAX_SNIPPETS` already.
        UnknownSnippet: there is no such own snippet.
    """
    text = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if not text:
        raise WrongSnippet(_("Write the words that you want to use again."))
    if len(text) > MAX_TEXT:
        raise WrongSnippet(_("A snippet may have %(count)d characters.") % {"count": MAX_TEXT})
    with transaction.atomic():
        own = list(locked(Snippet.objects.filter(owner_id=user_id)))
        row = next((each for each in own if each.id == snippet_id), None)
        if snippet_id is not None and row is None:
            raise UnknownSnippet
        row = row or next((each for each in own if each.text == text), None)
        if row is None and len(own) >= MAX_SNIPPETS:
            raise TooManySnippets(_("You keep %(count)d snippets already. Remove one first.") % {"count": MAX_SNIPPETS})
        if is_shared and (row is None or not row.is_shared):
            _check_shared(course_key)
        if row is None:
            row = Snippet(id=uuid4(), owner_id=user_id, course_key=course_key)
        if is_shared:
            row.course_key = course_key
        row.text, row.is_shared, row.changed_at = text, is_shared, timezone.now()
        row.save()
    return _data(row, user_id)


def remove(*, user_id: int, course_key: CourseKey, snippet_id: UUID, any_shared: bool = False) -> None:
    """Remove a snippet; doing it again changes nothing.

    Args:
        user_id: who removes it.
        course_key: the course run from which.
        snippet_id: an own one.
        any_shared: whether the person may remove what others share in this run, because it is theirs to look after.

    Raises:
        UnknownSnippet: it is somebody else's.
    """
    row = Snippet.objects.filter(pk=snippet_id).first()
    if row is None:
        return
    if row.owner_id != user_id and not (any_shared and row.is_shared and row.course_key == course_key):
        raise UnknownSnippet
    row.delete()


def _check_shared(course_key: CourseKey) -> None:
    if Snippet.objects.filter(course_key=course_key, is_shared=True).count() >= MAX_SNIPPETS:
        raise TooManySnippets(_("This course shares %(count)d snippets already.") % {"count": MAX_SNIPPETS})


def _data(row: Snippet, user_id: int) -> SnippetData:
    return SnippetData(id=row.id, text=row.text, is_shared=row.is_shared, is_own=row.owner_id == user_id)
