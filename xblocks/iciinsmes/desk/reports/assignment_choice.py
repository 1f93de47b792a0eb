"""The assignments of a course run: short names for columns, and one of them to choose."""

from __future__ import annotations

import re

from django.http import QueryDict
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import UsageKey

from iciinsmes.assignments import api as assignments
from iciinsmes.lib.report_tables import Column

from .data import ReportChoice, ReportReader

#: Authors number assignments at the beginning of the title, as in "W01 Where do our customers speak?".
_CODE = re.compile(r"^([A-Za-z]{0,3}\d{1,3})[\s.:)–-]")  # noqa: RUF001 - authors write dashes


def columns_of(found: list[tuple[UsageKey, str]]) -> tuple[Column, ...]:
    """Return a column an assignment: its number in the title, or its place where it has none."""
    codes = [_CODE.match(title) for _key, title in found]
    return tuple(
        Column(code[1] if code else f"A{number}", title)
        for number, ((_key, title), code) in enumerate(zip(found, codes, strict=True), start=1)
    )


def chosen_assignment(reader: ReportReader, asked: QueryDict) -> tuple[UsageKey | None, str, tuple[ReportChoice, ...]]:
    """Return the assignment that was asked for, or the first, with its title and what else can be chosen."""
    found = assignments.assignments_of(course_key=reader.course_key)
    wanted = asked.get("assignment", "")
    key, title = next(((key, title) for key, title in found if str(key) == wanted), found[0] if found else (None, ""))
    options = tuple((str(each), words, each == key) for each, words in found)
    return key, title, (ReportChoice("assignment", _("Assignment"), options),) if len(options) > 1 else ()
