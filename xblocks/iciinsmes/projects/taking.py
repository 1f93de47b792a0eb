"""Results of exercises, passed rounds and sent self-checks, taken over as evidence of the project or value of a KPI."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments import api as assignments
from iciinsmes.evidence import api as evidence
from iciinsmes.exercises import api as exercises
from iciinsmes.exercises.errors import UnknownResult
from iciinsmes.self_check import api as self_check
from iciinsmes.toolbox import api as toolbox

from .data import EntryData, Kind
from .days import day_of_site
from .entries import add_entry, entries_of
from .errors import UnknownProjectEntry
from .kinds import KINDS

_TITLE, _WORDS = 200, 20_000
_PASSED = "passed"


@dataclass(frozen=True)
class EvidenceOffer:
    """Something of the person's own that can become evidence; ``key`` names it, ``link`` is where it stands.

    ``is_demo`` marks results of invented data, which prove nothing about the firm.
    """

    key: str
    title: str
    source: str
    on: date
    link: str
    is_demo: bool = False


@dataclass(frozen=True)
class OfferedFigure:
    """A number of a result that may become a value of a KPI."""

    key: str
    title: str
    value: Decimal


def offers_for(*, user_id: int, course_key: CourseKey, entries: Iterable[EntryData]) -> tuple[EvidenceOffer, ...]:
    """Return the person's results, passed rounds and self-checks in this run that the project has not, newest first.

    Args:
        user_id: the person.
        course_key: the run.
        entries: of the project; what is taken over is known again by its link.
    """
    taken = {entry.content.get("link") for entry in entries if entry.kind is Kind.RESULT}
    results = exercises.results_of(owner_id=user_id, course_key=course_key)
    offers = [
        EvidenceOffer(
            key=f"result:{line.id}",
            title=line.title,
            source=_("Exercise"),
            on=day_of_site(line.created_at),
            link=reverse("iciinsmes:tool-result", args=[line.id]),
            is_demo=line.is_demo,
        )
        for line in results
    ]
    offers += [
        EvidenceOffer(
            key=f"round:{row.id}",
            title=row.task.title,
            source=_("Task, passed"),
            on=day_of_site(row.handed_in_at),
            link=f"{reverse('iciinsmes:work', args=[usage_key])}#{row.id}"[-100:],
        )
        for usage_key, row in assignments.passed_rounds(user_id=user_id, course_key=course_key)
    ]
    offers += [
        EvidenceOffer(
            key=f"check:{line.id}",
            title=line.title,
            source=_("Self-check"),
            on=day_of_site(line.sent_at),
            link=reverse("iciinsmes:self-check-result", args=[line.id]),
        )
        for line in self_check.sent_checks(owner_id=user_id, course_key=course_key)
    ]
    return tuple(sorted((each for each in offers if each.link not in taken), key=lambda each: each.on, reverse=True))


def take_over(*, project_id: UUID, user_id: int, course_key: CourseKey, key: str) -> EntryData:
    """Make an entry of an own result, round or self-check: a copy that stays what it is.

    A second time it is the same entry.

    Raises:
        UnknownProject, NotAllowed, HasEnded, TooMuch: see `entries.add_entry`.
        UnknownProjectEntry: the person has nothing of this key.
    """
    entries = entries_of(project_id=project_id, kinds=[Kind.RESULT])
    offer = next(
        (each for each in offers_for(user_id=user_id, course_key=course_key, entries=()) if each.key == key), None
    )
    if offer is None:
        raise UnknownProjectEntry
    known = next((entry for entry in entries if entry.content.get("link") == offer.link), None)
    if known is not None:
        return known
    content = {
        "title": offer.title[:_TITLE],
        "on": offer.on.isoformat(),
        "source": offer.source,
        "link": offer.link,
        "words": _words(key, user_id, course_key)[:_WORDS],
    }
    return add_entry(project_id=project_id, user_id=user_id, course_key=course_key, kind=Kind.RESULT, content=content)


def figures_of(*, user_id: int, course_key: CourseKey, key: str) -> tuple[OfferedFigure, ...]:
    """Return the numbers of an own result; empty for what has none.

    Raises:
        UnknownProjectEntry: the person has no such result.
    """
    if not key.startswith("result:"):
        return ()
    try:
        found = exercises.own_result(result_id=UUID(key.partition(":")[2]), owner_id=user_id, course_key=course_key)
    except (UnknownResult, ValueError) as error:
        raise UnknownProjectEntry from error
    titles = {figure.key: figure for figure in found.result.figures}
    shown = toolbox.result_page(found.result, toolbox.reader_language()).figures
    return tuple(
        OfferedFigure(key, view.title, round(Decimal(str(figure.value)), max(figure.decimals, 0)))
        for (key, figure), view in zip(titles.items(), shown, strict=True)
        if isinstance(figure.value, int | float) and not isinstance(figure.value, bool)
    )


def take_figure(
    *, project_id: UUID, user_id: int, course_key: CourseKey, key: str, figure: str, kpi: UUID
) -> EntryData:
    """Make a value of a KPI from a number of an own result, with the result as its source.

    Raises:
        UnknownProject, NotAllowed, HasEnded, TooMuch, WrongContent: see `entries.add_entry`.
        UnknownProjectEntry: the person has no such result, or it has no such number.
    """
    found = next(
        (each for each in figures_of(user_id=user_id, course_key=course_key, key=key) if each.key == figure), None
    )
    if found is None:
        raise UnknownProjectEntry
    result = take_over(project_id=project_id, user_id=user_id, course_key=course_key, key=key)
    content = {
        "kpi": str(kpi),
        "on": result.content["on"],
        "value": f"{found.value:f}",
        "comment": f"{result.content['title']}: {found.title}"[: KINDS[Kind.READING].field("comment").length],
        "result": str(result.id),
    }
    same = [
        entry
        for entry in entries_of(project_id=project_id, kinds=[Kind.READING])
        if (entry.content["kpi"], entry.content.get("result"), entry.content.get("comment"))
        == (content["kpi"], content["result"], content["comment"])
    ]
    if same:
        return same[0]
    return add_entry(project_id=project_id, user_id=user_id, course_key=course_key, kind=Kind.READING, content=content)


def _words(key: str, user_id: int, course_key: CourseKey) -> str:
    kind, _colon, wanted = key.partition(":")
    if kind == "result":
        found = exercises.own_result(result_id=UUID(wanted), owner_id=user_id, course_key=course_key)
        return evidence.result_words(
            result_id=found.id, instrument=found.instrument, is_demo=found.is_demo, result=found.result
        )
    if kind == "check":
        return self_check.result_words(self_check.own_check(check_id=UUID(wanted), owner_id=user_id))
    row = next(
        each
        for _usage_key, each in assignments.passed_rounds(user_id=user_id, course_key=course_key)
        if str(each.id) == wanted
    )
    return "\n\n".join(
        f"{question.title}\n{row.answers[question.key]}"
        for question in row.task.questions
        if row.answers.get(question.key)
    )
