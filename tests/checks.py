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
from tests.examples import SHORT
from tests.selections import EDITORS, PAGES_OF_AN_LMS, SAME_EVERYWHERE, SAME_ON_EVERY_DATABASE

ROOT = Path(__file__).resolve().parent.parent
APPS = ("iciinsmes", "iciinsmes_campus")


@dataclass(frozen=True)
class Check:
    """One line of the report.

    ``group`` is the tox environment that runs it; ``why_not`` returns the reason why this machine cannot, or None;
    ``seconds`` is when a check counts as hanging; ``is_suite`` says that the last line of its output is pytest's sum;
    ``when_named`` that it runs only where its group is asked for, because another check covers it here. ``promise``
    and ``usual`` are for `tests/README.md`: what is true when it is green, and how many seconds it takes on two cores
    beside another check.
    """

    name: str
    group: str
    command: tuple[str, ...]
    why_not: Callable[[], str | None] = lambda: None
    environment: Mapping[str, str] = field(default_factory=dict)
    seconds: int = 300
    is_suite: bool = False
    when_named: bool = False
    promise: str = ""
    usual: int = 0


#: Whoever is done takes over from the other: otherwise one waits while the other starts campuses.
_TWO = ("-n", "2", "--dist", "worksteal")
#: Fewer generated examples: the first run has tried them all.
_SHORT = {"HYPOTHESIS_PROFILE": SHORT}
#: What needs neither a browser, nor an empty environment, nor a server of a database.
_ANYWHERE = "not browser and not package and not mariadb"


def checks() -> tuple[Check, ...]:
    """Return all checks in the order in which they begin: the one that waits most, then the quick ones."""
    return (_browser(), *_quality(), *_texts(), *_suites(), *_loads(), *_packages())


def _browser() -> Check:
    return _pytest(
        "browser tests",
        "browser",
        "learners, teachers and authors at work in Chromium, on a phone and a desktop; every page with axe",
        750,
        "browser",
        *("-n", "2", "--dist", "loadfile", *_files_with("browser")),
        why_not=_why_no_browser,
        # Beside other checks on two slow cores they have taken 20 minutes; only what hangs takes 40.
        seconds=2400,
    )


def _quality() -> tuple[Check, ...]:
    return (
        _quick("ruff check", "quality", "no common mistake", 2, _python("-m", "ruff", "check", ".")),
        _quick("ruff format", "quality", "one shape of code", 2, _python("-m", "ruff", "format", "--check", ".")),
        _quick(
            "templates",
            "quality",
            "one shape of templates",
            1,
            _tool("djade", "--check", "--target-version", "4.2", *_templates()),
        ),
        _quick("import contracts", "quality", "rooms use lower ones by doors", 5, _tool("lint-imports", "--no-logo")),
        _quick("django check", "quality", "settings fit together", 8, _django("check", "--fail-level", "WARNING")),
        _quick(
            "migrations complete",
            "quality",
            "tables are what the models say",
            8,
            _django("makemigrations", "--check", "--dry-run", *APPS),
        ),
        _quick(
            "personal data annotated",
            "quality",
            "every table says whether it is about people",
            8,
            (
                *_tool("code_annotations", "django_find_annotations", "--config_file", ".pii_annotations.yml"),
                *("--lint", "--report", "--coverage"),
            ),
            environment={"DJANGO_SETTINGS_MODULE": "tests.quality.pii_settings"},
        ),
        _quick("mypy", "quality", "types fit, strictly", 60, _python("-m", "mypy", "xblocks", "tests"), seconds=600),
    )


def _texts() -> tuple[Check, ...]:
    return (
        _quick(
            "message catalogues",
            "translations",
            "every message is in all languages, and the shipped files are those of the catalogues",
            10,
            _python("translations/catalogues.py", "check"),
            why_not=_without("msgfmt", "GNU gettext is not installed"),
        ),
        _quick(
            "docs build",
            "docs",
            "pages build without a warning, those made from the code too",
            40,
            _python("-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "docs", "docs/_build/html"),
        ),
    )


def _suites() -> tuple[Check, ...]:
    return (
        _pytest(
            "unit, api and page tests",
            "suite",
            "every room, the campus, the toolbox, courses and documents, with all generated examples",
            1200,
            _ANYWHERE,
            *_TWO,
            seconds=3600,
        ),
        _pytest(
            "pages as in an LMS",
            "hosts",
            "what teachers and learners reach, with settings as in an LMS",
            20,
            _ANYWHERE,
            *(*_as_in("lms"), *PAGES_OF_AN_LMS),
            environment=_SHORT,
        ),
        _pytest(
            "editors as in Studio",
            "hosts",
            "what authors reach, with settings as in Studio",
            15,
            _ANYWHERE,
            *(*_as_in("studio"), *EDITORS),
            environment=_SHORT,
        ),
        _pytest(
            "tests on other versions",
            "versions",
            "what a version of Python or Django can break",
            220,
            _ANYWHERE,
            *(*_TWO, *SAME_EVERYWHERE),
            environment=_SHORT,
            when_named=True,
        ),
        _pytest(
            "tests on MariaDB",
            "mariadb",
            "queries, locks and limits of rooms on the database of a platform",
            275,
            "not browser and not package",
            *(*_TWO, *SAME_EVERYWHERE, *SAME_ON_EVERY_DATABASE),
            why_not=database.why_no_mysql,
            environment={"CAMPUS_DATABASE_URL": database.URL, **_SHORT},
        ),
        Check(
            "ten other clocks",
            "clocks",
            _python("-m", "tests.clocks"),
            _why_no_clock,
            environment=_SHORT,
            seconds=900,
            promise="the demo and what counts days do the same on any day and in any zone",
            usual=270,
        ),
    )


def _loads() -> tuple[Check, ...]:
    """Not measurements: they fail on lost or doubled work, server errors and a locked database, never on slowness."""
    all_at_once = "one round each, nothing confirmed is lost, no locked database"
    in_one = "nothing that colleagues write into one project is lost or doubled"
    judged = "one result each, nothing is left of what was taken back"
    dies = "no half round, no file without its object, whenever the server dies"
    return (
        _load(
            "twenty people at once", "load", "nothing lost or doubled", 50, "work", "--people", "20", "--seconds", "20"
        ),
        _load("200 hand in at once", "load", all_at_once, 45, "hand-ins", "--people", "200"),
        _load("twenty in one project", "load", in_one, 25, "project", "--seconds", "10"),
        _load("two judge the same", "load", judged, 30, "grading", "--works", "60", "--withdrawals", "30"),
        _load("killed at work", "load", dies, 40, "crash", "--times", "5"),
        _load("one project, on MariaDB", "mariadb", in_one, 25, "project", "--seconds", "10", "--mariadb"),
        _load("200 hand in, on MariaDB", "mariadb", all_at_once, 45, "hand-ins", "--people", "200", "--mariadb"),
        _load(
            "two judge the same, on MariaDB",
            "mariadb",
            judged,
            30,
            "grading",
            *("--works", "60", "--withdrawals", "30", "--mariadb"),
        ),
        _load("killed at work, on MariaDB", "mariadb", dies, 30, "crash", "--times", "3", "--mariadb"),
    )


def _packages() -> tuple[Check, ...]:
    return (
        _pytest(
            "wheel",
            "package",
            "the wheel has all it needs and works in an empty environment",
            30,
            "package",
            "tests/packaging",
            why_not=_why_no_packages,
        ),
        _pytest(
            "tutor plugin",
            "tutor",
            "the plugin renders in both kept lines of Tutor",
            55,
            "package",
            "tests/tutor",
            why_not=_why_no_packages,
        ),
    )


def _quick(
    name: str,
    group: str,
    promise: str,
    usual: int,
    command: tuple[str, ...],
    *,
    why_not: Callable[[], str | None] | None = None,
    environment: Mapping[str, str] | None = None,
    seconds: int = 300,
) -> Check:
    return Check(
        name, group, command, why_not or _nothing, environment or {}, seconds=seconds, promise=promise, usual=usual
    )


def _pytest(
    name: str,
    group: str,
    promise: str,
    usual: int,
    marks: str,
    *options: str,
    why_not: Callable[[], str | None] = lambda: None,
    environment: Mapping[str, str] | None = None,
    when_named: bool = False,
    seconds: int = 1200,
) -> Check:
    # A suite that is broken everywhere says so in twenty failures as well as in thousands; warnings are counted,
    # and not told between the failures and their list.
    quiet = ("-q", "-p", "no:cacheprovider", "--maxfail=20", "--disable-warnings")
    return Check(
        name,
        group,
        _python("-m", "pytest", *quiet, "-m", marks, *options),
        why_not,
        environment or {},
        seconds=seconds,
        is_suite=True,
        when_named=when_named,
        promise=promise,
        usual=usual,
    )


def _load(name: str, group: str, promise: str, usual: int, *arguments: str) -> Check:
    why_not = database.why_no_mysql if "--mariadb" in arguments else _nothing
    command = _python("-m", "tests.load", *arguments)
    return Check(name, group, command, why_not, seconds=600, promise=promise, usual=usual)


def _as_in(service: str) -> tuple[str, ...]:
    """Return the options of pytest that put a service's settings in place of the campus'."""
    # In one process: a second one would take longer to start than it saves.
    return ("-p", "tests.hosts.plugin", f"--ds=tests.hosts.{service}_settings")


def _nothing() -> None:
    """Every machine can run it."""


def _python(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, *arguments)


def _tool(name: str, *arguments: str) -> tuple[str, ...]:
    """Return the command of a tool that was installed beside this interpreter and cannot be run with ``-m``."""
    return (str(Path(sys.executable).with_name(name)), *arguments)


def _files_with(mark: str) -> list[str]:
    """Return the files of tests that have a mark: to import all others takes as long as many a test."""
    found = {path for path in ROOT.glob("tests/**/test_*.py") if f"mark.{mark}" in path.read_text(encoding="utf-8")}
    found -= set(ROOT.glob(f"tests/{mark}/*"))
    return [f"tests/{mark}", *sorted(str(path.relative_to(ROOT)) for path in found)]


def _templates() -> list[str]:
    found = (path for kind in ("html", "txt") for path in ROOT.glob(f"xblocks/*/templates/**/*.{kind}"))
    return sorted(str(path.relative_to(ROOT)) for path in found)


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
