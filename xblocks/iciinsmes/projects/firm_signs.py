"""Signs of firms that rooms above bring to the coach's page: what needs a look beside the projects."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.lib.registry import Registry

from .data import FirmSign

Firm = tuple[int, CourseKey]


class Signs(Protocol):
    """Return the signs of those among the firms that need a look."""

    def __call__(self, *, firms: Collection[Firm]) -> Mapping[Firm, FirmSign]:
        """Return signs by firm and run, in few queries however many firms there are."""


_SIGNS: Registry[Signs] = Registry("sign of firms")


def register_sign(*, name: str, signs: Signs) -> None:
    """Let the coach's page show something of firms that a room above knows.

    Args:
        name: unique.
        signs: returns what needs a look.

    Raises:
        DoubledKey: another one has this name.
    """
    _SIGNS.add(name, signs)


def signs_for_coach(*, user_id: int, course_key: CourseKey | None = None) -> tuple[tuple[str, FirmSign], ...]:
    """Return the signs of the firms that a person coaches, each with the firm's name.

    Args:
        user_id: the coach.
        course_key: only firms coached in this run; None for all.
    """
    coached = companies.coached_companies(user_id=user_id, course_key=course_key)
    names = {(each.company.id, CourseKey.from_string(each.course_key)): each.company.name for each in coached}
    if not names:
        return ()
    found = [(firm, sign) for signs in _SIGNS.values() for firm, sign in signs(firms=names.keys()).items()]
    return tuple((names[firm], sign) for firm, sign in found)
