"""Drop what is older than its retention period; meant to run once a day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from iciinsmes.privacy import api as privacy


class Command(BaseCommand):
    """``ici_retention [--dry-run]``."""

    help = "Drop what is older than its retention period, which the settings name."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take ``--dry-run``."""
        parser.add_argument("--dry-run", action="store_true", help="only print what would be dropped")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Drop, and print one line a kind."""
        word = "would be dropped" if options["dry_run"] else "dropped"
        for kind in privacy.apply_retention(dry_run=options["dry_run"]):
            period = "kept for ever" if kind.days is None else f"older than {kind.days} days"
            self.stdout.write(f"{kind.name}: {kind.count} {word} ({period})")
