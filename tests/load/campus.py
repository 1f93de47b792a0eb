"""A campus of its own for one run: empty home, many learners, a real server in another process."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import requests

PASSWORD = "load-test-password"
_START_SECONDS = 60


def free_port() -> int:
    """Return a port of the loopback address that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def prepare(home: Path, people: int) -> list[str]:
    """Create database and learners in ``home``; return their user names.

    The settings read the environment once, so this must be the first use of Django in the process.
    """
    os.environ["CAMPUS_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "iciinsmes_campus.settings"
    import django

    django.setup()
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import User
    from django.core.management import call_command

    from iciinsmes_campus.courseware.api import courses
    from iciinsmes_campus.learning.api import enrol

    call_command("migrate", verbosity=0)
    hashed = make_password(PASSWORD)
    names = [f"load-{number:03}" for number in range(people)]
    for name in names:
        user = User.objects.create(username=name, email=f"{name}@example.org", password=hashed)
        enrol(user_id=user.id, course_key=courses()[0].key)
    return names


@contextlib.contextmanager
def server(port: int, log: Path) -> Iterator[str]:
    """Run the campus until the block ends; what it says goes to ``log``.

    Yields:
        The address of the campus.

    Raises:
        RuntimeError: it did not answer within a minute.
    """
    address = f"http://127.0.0.1:{port}"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "iciinsmes_campus", "run"],
            env={**os.environ, "PORT": str(port)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_it_answers(address, process, log)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait_until_it_answers(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(requests.ConnectionError):
            if requests.get(f"{address}/healthz", timeout=5).ok:
                return
        time.sleep(0.2)
    raise RuntimeError(f"the campus did not start:\n{log.read_text(errors='replace')}")
