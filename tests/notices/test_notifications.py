"""Who is told what, where, in which language."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core import mail
from django.utils import translation
from django.utils.translation import gettext_lazy

from iciinsmes.assignments import notice_kinds
from iciinsmes.notices import api
from iciinsmes.notices.data import Mails
from iciinsmes.notices.kinds import _KINDS, kinds
from iciinsmes.notices.models import Notice
from iciinsmes.platform import host
from iciinsmes_campus.accounts import api as accounts
from tests.people import SME1

from .conftest import tell


def lines(user):
    return [notice.headline for notice in api.inbox(user_id=user.pk).notices]


class TestNotify:
    def test_inbox_and_mail_say_the_same(self, anna, committed):
        with committed():
            tell(anna, notice_kinds.SENT_BACK, actor_name="Olga Holz", detail="The list lacks the phone.")
        (notice,) = api.inbox(user_id=anna.pk).notices
        (sent,) = mail.outbox
        assert notice.headline == sent.subject == "Olga Holz has sent “Where customers speak” back to you"
        assert notice.detail in sent.body
        assert host().absolute("/w01/") in sent.body
        assert host().course(SME1).title in sent.body
        assert "/iciinsmes/inbox/mails/" in sent.body
        assert "/iciinsmes/inbox/stop/#" in sent.body

    @pytest.mark.parametrize(("language", "words"), [("pl", "Twoja firma"), ("da", "Din virksomhed")])
    def test_a_mail_is_in_the_receivers_language_not_in_the_senders(
        self, anna, committed, language, words, monkeypatch
    ):
        accounts.keep_language(user_id=anna.pk, language=language)
        kind = replace(notice_kinds.PASSED, next_step=gettext_lazy("Your firm"))
        monkeypatch.setitem(_KINDS._entries, kind.key, kind)
        with committed(), translation.override("hu"):
            tell(anna)
        assert words in mail.outbox[0].body

    @pytest.mark.parametrize("kind", kinds().values(), ids=str)
    def test_every_kind_can_be_told_without_names(self, anna, kind, committed):
        tell(anna, kind)
        assert "%" not in lines(anna)[0]
        assert "Where customers speak" in lines(anna)[0]

    def test_hand_ins_are_no_mails_of_their_own(self, anna, committed):
        with committed():
            tell(anna, notice_kinds.HANDED_IN)
        assert mail.outbox == []
        assert len(lines(anna)) == 1

    @pytest.mark.parametrize("mails", [Mails.DAILY, Mails.WEEKLY, Mails.NEVER])
    def test_who_does_not_want_mails_at_once_gets_none(self, anna, mails, committed):
        api.set_mails(user_id=anna.pk, mails=mails)
        with committed():
            tell(anna)
        assert mail.outbox == []
        assert Notice.objects.get().awaits_mail is (mails is not Mails.NEVER)

    def test_people_without_address_have_an_inbox(self, anna, committed):
        anna.email = ""
        anna.save()
        with committed():
            tell(anna)
        assert mail.outbox == []
        assert len(lines(anna)) == 1

    def test_a_closed_account_is_told_nothing(self, anna, committed):
        anna.is_active = False
        anna.save()
        with committed():
            tell(anna)
        assert (mail.outbox, lines(anna)) == ([], [])

    def test_the_number_of_queries_does_not_grow_with_the_receivers(self, anna, bo, django_assert_num_queries):
        for people in ([anna.pk], [anna.pk, bo.pk]):
            with django_assert_num_queries(3):
                api.notify_many(
                    user_ids=people,
                    kind=notice_kinds.HANDED_IN,
                    course_key=SME1,
                    title="x",
                    address="/x/",
                    actor_name="y",
                )
