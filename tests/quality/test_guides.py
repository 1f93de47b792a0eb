"""What the documents tell people to type, to press and to open is there."""

from __future__ import annotations

import importlib.util
import pkgutil
import re
import shlex
import textwrap
import types
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from django.core.management import get_commands
from django.urls import URLResolver, get_resolver
from xblock.field_data import DictFieldData
from xblock.fields import ScopeIds
from xblock.test.tools import TestRuntime

from iciinsmes.notices.data import NoticeKind
from iciinsmes.notices.models import Notice
from iciinsmes_campus.__main__ import parser
from tests.checks import ROOT, checks

PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "tests/README.md")]
PAGES += sorted(path for path in (ROOT / "docs").rglob("*.md") if path.parent.name != "toolbox")
GUIDES = [ROOT / "docs/tutorial.md", *sorted((ROOT / "docs/how-to").glob("*.md"))]
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
#: Programs of the machine, not ours.
OTHERS = {"cd", "echo", "export", "git", "kubectl", "mkdir", "pip", "python3", "rm", "sudo", "tar", "tutor", "celery"}
#: What is written on other people's pages, and what only the demo or a course says.
STUDIO = {"Advanced", "Advanced Module List", "Advanced Settings", "Export Course", "Import Course", "Tools"}
STUDIO |= {"Other Course Settings", "Settings"}
SHOWN = {"2", "Bálint Csendesi", "Digital tool exercise", "Inga Sommer", "Szép Haj Szalon"}
SHOWN |= {"Digital tools for hearing and understanding customers", "Where do our customers speak?"}
SHOWN |= {"Anna Lindmoor", "Begin your project", "Call five late customers", "El-Service Fyn", "English"}
SHOWN |= {"Kirsten Dahlgaard", "Tischlerei Nordlicht", "Torben Havgaard"}


def commands() -> list[tuple[str, str]]:
    """Every command in the documents, with the page it stands on."""
    found = []
    for path in PAGES:
        for block in re.findall(r"```console\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL):
            lines = block.replace("\\\n", " ").splitlines()
            found += [(path.name, line.strip()[2:]) for line in lines if line.strip().startswith("$ ")]
    return found


@pytest.mark.parametrize(("page", "line"), commands(), ids=lambda value: value[:60])
def test_a_command_is_there(page, line):
    for command in line.split(" && "):
        words = [word for word in shlex.split(command, comments=True) if not re.match(r"[A-Z_]+=", word)]
        while words and words[0] in ("docker", "exec"):
            words = words[1:]
        if words and words[0] not in OTHERS:
            assert problem(words) == "", page


def problem(words: list[str]) -> str:
    """Say what is wrong with a command of ours; empty for nothing."""
    program, *rest = words
    name = program.rpartition("/")[2]
    if name == "make":
        return "" if set(re.findall(r"^[a-z]+$", "\n".join(rest), re.MULTILINE)) <= TARGETS else "no such target"
    if name == "manage.py":
        return "" if rest[1] in get_commands() | {"check": ""} else "no such management command"
    if name == "iciinsmes-campus":
        return "" if program.startswith(".venv/bin/") and can_parse(rest) else "cannot be read"
    if name == "pytest":
        return "" if (ROOT / rest[0].partition("::")[0]).exists() else "no such test"
    if name == "python" and rest[0] == "-m":
        return module_problem(rest[1], rest[2:])
    if name == "python":
        return "" if (ROOT / rest[0]).exists() else "no such script"
    if name == "pip":
        return "" if program == ".venv/bin/pip" else "which pip?"
    return f"who knows {program}?"


@pytest.mark.parametrize(
    "line",
    [
        "make runn",
        "./manage.py lms ici_notice",
        "iciinsmes-campus start",
        ".venv/bin/iciinsmes-campus strat",
        ".venv/bin/iciinsmes-campus manage sendtestmail ann@college.example",
        ".venv/bin/pytest tests/nothing",
        ".venv/bin/python -m tests.run qualities",
        ".venv/bin/python -m iciinsmes.tools",
        "frobnicate",
    ],
)
def test_what_is_not_there_is_noticed(line):
    assert problem(shlex.split(line)) != ""


def module_problem(module: str, rest: list[str]) -> str:
    if module in ("pip", "venv", "django"):
        return ""
    if module == "tests.run":
        return "" if set(rest) <= {check.group for check in checks()} else "no such group"
    if module == "iciinsmes_campus":
        return "" if can_parse(rest) else "cannot be read"
    return "" if importlib.util.find_spec(module) else "no such module"


def can_parse(arguments: list[str]) -> bool:
    """Tell whether the campus reads these arguments, and knows the command that is handed on to Django."""
    try:
        options = parser().parse_args(arguments)
    except SystemExit:
        return False
    return options.command != "manage" or options.rest[0] in get_commands()


def example(guide: str) -> str:
    """Return the first piece of Python in a guide."""
    text = (ROOT / "docs/how-to" / guide).read_text(encoding="utf-8")
    return textwrap.dedent(re.search(r"```python\n(.*?)```", text, re.DOTALL)[1])


def test_the_block_of_the_guide_is_a_block():
    block = types.ModuleType("hint")
    exec(example("add-a-block.md"), block.__dict__)
    runtime = TestRuntime(services={"field-data": DictFieldData({"text": "Ask on a <Tuesday>."})})
    shown = block.HintBlock(runtime, scope_ids=ScopeIds(None, "hint", "hint", "hint")).student_view()
    assert '<p class="note">Ask on a &lt;Tuesday&gt;.</p>' in shown.content
    assert any("iciinsmes/iciinsmes.css" in resource.data for resource in shown.resources)


def test_the_kind_of_notice_of_the_guide_is_one():
    there: dict[str, Any] = {"NoticeKind": NoticeKind, "_": str}
    exec(example("add-a-kind-of-notice.md"), there)
    assert len(there["MEMBER_JOINED"].key) <= Notice._meta.get_field("kind").max_length


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_targets_and_groups_that_are_named_are_there(path: Path):
    text = path.read_text(encoding="utf-8")
    assert set(re.findall(r"`make ([a-z]+)", text)) <= TARGETS
    groups = {group for named in re.findall(r"GROUP=[\"']?([a-z ]+)", text) for group in named.split()}
    assert groups <= {check.group for check in checks()}
    tests = {test for named in re.findall(r"ONE=[\"']?([^\s\"'`]+)", text) for test in named.split()}
    assert [test for test in tests if not (ROOT / test.partition("::")[0]).exists()] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_that_are_named_are_there(path: Path):
    # With a placeholder in it, it is no file.
    ours = r"`((?:courses|docs|tests|translations|tutor|xblocks)/[\w./-]+)`"
    named = re.findall(ours, path.read_text(encoding="utf-8"))
    # Examples of what a reader makes.
    own = ("courses/my-course", "translations/interface/nl")
    assert [name for name in named if not name.startswith(own) and not (ROOT / name).exists()] == []


@cache
def messages() -> list[re.Pattern[str]]:
    """What the interface says in English, with anything in the place of values."""
    with (ROOT / "translations/interface/de/LC_MESSAGES/django.po").open("rb") as file:
        ids = [
            text for message in read_po(file) for text in ([message.id] if isinstance(message.id, str) else message.id)
        ]
    return [re.compile(re.sub(r"%\\?\(\w+\\?\)[sd]", ".+", re.escape(text))) for text in ids if text]


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_what_is_pressed_is_called_like_this(path: Path):
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    named = {" ".join(words.split()) for words in re.findall(r"(?<!\*)\*([^*`]+)\*(?!\*)", text)} - STUDIO - SHOWN
    assert [words for words in named if not any(message.fullmatch(words) for message in messages())] == []


def documented() -> list[tuple[str, str]]:
    """Every module and class whose description is taken from the code, with the page it stands on."""
    block = r"\.\. auto(?:module|class):: (\S+)\n((?: {3}:.*\n)*)"
    found = []
    for path in PAGES:
        for name, options in re.findall(block, path.read_text(encoding="utf-8")):
            members = re.search(r":members: (.+)", options)
            found += [(path.name, f"{name}.{member.strip()}") for member in members[1].split(",")] if members else []
            found.append((path.name, name))
    return found


def test_what_is_described_from_the_code_is_there():
    """The build of the pages says it too, but at the end of the longest run."""
    missing = [(page, name) for page, name in documented() if not is_in_the_code(name)]
    assert missing == []
    assert "iciinsmes.mentors.data.MentorContact" in {name for _page, name in documented()}


@pytest.mark.parametrize("name", ["iciinsmes.mentors.data.Nobody", "iciinsmes.nothing", "iciinsmes.platform.Nothing"])
def test_a_name_that_is_not_in_the_code_is_noticed(name):
    assert not is_in_the_code(name)


def is_in_the_code(name: str) -> bool:
    try:
        pkgutil.resolve_name(name)
    except (ImportError, AttributeError):
        return False
    return True


def test_addresses_of_the_add_on_are_there():
    there = {address.partition("/")[0] for address in addresses(get_resolver("iciinsmes.urls"))}
    for path in PAGES:
        named = set(re.findall(r"`/iciinsmes/([\w-]+)/", path.read_text(encoding="utf-8")))
        assert named <= there, path.name


def addresses(resolver: URLResolver) -> Iterator[str]:
    """Every address below the add-on's own, as it is written in the code."""
    for found in resolver.url_patterns:
        inner = addresses(found) if isinstance(found, URLResolver) else [""]
        yield from (f"{found.pattern}{rest}" for rest in inner)


@pytest.mark.parametrize("language", ["da", "de", "en", "hu", "pl"])
def test_a_percent_sign_is_written_twice_or_belongs_to_a_value(language):
    with (ROOT / f"translations/interface/{language}/LC_MESSAGES/django.po").open("rb") as file:
        catalogue = read_po(file)
    texts = [
        text
        for message in catalogue
        if message.id
        for both in (message.id, message.string)
        for text in ([both] if isinstance(both, str) else both)
    ]
    left = [re.sub(r"%%|%\([\w.]+\)(\.\d)?[sdf]", "", text) for text in texts]
    # At the very end of a text without values nothing can be taken for a value.
    assert [text for text in left if "%" in text.removesuffix("%")] == []


def test_both_packages_have_one_version():
    add_on = re.search(r'^VERSION = "(.+)"$', (ROOT / "setup.py").read_text(encoding="utf-8"), re.MULTILINE)
    plugin = (ROOT / "tutor/tutoriciinsmes/__about__.py").read_text(encoding="utf-8")
    assert add_on is not None
    assert f'__version__ = "{add_on[1]}"' in plugin
    assert re.fullmatch(r"\d+\.\d+\.\d+", add_on[1])


def test_released_versions_stand_in_the_changelog_from_the_newest():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    released = re.findall(r"^## \[(\d+)\.(\d+)\.(\d+)\] - \d{4}-\d\d-\d\d$", text, re.MULTILINE)
    versions = [tuple(map(int, version)) for version in released]
    assert versions == sorted(versions, reverse=True)
