"""A row is found again by its id after a platform has moved to a Django with another type for ids."""

from __future__ import annotations

import uuid
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.apps import apps
from django.db import models

from iciinsmes.lib.uuid_field import UuidField

ID = uuid.UUID("0b7c8a4e-8f3f-4f59-9c2a-1f1a5a1f7a10")
WRITTEN = "0b7c8a4e8f3f4f599c2a1f1a5a1f7a10"
#: Django 5 on MariaDB 10.7 and later, and every database before.
NEWER, OLDER = (
    cast("Any", SimpleNamespace(features=SimpleNamespace(has_native_uuid_field=native), data_types={"UUIDField": kind}))
    for native, kind in ((True, "uuid"), (False, "char(32)"))
)

COLUMNS = [
    field
    for app in apps.get_app_configs()
    if app.name.startswith("iciinsmes")
    for model in app.get_models()
    for field in model._meta.local_fields
    if isinstance(field, models.UUIDField) or isinstance(getattr(field, "target_field", None), models.UUIDField)
]


@pytest.mark.parametrize("field", COLUMNS, ids=str)
@pytest.mark.parametrize("database", [NEWER, OLDER], ids=["newer", "older"])
def test_each_column_and_what_is_looked_for_in_it_are_the_same_everywhere(field, database):
    assert field.db_type(database) == "char(32)"
    assert field.get_db_prep_value(ID, database) == WRITTEN
    assert field.get_db_prep_value(str(ID), database, prepared=True) == WRITTEN
    assert field.get_db_prep_value(None, database) is None


def test_there_are_columns_to_try():
    assert len(COLUMNS) > 50


@pytest.mark.parametrize("stored", [WRITTEN, str(ID), ID])
def test_what_is_read_is_an_id_whoever_has_read_it(stored):
    assert UuidField().from_db_value(stored, cast("Any", None), NEWER) == ID


def test_nothing_is_nothing():
    assert UuidField().from_db_value(None, cast("Any", None), NEWER) is None
