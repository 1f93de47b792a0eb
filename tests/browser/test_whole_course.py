"""Every unit of every course as a learner meets it on a phone, in each language that the course has."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Request as Sent
from playwright.sync_api import Response

from iciinsmes_campus.courseware.olx import read_course
from iciinsmes_campus.editions import api as editions
from iciinsmes_campus.editions.documents import has_texts
from iciinsmes_campus.editions.outline import CourseUnit
from tests.campus_process import running_campus
from tests.checks import ROOT
from tests.chromium import PHONE

from .conftest import Visitor, violations
from .left_english import LeftEnglish, Shown, english_lines

COURSES = ROOT / "courses"
CATALOGUES = ROOT / "translations" / "courses"
NAME, PASSWORD = "walker", "a long way to walk"
#: Makes a learner with a firm who has written nothing yet: what people write stays in their language.
_LEARNER = f"""
from django.contrib.auth.models import User
from iciinsmes.companies import api as companies
from iciinsmes.platform import Role
from iciinsmes_campus.courseware import api as courseware
from iciinsmes_campus.learning import api as learning
user = User.objects.create_user("{NAME}", "{NAME}@example.org", "{PASSWORD}", first_name="Uwe", last_name="Winter")
firm = companies.create_company(name="Fahrrad Winter", country="DE")
for course in courseware.courses():
    learning.enrol(user_id=user.id, course_key=course.key, role=Role.LEARNER)
    companies.join_company(company_id=firm.id, user_id=user.id, course_key=course.key)
"""


def finished_languages(source: Path) -> list[str]:
    """Return the languages that a course is whole in; in others nobody is promised a page without English."""
    with tempfile.TemporaryDirectory() as folder:
        return [
            language
            for language in editions.languages_of(source, catalogues=CATALOGUES)
            if not editions.weave_into(
                source, Path(folder) / source.name, catalogues=CATALOGUES, language=language
            ).missing
        ]


WALKS = [
    pytest.param(source, language, id=f"{source.name}-{language}")
    for source in sorted(path.parent for path in COURSES.glob("*/course.xml"))
    for language in ("en", *finished_languages(source))
]

#: What a page says and how it stands, in one answer. Cases and offers are no texts of the course: they stay in the
#: language of those who wrote them.
_LOOK = """() => {
  const libraries = '[data-block-type=best_practice_cases], [data-block-type=support_directory]';
  const parts = [...document.querySelectorAll('main, .crumbs')];
  parts.forEach((part) => part.querySelectorAll('details').forEach((each) => { each.open = true; }));
  const said = parts.flatMap((part) => [...part.querySelectorAll('[alt], [aria-label], [placeholder], [title]')])
    .flatMap((each) => ['alt', 'aria-label', 'placeholder', 'title'].map((name) => each.getAttribute(name)));
  const links = [...document.querySelectorAll('main img[src], main a[href]')].map((each) => each.src || each.href);
  return {
    text: parts.map((part) => part.textContent).join(' '),
    lines: parts.flatMap((part) => part.innerText.split(/[\\n\\t]/)).concat(said.filter(Boolean)),
    links,
    widths: [document.documentElement.scrollWidth, window.innerWidth],
    headings: document.querySelectorAll('h1').length,
    language: document.documentElement.lang,
    looks: [...new Set([...document.querySelectorAll('main *')].flatMap(
      (each) => ['', ...each.classList].map((name) => `${each.localName}.${name}`)))],
    english: [...document.querySelectorAll('main [lang|=en]')].filter((each) => !each.closest(libraries))
      .map((each) => each.outerHTML.slice(0, 200)),
    others: [...document.querySelectorAll(libraries)].flatMap((each) => each.innerText.split(/[\\n\\t]/)),
  };
}"""


@dataclass
class Walk:
    """A learner on the way through a course in a language; ``problems`` says what was wrong, and where."""

    person: Visitor
    source: Any
    language: str
    problems: list[str] = field(default_factory=list)
    kinds: set[tuple[str, ...]] = field(default_factory=set)
    looks: set[str] = field(default_factory=set)
    files: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.is_source = self.language == editions.SOURCE_LANGUAGE
        self.left = None if self.is_source else LeftEnglish(self.source, CATALOGUES, self.language)
        self.person.page.on("response", self._answered)
        self.person.page.on("requestfailed", self._failed)

    def open(self, address: str, name: str, *, units: tuple[CourseUnit, ...], kind: tuple[str, ...]) -> None:
        """Open a page and note what is wrong with it; axe looks at each in English, and at each kind once elsewhere."""
        page = self.person.page
        page.goto(self.person.campus + address)
        seen = page.evaluate(_LOOK)
        found = [f"says {complaint}" for complaint in self.person.complaints]
        self.person.complaints.clear()
        if seen["widths"][0] > seen["widths"][1]:
            found.append(f"is {seen['widths'][0]} pixels wide")
        if seen["headings"] != 1:
            found.append(f"has {seen['headings']} headings of the first level")
        if seen["language"] != self.language:
            found.append(f"is in {seen['language']}")
        found += self._english(units, seen)
        if self.is_source or kind not in self.kinds:
            found += self._axe(set(seen["looks"]))
        self.kinds.add(kind)
        self.problems += [f"{name} ({self.language}): {each}" for each in found]

    def _axe(self, looks: set[str]) -> list[str]:
        """Return what axe finds; colours, which take it longest, where something looks as nothing before."""
        is_new = not looks <= self.looks
        self.looks |= looks
        return violations(self.person.page, but=() if is_new else ("color-contrast",))

    def _english(self, units: tuple[CourseUnit, ...], seen: dict[str, Any]) -> list[str]:
        if self.left is None:
            return []
        shown = Shown(seen["text"], tuple(line.strip() for line in seen["lines"]))
        others = {line.strip() for line in seen["others"]}
        self._note_files(seen["links"])
        return [
            *(f"marks as English: {each}" for each in seen["english"]),
            *(f"has in English: {text}" for text in self.left.on_page_of(units, shown)),
            *(f"reads as English: {line}" for line in english_lines(shown.lines) if line not in others),
        ]

    def _note_files(self, links: list[str]) -> None:
        """Keep the addresses of the course's own files, by their names in its folder."""
        for link in links:
            path = PurePosixPath(unquote(urlsplit(link).path))
            if path.parent.name == "static" and "courses" in path.parts:
                self.files[f"static/{path.name}"] = link

    def read_files(self) -> None:
        """Fetch the pictures and tables that the pages showed; nothing has to be laid out to read their words."""
        for name, address in sorted(self.files.items()):
            if self.left is not None and has_texts(name):
                content = self.person.context.request.get(address).body()
                self.problems += [f"{name} has in English: {text}" for text in self.left.in_file(name, content)]

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.person.complaints.append(f"{response.status} for {response.url}")

    def _failed(self, request: Sent) -> None:
        # Going on breaks off what a page still asks for in the background.
        if request.failure != "net::ERR_ABORTED":
            self.person.complaints.append(f"{request.failure} for {request.url}")


def choose_language(person: Visitor, language: str) -> None:
    """Choose a language at the foot of the page, as people do."""
    page = person.page
    page.locator("#language").select_option(language)
    page.locator("form:has(#language) button").click()
    page.wait_for_function("(language) => document.documentElement.lang === language", arg=language)


@pytest.fixture(scope="module")
def campus(prepared_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo campus with one learner more."""
    home = tmp_path_factory.mktemp("campus") / "home"
    shutil.copytree(prepared_home, home)
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("CAMPUS_", "DJANGO_"))}
    command = [sys.executable, "-m", "iciinsmes_campus", "manage", "shell", "-c", _LEARNER]
    subprocess.run(command, env={**inherited, "CAMPUS_HOME": str(home)}, check=True, timeout=120)
    with running_campus(home, demo=True, environment={"CAMPUS_CATALOGUES": str(CATALOGUES)}) as address:
        yield address


def sign_in(person: Visitor) -> None:
    """Sign in with a name and a password."""
    page = person.open("/login/")
    page.locator("[name=username]:not(button)").fill(NAME)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form:has([name=password]) button").click()
    page.wait_for_url(f"{person.campus}/")


@pytest.mark.parametrize(("source", "language"), WALKS)
def test_every_unit_can_be_read_in_each_language(visitor: Callable[..., Visitor], campus: str, source, language):
    person = visitor(PHONE)
    sign_in(person)
    choose_language(person, language)
    home = f"/courses/{read_course(source).course.key}/"
    units = {unit.name: unit for unit in editions.read_outline(source).units if not unit.is_for_staff}
    tour = Walk(person, source, language)
    tour.open(home, "the course", units=(), kind=("course",))
    links = person.page.eval_on_selector_all(".units a", "(links) => links.map((link) => link.getAttribute('href'))")
    assert [_name(link) for link in links] == list(units)
    for link in links:
        unit = units[_name(link)]
        tour.open(link, unit.name, units=(unit,), kind=tuple(sorted({str(block.tag) for block in unit.blocks})))
    tour.open(f"{home}whole/", "the whole course", units=tuple(units.values()), kind=("whole",))
    tour.read_files()
    assert tour.problems == [], "\n".join(tour.problems)


def _name(address: str) -> str:
    """Return the name of the unit to which an address leads."""
    return unquote(address).rstrip("/").rpartition("@")[2]
