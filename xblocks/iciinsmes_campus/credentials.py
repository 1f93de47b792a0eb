"""The sheet of a course as a micro-credential, made from its sources: the elements of Recommendation 2022/C 243/02.

What only a college knows (awarding body, country, date) is left to be filled in by hand.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override

from iciinsmes_campus.courseware import api as courseware
from iciinsmes_campus.editions import api as editions


def sheet(source: Path, folder: Path, *, catalogues: Path, language: str) -> str | None:
    """Return the sheet as a page of its own; None for a course without a plan.

    Args:
        source: the course folder.
        folder: its edition in the language.
        catalogues: the folder that holds one folder of catalogues a course.
        language: its code.

    Raises:
        EditionError: if plan, outline or catalogues cannot be read.
        UnreadableCourse: if the edition holds no course run.
    """
    plan = editions.read_plan(source)
    if plan is None:
        return None
    translations = editions.translations_into(source, catalogues=catalogues, language=language)
    outline = editions.read_outline(folder)
    told = editions.in_language(plan, translations)
    context = {
        "title": outline.title,
        "plan": told.credential,
        "outcomes": [section.outcome for section in told.sections.values()],
        "units": _units(plan, outline),
        "all_hours": sum(plan.hours(kind) for kind in editions.HOURS),
        "types": [(kind.name, round(100 * kind.weight)) for kind in courseware.read_folder(folder).grading.types],
        "language": language,
    }
    with override(language):
        return render_to_string("iciinsmes_campus/builds/credential.html", context)


def _units(plan: editions.CoursePlan, outline: editions.Outline) -> list[dict[str, Any]]:
    """Return the units as the table of a certificate's sheet shows them."""
    planned = [(title, plan.sections[name].hours) for name, title in outline.sections if name in plan.sections]
    return [
        {
            "title": title,
            "contact": hours["contact_online"],
            "workplace": hours["work"],
            "coaching": hours["coaching"],
            "hours": sum(hours.values()),
        }
        for title, hours in planned
    ]
