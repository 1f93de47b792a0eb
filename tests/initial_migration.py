"""Makes the add-on's one initial migration anew from its models: ``python -m tests.initial_migration``.

Only as long as nothing is released. Django writes each index and constraint as a step of its own, for which SQLite
builds the whole table again, and each table too, for which Django builds all models again: here all of it is one step,
and a new campus is there in a third of the time.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation

from iciinsmes.lib.create_models import CreateModels

_APP = "iciinsmes"


def folded(operations: Sequence[Operation]) -> list[Operation]:
    """Return one step with all tables, in which columns, indexes and constraints that came later have their place."""
    tables = {step.name_lower: step for step in operations if isinstance(step, CreateModel)}
    for step in operations:
        if isinstance(step, AddField):
            tables[step.model_name_lower].fields.append((step.name, step.field))
        elif isinstance(step, AddIndex):
            tables[step.model_name_lower].options.setdefault("indexes", []).append(step.index)
        elif isinstance(step, AddConstraint):
            tables[step.model_name_lower].options.setdefault("constraints", []).append(step.constraint)
        elif not isinstance(step, CreateModel):
            raise TypeError(f"No table has a place for {step.describe()}")
    return [CreateModels(list(tables.values()))]


def main() -> None:
    """Write the file; `makemigrations --check` and the formatter's rules for migrations hold for it as before."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from django.apps import apps
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.graph import MigrationGraph
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.state import ProjectState
    from django.db.migrations.writer import MigrationWriter

    folder = Path(apps.get_app_config(_APP).path) / "migrations"
    for path in folder.glob("0*.py"):
        path.unlink()
    before = MigrationLoader(None, ignore_no_migrations=True)
    state = before.project_state()
    found = MigrationAutodetector(state, ProjectState.from_apps(apps)).changes(
        graph=before.graph or MigrationGraph(), trim_to_apps={_APP}, migration_name="initial"
    )
    (made,) = found[_APP]
    made.operations = folded(made.operations)  # type: ignore[misc]  # as the detector itself does
    writer = MigrationWriter(made, include_header=False)
    Path(writer.path).write_text(writer.as_string(), encoding="utf-8")
    print(Path(writer.path).name)


if __name__ == "__main__":
    main()
