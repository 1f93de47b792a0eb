"""Preparing and serving the campus: database, static files, demo, web server."""

from __future__ import annotations

import contextlib
import hashlib
import ipaddress
import os
import resource
import shutil
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from .errors import CannotStart
from .upkeep import repair_daily

_THREADS = 8
_HERE = "127.0.0.1"
#: Larger than a chunk of an upload, smaller than what would fill the memory.
_MAX_BODY = 4 * 1024 * 1024
#: Browsers keep several connections open while people read, so there are many more of them than requests.
_CONNECTIONS = 1500
#: Open files beside connections: database, what is uploaded and sent.
_OTHER_FILES = 200


def run() -> None:
    """Prepare what is missing and serve until interrupted.

    Raises:
        CannotStart: with one line about what is missing.
    """
    host, port = os.environ.get("CAMPUS_BIND") or _HERE, _port()
    _check_free(host, port)
    start_django()
    from django.conf import settings

    from .home.api import only_one

    with only_one(settings.HOME):
        owns_storage = _prepare(host)
        _serve(host, port, owns_storage=owns_storage)


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
    from .home.api import forget_mark, only_one

    with only_one(settings.HOME):
        _check_is_demo(settings.HOME)
        for ending in ("", "-journal", "-shm", "-wal"):
            (settings.HOME / f"campus.sqlite3{ending}").unlink(missing_ok=True)
        for name in ("evidence", "media"):
            shutil.rmtree(settings.HOME / name, ignore_errors=True)
        forget_mark(settings.HOME)
        _prepare(_HERE)


def start_django() -> None:
    """Read the settings and make the folder private.

    Raises:
        CannotStart: a setting is wrong, or the secret key is one that others can find out.
    """
    import django
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    from .environment import weakness

    try:
        key = settings.SECRET_KEY
        # Before all that takes seconds to load.
        if weak := weakness(key):
            place = "CAMPUS_SECRET_KEY" if "CAMPUS_SECRET_KEY" in os.environ else f"{settings.HOME / 'secret-key'}"
            raise CannotStart(f"The secret key in {place} {weak}. Remove it, and the campus makes a good one.")
        django.setup()
    except ImproperlyConfigured as error:
        raise CannotStart(str(error).splitlines()[0]) from error
    from django.db import connection

    from .home.api import keep_private

    database = Path(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else None
    if was_open := keep_private(settings.HOME, database):
        print(f"{settings.HOME} was open to others on this machine ({was_open} files and folders). It is private now.")


def check_demo_is_among_us(host: str) -> None:
    """Refuse a demo that other machines reach: everybody may enter its accounts with a click.

    Args:
        host: the address on which the campus is going to listen.

    Raises:
        CannotStart: it would be open to others, and nobody said that it may be.
    """
    from django.conf import settings

    if settings.DEMO_FOR_EVERYBODY:
        return
    if not _is_local(host):
        why = f"CAMPUS_BIND={host}"
    elif not _is_local(urlsplit(settings.ADDRESS).hostname or ""):
        why = f"CAMPUS_ADDRESS={settings.ADDRESS}"
    elif names := [name for name in settings.ALLOWED_HOSTS if not _is_local(name)]:
        why = f"CAMPUS_HOSTS={names[0]}"
    elif settings.PROXIES:
        why = f"CAMPUS_PROXIES={settings.PROXIES}"
    else:
        return
    raise CannotStart(
        f"With a demo anybody who reaches it enters any account with a click, and {why} lets other machines in. "
        "Set CAMPUS_DEMO=0, or say CAMPUS_DEMO_FOR_EVERYBODY=yes."
    )


def _is_local(name: str) -> bool:
    """Tell whether a name or an address is this machine's own; nobody else can reach it there."""
    name = name.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _check_is_demo(home: Path) -> None:
    """Refuse a folder in which people work without the demo; a database that cannot be read may go."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
    from django.db import DatabaseError, connection

    from iciinsmes_campus.demo.api import is_loaded

    if not (home / "campus.sqlite3").exists():
        return
    try:
        users = get_user_model().objects
        # Who has a password of the own is no guest of the demo, whatever else there is.
        has_own = users.exclude(password="").exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).exists()
        is_real = has_own or (users.exists() and not is_loaded())
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


def _prepare(host: str) -> bool:
    """Bring database, static files, courses, demo and evidence into order.

    Args:
        host: where the campus is going to listen.

    Returns:
        Whether the files in the folder are those of the database.

    Raises:
        CannotStart: with one line about what is missing.
    """
    from django.conf import settings
    from django.core.management import call_command
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    from .home.api import check_database

    check_database()
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            with _step("Preparing the database"):
                call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as error:
        raise CannotStart(f"The database cannot be used: {error.args[-1]}") from error
    _collect_static()
    _read_courses()
    if settings.DEMO:
        _load_demo(settings.COURSES_ROOT, host)
    return _repair_evidence(settings.HOME)


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
        if len(course.languages) > 1:
            print(f"    In {', '.join(course.languages)}")
        if course.needs_start and str(course.key) != awaited:
            print(f"    It has no dates yet. Give its first day: iciinsmes-campus start {course.key} YYYY-MM-DD")
        for mistake in course.errors:
            print(f"    problem: {mistake}")
    for broken in broken_courses():
        print(f"  {broken.folder} cannot be read: {broken.error}")
    if not courses():
        print("  No course found. Put a course folder there, or set CAMPUS_COURSES.")


def _demo_course() -> str:
    """Return the key of the course that the demo will start by itself."""
    from iciinsmes_campus.demo.api import COURSE_KEY

    return COURSE_KEY


def _load_demo(courses_root: Path, host: str) -> None:
    from django.conf import settings

    from iciinsmes_campus.courseware.api import UnknownCourse
    from iciinsmes_campus.demo.api import holds_others, is_loaded, load, missing, place_if_lost

    if holds_others():
        # Real people would be among those whose accounts open with a click.
        settings.DEMO = False
        print("There are accounts here that are not the demo's. The demo is off: nothing is loaded, and nobody")
        print("  enters an account without its password. Start without CAMPUS_DEMO=1 (make run sets it).")
        return
    check_demo_is_among_us(host)
    try:
        if is_loaded():
            place_if_lost()
        else:
            with _step("Loading the demo: its firms, their people and what they have done"):
                load()
    except UnknownCourse as error:
        raise CannotStart(f"The demo needs the course {error}, which is not in {courses_root}.") from error
    if missing():
        print("  Parts of the demo are missing; the log says why:")
        for part in missing():
            print(f"    {part}")


def _repair_evidence(home: Path) -> bool:
    from iciinsmes.evidence.api import repair

    from .home.api import owns_storage

    is_ours = owns_storage(home)
    # The locks on folder and database say that no other campus is writing.
    done = repair(nobody_works=True, owns_storage=is_ours)
    if not is_ours:
        print(f"The files in {home} belong to another database. They stay as they are. Check CAMPUS_HOME and")
        print("  CAMPUS_DATABASE_URL; both must be those of one campus.")
    if missing := done.rows_without_object + done.lost:
        print(f"{missing} files that people have added are not in {home / 'evidence'}. Nothing was removed: they come")
        print("  back when the files do. Check CAMPUS_HOME, or restore a backup.")
    return is_ours


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


def _serve(host: str, port: int, *, owns_storage: bool) -> None:
    from django.conf import settings

    # Not earlier: the application lists the static files once, when it is made.
    from iciinsmes_campus.clock import ticking
    from iciinsmes_campus.connections import make_server
    from iciinsmes_campus.worker import working
    from iciinsmes_campus.wsgi import application

    # Threads above the number of clients at once only wait for each other on one interpreter.
    server = make_server(
        application,
        host=host,
        port=port,
        ipv6=False,
        threads=_THREADS,
        max_request_body_size=_MAX_BODY,
        ident="campus",
        connection_limit=_possible_connections(),
        # The other way to watch connections ends at 1024 open files.
        asyncore_use_poll=True,
    )
    try:
        print(f"\nThe campus is open: http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}")  # noqa: S104
        if settings.DEMO:
            print("Demo accounts wait on the sign-in page.")
            if settings.DEMO_FOR_EVERYBODY:
                print("WARNING: anybody who reaches this campus enters any of these accounts with a click.")
        print("Stop it with Ctrl-C.", flush=True)
        repair_daily(owns_storage=owns_storage)
        with working(), ticking():
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
