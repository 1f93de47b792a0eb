"""``manage.py ici_repair``: bring the table and the storage of evidence back into step."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from iciinsmes.evidence.api import repair


class Command(BaseCommand):
    """Safe while people work, because nothing younger than a day is touched; meant to run once a day."""

    help = (
        "Removes uploads that were given up, and objects that have lost their row in a crash, once they are a day old. "
        "Marks files that the storage does not show, and keeps them. Fails if some of these were handed in: those only "
        "a backup brings back."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Repair, and tell what was done.

        Raises:
            CommandError: files that were handed in are gone.
        """
        done = repair()
        self.stdout.write(f"{done.stale_uploads} uploads that were given up removed")
        self.stdout.write(f"{done.rows_without_object} files without an object marked as missing")
        self.stdout.write(f"{done.objects_without_row} objects without a file removed")
        if done.lost:
            raise CommandError(f"{done.lost} files that were handed in are gone; the log names them. Restore a backup.")
