"""Making the data sheet of a certificate, in the words of its holder's language, and writing it for other programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from . import rules
from .course_types import type_of
from .data import CertificateCriterion, CertificateData, CertificateStandingData, Criteria, Sheet
from .labels import met_words


def make_sheet(*, criteria: Criteria, standing: CertificateStandingData, course_title: str, language: str) -> Sheet:
    """Return the sheet of who has met these criteria.

    Args:
        criteria: of the run.
        standing: what of them was asked for and met.
        course_title: what the run is called, for where the coordinators have given no title.
        language: of the holder, as a Django language code.
    """
    kind = type_of(criteria.kind)
    with override(language):
        return Sheet(
            language=language,
            kind=kind.key,
            criteria_version=criteria.version,
            title=criteria.title or course_title,
            issuer=criteria.issuer.name,
            country=criteria.issuer.country,
            region=criteria.issuer.region,
            outcomes=tuple(_(each) for each in kind.outcomes),
            hours=kind.hours,
            points=rules.points(kind.hours) if criteria.with_points else None,
            level=kind.level,
            assessment=met_words(criteria, standing),
            participation=_("Blended: with others, at the own workplace and with a coach"),
            quality=criteria.issuer.quality,
            prerequisites=_(kind.prerequisites),
            supervision=_supervision(criteria),
            stackability=_(kind.stackability),
            units=tuple(replace(unit, title=_(unit.title)) for unit in kind.units),
        )


def sheet_json(certificate: CertificateData, *, check_url: str) -> Mapping[str, Any]:
    """Return the sheet with its holder under the names of the elements of Recommendation 2022/C 243/02, for Europass.

    Args:
        certificate: an issued one.
        check_url: the whole address of its public page.
    """
    sheet = certificate.sheet
    return {
        "type": "micro-credential",
        "standard": "2022/C 243/02",
        "language": sheet.language,
        "number": certificate.number,
        "learner": certificate.name,
        "title": sheet.title,
        "issuer": {"country": sheet.country, "region": sheet.region},
        "awardingBody": sheet.issuer,
        "dateOfIssuing": certificate.issued_at.date().isoformat(),
        "dateOfCorrection": certificate.corrected_at.date().isoformat() if certificate.corrected_at else None,
        "learningOutcomes": list(sheet.outcomes),
        "notionalWorkload": {
            "hours": sheet.hours,
            "points": float(sheet.points) if sheet.points is not None else None,
        },
        "level": {"framework": "EQF", "level": sheet.level},
        "assessmentType": list(sheet.assessment),
        "formOfParticipation": sheet.participation,
        "qualityAssurance": sheet.quality,
        "prerequisites": sheet.prerequisites,
        "supervisionAndIdentityCheck": sheet.supervision,
        "grade": None,
        "stackability": sheet.stackability,
        "units": [
            {
                "title": unit.title,
                "hours": {"contact": unit.contact, "workplace": unit.workplace, "coaching": unit.coaching},
            }
            for unit in sheet.units
        ],
        "valid": certificate.is_valid,
        "check": check_url,
    }


def _supervision(criteria: Criteria) -> str:
    if CertificateCriterion.TALK in rules.asked(type_of(criteria.kind), criteria):
        return _("A talk with the assessors shows whose work it is.")
    return _("Teachers know the learner from the sessions.")
