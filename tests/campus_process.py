"""A campus in a process of its own, as a user starts it, for tests in a browser and under load."""

from __future__ import annotations

import contextlib
import fcntl
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import requests

if TYPE_CHECKING:
    import pytest

_START_SECONDS = 300
#: Below what Linux, macOS and Windows hand out by themselves.
_PORTS = range(20_000, 30_000)


def free_port() -> int:
    """Return a port of the loopback address that is free now.

    It is none of those that a system gives to outgoing connections: between now and the campus' start, another check's
    request would take it.
    """
    while True:
        port = random.choice(_PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def start_campus(
    home: Path, *, demo: bool, environment: dict[str, str] | None = None, port: int | None = None
) -> tuple[subprocess.Popen[bytes], str]:
    """Run the campus with its data in ``home``, and wait for it; what it says goes to ``home/server.log``.

    Returns:
        The process, which the caller ends, and the address of the campus.

    Raises:
        RuntimeError: it did not answer in time; the message holds what it said.
    """
    port = port or free_port()
    address = f"http://127.0.0.1:{port}"
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("CAMPUS_", "DJANGO_"))}
    given = {
        "CAMPUS_HOME": str(home),
        "CAMPUS_DEMO": "1" if demo else "0",
        "PORT": str(port),
        # Courses in one language are there sooner; who tests others says so.
        "CAMPUS_CATALOGUES": str(home / "no-translations"),
        **(environment or {}),
    }
    log = home / "server.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "iciinsmes_campus", "run"],
            env={**inherited, **given},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait(address, process, log)
    except BaseException:
        kill_campus(process)
        raise
    return process, address


def kill_campus(process: subprocess.Popen[bytes]) -> None:
    """End the campus at once, without a chance to tidy up; it is one process and has no children."""
    process.kill()
    process.wait(timeout=30)


@contextlib.contextmanager
def running_campus(home: Path, *, demo: bool, environment: dict[str, str] | None = None) -> Iterator[str]:
    """Run the campus as `start_campus` does until the block ends; yields its address."""
    process, address = start_campus(home, demo=demo, environment=environment)
    try:
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


def prepare_home(
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
    *,
    demo: bool,
    environment: dict[str, str] | None = None,
) -> Path:
    """Return a home that was open once, with tables and styles; the workers of a run make one, and work on copies."""
    base = tmp_path_factory.getbasetemp()
    home = (base if worker_id == "master" else base.parent) / ("prepared-demo" if demo else "prepared")
    with home.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            begun = home.with_suffix(".begun")
            begun.mkdir()
            with running_campus(begun, demo=demo, environment=environment):
                pass
            (begun / "server.log").unlink()
            begun.rename(home)
    return home


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(requests.ConnectionError):
            if requests.get(f"{address}/healthz", timeout=5).ok:
                return
        time.sleep(0.2)
    raise RuntimeError(f"the campus did not start:\n{log.read_text(errors='replace')}")
