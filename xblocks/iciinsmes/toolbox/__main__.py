"""The toolbox from the command line: ``python -m iciinsmes.toolbox list | explain | template | run``."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from .commands import explained, listed, run, template, template_file
from .errors import UnknownInstrument, UnreadableTable
from .instruments.framework import WrongOption, show
from .table_import.names import packaged_languages

_NAME = "key or code, such as net-promoter-score or T02"


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says.

    Returns:
        The exit code: 1 where nothing could be computed from a table, 2 with a clear line if something does not fit.
    """
    options = _parser().parse_args(arguments)
    try:
        done: int = options.do(options)
    except UnknownInstrument as error:
        problem = f"There is no instrument “{error}”. See: python -m iciinsmes.toolbox list"
    except (UnreadableTable, WrongOption) as error:
        problem = show(error.text)
    except OSError as error:
        problem = f"{error.filename}: {error.strerror}"
    else:
        return done
    print(problem, file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m iciinsmes.toolbox", description="Instruments on customer data.")
    commands = parser.add_subparsers(dest="command", required=True)
    listing = commands.add_parser("list", help="name all instruments")
    listing.set_defaults(do=listed)
    explaining = commands.add_parser("explain", help="say what an instrument does and what its table and options hold")
    explaining.add_argument("name", help=_NAME)
    explaining.set_defaults(do=explained)
    making = commands.add_parser("template", help="write a table to fill in")
    making.add_argument("name", help=_NAME)
    making.add_argument(
        "file", nargs="?", type=template_file, help="a new file, .csv or .xlsx; without one it is printed as CSV"
    )
    making.add_argument("--language", choices=packaged_languages(), default="en", help="of its titles")
    making.add_argument("--demo", action="store_true", help="with the rows of the invented firm")
    making.set_defaults(do=template)
    running = commands.add_parser("run", help="compute the result of a table")
    running.add_argument("name", help=_NAME)
    running.add_argument("file", help="a CSV, XLSX or ODS file, or “demo” for the invented firm")
    running.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="KEY=HEADING",
        help="which column of the file is which, by heading or number; nothing behind the sign for none of them",
    )
    running.add_argument(
        "--turn", action="store_true", help="make a line for each answer of a table with a column for each"
    )
    running.add_argument("--option", action="append", default=[], metavar="KEY=VALUE", help="see explain")
    running.add_argument("--json", action="store_true", help="print everything for programs")
    running.add_argument("--charts", type=Path, metavar="FOLDER", help="write the charts there as SVG files")
    running.set_defaults(do=run)
    return parser


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):
        # Whoever reads the first lines only, as with head, wants no more; the other programs of a line end so, too.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main())
