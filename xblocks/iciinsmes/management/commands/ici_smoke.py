"""``manage.py ici_smoke``: does this installation work? For whoever has just installed or upgraded it."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from xblock.core import XBlock
from xblock.plugin import PluginMissingError

from iciinsmes.evidence import api as evidence

_BLOCKS = (
    "workplace_assignment",
    "digital_tool",
    "development_project",
    "self_check",
    "early_warning",
    "reaction",
    "best_practice_cases",
    "support_directory",
)
_SECONDS = 60


class Command(BaseCommand):
    """``ici_smoke [--address http://lms:8000 [--host courses.example.org]]``; changes nothing that stays."""

    help = "Tries tables, blocks and the private storage, and with --address a page of the running site."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address of the running site."""
        parser.add_argument("--address", default="", help="where the running site is reached from here")
        parser.add_argument("--host", default="", help="the name under which browsers know the site")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Try everything and print one line each.

        Raises:
            CommandError: something does not work.
        """
        tried = {"tables": _tables(), "blocks": _blocks(), "storage": evidence.try_storage()}
        if options["address"]:
            tried["page"] = _page(options["address"], options["host"])
        for name, wrong in tried.items():
            self.stdout.write(f"{name}: {' '.join(wrong) or 'ok'}")
        failed = [name for name, wrong in tried.items() if wrong]
        if failed:
            raise CommandError(f"This does not work: {', '.join(failed)}.")


def _tables() -> Sequence[str]:
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    wanted = [node for node in executor.loader.graph.leaf_nodes() if node[0] == "iciinsmes"]
    missing = [migration.name for migration, _backwards in executor.migration_plan(wanted)]
    return [f"Migrations have not run: {', '.join(missing)}."] if missing else []


def _blocks() -> Sequence[str]:
    wrong = []
    for name in _BLOCKS:
        try:
            XBlock.load_class(name)
        except PluginMissingError:
            wrong.append(f"The block {name} is not installed here.")
    return wrong


def _page(address: str, host: str) -> Sequence[str]:
    """Ask the running site for the toolbox, which is public; the process that answers may be older than this one."""
    page = f"{address.rstrip('/')}{reverse('iciinsmes:toolbox')}"
    request = Request(page, headers={"Host": host} if host else {})  # noqa: S310 - the administrator's own address
    try:
        with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - as above
            status = answer.status
    except HTTPError as error:
        status = error.code
    except (URLError, OSError) as error:
        return [f"{page} does not answer: {error}."]
    return [] if status == HTTPStatus.OK else [f"{page} answers with {status}."]
