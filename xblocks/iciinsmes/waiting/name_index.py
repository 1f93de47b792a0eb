"""Names of the people whose work waits, word by word, and what is found by them."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.folding import words_of
from iciinsmes.platform import host

from .models import WaitingItem, WaitingWord
from .unions import union_of

#: So many items of people with a name are looked at; whoever finds more has to write more of the name.
FOUND_AT_MOST = 500
#: So many entries of the index are read for a word; more cannot be named one by one in every database.
READ_AT_MOST = 900
#: Sorts behind every letter of an alphabet in each database's order: an ideograph, which all of them put last.
_BEHIND = "\u9fa5"
#: Nobody writes more words of a name, and each is a condition.
_MOST_WORDS = 3


def write_words(item: WaitingItem) -> None:
    """Make an item, whose earlier words are gone, findable by the names of its people now.

    Who has a name without words has an empty one, so that what somebody shares is always found by the person.
    """
    called = host().search_names({item.owner_id, *item.with_ids})
    WaitingWord.objects.bulk_create(
        WaitingWord(item=item, user_id=user_id, course_key=item.course_key, word=word)
        for user_id, names in sorted(called.items())
        for word in words_of(names) or ("",)
    )


def items_called(text: str, course_keys: Collection[CourseKey]) -> tuple[list[int], bool]:
    """Return ids of items with words in names that begin like each word of the text, and whether there are more.

    Two queries over an index: of each word so many entries are read at most, and of words that have more the items
    that the others leave.
    """
    wanted = words_of(text)[:_MOST_WORDS]
    if not wanted:
        return [], False
    ranges = [
        WaitingWord.objects.filter(course_key__in=course_keys, word__gte=word, word__lt=f"{word}{_BEHIND}")
        for word in wanted
    ]
    found = _items([rows[: READ_AT_MOST + 1] for rows in ranges])
    frequent = [number for number, items in enumerate(found) if len(items) > READ_AT_MOST]
    rare = [set(items) for number, items in enumerate(found) if number not in frequent]
    known = set.intersection(*rare) if rare else set(found[0][:READ_AT_MOST])
    if known and frequent:
        left = _items([ranges[number].filter(item_id__in=known) for number in frequent])
        known = known.intersection(*left)
    return sorted(known)[:FOUND_AT_MOST], not rare or len(known) > FOUND_AT_MOST


def _items(ranges: list[QuerySet[WaitingWord]]) -> list[list[int]]:
    """Return the ids of the items of each range."""
    found: list[list[int]] = [[] for _range in ranges]
    for number, item_id in union_of(ranges, "item_id"):
        found[number].append(item_id)
    return found
