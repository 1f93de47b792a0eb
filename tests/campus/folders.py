"""Makes small OLX folders for tests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from opaque_keys.edx.locator import BlockUsageLocator, CourseLocator

COURSE = CourseLocator("Test", "OLX1", "2026")

#: A course of one section, one subsection and the unit `u1`; tests replace or add files.
SMALL = {
    "course.xml": '<course url_name="2026" org="Test" course="OLX1"/>',
    "course/2026.xml": '<course display_name="Small course" language="en"><chapter url_name="c1"/></course>',
    "chapter/c1.xml": '<chapter display_name="Section"><sequential url_name="s1"/></chapter>',
    "sequential/s1.xml": '<sequential display_name="Subsection"><vertical url_name="u1"/></sequential>',
    "vertical/u1.xml": '<vertical display_name="Unit"><html url_name="h1"/></vertical>',
    "html/h1.xml": '<html filename="h1" display_name="Text"/>',
    "html/h1.html": "<p>Hello <b>reader</b></p>",
}

CHOICE = """<problem url_name="p1" display_name="Pick one" weight="2" max_attempts="3">
  <multiplechoiceresponse>
    <label>Which one is a fruit?</label>
    <choicegroup type="MultipleChoice">
      <choice correct="false">A hammer</choice>
      <choice correct="true">An apple</choice>
    </choicegroup>
  </multiplechoiceresponse>
</problem>"""


def course_folder(root: Path, files: Mapping[str, str | bytes | None] | None = None, *, name: str = "small") -> Path:
    """Write the small course below ``root``; ``files`` replaces files by path, None takes one away."""
    folder = root / name
    for path, content in {**SMALL, **(files or {})}.items():
        if content is None:
            continue
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def unit(content: str) -> dict[str, str]:
    """Return the unit `u1` with this content."""
    return {"vertical/u1.xml": f'<vertical display_name="Unit">{content}</vertical>'}


def policy(**settings: object) -> dict[str, str]:
    """Return a policy.json; the names are ``type__url_name``."""
    return {
        "policies/2026/policy.json": json.dumps({name.replace("__", "/"): value for name, value in settings.items()})
    }


def key(block_type: str, name: str) -> BlockUsageLocator:
    """Return the key of a block of the small course."""
    return COURSE.make_usage_key(block_type, name)
