"""The toolbox from the command line: ``python -m iciinsmes.toolbox list | explain NAME | run NAME FILE``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from . import api
from .errors import UnknownInstrument, UnreadableTable
from .instruments.kit import (
    NEEDS,
    Instrument,
    Result,
    ResultTable,
    Table,
    Value,
    WrongOption,
    msg,
    result_to_json,
    show,
    show_value,
)
from .intake.options import read_option


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; return the exit code, 2 with a clear line if something does not fit."""
    parser = argparse.ArgumentParser(prog="python -m iciinsmes.toolbox", description="Instruments on customer data.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="name all instruments")
    explain = commands.add_parser("explain", help="say what an instrument does and which columns it needs")
    explain.add_argument("name", help="key or code, such as net-promoter-score or T02")
    running = commands.add_parser("run", help="compute the result of a table")
    running.add_argument("name", help="key or code, such as net-promoter-score or T02")
    running.add_argument("file", help="a CSV, XLSX or ODS file, or “demo” for the invented firm")
    running.add_argument("--option", action="append", default=[], metavar="KEY=VALUE", help="see explain")
    running.add_argument("--json", action="store_true", help="print everything for programs")
    running.add_argument("--charts", type=Path, metavar="FOLDER", help="write the charts there as SVG files")
    options = parser.parse_args(arguments)
    try:
        if options.command == "list":
            lines: Iterator[str] = _listed()
        elif options.command == "explain":
            lines = _explained(api.find_instrument(name=options.name))
        else:
            lines = _run(options)
        print("\n".join(lines))
    except UnknownInstrument as error:
        problem = f"There is no instrument “{error}”. See: python -m iciinsmes.toolbox list"
    except (UnreadableTable, WrongOption) as error:
        problem = show(error.text)
    except OSError as error:
        problem = f"{error.filename}: {error.strerror}"
    else:
        return 0
    print(problem, file=sys.stderr)
    return 2


def _listed() -> Iterator[str]:
    for instrument in api.all_instruments():
        yield f"{instrument.code}  {instrument.key:<28} {show(instrument.purpose)}"


def _explained(instrument: Instrument) -> Iterator[str]:
    yield f"{instrument.code}  {show(instrument.title)}"
    yield show(instrument.purpose)
    yield ""
    for text in instrument.explanation:
        yield show(text)
    yield ""
    yield "For those who say: " + "; ".join(show(NEEDS[need]) for need in instrument.needs)
    yield f"Needs at least {instrument.minimum} {show(instrument.counted)}."
    yield ""
    for column in instrument.columns:
        need = "" if column.required else " (may be missing)"
        yield f"column {column.key}: {show(column.title)}, {column.kind}{need}"
    for option in instrument.options:
        choices = f", one of {', '.join(str(choice.value) for choice in option.choices)}" if option.choices else ""
        default = "" if option.default is None else f" [{option.default}]"
        yield f"option {option.key}: {show(option.title)}, {option.kind}{choices}{default}"
    yield ""
    yield instrument.reference


def _run(options: argparse.Namespace) -> Iterator[str]:
    instrument = api.find_instrument(name=options.name)
    chosen = _options(instrument, options.option)
    said: list[str] = []
    if options.file == "demo":
        table = api.demo_table(instrument=instrument)
        chosen = {**dict(instrument.demo.options), **chosen}
    else:
        table, said = _read(instrument, Path(options.file))
    result = api.compute(instrument=instrument, table=table, options=chosen)
    if options.charts:
        _write_charts(result, options.charts)
    if options.json:
        yield json.dumps({"instrument": instrument.key, "intake": said, **result_to_json(result)}, indent=2)
        return
    yield from said
    yield from _shown(result)


def _read(instrument: Instrument, path: Path) -> tuple[Table, list[str]]:
    sheet = api.open_table(content=path.read_bytes())
    intake = api.read_table(
        instrument=instrument, sheet=sheet, mapping=api.guess_columns(instrument=instrument, sheet=sheet)
    )
    if intake.missing:
        names = ", ".join(column.key for column in intake.missing)
        found = ", ".join(name for name in sheet.names if name)
        text = msg("Columns not found: %(names)s. The table has: %(found)s.", names=names, found=found)
        raise UnreadableTable(text)
    said = [show(note) for note in intake.notes]
    said += [f"line {problem.line}, {show(problem.column)}: {show(problem.text)}" for problem in intake.problems]
    return intake.table, said


def _options(instrument: Instrument, given: Sequence[str]) -> dict[str, Value]:
    pairs = (entry.partition("=") for entry in given)
    return {key: read_option(instrument, key, value) for key, _sign, value in pairs}


def _shown(result: Result) -> Iterator[str]:
    yield f"{result.verdict.level.upper()}: {show(result.verdict.text)}"
    yield ""
    for figure in result.figures:
        line = f"{show(figure.title)}: {show_value(figure.value, figure.unit, figure.decimals)}"
        if figure.low is not None and figure.high is not None:
            low, high = (show_value(end, figure.unit, figure.decimals) for end in (figure.low, figure.high))
            line += f" ({low} to {high})"
        yield line + (f", n = {figure.n}" if figure.n is not None else "")
    for table in result.tables:
        yield ""
        yield from _table(table)
    for text in (*result.notes, *(condition.text for condition in result.conditions if not condition.met)):
        yield ""
        yield show(text)


def _table(table: ResultTable) -> Iterator[str]:
    rows = [[show(heading.title) for heading in table.headings]]
    rows += [
        [show_value(cell, heading.unit, heading.decimals) for heading, cell in zip(table.headings, row, strict=True)]
        for row in table.rows
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    yield show(table.title)
    for row in rows:
        yield "  ".join([row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))])


def _write_charts(result: Result, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number, chart in enumerate(result.charts, 1):
        path = folder / f"{number}-{chart.kind}.svg"
        path.write_text(api.chart_svg(chart=chart, result=result), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
