"""The mentor's part of a learner's page: what a mentor shall read of a round, and whom the learner has asked."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from iciinsmes.companies import api as companies
from iciinsmes.evidence.data import ItemData
from iciinsmes.evidence.kinds import can_show
from iciinsmes.lib.sentences import listed
from iciinsmes.mentors import api as mentors
from iciinsmes.mentors.data import Matter, MatterPiece, MentorContact, SignOff
from iciinsmes.platform import host

from .data import MentorNeed, RoundData, WorkData
from .rules import WorkState

#: Of a table a mentor reads so many rows.
_ROWS = 30

#: States in which the mentor's word on the newest round is shown. Why it was sent back stands in the state itself, and
#: after a result it is history.
_SHOWN = frozenset({WorkState.HANDED_IN, WorkState.CONFIRMED})


def awaits_mentor(work: WorkData) -> bool:
    """Tell whether a mentor may be asked about the newest round now."""
    return work.state == WorkState.HANDED_IN and work.rounds[-1].task.mentor.need is not MentorNeed.NONE


def matter_of(work: WorkData) -> Matter:
    """Return what a mentor reads of the newest round: no grades, no earlier rounds, nobody who did not take part."""
    row = work.rounds[-1]
    course_key = work.version.course_key
    held = companies.companies_by_id(company_ids=[row.company_id] if row.company_id else [])
    return Matter(
        title=row.task.title,
        learner=_learners(row, work.owner_id),
        company=held[row.company_id].name if row.company_id in held else "",
        course=host().course(course_key).title,
        handed_in_at=row.handed_in_at,
        hours=row.hours,
        purpose=row.task.purpose,
        checks=row.task.mentor.checks,
        answers=tuple((question.title, row.answers.get(question.key, "")) for question in row.task.questions)
        + tuple(item_text(item) for item in row.items),
        evidence=tuple(
            MatterPiece(file.name, file.description, file.id, can_show(file.content_type)) for file in row.files
        ),
    )


def item_text(item: ItemData) -> tuple[str, str]:
    """Return heading and text of evidence that is no file."""
    content = item.content
    if item.kind == "link":
        return item.title or _("Link"), content["url"]
    if item.kind == "note":
        return _("Observation"), f"{content['date']}, {content['place']}\n{content['text']}"
    if item.result is not None:
        return f"{_('Result')}: {item.title}", item.result.text
    lines = [" | ".join(cells) for cells in content["rows"]]
    return item.title or _("Table"), "\n".join(lines[:_ROWS] + ["…"] * (len(lines) > _ROWS))


def _learners(row: RoundData, owner_id: int) -> str:
    """Name everybody who handed in: the mentor's word counts for all of them."""
    ids = row.member_ids or (owner_id,)
    names = host().names(ids)
    return listed([names[user_id] for user_id in ids if names.get(user_id)])


def render_mentor_part(
    work: WorkData,
    *,
    typed: MentorContact | None = None,
    errors: Mapping[str, str] | None = None,
    notice: str = "",
) -> SafeString | str:
    """Render whom the learner has asked and what was answered; empty where no mentor has a say.

    Args:
        work: the learner's work.
        typed: what the form holds after it was refused.
        errors: what is wrong with it.
        notice: one sentence on top.
    """
    if not work.rounds or work.state not in _SHOWN or work.rounds[-1].task.mentor.need is MentorNeed.NONE:
        return ""
    newest = work.rounds[-1]
    subject = newest.shared_id
    answer = None
    if work.state != WorkState.HANDED_IN:
        answer = mentors.answers_of(subjects=[subject]).get(subject)
    # An answer is shown alone, and before there is one nobody needs to look for it.
    requests = () if answer else mentors.requests_of(subjects=[subject]).get(subject, ())
    usage_key = work.version.usage_key
    return mentors.render_part(
        sign_off=SignOff(requests, answer),
        action=reverse("iciinsmes:work-mentor", args=[usage_key]),
        paper=reverse("iciinsmes:work-mentor-paper", args=[usage_key]),
        person_id=work.owner_id,
        one_person=answer is None and companies.is_one_person(company_id=newest.company_id),
        typed=typed,
        errors=errors,
        notice=notice,
    )
