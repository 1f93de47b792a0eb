"""What people are told about self-checks: a colleague has sent one too, so both can be compared."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.notices import api as notices
from iciinsmes.notices.data import NoticeKind

from .models import Check

COLLEAGUE = NoticeKind(
    key="self_check_colleague",
    headline=gettext_lazy("A colleague has sent the self-check too: “%(title)s”"),
    next_step=gettext_lazy("See where you answer alike, and what is worth a talk."),
    reason=gettext_lazy("You get this mail because you have sent the self-check of your firm."),
)
KINDS = (COLLEAGUE,)


def tell_colleagues(*, owner_id: int, company_id: int, course_key: CourseKey) -> None:
    """Tell those of the firm who have sent theirs; who has not is not told, because nothing could be seen."""
    members = companies.member_ids(company_id=company_id, course_key=course_key) - {owner_id}
    rows = Check.objects.filter(company_id=company_id, course_key=course_key, is_latest=True, owner_id__in=members)
    told = set(rows.values_list("owner_id", flat=True))
    if told:
        notices.notify_many(
            user_ids=told,
            kind=COLLEAGUE,
            course_key=course_key,
            title=_("Self-check"),
            address=reverse("iciinsmes:self-check", args=[course_key]),
            subject=f"self-check:{company_id}",
        )
