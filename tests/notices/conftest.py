"""People who are told things, and mail servers that fail."""

from __future__ import annotations

import smtplib
from typing import Any

import pytest
from django.core.mail.backends.locmem import EmailBackend

from iciinsmes.assignments import notice_kinds
from iciinsmes.notices import api
from iciinsmes.notices.data import NoticeKind
from iciinsmes.platform import Role
from tests.people import SME1, person


class Broken(EmailBackend):
    """A mail server that is down; it repeats the address, as real ones do."""

    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected(f"no {messages[0].to}")


class Refusing(EmailBackend):
    """A mail server that does not know the receiver."""

    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such user")})


@pytest.fixture
def anna(db):
    return person("anna", Role.LEARNER)


@pytest.fixture
def bo(db):
    return person("bo", Role.LEARNER)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Run what waits for the commit, as a request does that ends well."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def server(settings):
    """Return a function that makes the mail server work, break or refuse."""

    def become(kind: str) -> None:
        settings.EMAIL_BACKEND = {
            "fine": "django.core.mail.backends.locmem.EmailBackend",
            "broken": "tests.notices.conftest.Broken",
            "refusing": "tests.notices.conftest.Refusing",
        }[kind]

    return become


def tell(user: Any, kind: NoticeKind = notice_kinds.PASSED, **more: Any) -> None:
    values = {"course_key": SME1, "title": "Where customers speak", "address": "/w01/", **more}
    api.notify(user_id=user.pk, kind=kind, **values)
