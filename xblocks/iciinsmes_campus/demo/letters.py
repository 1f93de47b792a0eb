"""What lies in the mailboxes of the demo's mentors and owners, who have no account: letters with a link."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import User

from iciinsmes.mentors import api as mentors

from .companies import COMPANIES, LEARNERS

#: Where all of the demo's people have their addresses; nobody has a real one there.
_DOMAIN = "@example.org"


@dataclass(frozen=True, slots=True)
class Letter:
    """A link that waits for an answer: whose mailbox it lies in, of which firm, about what.

    ``link`` is the whole address: who has it may answer, so it is handed out for the demo's invented people only.
    """

    id: UUID
    name: str
    company: str
    about: str
    link: str


def letters() -> tuple[Letter, ...]:
    """Return the letters to invented people of the demo's firms that wait for an answer, oldest first.

    What a real person may have been asked is not among them, whoever tries the demo: only what the demo's learners have
    asked for one of its firms counts, and only addresses that nobody has.
    """
    names = [learner.username for learner in LEARNERS]
    ours = User.objects.filter(username__in=names, password__startswith=UNUSABLE_PASSWORD_PREFIX)
    firms = {company.name for company in COMPANIES}
    found = mentors.open_invitations(asked_by=list(ours.values_list("pk", flat=True)))
    return tuple(
        Letter(
            id=each.request.id,
            name=each.request.contact.name,
            company=each.matter.company,
            about=each.matter.title,
            link=each.request.link,
        )
        for each in found
        if each.request.contact.email.casefold().endswith(_DOMAIN) and each.matter.company in firms
    )
