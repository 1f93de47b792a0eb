"""Ids of rows, in a column that is the same with every version of Django."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression


class UuidField(models.UUIDField):  # type: ignore[type-arg]
    """A UUID as 32 characters in every database.

    Django 5 has a type of its own for them on MariaDB, and leaves older columns as they are: a platform that comes from
    Teak would find no row again by its id then, and could write none
    (https://docs.djangoproject.com/en/5.2/releases/5.0/#migrating-existing-uuidfield-on-mariadb-10-7).
    """

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Return the type of the column, as Django 4.2 makes it."""
        return "char(32)"

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> str | None:
        """Return what stands in the column: the digits without hyphens."""
        found = self.to_python(value)
        return found.hex if isinstance(found, UUID) else None

    def from_db_value(
        self, value: UUID | str | None, _expression: Expression, _connection: BaseDatabaseWrapper
    ) -> UUID | None:
        """Return the UUID; where Django knows a type of the database's own, it leaves this to that."""
        found: UUID | None = self.to_python(value)
        return found
