"""Who reads the directory in a course run, who keeps which area up to date, and who gives that."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.companies import api as companies
from iciinsmes.platform import host

from .data import Adviser, EditorData, Reader, SupportArea, SupportEntryData
from .errors import AreaTaken, NotAllowedInDirectory
from .facts import answer_days_in
from .labels import place_name
from .models import SupportEditor
from .rules import holds, may_give


def reader_of(*, user_id: int | None, course_key: CourseKey) -> Reader:
    """Return what the person is to the directory in this run.

    Learners, staff, coaches and editors read it; a learner of a firm with what is known of the firm.

    Raises:
        NotAllowedInDirectory: the person is none of these.
    """
    if user_id is None:
        raise NotAllowedInDirectory
    learns = companies.can_work(user_id=user_id, course_key=course_key)
    staff = companies.can_grade(user_id=user_id, course_key=course_key)
    areas = areas_of(user_id=user_id)
    if not (learns or staff or areas or companies.coached_companies(user_id=user_id, course_key=course_key)):
        raise NotAllowedInDirectory
    firm = companies.company_of(user_id=user_id, course_key=course_key) if learns else None
    return Reader(
        user_id=user_id,
        learns=learns,
        staff=staff,
        coordinates=companies.can_coordinate(user_id=user_id, course_key=course_key),
        areas=areas,
        company_id=firm.id if firm else None,
        country=firm.country if firm else "",
        region=firm.region if firm else "",
        size=firm.size_class if firm else "",
    )


def can_edit(*, reader: Reader, entry: SupportEntryData) -> bool:
    """Tell whether the person keeps the entry's area up to date."""
    return covers(reader.areas, entry.area)


def covers(areas: tuple[SupportArea, ...], entry: SupportArea) -> bool:
    """Tell whether an entry is in one of the areas."""
    return any(holds(area, entry) for area in areas)


def areas_of(*, user_id: int) -> tuple[SupportArea, ...]:
    """Return what the person keeps up to date, in one query."""
    rows = SupportEditor.objects.filter(user_id=user_id).order_by("country", "region")
    return tuple(SupportArea(*values) for values in rows.values_list("country", "region"))


def editors() -> tuple[EditorData, ...]:
    """Return who keeps which area, in one query."""
    rows = SupportEditor.objects.order_by("country", "region", "id")
    return tuple(EditorData(row.pk, row.user_id, SupportArea(row.country, row.region), row.given_at) for row in rows)


def give_area(*, reader: Reader, course_key: CourseKey, who: str, area: SupportArea) -> int:
    """Let somebody keep an area up to date, and return whom.

    Args:
        reader: a coordinator of the run.
        course_key: the run, in whose audit log it stands.
        who: a user name or mail address.
        area: a country or a region.

    Raises:
        NotAllowedInDirectory: the reader does not coordinate.
        AreaTaken: somebody else keeps it.
        UnknownPerson: there is no such account (of `companies.errors`).
    """
    if not reader.coordinates:
        raise NotAllowedInDirectory
    user_id = companies.find_account(who=who)
    with transaction.atomic():
        held = [SupportArea(*values) for values in SupportEditor.objects.values_list("country", "region")]
        if not may_give(area, own=reader.areas, held=held):
            raise AreaTaken
        _row, is_new = _given(user_id, area)
        if is_new:
            _record(course_key, verb="support_area_given", actor_id=reader.user_id, person_id=user_id, area=area)
    return user_id


def give_area_on_site(*, who: str, area: SupportArea) -> None:
    """Let somebody keep any area up to date; whoever runs the site may.

    Raises:
        UnknownPerson: there is no such account (of `companies.errors`).
    """
    _given(companies.find_account(who=who), area)


def take_area(*, reader: Reader, course_key: CourseKey, editor_id: int) -> None:
    """Let somebody no longer keep an area: oneself, somebody within one's own area, or somebody of one's own run.

    Raises:
        NotAllowedInDirectory: it is none of these; an area that is gone already is nobody's fault.
    """
    with transaction.atomic():
        row = SupportEditor.objects.filter(pk=editor_id).first()
        if row is None:
            return
        area = SupportArea(row.country, row.region)
        if not may_take(reader=reader, course_key=course_key, user_id=row.user_id, area=area):
            raise NotAllowedInDirectory
        user_id = row.user_id
        row.delete()
        _record(course_key, verb="support_area_taken", actor_id=reader.user_id, person_id=user_id, area=area)


def may_take(*, reader: Reader, course_key: CourseKey, user_id: int, area: SupportArea) -> bool:
    """Tell whether the person may take this area from somebody; see `take_area`."""
    if user_id == reader.user_id:
        return True
    return reader.coordinates and (covers(reader.areas, area) or bool(host().roles(user_id, course_key)))


def adviser_of(*, reader: Reader, course_key: CourseKey) -> Adviser | None:
    """Return whom the course names beside the directory: the firm's coach, else a teacher; None for nobody.

    A teacher's answers have a promised time (`facts`), a coach's have none.
    """
    if reader.company_id is not None:
        coaches = companies.coach_ids(company_id=reader.company_id, course_key=course_key)
        names = host().names(coaches[:1])
        if names:
            return Adviser(names[coaches[0]], is_coach=True)
    if not reader.learns:
        return None
    staff = host().staff_ids(course_key, learner_id=reader.user_id)
    names = host().names(staff[:1])
    return Adviser(names[staff[0]], is_coach=False, days=answer_days_in(course_key)) if names else None


def _given(user_id: int, area: SupportArea) -> tuple[SupportEditor, bool]:
    return SupportEditor.objects.get_or_create(
        user_id=user_id, country=area.country, region=area.region, defaults={"given_at": timezone.now()}
    )


def _record(course_key: CourseKey, *, verb: str, actor_id: int, person_id: int, area: SupportArea) -> None:
    place = f"{area.country}/{area.region}" if area.region else area.country
    audit_log.record(
        course_key=course_key,
        verb=verb,
        actor_id=actor_id,
        person_id=person_id,
        subject=f"support_area:{place}"[:100],
        detail={"title": place_name(area)},
    )
