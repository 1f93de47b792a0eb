"""A hundred thousand orders from file to figures, whole process, beside pandas: ``python -m tests.benchmark.orders``.

Pandas is no part of the product and of its tests: it is looked for in the Python that ``--pandas`` names. Nothing here
passes or fails by time; that both count the same customers, orders and sales is checked before anything is measured.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import median

_ORDERS = 100_000
_CUSTOMERS = 9_000

#: The same question: who bought when, how often and for how much, in fifths, and what each group brings.
_PANDAS = """
import sys
import pandas as pd

orders = pd.read_csv(sys.argv[1], sep=";", parse_dates=["date"])
customers = orders.groupby("customer").agg(last=("date", "max"), orders=("date", "size"), sales=("amount", "sum"))
customers["days"] = (orders["date"].max() - customers["last"]).dt.days
for name, rising in (("days", False), ("orders", True), ("sales", True)):
    ranks = customers[name].rank(method="average", ascending=rising)
    customers["fifth_" + name] = pd.cut(ranks, 5, labels=False) + 1
groups = customers.groupby(["fifth_days", "fifth_orders"]).agg(customers=("sales", "size"), sales=("sales", "sum"))
groups["share"] = groups["sales"] / groups["sales"].sum()
print(groups)
print("Customers:", len(customers))
print("Orders:", len(orders))
print("Sales:", round(orders["amount"].sum()))
"""


def main(arguments: Sequence[str]) -> None:
    """Write the orders into a throw-away folder and measure both in turn."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.orders", description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--pandas", default=sys.executable, metavar="PYTHON", help="a Python that has pandas")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="orders-benchmark-") as home:
        path = Path(home) / "orders.csv"
        path.write_text(_orders(), encoding="utf-8")
        ours = [sys.executable, "-m", "iciinsmes.toolbox", "run", "T13", str(path)]
        theirs = [options.pandas, "-c", _PANDAS, str(path)]
        commands = {"toolbox": ours, "pandas": theirs}
        if subprocess.run([options.pandas, "-c", "import pandas"], capture_output=True, check=False).returncode:
            print(f"{options.pandas} has no pandas: only the toolbox is measured. Name a Python that has it: --pandas")
            del commands["pandas"]
        counted = {name: _counted(command) for name, command in commands.items()}
        if len(set(counted.values())) > 1:
            raise RuntimeError(f"the same orders are counted in two ways: {counted}")
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for _run in range(options.runs):
            for name, command in commands.items():
                times[name].append(_timed(command))
    print(f"{f'{_ORDERS} orders':<16}{'median s':>10}{'cpu s':>8}")
    for name, runs in times.items():
        print(f"{name:<16}{median(wall for wall, _cpu in runs):>10.2f}{median(cpu for _wall, cpu in runs):>8.2f}")
    if "pandas" in times:
        pairs = list(zip(times["toolbox"], times["pandas"], strict=True))
        wall, cpu = (median(one[part] / other[part] for one, other in pairs) for part in (0, 1))
        print(f"{'toolbox / pandas':<16}{wall:>10.2f}{cpu:>8.2f}")


def _orders() -> str:
    made = random.Random(5)
    first = date(2025, 1, 1)
    rows = (
        f"C{made.randrange(_CUSTOMERS):04};{first + timedelta(days=made.randrange(360))}"
        f";{made.randrange(500, 90_000) / 100:.2f}"
        for _row in range(_ORDERS)
    )
    return "\n".join(["customer;date;amount", *rows]) + "\n"


def _counted(command: Sequence[str]) -> tuple[str, ...]:
    """Return the lines with what was counted, which both must agree on."""
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return tuple(line for line in said.splitlines() if line.startswith(("Customers:", "Orders:", "Sales:")))


def _timed(command: Sequence[str]) -> tuple[float, float]:
    """Return seconds on the wall and of the processor that a command takes."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, capture_output=True, check=True)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


if __name__ == "__main__":
    main(sys.argv[1:])
