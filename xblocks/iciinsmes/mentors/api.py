"""The only door to sign-offs by mentors.

Permissions are the caller's to ask (`companies.api`): this room knows who asked and who was asked, and nothing of the
work itself. Who has a link may answer it.
"""

from .answering import answer, ask_coach, invitation, mark_opened, sign_for
from .asking import remind, remind_due, renew, request_sign_off, revoke, revoke_all
from .parts import answer_from, contact_from, paper_context, render_part, render_sign_for
from .privacy import export_person, forget, forget_person
from .qr import qr_svg
from .reading import answers_of, expiring, requests_of, sign_offs_of

__all__ = [
    "answer",
    "answer_from",
    "answers_of",
    "ask_coach",
    "contact_from",
    "expiring",
    "export_person",
    "forget",
    "forget_person",
    "invitation",
    "mark_opened",
    "paper_context",
    "qr_svg",
    "remind",
    "remind_due",
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
