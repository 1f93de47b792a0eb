"""Everything about one person, handed out or erased as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import IO, Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.companies import api as companies
from iciinsmes.companies.errors import UnknownPerson
from iciinsmes.lib.personal_data import sources
from iciinsmes.notices import api as notices
from iciinsmes.notices.data import NoticeKind
from iciinsmes.platform import Role, course_title, host, labels

from .archive import write_archive
from .data import Askable, PersonKept
from .errors import NotConfirmed, PersonNotFound

#: Why a coordinator erases; the first column is what the trail keeps.
REASONS = {
    "asked": gettext_lazy("The person has asked for it"),
    "left": gettext_lazy("The person has left the course"),
    "mistake": gettext_lazy("The data are here by mistake"),
}
ERASURE_ASKED = NoticeKind(
    key="erasure_asked",
    headline=gettext_lazy("%(actor)s asks to have the own data in “%(title)s” erased"),
    next_step=gettext_lazy("Open the page of this person, and erase the data there."),
    reason=gettext_lazy("You get this mail because you coordinate this course."),
    actor=gettext_lazy("A person"),
)


def export(
    *, user_id: int, asked_by: int | None, language: str | None = None, course_key: CourseKey | None = None
) -> IO[bytes]:
    """Return everything that is kept about the person as a zip in a temporary file, which the caller closes.

    The trail keeps that it was made.

    Args:
        user_id: the person.
        asked_by: who gets the zip.
        language: of the text in the zip; None for the person's own.
        course_key: only what belongs to this course run; None for all.
    """
    with translation.override(language or host().language(user_id)):
        archive = write_archive(user_id=user_id, course_key=course_key)
    for key in _runs(user_id, course_key):
        audit_log.record(course_key=key, verb="data_exported", actor_id=asked_by, person_id=user_id, subject="privacy")
    return archive


def covers_host() -> bool:
    """Tell whether the host's own data are handed out and erased with those of the add-on."""
    return any(source.of_host for source in sources())


def erase(*, user_id: int, asked_by: int | None, reason: str, course_key: CourseKey | None = None) -> None:
    """Remove or anonymise everything that is kept about the person, for good, all of it or nothing.

    What the host registered (`personal_data.register_source`) is erased with it; the rest of what a host keeps is the
    host's. The trail keeps that it was done, when, why and by whom, not about whom.

    Args:
        user_id: the person.
        asked_by: who decided it; None for the site's administrator and for the host.
        reason: a key of `REASONS`, or ``command`` or ``retired``.
        course_key: only what belongs to this course run; None for all.

    Raises:
        UnknownPerson: there is no such account.
    """
    if not get_user_model().objects.filter(pk=user_id).exists():
        raise PersonNotFound
    with transaction.atomic():
        runs = _runs(user_id, course_key)
        for source in sources():
            source.keeper.forget_person(user_id=user_id, course_key=course_key)
        for key in runs:
            audit_log.record(
                course_key=key,
                verb="data_erased",
                actor_id=None if asked_by == user_id else asked_by,
                subject="privacy",
                detail={"reason": reason},
            )


def erase_retired(sender: object, user: Any, **_more: Any) -> None:
    """Hear from Open edX, to whose signal `iciinsmes.apps` connects this, that it is removing an account.

    An error goes back to the platform, which then stops the removal of this account and tries it again later.
    """
    erase(user_id=user.pk, asked_by=None, reason="retired")


def find_person(*, who: str, course_key: CourseKey) -> int:
    """Return the person with this user name or mail address who belongs to the course run or left something there.

    Raises:
        UnknownPerson: there is none.
    """
    try:
        user_id = companies.find_account(who=who, active_only=False)
    except UnknownPerson as error:
        raise PersonNotFound from error
    person_kept(user_id=user_id, course_key=course_key)
    return user_id


def person_kept(*, user_id: int, course_key: CourseKey) -> PersonKept:
    """Return what is kept about the person in the course run.

    Raises:
        UnknownPerson: the person does not belong to the course run, and nothing is kept.
    """
    user = get_user_model().objects.filter(pk=user_id).first()
    if user is None:
        raise PersonNotFound
    kept = [
        source
        for source in sources()
        if _keeps(source.keeper.export_person(user_id=user_id, course_key=course_key).tables)
    ]
    if not kept and not host().roles(user_id, course_key):
        raise PersonNotFound
    return PersonKept(
        user_id=user_id,
        name=host().names([user_id]).get(user_id, ""),
        username=user.get_username(),
        rooms=tuple(str(source.words) for source in kept),
    )


def confirm(*, person: PersonKept, typed: str, reason: str) -> None:
    """Check that an erasure is meant.

    Raises:
        NotConfirmed: what was typed is not the person's user name, or the reason is none of the offered ones.
    """
    if reason not in REASONS:
        raise NotConfirmed(_("Choose a reason. Nothing is erased yet."))
    if typed.strip() != person.username:
        raise NotConfirmed(_("This is not the user name of the person. Nothing is erased yet."))


def askable(*, user_id: int) -> tuple[Askable, ...]:
    """Return the course runs that keep something about the person, and whom to ask there, by title."""
    found = []
    for key in _runs(user_id, None):
        staff = _coordinators(key)
        names = labels(staff, key)
        found.append(
            Askable(course=host().course(key).title, coordinators=tuple(names[i] for i in staff if i in names))
        )
    return tuple(sorted(found, key=lambda each: each.course))


def ask_for_erasure(*, user_id: int) -> int:
    """Tell the coordinators of every course run that keeps something that the person wants it erased.

    Asking again within a week tells nobody a second time.

    Returns:
        How many coordinators know of it now.
    """
    asked = 0
    for key in _runs(user_id, None):
        for coordinator_id in _coordinators(key):
            notices.remind(
                user_id=coordinator_id,
                kind=ERASURE_ASKED,
                course_key=key,
                title=course_title(key),
                address=reverse("iciinsmes:privacy-person", args=[key, user_id]),
                subject=notices.about_person(user_id),
                actor_name=host().names([user_id]).get(user_id, ""),
            )
            asked += 1
    return asked


def _coordinators(course_key: CourseKey) -> list[int]:
    staff = host().staff_ids(course_key)
    return [user_id for user_id in staff if Role.COORDINATOR in host().roles(user_id, course_key)]


def _runs(user_id: int, course_key: CourseKey | None) -> tuple[CourseKey, ...]:
    """Return the course runs that are told what happens with the data: those that keep something of the person."""
    if course_key is not None:
        return (course_key,)
    found = [source.courses_of(user_id=user_id) for source in sources() if source.courses_of is not None]
    return tuple(sorted(frozenset[CourseKey]().union(*found), key=str))


def _keeps(tables: Mapping[str, Iterable[object]]) -> bool:
    return any(next(iter(rows), None) is not None for rows in tables.values())
