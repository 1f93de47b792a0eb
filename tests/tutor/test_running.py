"""What happens when Tutor, the clock and the proxy run; docker is a stand-in that writes down what it is asked for."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from socket import create_connection, socket
from threading import Thread

import pytest

from .conftest import write_program
from .test_rendered import REGULAR

pytestmark = pytest.mark.package

DOCKER = r"""#!/bin/sh
printf '%s\0' "docker $*" >> "$(dirname "$0")/asked"
case "$*" in *"ls --format json"*) echo '[]' ;; esac
"""


@pytest.fixture
def docker(tmp_path):
    """A folder with a stand-in for docker, and what that was asked."""
    write_program(tmp_path / "programs", "docker", DOCKER)

    def asked():
        return (tmp_path / "programs/asked").read_text("utf-8").split("\0")[:-1]

    return tmp_path / "programs", asked


def index(lines, *parts):
    """Return the place of the first line that has all parts."""
    return next(place for place, line in enumerate(lines) if all(part in line for part in parts))


@pytest.mark.parametrize("plugins", [(), ("minio",)], ids=["folder", "minio"])
def test_launch_builds_starts_migrates_and_tries_it(render, docker, plugins):
    programs, asked = docker
    project = render(*plugins)
    project.tutor.run(project.root, "local", "launch", "--non-interactive", programs=programs)
    lines = asked()
    steps = [
        index(lines, "buildx build", "openedx:"),
        index(lines, " up "),
        index(lines, "run --rm", " lms-job ", "manage.py lms migrate"),
        *([index(lines, " minio-job ", "mb --ignore-existing minio/iciinsmes")] if plugins else []),
        index(lines, " iciinsmes-job ", "manage.py lms ici_smoke"),
    ]
    assert steps == sorted(steps)
    assert plugins or not [line for line in lines if "minio" in line]


def test_the_smoke_test_asks_the_running_site_under_its_own_name(render, docker):
    programs, asked = docker
    project = render()
    project.tutor.run(project.root, "local", "do", "iciinsmes-smoke", programs=programs)
    (job,) = [line for line in asked() if " run " in line]
    assert job.endswith(
        " iciinsmes-job sh -e -c ./manage.py lms ici_smoke --address=http://lms:8000 --host=local.openedx.io"
    )


class TestClock:
    @pytest.fixture
    def clock(self, render, tmp_path):
        """Runs the clock where it is any hour, pauses last a moment and Django's commands do or fail."""
        project = render(ICIINSMES_NOTICES_MINUTES="7", ICIINSMES_NIGHTLY_HOUR="8")
        script = project.root / "env/plugins/iciinsmes/apps/clock.sh"
        programs = tmp_path / "programs"

        def run(*, hour, fails=False, rounds=3):
            write_program(
                programs, "date", f'#!/bin/sh\ncase "$2" in +%H) echo {hour:02} ;; *) echo 2027-01-31 ;; esac\n'
            )
            write_program(programs, "sleep", f'#!/bin/sh\necho "sleep $1" >> {tmp_path}/done\nexec /bin/sleep 0.05\n')
            write_program(tmp_path, "manage.py", f'#!/bin/sh\necho "$1 $2" >> {tmp_path}/done\nexit {int(fails)}\n')
            done = tmp_path / "done"
            done.write_text("", encoding="utf-8")
            path = f"{programs}:{os.environ['PATH']}"
            with subprocess.Popen(
                ["sh", script], cwd=tmp_path, env={"PATH": path}, stderr=subprocess.PIPE, text=True
            ) as process:
                wait_until(lambda: done.read_text("utf-8").count("sleep") >= rounds)
                process.send_signal(signal.SIGTERM)
                _out, said = process.communicate(timeout=10)
            return done.read_text("utf-8").splitlines(), said

        return run

    def test_before_the_hour_there_are_notices_only(self, clock):
        done, said = clock(hour=7)
        assert set(done) == {"lms ici_notices", "sleep 420"}
        assert said == ""

    @pytest.mark.parametrize("hour", [8, 9, 23])
    def test_after_it_everything_else_is_done_once(self, clock, hour):
        done, _said = clock(hour=hour)
        assert done[:4] == ["lms ici_notices", "lms ici_retention", "lms ici_repair", "sleep 420"]
        assert set(done[4:]) == {"lms ici_notices", "sleep 420"}
        assert sorted({line.removeprefix("lms ") for line in done if "ici_" in line}) == REGULAR

    def test_what_fails_is_told_and_stops_nothing(self, clock):
        done, said = clock(hour=9, fails=True)
        assert done.count("lms ici_notices") >= 3
        assert "iciinsmes: ici_retention failed" in said


class Backend(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_args):
        """Nothing of it belongs into the test's output."""


@pytest.mark.parametrize("lms", ["answers", "is away"])
def test_secret_addresses_stay_out_of_the_proxys_log(render, tmp_path, lms):
    project = render()
    port, backend = free_port(), HTTPServer(("127.0.0.1", 0), Backend)
    text = project.text("apps/caddy/Caddyfile").replace('"lms:8000"', f'"127.0.0.1:{backend.server_port}"')
    text, count = re.subn(r"^\{\n", f"{{\nadmin off\nhttp_port {port}\n", text, count=1, flags=re.MULTILINE)
    assert count == 1
    (tmp_path / "Caddyfile").write_text(text, encoding="utf-8")
    if lms == "answers":
        Thread(target=backend.serve_forever, daemon=True).start()
    else:
        backend.server_close()
    with caddy(project.tutor, tmp_path, port) as said:
        for path in ("/iciinsmes/mentor/SECRET/", "/iciinsmes/inbox/stop/SECRET/", "/iciinsmes/toolbox/?named=1"):
            assert status_of(port, path) == (200 if lms == "answers" else 502)
    if lms == "answers":
        backend.shutdown()
        backend.server_close()
    assert '"/iciinsmes/toolbox/?named=1"' in said()
    assert "SECRET" not in said()


@contextmanager
def caddy(tutor, folder, port):
    log = folder / "caddy.log"
    environment = {
        "PATH": os.environ["PATH"],
        "default_site_port": f":{port}",
        **{f"XDG_{name}_HOME": str(folder / "xdg") for name in ("DATA", "CONFIG")},
    }
    command = [tutor.program("caddy"), "run", "--config", folder / "Caddyfile", "--adapter", "caddyfile"]
    with (
        log.open("wb") as output,
        subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output) as process,
    ):
        try:
            wait_until(lambda: process.poll() is not None or is_open(port))
            assert process.poll() is None, log.read_text("utf-8")
            yield lambda: log.read_text("utf-8")
        finally:
            process.terminate()
            process.wait(timeout=20)


def status_of(port, path):
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path, headers={"Host": "local.openedx.io"})
        return connection.getresponse().status
    finally:
        connection.close()


def free_port():
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_open(port):
    try:
        create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def wait_until(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.05)
