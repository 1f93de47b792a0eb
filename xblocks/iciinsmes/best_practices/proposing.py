"""A firm proposes its finished project as a case: which lines, how the firm is described, and what others could try."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.companies.data import CompanyData
from iciinsmes.lib.link_secrets import LinkSecrets, new_nonce
from iciinsmes.lib.locks import in_transaction, locked
from iciinsmes.platform import host
from iciinsmes.projects import api as projects
from iciinsmes.projects.api import Phase, ToldLine
from iciinsmes.projects.data import Kind, ProjectData
from iciinsmes.projects.errors import UnknownProject
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.data import show as show_text

from .case_file import is_instrument
from .data import CaseLine, CaseProposal, CaseState, Content, Part
from .errors import NotAllowedWithCase, StaleCase, UnknownCase, WrongCase
from .models import PracticeCase
from .rules import proposal_problems
from .signals import case_ended
from .stored import columns_of, emptied, proposal_of
from .trail import record_case

SECRETS = LinkSecrets("iciinsmes.best_practices.consent")
#: How long the owner has to agree.
LASTS = timedelta(days=30)


@dataclass(frozen=True)
class CaseOffer:
    """What of a finished project could be told, and what the form begins with.

    ``instruments`` are codes of those that the project's evidence names; ``title`` is empty where the project's names
    the firm.
    """

    project: ProjectData
    company: CompanyData
    lines: tuple[ToldLine, ...]
    trigger: str
    phase: Phase
    title: str
    instruments: tuple[str, ...]


@dataclass(frozen=True)
class Chosen:
    """What the firm has chosen: keys of lines, and the words that it has written itself."""

    title: str
    about: str
    monday: str
    phase: Phase
    lines: tuple[str, ...]
    instruments: tuple[str, ...]


def offer_of(*, project_id: UUID, user_id: int, course_key: CourseKey) -> CaseOffer:
    """Return what of a finished project could be told.

    Raises:
        UnknownCase: there is no such project for this person in this run.
        NotAllowedWithCase: the person is no member of the firm, or the project goes on.
    """
    project = _finished(project_id, user_id, course_key)
    company = companies.companies_by_id(company_ids=[project.company_id])[project.company_id]
    record = projects.record_of(project_id=project_id)
    evidence = " ".join(str(entry.content.get("title", "")) for entry in record.entries[Kind.RESULT]).casefold()
    language = toolbox.reader_language()
    names_firm = projects.may_name(project.title, [company.name])
    return CaseOffer(
        project=project,
        company=company,
        lines=projects.told_lines(project_id=project_id),
        trigger=str(record.charter.get("trigger", "")),
        phase=projects.phase_of(project.gate),
        title="" if names_firm else project.title,
        instruments=tuple(
            each.code
            for each in toolbox.all_instruments()
            if show_text(each.title, language).casefold() in evidence or each.code.casefold() in evidence.split()
        ),
    )


def proposal_here(*, project_id: UUID, user_id: int, course_key: CourseKey) -> CaseProposal | None:
    """Return the newest proposal of a project for who may read it, with the owner's link for members; None for none.

    Raises:
        UnknownCase: there is no such project for this person in this run.
    """
    try:
        _project, reader = projects.read_project(project_id=project_id, user_id=user_id, course_key=course_key)
    except UnknownProject as error:
        raise UnknownCase from error
    row = PracticeCase.objects.filter(project_id=project_id, course_key=course_key).order_by("-changed_at").first()
    if row is None:
        return None
    return proposal_of(row, link=_link(row) if reader.member else "")


def propose(
    *, project_id: UUID, user_id: int, course_key: CourseKey, chosen: Chosen, revision: int = 0
) -> CaseProposal:
    """Freeze what the firm has chosen and ask the owner; a proposal that waits for the owner gives way to this one.

    Args:
        project_id: a finished project.
        user_id: a member of its firm.
        course_key: the run.
        chosen: what is told.
        revision: of the proposal that the person has seen; 0 for none.

    Raises:
        UnknownCase, NotAllowed: see `offer_of`.
        StaleCase: a colleague has changed it meanwhile, or the owner has answered.
        WrongCase: something is missing or too long.
    """
    offer = offer_of(project_id=project_id, user_id=user_id, course_key=course_key)
    content = _content(offer, chosen)
    problems = proposal_problems(content)
    if problems:
        raise WrongCase(problems)

    def keep() -> PracticeCase:
        now = timezone.now()
        row = locked(PracticeCase.objects).filter(project_id=project_id, live=True).first()
        if (row.revision if row else 0) != revision or (row and row.state != CaseState.ASKED.value):
            raise StaleCase
        row = row or PracticeCase(project_id=project_id, company_id=offer.company.id, revision=0)
        for column, value in columns_of(content).items():
            setattr(row, column, value)
        # A link that was handed out before is about other words.
        row.nonce, row.link_until = new_nonce(), now + LASTS
        row.course_key, row.proposed_by_id, row.changed_at = course_key, user_id, now
        row.revision += 1
        row.save()
        record_case(row, verb="case_proposed", user_id=user_id)
        return row

    row = in_transaction(keep)
    return proposal_of(row, link=_link(row))


def take_back(*, project_id: UUID, user_id: int, course_key: CourseKey) -> None:
    """Take the firm's case back, whatever has become of it: from now on nobody can read it.

    Raises:
        UnknownCase: there is no such project for this person in this run, or no case of it.
        NotAllowedWithCase: the person is no member of the firm.
    """
    _must_be_member(project_id, user_id, course_key)
    with transaction.atomic():
        # One that was refused keeps its words until then, so that the firm can mend it.
        rows = list(
            locked(PracticeCase.objects).filter(project_id=project_id).exclude(state=CaseState.TAKEN_BACK.value)
        )
        if not rows:
            raise UnknownCase
        for row in rows:
            end(row)
            record_case(row, verb="case_taken_back", user_id=user_id)


def end(row: PracticeCase) -> None:
    """Let a case say nothing any more; its row stays as a count, and no link or course brings it back."""
    for column, value in emptied().items():
        setattr(row, column, value)
    row.state, row.live, row.nonce, row.changed_at = CaseState.TAKEN_BACK.value, None, new_nonce(), timezone.now()
    row.revision += 1
    row.save()
    transaction.on_commit(partial(case_ended.send, sender=None, case_id=row.pk), robust=True)


def _content(offer: CaseOffer, chosen: Chosen) -> Content:
    told = {line.key: line for line in offer.lines}
    company = offer.company
    lines = [told[key] for key in told if key in set(chosen.lines)]
    return Content(
        title=chosen.title.strip(),
        about=chosen.about.strip(),
        country=company.country,
        trade=company.trade,
        size=company.size_class,
        phase=chosen.phase.value,
        trigger=offer.trigger if any(line.key == "trigger" for line in lines) else "",
        monday=chosen.monday.strip(),
        lines=tuple(CaseLine(Part(line.part.value), line.text) for line in lines if line.key != "trigger"),
        instruments=tuple(sorted({code for code in chosen.instruments if is_instrument(code)})),
        language=get_language() or "en",
        firm=company.name,
    )


def _finished(project_id: UUID, user_id: int, course_key: CourseKey) -> ProjectData:
    project = _must_be_member(project_id, user_id, course_key)
    if project.ended_on is None:
        raise NotAllowedWithCase
    return project


def _must_be_member(project_id: UUID, user_id: int, course_key: CourseKey) -> ProjectData:
    try:
        project, reader = projects.read_project(project_id=project_id, user_id=user_id, course_key=course_key)
    except UnknownProject as error:
        raise UnknownCase from error
    if not reader.member:
        raise NotAllowedWithCase
    return project


def _link(row: PracticeCase) -> str:
    """Return the owner's link: to agree while it is open, and afterwards to take the case back."""
    is_open = row.state == CaseState.ASKED.value and row.link_until > timezone.now()
    if not is_open and row.state not in (CaseState.AGREED.value, CaseState.PUBLISHED.value):
        return ""
    return f"{host().absolute(reverse('iciinsmes:practice-door'))}#{SECRETS.secret(row.pk, row.nonce)}"
