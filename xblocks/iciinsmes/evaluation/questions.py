"""Asking by mail what has stayed, three and six months after the end of a run; missed nights are made good."""

from __future__ import annotations

import logging
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib import dates
from iciinsmes.lib.link_secrets import LinkSecrets, new_nonce
from iciinsmes.notices import api as notices
from iciinsmes.platform import course_title, host, zones

from . import rules
from .data import MONTHS
from .models import EvaluatedRun, KeptQuestion
from .run_facts import run_facts

SECRETS = LinkSecrets("iciinsmes.evaluation.kept")
#: So many people are looked at together.
_AT_ONCE = 200

_log = logging.getLogger(__name__)


def ask_all() -> None:
    """Send the mails whose time has come; what was sent is never sent again, however often this is called."""
    for row in EvaluatedRun.objects.order_by("id"):
        open_months = [months for months in MONTHS if months not in row.asked]
        if not open_months or row.course_key is None:
            continue
        ends_on = run_facts(row).ends_on
        for months in open_months:
            if rules.is_due(ends_on, months, timezone.localdate(timezone=zones.of_site())):
                _ask_run(row.course_key, months)
                row.asked = [*row.asked, months]
                # Whoever comes later or was forgotten is not asked in the next night.
                row.save(update_fields=["asked"])


def _ask_run(course_key: CourseKey, months: int) -> None:
    people = host().learners(course_key).filter(is_active=True).exclude(email="").order_by("pk")
    stream = people.iterator(chunk_size=_AT_ONCE)
    title = course_title(course_key)
    while batch := list(islice(stream, _AT_ONCE)):
        ids = [user.pk for user in batch]
        asked = KeptQuestion.objects.filter(course_key=course_key, months=months, user_id__in=ids)
        left_out = {*asked.values_list("user_id", flat=True), *notices.without_mails(user_ids=ids)}
        languages = host().languages(ids)
        for user in batch:
            if user.pk not in left_out:
                _ask(user, course_key, title.read_in(languages[user.pk]), months, languages[user.pk])


def _ask(user: Any, course_key: CourseKey, title: str, months: int, language: str) -> None:
    now = timezone.now()
    try:
        with transaction.atomic():
            row = KeptQuestion.objects.create(
                user=user,
                course_key=course_key,
                months=months,
                nonce=new_nonce(),
                asked_at=now,
                expires_at=now + timedelta(days=rules.OPEN_DAYS),
            )
            _mail(row, user, title, language)
    except IntegrityError:
        _log.info("question of %s months was asked by somebody else at the same moment", months)


def _mail(row: KeptQuestion, user: Any, title: str, language: str) -> None:
    with translation.override(language):
        until = dates.long(row.expires_at.astimezone(zones.of_site()))
    notices.send_mail(
        to=user.email,
        language=language,
        template="iciinsmes/evaluation/mail_kept.txt",
        context={
            "name": title,
            "months": row.months,
            "until": until,
            "address": link_of(row),
            "preferences": notices.preferences_link(),
            "stop": notices.stop_link(user.pk),
        },
        course_key=row.course_key,
        user_id=user.pk,
    )


def link_of(row: KeptQuestion) -> str:
    """Return the whole address that the learner opens."""
    return f"{host().absolute(reverse('iciinsmes:kept-door'))}#{SECRETS.secret(row.id, row.nonce)}"
