"""Time of the toolbox: ``python -m tests.benchmark.toolbox [--rows 10000]``.

One line an instrument on rows made of its demo: reading a CSV file, computing, drawing the charts, in milliseconds of
the processor. Then time and memory of reading 100,000 orders in each kind of file. Nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import cycle, islice
from typing import TypeVar

from iciinsmes.toolbox import api
from iciinsmes.toolbox.instruments.framework import Instrument, Value, ValueKind
from tests.toolbox.files import ods, xlsx

_ORDERS = 100_000

T = TypeVar("T")


def main(arguments: Sequence[str]) -> None:
    """Measure every instrument and every kind of file."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.toolbox", description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    options = parser.parse_args(arguments)
    print(f"{'instrument':<32}{'read ms':>10}{'compute ms':>12}{'charts ms':>11}{'both ms':>9}")
    for instrument in api.all_instruments():
        _measure(instrument, options.rows)
    print(f"\n{f'{_ORDERS} orders':<32}{'read ms':>10}{'peak MB':>12}")
    for kind, content in _files():
        _measure_file(kind, content, "recency-frequency-money")
    _measure_file("CSV with names and sentences", _answers(), "net-promoter-score")


def _measure(instrument: Instrument, count: int) -> None:
    content = _csv(instrument, count)
    sheet = api.open_table(content=content)
    mapping = {column.key: index for index, column in enumerate(instrument.columns)}
    read, intake = _timed(
        lambda: api.read_table(instrument=instrument, sheet=api.open_table(content=content), mapping=mapping)
    )
    if len(intake.table) != len(sheet.rows):
        raise RuntimeError(f"{instrument.key}: {len(intake.rows_left_out)} rows of the demo cannot be read again")
    computed, result = _timed(
        lambda: api.run(instrument=instrument, table=intake.table, options=instrument.demo.options)
    )
    drawn, _svg = _timed(lambda: [api.chart_svg(chart=chart, result=result) for chart in result.charts])
    print(f"{instrument.code} {instrument.key:<28}{read:>10.0f}{computed:>12.0f}{drawn:>11.0f}{computed + drawn:>9.0f}")


def _timed(do: Callable[[], T]) -> tuple[float, T]:
    started = time.process_time()
    found = do()
    return (time.process_time() - started) * 1000, found


def _csv(instrument: Instrument, count: int) -> bytes:
    """Repeat the demo, with other keys each time, as the firm would save it."""
    rows = list(zip(*api.demo_table(instrument=instrument).columns.values(), strict=True))
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";")
    writer.writerow([column.key for column in instrument.columns])
    for index, row in enumerate(islice(cycle(rows), count)):
        writer.writerow(
            f"{value}-{index // len(rows)}" if column.kind is ValueKind.KEY and value else _written(value)
            for column, value in zip(instrument.columns, row, strict=True)
        )
    return stream.getvalue().encode()


def _written(value: Value) -> str:
    return "" if value is None else {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _files() -> list[tuple[str, bytes]]:
    first = date(2026, 1, 1)
    orders = [
        (f"C{index % 9000:04}", first + timedelta(days=index % 364), round(5 + index % 977 * 1.13, 2))
        for index in range(_ORDERS)
    ]
    names = ("customer", "date", "amount")
    text = "\n".join(";".join(map(str, row)) for row in [names, *orders])
    return [("CSV", text.encode()), ("XLSX", xlsx([names, *orders])), ("ODS", ods([names, *orders]))]


def _answers() -> bytes:
    """Every other sentence names somebody of another row, or has a title or a signature."""
    sentences = (
        "The kitchen came two weeks late and nobody called",
        "Herr {name} war pünktlich, die Tür klemmt aber noch immer",
        "Good work and a fair price, we will come back next year",
        "{name} promised to call. Best regards, {name}",
    )
    rows = ["name;e-mail;score;comment"]
    for index in range(_ORDERS):
        name, other = (f"Anna {_surname(number)}" for number in (index, index * 7 % _ORDERS))
        rows.append(
            f"{name};a{index}@example.org;{index % 11};{sentences[index % 4].format(name=other)}, order {index}"
        )
    return "\n".join(rows).encode()


def _surname(number: int) -> str:
    return "Xe" + "".join("abcdefghij"[int(figure)] for figure in str(number % 20_000))


def _measure_file(kind: str, content: bytes, name: str) -> None:
    instrument = api.find_instrument(name=name)

    def read() -> None:
        sheet = api.open_table(content=content)
        mapping = api.weigh_columns(instrument=instrument, sheet=sheet).mapping
        if len(api.read_table(instrument=instrument, sheet=sheet, mapping=mapping).table) != _ORDERS:
            raise RuntimeError(f"orders were lost in {kind}")

    milliseconds, _nothing = _timed(read)
    # Once more, because watching the memory makes everything slower.
    tracemalloc.start()
    read()
    _current, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"{kind:<32}{milliseconds:>10.0f}{peak / 1024 / 1024:>12.0f}")


if __name__ == "__main__":
    main(sys.argv[1:])
