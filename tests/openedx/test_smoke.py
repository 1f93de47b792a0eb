"""The command that tries an installation works inside the LMS, and the page that it asks for is public there."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

SERVICE = "lms"
pytestmark = pytest.mark.django_db


def test_the_smoke_test_finds_tables_blocks_and_storage(capsys):
    call_command("ici_smoke")
    assert capsys.readouterr().out.splitlines() == ["tables: ok", "blocks: ok", "storage: ok"]


def test_the_page_that_it_asks_for_needs_no_account():
    assert Client().get(reverse("iciinsmes:toolbox")).status_code == 200
