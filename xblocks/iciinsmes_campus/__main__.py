"""The campus from the command line: ``python -m iciinsmes_campus run | reset | manage``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; return the exit code, 2 with one clear line if something is missing."""
    parser = argparse.ArgumentParser(prog="iciinsmes-campus", description="The courses in a browser, without Open edX.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="prepare what is missing and serve the campus")
    commands.add_parser("reset", help="throw away all data of the demo and make it anew")
    manage = commands.add_parser("manage", help="pass a command to Django, for example: manage createsuperuser")
    manage.add_argument("rest", nargs=argparse.REMAINDER)
    options = parser.parse_args(arguments)

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iciinsmes_campus.settings")
    try:
        if options.command == "manage":
            from django.core.management import execute_from_command_line

            execute_from_command_line(["iciinsmes-campus manage", *options.rest])
            return 0
        from iciinsmes_campus import server

        return server.reset() if options.command == "reset" else server.run()
    except PermissionError as error:
        print(f"No permission to write {error.filename}. Set CAMPUS_HOME to a folder of your own.", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
