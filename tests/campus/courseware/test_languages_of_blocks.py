"""The add-on's blocks in a course of two languages: each reader's words, one row of settings, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from iciinsmes.companies import api as companies
from iciinsmes.exercises import api as exercises
from iciinsmes.models import (
    CheckBlock,
    CheckVersion,
    Exercise,
    PracticeBlock,
    ProjectBlock,
    ReactionBlock,
    SupportBlock,
    WarningBlock,
)
from iciinsmes.platform import Role
from iciinsmes_campus.authoring.api import start
from iciinsmes_campus.courseware import api as courseware
from tests import people
from tests.campus.folders import COURSE, course_folder, key, unit
from tests.campus.translated import translate

pytestmark = pytest.mark.django_db

#: Kind, what stands at it beside title and text, and the table of its settings.
KINDS: tuple[tuple[str, str, Any], ...] = (
    ("best_practice_cases", 'cases="de1"', PracticeBlock),
    ("development_project", 'part="charter"', ProjectBlock),
    ("digital_tool", 'instrument="T08"', Exercise),
    ("early_warning", 'indicators="E1 E4"', WarningBlock),
    ("reaction", "", ReactionBlock),
    ("self_check", "", CheckBlock),
    ("support_directory", 'need="talk"', SupportBlock),
)
WORDS = {"vertical/u1.xml": {"My block": "Mein Baustein", "Read this.": "Lies das."}}


@pytest.fixture
def anna(db: None) -> Any:
    """A learner of the small course with a firm."""
    user = people.person("anna", Role.LEARNER, COURSE)
    firm = companies.create_company(name="Nordlicht", country="de")
    companies.join_company(company_id=firm.id, user_id=user.pk, course_key=COURSE)
    return user


@pytest.fixture
def read(settings: Any, tmp_path: Path) -> Iterator[Callable[[str, str], None]]:
    """Read the small course with one block of a kind."""
    settings.COURSES_ROOT = tmp_path / "courses"
    settings.COURSE_CATALOGUES = tmp_path / "catalogues"
    settings.HOME = tmp_path / "home"

    def write(kind: str, attributes: str) -> None:
        text = f"<![CDATA[<p>Read this.</p>]]></{kind}>"
        block = f'<{kind} url_name="b1" display_name="My block" {attributes} weight="1">{text}'
        course_folder(settings.COURSES_ROOT, unit(block))
        translate(settings.COURSE_CATALOGUES, WORDS)
        courseware.forget()

    yield write
    courseware.forget()


def page(user: Any, language: str) -> str:
    client = Client(headers={"accept-language": language})
    client.force_login(user)
    return client.get(reverse("campus:unit", args=[COURSE, key("vertical", "u1")])).content.decode()


@pytest.mark.parametrize(("kind", "attributes", "table"), KINDS, ids=[kind[0] for kind in KINDS])
def test_a_switch_of_language_changes_words_only(read: Any, anna: Any, kind: str, attributes: str, table: Any) -> None:
    read(kind, attributes)
    assert "Read this." in page(anna, "en")
    kept = list(table.objects.values())
    assert len(kept) == 1
    german = page(anna, "de")
    assert "Lies das." in german
    assert "Read this." not in german
    assert "Read this." in page(anna, "en")
    assert list(table.objects.values()) == kept


@pytest.mark.parametrize(("kind", "attributes", "table"), KINDS, ids=[kind[0] for kind in KINDS])
def test_who_looks_first_decides_nothing(read: Any, anna: Any, kind: str, attributes: str, table: Any) -> None:
    read(kind, attributes)
    assert "Lies das." in page(anna, "de")
    row = table.objects.values().get()
    assert row["settings"]["title"] == "My block"
    assert row["settings"]["other_languages"]["de"]["/title"] == "Mein Baustein"
    assert "Read this." in page(anna, "en")


def test_an_attempt_goes_on_in_the_other_language(read: Any, anna: Any) -> None:
    read("digital_tool", 'instrument="T08"')
    page(anna, "en")
    begun = exercises.begin(user_id=anna.pk, usage_key=key("digital_tool", "b1"), data_set_id=None, options={})
    assert "Lies das." in page(anna, "de")
    found = exercises.exercise_of(user_id=anna.pk, usage_key=key("digital_tool", "b1"))
    assert [attempt.id for attempt in found.attempts] == [begun.id]


def test_a_self_check_has_one_version(read: Any, anna: Any) -> None:
    read("self_check", "")
    page(anna, "en")
    page(anna, "de")
    assert CheckVersion.objects.count() == 1


def test_an_author_freezes_the_source_with_its_other_words(
    read: Any, anna: Any, django_capture_on_commit_callbacks: Any
) -> None:
    start()
    read("reaction", "")
    tea = people.person("tea", Role.TEACHER, COURSE)
    client = Client(headers={"accept-language": "de"})
    client.force_login(tea)
    editor = client.get(reverse("campus:edit", args=[COURSE, key("reaction", "b1")])).content.decode()
    assert "Read this." in editor
    assert "Lies das." not in editor
    address = reverse("courseware:handler", args=[key("reaction", "b1"), "edit", "studio_submit"])
    data = {"title": "My block", "instructions": "<p>Read that.</p>", "weight": "1"}
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(address, data, content_type="application/json")
    assert answer.status_code == 200, answer.content
    kept = ReactionBlock.objects.get().settings
    assert kept["instructions"] == "<p>Read that.</p>"
    assert kept["other_languages"] == {"de": {"/title": "Mein Baustein"}}
    assert "Read that." in page(anna, "de")
