"""Comments of an assessor as pages show them: numbers in the text of an answer, and the words beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from iciinsmes.feedback import api as feedback
from iciinsmes.feedback.data import FeedbackData, RemarkData


@dataclass(frozen=True)
class ShownRemark:
    """A comment; ``passage`` is what it is about, cut where it is long, and empty for a whole answer or file."""

    id: UUID
    number: int
    page: int
    passage: str
    text: str
    revision: int


_PASSAGE = 160


def at(said: FeedbackData, place: str, target: str) -> tuple[ShownRemark, ...]:
    """Return the comments at one place, in the order of the pages and passages they are about."""
    found = [each for each in said.remarks if (each.anchor.place, each.anchor.target) == (place, target)]
    found.sort(key=lambda each: (each.anchor.page, -1 if each.anchor.start is None else each.anchor.start, each.number))
    return tuple(
        ShownRemark(
            id=each.id,
            number=each.number,
            page=each.anchor.page,
            passage=_cut(each.anchor.quote),
            text=each.text,
            revision=each.revision,
        )
        for each in found
    )


def highlighted(text: str, said: FeedbackData, question: str, begin: int = 0, end: int | None = None) -> SafeString:
    """Return an answer, or a stretch of it, as HTML with the passages marked that comments are about.

    A mark ends with the number of its comment, which leads to it. Screen readers rarely announce marks, so the words
    are there too.

    Args:
        text: the whole answer.
        said: the comments.
        question: key of the question.
        begin: where the stretch begins.
        end: where it ends; None for the end of the answer.
    """
    whole = feedback.plain(text)
    part = whole[begin:end]
    passages = [
        (each.anchor.start - begin, each.anchor.end - begin, each)
        for each in said.remarks
        if (each.anchor.place, each.anchor.target) == ("answer", question)
        and each.anchor.start is not None
        and each.anchor.end is not None
    ]
    by_number = {each.number: (last, each) for _first, last, each in passages}
    pieces = feedback.stretches(len(part), [(first, last, each.number) for first, last, each in passages])
    return format_html_join("", "{}", ((_stretch(part, piece, by_number),) for piece in pieces))


def _stretch(
    part: str, piece: tuple[int, int, tuple[int, ...]], by_number: Mapping[int, tuple[int, RemarkData]]
) -> SafeString:
    first, last, numbers = piece
    words = format_html("{}", part[first:last])
    if numbers:
        words = format_html('<mark class="said">{}</mark>', words)
    ending = [by_number[number][1] for number in numbers if by_number[number][0] == last]
    signs = format_html_join(
        "",
        '<a class="said-number" href="#remark-{}"><span class="unseen">{} </span>{}</a>',
        ((each.id, _("Comment"), each.number) for each in ending),
    )
    return format_html("{}{}", words, signs)


def _cut(quote: str) -> str:
    quote = " ".join(quote.split())
    return quote if len(quote) <= _PASSAGE else f"{quote[:_PASSAGE].rstrip()}…"
