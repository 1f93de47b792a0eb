"""A small course with a catalogue, for the tests of its editions."""

from __future__ import annotations

from pathlib import Path

import pytest

from iciinsmes_campus.editions.api import extract
from tests.campus.folders import course_folder

FILES: dict[str, str | None] = {
    **dict.fromkeys(("chapter/c1.xml", "sequential/s1.xml", "vertical/u1.xml", "html/h1.xml", "html/h1.html"), None),
    "course/2026.xml": """\
<course display_name="Small course" language="en">
  <chapter url_name="one" display_name="First things">
    <sequential url_name="a-start" display_name="A start" graded="true" format="Quiz">
      <vertical url_name="read-this" display_name="Read this"><html url_name="welcome"/></vertical>
      <vertical url_name="choose" display_name="Choose"><problem url_name="which"/></vertical>
    </sequential>
    <sequential url_name="for-trainers" display_name="For trainers" visible_to_staff_only="true">
      <vertical url_name="plan" display_name="Plan"><html url_name="session"/></vertical>
    </sequential>
  </chapter>
</course>
""",
    "html/welcome.xml": '<html filename="welcome" display_name="Welcome"/>',
    "html/welcome.html": (
        '<p class="purpose">You will find <strong>two</strong> places.</p>\n'
        '<p data-minutes="15">Ask a customer at the counter. Write it down.</p>\n'
        '<p>It costs <span data-edition="fee">20 euros</span>.</p>\n'
        '<p data-country="DE">In Germany you ask first.</p>\n'
        '<p data-country="DK">In Denmark you tell how to opt out.</p>\n'
        '<p><img src="/static/way.svg" alt="A way with three stops"></p>\n'
    ),
    "html/session.xml": '<html filename="session" display_name="Session"/>',
    "html/session.html": '<ul><li data-minutes="150" data-time="session">Begin with a case.</li></ul>\n',
    "problem/which.xml": """\
<problem display_name="Which place?">
  <multiplechoiceresponse>
    <label>Which place is hidden?</label>
    <choicegroup><choice correct="true">The van</choice><choice correct="false">The website</choice></choicegroup>
  </multiplechoiceresponse>
</problem>
""",
    "static/way.svg": '<svg xmlns="http://www.w3.org/2000/svg"><title>A way</title><text>Counter</text></svg>',
    "policies/2026/grading_policy.json": (
        '{"GRADER": [{"type": "Quiz", "short_label": "Q", "min_count": 1, "drop_count": 0, "weight": 1.0}],\n'
        ' "GRADE_CUTOFFS": {"Pass": 0.6}}\n'
    ),
}

GERMAN = {
    "Small course": "Kleiner Kurs",
    "You will find <strong>two</strong> places.": "Sie finden <strong>zwei</strong> Stellen.",
    "A way": "Ein Weg",
    "Counter": "Theke",
    "The van": "Der Lieferwagen",
    "Quiz": "Test",
}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return course_folder(tmp_path / "courses", FILES)


@pytest.fixture
def catalogues(tmp_path: Path) -> Path:
    return tmp_path / "catalogues"


def write_catalogues(source: Path, catalogues: Path, language: str, words: dict[str, str]) -> None:
    """Write a language's catalogues with these translations, as a translator's program does."""
    for name, content in extract(source, catalogues=catalogues, languages=[language]).items():
        path = catalogues / source.name / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content.decode()
        if name.startswith(f"{language}/"):
            for english, told in words.items():
                quoted = english.replace('"', '\\"')
                text = text.replace(f'msgid "{quoted}"\nmsgstr ""', f'msgid "{quoted}"\nmsgstr "{told}"')
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def german(source: Path, catalogues: Path) -> Path:
    write_catalogues(source, catalogues, "de", GERMAN)
    return catalogues
