"""What pages and tables of this room say."""

from __future__ import annotations

from django.utils.translation import gettext as _

from iciinsmes.mentors.data import RequestState, SignOff

from .data import Table


def table_words(table: Table) -> str:
    """Return the name of a table."""
    return {
        Table.RESULTS: _("Results"),
        Table.ROUNDS: _("Rounds"),
        Table.HOURS: _("Hours at work"),
        Table.MENTORS: _("Mentors"),
    }[table]


def outcome_words(outcome: str) -> str:
    """Say what an assessor has decided; nothing before that."""
    return {"passed": _("passed"), "revise": _("another round")}.get(outcome, "")


def mentor_words(sign_off: SignOff) -> str:
    """Say where the mentor's word on a round stands; nothing where nobody was asked."""
    words = {
        RequestState.OPEN.value: _("asked"),
        RequestState.EXPIRED.value: _("the link has ended"),
        RequestState.REVOKED.value: _("not asked any more"),
        RequestState.CONFIRMED.value: _("confirmed"),
        RequestState.SENT_BACK.value: _("sent back"),
    }
    if sign_off.answer is not None:
        return words[sign_off.answer.verdict]
    return words[sign_off.requests[0].state] if sign_off.requests else ""


def took_place_words(value: str) -> str:
    """Say whether it happened in the firm as described."""
    return {"yes": _("yes"), "partly": _("partly"), "no": _("no")}.get(value, "")
