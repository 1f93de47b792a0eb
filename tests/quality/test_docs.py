"""What the docs say is what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from iciinsmes.assignments.olx import task_from_xml
from iciinsmes.assignments.presets import presets
from iciinsmes.assignments.rules import STATE_TABLE
from iciinsmes.exercises.authoring import settings_from_xml
from iciinsmes.notices.data import Mails
from iciinsmes.notices.kinds import kinds
from iciinsmes.platform.events import EVENTS
from tests.checks import ROOT

DOCS = ROOT / "docs"
ADRS = sorted(DOCS.glob("decisions/0*.md"))
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
HEADINGS = ["Status", "Context", "Decision", "Consequences", "Rejected alternatives"]


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def test_every_setting_is_documented_and_no_other():
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "xblocks").rglob("*.py"))
    read = set(re.findall(r"\b(?:CAMPUS|ICIINSMES)_[A-Z_]+\b", code))
    documented = set(re.findall(r"^\| `((?:CAMPUS|ICIINSMES)_[A-Z_]+)`", page("reference/settings.md"), re.MULTILINE))
    assert sorted(read) == sorted(documented)


def test_the_state_table_is_the_one_in_the_rules():
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \| (`[\w`, ]+`) \|$", page("reference/states.md"), re.MULTILINE)
    assert rows == [
        (state.value, event.value, ", ".join(f"`{end.value}`" for end in sorted(ends)))
        for (state, event), ends in STATE_TABLE.items()
    ]


def test_every_kind_of_notice_is_documented_as_it_is():
    rows = re.findall(r"^\| `(\w+)` \| .+ \| .+ \| (yes|no) \|$", page("reference/notices.md"), re.MULTILINE)
    assert sorted(rows) == sorted((key, "no" if kind.is_quiet else "yes") for key, kind in kinds().items())
    choices = re.findall(r"^\| `(\w+)` \| [^|]+ \|$", page("reference/notices.md"), re.MULTILINE)
    assert choices == [mails.value for mails in Mails]


def test_every_event_is_documented_with_its_fields_and_its_verb():
    text = page("reference/events.md")
    rows = re.findall(r"^\| `(iciinsmes\.[\w.]+)` \| [^|]+ \| ([`\w, ]+) \| `(\S+)` \|$", text, re.MULTILINE)
    code = [(name, list(kind.fields), kind.verb) for name, kind in EVENTS.items()]
    assert [(name, re.findall(r"\w+", fields), verb) for name, fields, verb in rows] == code
    types = re.findall(r"^\| `(\w+)` \| `(\w+)` \| [^|]+ \|$", text, re.MULTILINE)
    held = {(field, found.__name__) for kind in EVENTS.values() for field, found in kind.fields.items()}
    assert sorted(types) == sorted(held)


def test_the_example_of_an_assignment_can_be_read():
    example, *_others = re.findall(r"```xml\n(.*?)```", page("reference/olx.md"), re.DOTALL)
    task = task_from_xml(etree.fromstring(example))
    assert task.title == "Where do our customers speak?"


def test_the_example_of_an_exercise_can_be_read():
    _assignment, example, *_others = re.findall(r"```xml\n(.*?)```", page("reference/olx.md"), re.DOTALL)
    assert settings_from_xml(etree.fromstring(example)).title == "Would they recommend you?"


@pytest.mark.parametrize("path", ADRS, ids=lambda path: path.stem)
def test_every_decision_has_the_same_parts(path: Path):
    assert re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE) == HEADINGS


def test_decisions_are_numbered_without_gaps():
    assert [int(path.name[:4]) for path in ADRS] == list(range(1, len(ADRS) + 1))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_to_files_lead_somewhere(path: Path):
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = [target.split("#")[0] for target in re.findall(r"\]\(([^)]+)\)", text) if "://" not in target]
    assert [target for target in targets if target and not (path.parent / target).exists()] == []


def test_commands_of_the_readme_exist():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {name for path in PAGES for name in re.findall(r"\bmake ([a-z]+)\b", path.read_text(encoding="utf-8"))}
    assert named & {"run", "test", "reset"} == {"run", "test", "reset"}
    assert named & {"run", "test", "reset"} <= targets


def test_the_changelog_begins_with_what_is_not_released():
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == "[Unreleased]"


def test_every_preset_is_documented_as_it_is():
    rows = re.findall(r"^\| `(\w\d+)` \| (.+) \| (.+) \| (\d+) \|$", page("reference/presets.md"), re.MULTILINE)
    assert rows == [(preset.key, preset.title, preset.course, str(preset.hours)) for preset in presets()]
