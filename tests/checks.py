"""Every check of this project: its name, its commands, and when a machine cannot run it.

`tests.run`, ``tox.ini`` and ``make test`` all read this one table.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import database
from tests.chromium import find_chromium
from tests.clocks.faked import find_library

ROOT = Path(__file__).resolve().parent.parent
APPS = ("iciinsmes", "iciinsmes_campus")


@dataclass(frozen=True)
class Check:
    """One line of the report.

    ``group`` is the tox environment that runs it; ``why_not`` returns the reason why this machine cannot, or None;
    ``seconds`` is when a check counts as hanging; ``is_suite`` says that the last line of its output is pytest's sum;
    ``when_named`` that it runs only where its group is asked for, because another check covers it here.
    """

    name: str
    group: str
    command: tuple[str, ...]
    why_not: Callable[[], str | None] = lambda: None
    environment: Mapping[str, str] = field(default_factory=dict)
    seconds: int = 300
    is_suite: bool = False
    when_named: bool = False


#: What neither a version of Python or Django nor a database can break: arithmetic, course files, texts, doors.
_SAME_EVERYWHERE = tuple(
    f"--ignore=tests/{place}"
    for place in (
        "campus/run/test_connections.py",
        "campus/run/test_home.py",
        "campus/run/test_runs.py",
        "campus/test_access.py",
        "campus/test_fuzz.py",
        "campus/test_headers.py",
        "campus/test_reading.py",
        "courses",
        "quality",
        "toolbox",
    )
)
#: Pages and starts of the campus, whose queries the rooms' own tests have run on a database already.
_SAME_ON_EVERY_DATABASE = tuple(
    f"--ignore=tests/{place}"
    for place in (
        "campus/accounts",
        "campus/authoring",
        "campus/courseware",
        "campus/run",
        "campus/test_demo_steps.py",
        "campus/test_hidden.py",
        "campus/web",
        "desk",
        "hosts",
        "platform",
    )
)
#: What teachers and learners reach in an LMS, and authors in Studio; short enough to run with every suite.
_PAGES_OF_AN_LMS = (
    "tests/desk",
    "tests/assignments/test_block.py",
    "tests/assignments/test_views.py",
    "tests/exercises/test_block.py",
    "tests/exercises/test_views.py",
)
_EDITORS = (
    *("-k", "(editor or preset or olx) and not attempts"),
    "tests/assignments/test_block.py",
    "tests/assignments/test_presets.py",
    "tests/exercises/test_block.py",
)
#: Fewer generated examples: the first run has tried them all.
_SHORT = {"HYPOTHESIS_PROFILE": "short"}


def checks() -> tuple[Check, ...]:
    """Return all checks in the order in which they run: the quick ones first."""
    return (*_quality(), *_texts(), *_suites())


def _quality() -> tuple[Check, ...]:
    return (
        Check("ruff check", "quality", _python("-m", "ruff", "check", ".")),
        Check("ruff format", "quality", _python("-m", "ruff", "format", "--check", ".")),
        Check("import contracts", "quality", _tool("lint-imports", "--no-logo")),
        Check("django check", "quality", _django("check", "--fail-level", "WARNING")),
        Check("migrations complete", "quality", _django("makemigrations", "--check", "--dry-run", *APPS)),
        Check(
            "personal data annotated",
            "quality",
            (
                *_tool("code_annotations", "django_find_annotations", "--config_file", ".pii_annotations.yml"),
                *("--lint", "--report", "--coverage"),
            ),
            environment={"DJANGO_SETTINGS_MODULE": "tests.quality.pii_settings"},
        ),
        Check("mypy", "quality", _python("-m", "mypy", "xblocks", "tests"), seconds=600),
    )


def _texts() -> tuple[Check, ...]:
    return (
        Check(
            "message catalogues",
            "translations",
            _python("translations/catalogues.py", "check"),
            why_not=_without("msgfmt", "GNU gettext is not installed"),
        ),
        Check(
            "docs build",
            "docs",
            _python("-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "docs", "docs/_build/html"),
        ),
    )


def _suites() -> tuple[Check, ...]:
    anywhere = "not browser and not package and not mariadb"
    return (
        _pytest("unit, api and page tests", "suite", anywhere, "-n", "2"),
        _pytest("pages as in an LMS", "hosts", anywhere, *_as_in("lms"), *_PAGES_OF_AN_LMS),
        _pytest("editors as in Studio", "hosts", anywhere, *_as_in("studio"), *_EDITORS),
        _pytest(
            "tests on other versions",
            "versions",
            anywhere,
            *("-n", "2", *_SAME_EVERYWHERE),
            environment=_SHORT,
            when_named=True,
        ),
        _pytest("browser tests", "browser", "browser", "-n", "2", "--dist", "loadfile", why_not=_why_no_browser),
        _pytest(
            "tests on MariaDB",
            "mariadb",
            "not browser and not package",
            *("-n", "2", *_SAME_EVERYWHERE, *_SAME_ON_EVERY_DATABASE),
            why_not=database.why_no_mysql,
            environment={"CAMPUS_DATABASE_URL": database.URL, **_SHORT},
        ),
        Check("ten other clocks", "clocks", _python("-m", "tests.clocks"), why_not=_why_no_clock, seconds=900),
        # Not measurements: they fail on lost or doubled work, server errors and a locked database, never on slowness.
        _load("twenty people at once", "load", "work", "--people", "20", "--seconds", "20"),
        _load("200 hand in at once", "load", "hand-ins", "--people", "200"),
        _load("killed at work", "load", "crash", "--times", "5"),
        _load("200 hand in, on MariaDB", "mariadb", "hand-ins", "--people", "200", "--mariadb"),
        _load("killed at work, on MariaDB", "mariadb", "crash", "--times", "3", "--mariadb"),
        _pytest("wheel", "package", "package", "tests/packaging", why_not=_why_no_packages),
        _pytest("tutor plugin", "tutor", "package", "tests/tutor", why_not=_why_no_packages),
    )


def _pytest(
    name: str,
    group: str,
    marks: str,
    *options: str,
    why_not: Callable[[], str | None] = lambda: None,
    environment: Mapping[str, str] | None = None,
    when_named: bool = False,
) -> Check:
    # A suite that is broken everywhere says so in twenty failures as well as in thousands of lines.
    command = _python("-m", "pytest", "-q", "-p", "no:cacheprovider", "--maxfail=20", "-m", marks, *options)
    return Check(name, group, command, why_not, environment or {}, seconds=1200, is_suite=True, when_named=when_named)


def _load(name: str, group: str, *arguments: str) -> Check:
    why_not = database.why_no_mysql if "--mariadb" in arguments else _nothing
    return Check(name, group, _python("-m", "tests.load", *arguments), why_not, seconds=600)


def _as_in(service: str) -> tuple[str, ...]:
    """Return the options of pytest that put a service's settings in place of the campus'."""
    return ("-n", "2", "-p", "tests.hosts.plugin", f"--ds=tests.hosts.{service}_settings")


def _nothing() -> None:
    """Every machine can run it."""


def _python(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, *arguments)


def _tool(name: str, *arguments: str) -> tuple[str, ...]:
    """Return the command of a tool that was installed beside this interpreter and cannot be run with ``-m``."""
    return (str(Path(sys.executable).with_name(name)), *arguments)


def _django(*arguments: str) -> tuple[str, ...]:
    return _python("-m", "django", *arguments, "--settings", "tests.settings")


def _without(program: str, reason: str) -> Callable[[], str | None]:
    return lambda: None if shutil.which(program) else reason


def _why_no_browser() -> str | None:
    return None if find_chromium() else "no Chromium found; install it or set CHROMIUM to its path"


def _why_no_clock() -> str | None:
    return None if find_library() else "libfaketime is not installed (Debian: faketime)"


def _why_no_packages() -> str | None:
    """Ask pip for one small package: these tests build and install in empty environments."""
    with TemporaryDirectory() as folder:
        command = _python("-m", "pip", "download", "--quiet", "--no-deps", "--retries", "0", "--dest", folder, "nh3")
        answer = subprocess.run(command, capture_output=True, check=False)
    return None if answer.returncode == 0 else "pip reaches no package index"
