"""The wheel is complete, and works where nothing but the core dependencies is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = ROOT / "xblocks"

pytestmark = pytest.mark.package

#: A host with nothing of the campus: what the add-on needs of Django and no more.
SETTINGS = """
import sys
from iciinsmes.settings.common import plugin_settings

SECRET_KEY = "empty"
USE_TZ = True
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "iciinsmes.apps.IciInSmesConfig"]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
ROOT_URLCONF = "iciinsmes.urls"
ICIINSMES_STORAGE = {
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {"location": sys.prefix + "/private-files"},
}
plugin_settings(sys.modules[__name__])
"""

#: Loads every entry point of the distribution that the core alone must be able to load.
LOAD_ENTRY_POINTS = """
import django
from importlib.metadata import distribution

django.setup()
for entry in distribution("iciinsmes").entry_points:
    # The course's tab is loaded inside an LMS only: tests/openedx/test_way.py.
    if entry.group not in ("console_scripts", "openedx.course_tab"):
        print(entry.group, entry.name, entry.load().__name__)
"""


@pytest.fixture(scope="module")
def wheel() -> Iterator[Path]:
    """A wheel, built from a copy, because a build leaves folders behind that would hide what is missing."""
    with TemporaryDirectory() as name:
        copy, target = Path(name, "copy"), Path(name, "dist")
        copy.mkdir()
        for file in ("setup.py", "pyproject.toml", "MANIFEST.in", "README.md", "CHANGELOG.md", "LICENSE"):
            shutil.copy(ROOT / file, copy)
        shutil.copytree(SOURCES, copy / "xblocks", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        call(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", target, ".", folder=copy)
        (built,) = target.glob("*.whl")
        yield built


@pytest.fixture(scope="module")
def python(wheel: Path) -> Iterator[Callable[..., str]]:
    """Runs the interpreter of an empty environment with the wheel and its core dependencies."""
    with TemporaryDirectory() as name:
        venv.create(name, with_pip=True)
        folder = Path(name)
        (folder / "bare_settings.py").write_text(SETTINGS, encoding="utf-8")

        def run(*arguments: object) -> str:
            return call(folder / "bin" / "python", *arguments, folder=folder)

        run("-m", "pip", "install", "--quiet", wheel)
        yield run


def call(*command: object, folder: Path) -> str:
    """Run a command in a folder outside the checkout, so that only what is installed there can be imported."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "DJANGO", "CAMPUS"))}
    answer = subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**kept, "DJANGO_SETTINGS_MODULE": "bare_settings", "PYTHONPATH": str(folder)},
    )
    assert answer.returncode == 0, f"{command}\n{answer.stdout}\n{answer.stderr}"
    return answer.stdout


def test_the_wheel_holds_every_file_of_both_apps(wheel: Path) -> None:
    there = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    wanted = {
        str(PurePosixPath(path.relative_to(SOURCES)))
        for path in SOURCES.rglob("*")
        if path.is_file() and path.suffix != ".pyc" and ".egg-info" not in str(path)
    }
    assert sorted(wanted - there) == []
    assert sorted(there - wanted) == []


def test_the_wheel_names_its_licence_and_entry_points(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    names = archive.namelist()
    (entry_points,) = [archive.read(name).decode() for name in names if name.endswith("dist-info/entry_points.txt")]
    assert any(name.endswith("LICENSE") for name in names)
    for group in ("[xblock.v1]", "[lms.djangoapp]", "[cms.djangoapp]"):
        assert group in entry_points


def test_the_core_alone_loads_every_entry_point(python: Callable[..., str]) -> None:
    loaded = python("-c", LOAD_ENTRY_POINTS)
    assert "xblock.v1 workplace_assignment WorkplaceAssignmentBlock" in loaded
    assert "xblock.v1 digital_tool DigitalToolBlock" in loaded
    assert "lms.djangoapp iciinsmes IciInSmesConfig" in loaded


def test_the_core_alone_passes_the_checks_of_django_and_migrates(python: Callable[..., str]) -> None:
    assert "no issues" in python("-m", "django", "check", "--fail-level", "WARNING")
    assert "Applying iciinsmes" in python("-m", "django", "migrate")


def test_the_core_brings_neither_the_campus_nor_a_database_driver(python: Callable[..., str]) -> None:
    installed = python("-m", "pip", "list", "--format", "freeze").lower()
    for heavy in ("xblocks-contrib", "numpy", "waitress", "mysqlclient", "django-axes"):
        assert heavy not in installed
