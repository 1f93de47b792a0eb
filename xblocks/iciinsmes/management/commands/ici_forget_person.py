"""Erase everything that the add-on and what registered with it keep about one person, in all course runs."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from iciinsmes.privacy import api as privacy


class Command(BaseCommand):
    """``ici_forget_person USERNAME``; asks for the user name again, unless ``--no-input`` is given."""

    help = "Erase everything that is kept about a person. On Open edX account and grades stay: they are the platform's."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the user name."""
        parser.add_argument("username")
        parser.add_argument("--no-input", action="store_true", help="do not ask whether this is meant")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Erase, after asking."""
        username = options["username"]
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account {username}.")
        if not options["no_input"] and input(f"This cannot be undone. Type {username} to erase: ") != username:
            raise CommandError("Nothing is erased.")
        privacy.erase(user_id=user.pk, asked_by=None, reason="command")
        self.stdout.write(f"Everything that was kept about {username} is erased.")
