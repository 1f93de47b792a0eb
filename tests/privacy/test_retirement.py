"""Open edX tells when it removes an account; the add-on then erases everything."""

from __future__ import annotations

import importlib
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.dispatch import Signal

from iciinsmes.assignments.models import Work
from iciinsmes.companies.models import CompanyImport
from iciinsmes.platform.openedx import OpenEdxHost
from iciinsmes_campus.host import CampusHost
from tests.people import SME1
from tests.platform.test_openedx import Rows, platform

__all__ = ["platform"]

pytestmark = pytest.mark.django_db


def connect() -> Signal:
    """Connect a stand-in of the platform's signal as `edx_django_utils.plugins` does."""
    config = apps.get_app_config("iciinsmes").plugin_app["signals_config"]["lms.djangoapp"]  # type: ignore[attr-defined]
    (receiver,) = config["receivers"]
    assert receiver["signal_path"].endswith(".USER_RETIRE_LMS_MISC")
    signal = Signal()
    module = importlib.import_module(f"iciinsmes.{config['relative_path']}")
    signal.connect(getattr(module, receiver["receiver_func_name"]))
    return signal


def test_a_retired_person_is_erased(everything):
    connect().send(sender=None, user=everything["anna"])
    assert not Work.objects.filter(owner=everything["anna"]).exists()
    assert Work.objects.filter(owner=everything["bo"]).exists()


def test_an_error_reaches_the_platform(everything, monkeypatch):
    def fail(_host: object, _user_id: int) -> frozenset[str]:
        raise RuntimeError

    monkeypatch.setattr(CampusHost, "written_as", fail)
    with pytest.raises(RuntimeError):
        connect().send(sender=None, user=everything["anna"])
    assert Work.objects.filter(owner=everything["anna"]).exists()


def test_lines_of_imports_are_found_by_the_address_before_the_retirement(everything, platform, monkeypatch):
    anna = everything["anna"]
    before = SimpleNamespace(
        user_id=anna.pk,
        original_username=anna.username,
        original_email=anna.email,
        original_name=anna.get_full_name(),
    )
    platform("openedx.core.djangoapps.user_api.models", UserRetirementStatus=SimpleNamespace(objects=Rows([before])))
    platform("common.djangoapps.student.models", UserProfile=SimpleNamespace(objects=Rows([])))
    anna.email = "retired__user_1@retired.invalid"
    anna.save()
    known_as = OpenEdxHost().written_as(anna.pk)
    assert known_as == {
        "annegret.quellbrunn",
        "annegret@quellbrunn.example",
        "annegret quellbrunn",
        "retired__user_1@retired.invalid",
    }
    monkeypatch.setattr(CampusHost, "written_as", lambda _host, _user_id: known_as - {"annegret.quellbrunn"})
    connect().send(sender=None, user=anna)
    (left,) = CompanyImport.objects.filter(course_key=SME1)
    assert [line[6] for line in left.table["lines"]] == ["nobody"]
