"""``manage.py ici_support``: the directory of support on this site: examples taken over, areas given to editors."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from iciinsmes.companies.errors import UnknownPerson
from iciinsmes.support import api
from iciinsmes.support.data import SupportArea


class Command(BaseCommand):
    """See the module."""

    help = "Takes over examples into the directory of support, or lets somebody edit a country, a region or EU."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what can be done."""
        parser.add_argument("--examples", action="store_true", help="take over all examples that are not there yet")
        parser.add_argument("--give", metavar="COUNTRY", help="let somebody edit it: DE, or EU")
        parser.add_argument("--region", default="", help="only this region of the country")
        parser.add_argument("--to", metavar="WHO", default="", help="user name or mail address of the editor")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do what is asked for."""
        if not options["examples"] and not options["give"]:
            raise CommandError("Say what to do: --examples, or --give COUNTRY --to WHO.")
        if options["give"]:
            country = options["give"].upper()
            if country not in api.country_codes():
                raise CommandError(f"{country} is no country of the directory.")
            try:
                api.give_area_on_site(who=options["to"], area=SupportArea(country, options["region"].strip()))
            except UnknownPerson as error:
                raise CommandError(error.message) from error
            self.stdout.write(f"{options['to']} edits {country} {options['region']}".rstrip() + ".")
        if options["examples"]:
            self.stdout.write(f"{api.take_examples_on_site()} examples were taken over.")
