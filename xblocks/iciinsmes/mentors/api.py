"""The only door to sign-offs by mentors.

Permissions are the caller's to ask (`companies.api`): this room knows who asked and who was asked, and nothing of the
work itself. Who has a link may answer it.
"""

from .parts import answer_from, contact_from, paper_context, render_part, render_sign_for
from .reading import answers_of, confirmed_owners, expiring, open_invitations, requests_of, sign_offs_of
from .retirement import forget
from .sign_off_answers import answer, ask_coach, invitation, mark_opened, sign_for
from .sign_off_requests import remind, renew, request_sign_off, revoke, revoke_all

__all__ = [
    "answer",
    "answer_from",
    "answers_of",
    "ask_coach",
    "confirmed_owners",
    "contact_from",
    "expiring",
    "forget",
    "invitation",
    "mark_opened",
    "open_invitations",
    "paper_context",
    "remind",
    "render_part",
    "render_sign_for",
    "renew",
    "request_sign_off",
    "requests_of",
    "revoke",
    "revoke_all",
    "sign_for",
    "sign_offs_of",
]
