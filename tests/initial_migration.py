"""Makes the add-on's one initial migration anew from its models: ``python -m tests.initial_migration``.

Only as long as nothing is released. Django writes each index and constraint as a step of its own, for which SQLite
builds the whole table again: here they stand inside their tables, and a new campus is there in half the time.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation

_APP = "iciinsmes"


def folded(operations: Sequence[Operation]) -> list[Operation]:
    """Return the steps with indexes and constraints inside their tables, but for tables that get a column later."""
    later = {step.model_name_lower for step in operations if isinstance(step, AddField)}
    tables = {step.name_lower: step for step in operations if isinstance(step, CreateModel)}
    left = []
    for step in operations:
        if not isinstance(step, AddIndex | AddConstraint) or step.model_name_lower in later:
            left.append(step)
            continue
        kind, part = ("indexes", step.index) if isinstance(step, AddIndex) else ("constraints", step.constraint)
        tables[step.model_name_lower].options.setdefault(kind, []).append(part)
    return left


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
