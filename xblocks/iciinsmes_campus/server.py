"""Preparing and serving the campus: database, static files, demo, web server."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import resource
import shutil
import socket
import time
from collections.abc import Iterator
from pathlib import Path

from .errors import CannotStart
from .upkeep import repair_daily

_THREADS = 8
#: Larger than a chunk of an upload, smaller than what would fill the memory.
_MAX_BODY = 4 * 1024 * 1024
#: Browsers keep several connections open while people read, so there are many more of them than requests.
_CONNECTIONS = 1500
_IDLE_SECONDS = 60
#: Open files beside connections: database, what is uploaded and sent.
_OTHER_FILES = 100


def run() -> None:
    """Prepare what is missing and serve until interrupted.

    Raises:
        CannotStart: with one line about what is missing.
    """
    host, port = os.environ.get("CAMPUS_BIND", "127.0.0.1"), _port()
    _check_free(host, port)
    start_django()
    from django.conf import settings

    with _only_one(settings.HOME):
        _prepare()
        _serve(host, port)


def reset() -> None:
    """Throw away database and files of the demo and make them anew.

    Raises:
        CannotStart: if the data are not those of a demo, or a campus is running with them.
    """
    start_django()
    from django.conf import settings

    if os.environ.get("CAMPUS_DATABASE_URL"):
        raise CannotStart("reset restores the SQLite demo only; CAMPUS_DATABASE_URL names another database.")
    if not settings.DEMO:
        raise CannotStart("reset throws data away, so it works on a demo only (CAMPUS_DEMO=1).")
    with _only_one(settings.HOME):
        _check_is_demo(settings.HOME)
        for path in settings.HOME.glob("campus.sqlite3*"):
            path.unlink()
        for name in ("evidence", "media"):
            shutil.rmtree(settings.HOME / name, ignore_errors=True)
        _prepare()


def start_django() -> None:
    """Set Django up.

    Raises:
        CannotStart: if the settings are wrong.
    """
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise CannotStart(str(error).splitlines()[0]) from error


def _check_is_demo(home: Path) -> None:
    """Refuse a folder in which people work without the demo; a database that cannot be read may go."""
    from django.contrib.auth import get_user_model
    from django.db import DatabaseError, connection

    from iciinsmes_campus.demo.api import is_loaded

    if not (home / "campus.sqlite3").exists():
        return
    try:
        is_real = get_user_model().objects.exists() and not is_loaded()
    except DatabaseError:
        is_real = False
    finally:
        connection.close()
    if is_real:
        raise CannotStart(f"The data in {home} are not those of the demo; nothing was thrown away.")


def _port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise CannotStart(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def _check_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotStart(
                f"Port {port} cannot be used ({error.strerror}). Choose another: make run PORT={port + 1}"
            ) from error


@contextlib.contextmanager
def _only_one(home: Path) -> Iterator[None]:
    """Hold the campus' folder, so that nobody resets the data of a running campus."""
    with (home / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(f"A campus is already running with the data in {home}. Stop it first.") from None
        yield


def _prepare() -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        _check_text_encoding()
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            with _step("Preparing the database"):
                call_command("migrate", interactive=False, verbosity=0)
    except OperationalError as error:
        raise CannotStart(f"The database cannot be used: {error.args[-1]}") from error
    _collect_static()
    _read_courses()
    if settings.DEMO:
        _load_demo(settings.COURSES_ROOT)
    _repair_evidence()


def _check_text_encoding() -> None:
    """Refuse a MySQL database in which names such as Pod Dębem could not be kept."""
    from django.db import connection

    if connection.vendor != "mysql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT @@character_set_database")
        (encoding,) = cursor.fetchone()
    if encoding != "utf8mb4":
        raise CannotStart(f"The database keeps text as {encoding}; create it with CHARACTER SET utf8mb4.")


def _collect_static() -> None:
    """Collect and compress static files if one of them changed; the names carry hashes, so browsers may keep them."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    with _step("Collecting styles and scripts"):
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(digest.hexdigest())


def _read_courses() -> None:
    from django.conf import settings

    from iciinsmes_campus.authoring.api import load
    from iciinsmes_campus.courseware.api import UnreadableRuns, broken_courses, courses, preload

    try:
        with _step(f"Reading courses from {settings.COURSES_ROOT}"):
            preload()
            load()
    except UnreadableRuns as error:
        raise CannotStart(str(error)) from error
    awaited = _demo_course() if settings.DEMO else ""
    for course in courses():
        print(f"  {course.title} ({course.key})")
        if course.needs_start and str(course.key) != awaited:
            print(f"    It has no dates yet. Give its first day: iciinsmes-campus start {course.key} YYYY-MM-DD")
        for error in course.errors:
            print(f"    problem: {error}")
    for broken in broken_courses():
        print(f"  {broken.folder} cannot be read: {broken.error}")
    if not courses():
        print("  No course found. Put a course folder there, or set CAMPUS_COURSES.")


def _demo_course() -> str:
    """Return the key of the course that the demo will start by itself."""
    from iciinsmes_campus.demo.course import COURSE_KEY

    return COURSE_KEY


def _load_demo(courses_root: Path) -> None:
    from iciinsmes_campus.courseware.api import UnknownCourse
    from iciinsmes_campus.demo.api import is_loaded, load, missing, place_if_lost

    try:
        if is_loaded():
            place_if_lost()
        else:
            with _step("Loading the demo: four firms, their people and what they have done"):
                load()
    except UnknownCourse as error:
        raise CannotStart(f"The demo needs the course {error}, which is not in {courses_root}.") from error
    if missing():
        print("  Parts of the demo are missing; the log says why:")
        for part in missing():
            print(f"    {part}")


def _repair_evidence() -> None:
    from iciinsmes.evidence.api import repair

    # The lock on the folder says that no other campus is writing.
    repair(nobody_works=True)


@contextlib.contextmanager
def _step(what: str) -> Iterator[None]:
    print(f"{what} ... ", end="", flush=True)
    started = time.monotonic()
    try:
        yield
    except BaseException:
        # What stopped the step is told on a line of its own.
        print(flush=True)
        raise
    print(f"{time.monotonic() - started:.1f} s", flush=True)


def _serve(host: str, port: int) -> None:
    from django.conf import settings
    from waitress import create_server

    # Not earlier: the application lists the static files once, when it is made.
    from iciinsmes_campus.clock import ticking
    from iciinsmes_campus.wsgi import application

    # Threads above the number of clients at once only wait for each other on one interpreter.
    server = create_server(
        application,
        host=host,
        port=port,
        threads=_THREADS,
        max_request_body_size=_MAX_BODY,
        ident="campus",
        connection_limit=_possible_connections(),
        channel_timeout=_IDLE_SECONDS,
        # The other way to watch connections ends at 1024 open files.
        asyncore_use_poll=True,
    )
    try:
        print(f"\nThe campus is open: http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}")  # noqa: S104
        if settings.DEMO:
            print("Demo accounts wait on the sign-in page.")
        print("Stop it with Ctrl-C.", flush=True)
        repair_daily()
        with ticking():
            server.run()
    finally:
        server.close()
        print("The campus is closed; everything is kept.")


def _possible_connections() -> int:
    """Let this process open as many files as the connections need, and return how many connections it can have."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _CONNECTIONS + _OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return _CONNECTIONS if soft == resource.RLIM_INFINITY else min(_CONNECTIONS, soft - _OTHER_FILES)
