"""How the demo's people see their firms, sent through the same door as everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from opaque_keys.edx.keys import UsageKey

from iciinsmes.self_check import api as self_check
from iciinsmes.self_check.data import TypedItem


@dataclass(frozen=True)
class DemoCheck:
    """A sent self-check: ``answers`` has a sign for each statement, ``-`` for "does not apply" and ``_`` for none."""

    days: int
    answers: str
    proofs: Mapping[int, str] = field(default_factory=dict)


#: By user name. Anna and Jonas of Nordlicht differ, which is worth a talk; Zofia has done it again.
CHECKS: Mapping[str, tuple[DemoCheck, ...]] = {
    "anna.nordlicht": (
        DemoCheck(
            -39,
            "3120 2221 3221 3211 2212 2312",
            {1: "The complaint book in the office, since 2023", 22: "Two days at the maker of the new saw"},
        ),
    ),
    "jonas.nordlicht": (
        DemoCheck(-36, "1120 2021 1211 1211 2012 2212", {1: "In the workshop nobody writes into the book"}),
    ),
    "zofia.poddebem": (
        DemoCheck(-41, "2321 1-11 2121 2111 1110 1211"),
        DemoCheck(-8, "3322 2122 3231 2122 2221 2212", {11: "The list of channels of this course"}),
    ),
    "marek.poddebem": (
        DemoCheck(-36, "2111 1-11 1121 1111 1110 1111"),
        DemoCheck(-7, "3212 2121 2221 2121 2211 1112"),
    ),
    "mette.elservicefyn": (DemoCheck(-40, "2221 3221 2121 1210 2211 2211"),),
    "reka.szephaj": (DemoCheck(-29, "1121 1011 1_11 1__0 2111 1110"),),
}


def check_firm(check: DemoCheck, *, user: User, usage_key: UsageKey) -> None:
    """Fill in and send one self-check, as a repeat where there is one already.

    Args:
        check: the answers.
        user: the learner, who has opened the block's page.
        usage_key: the block.
    """
    if self_check.standing_of(user_id=user.id, usage_key=usage_key).last is not None:
        self_check.begin_again(user_id=user.id, usage_key=usage_key)
    standing = self_check.standing_of(user_id=user.id, usage_key=usage_key)
    choices = {"-": "none", "_": None}
    typed = {
        item.code: TypedItem(choice=choices.get(sign, sign), proof=check.proofs.get(number))
        for number, (item, sign) in enumerate(
            zip(standing.model.items, check.answers.replace(" ", ""), strict=True), start=1
        )
    }
    self_check.send(user_id=user.id, usage_key=usage_key, number=standing.number, typed=typed)
