"""Cases as a file: TOML that people can read, adapt and translate, read strictly, with what is wrong said by its place.

The form is documented in `docs/reference/best-practices.md`.
"""

from __future__ import annotations

import logging
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation

from iciinsmes.projects.api import Phase
from iciinsmes.projects.data import Trigger
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.errors import UnknownInstrument

from .data import SIZES, Case, CaseLine, Content, Part
from .errors import WrongFile
from .rules import ABOUT_LENGTH, MONDAY_LENGTH, TITLE_LENGTH

SHIPPED = Path(__file__).parent / "cases.toml"
_CODE = re.compile(r"[a-z][a-z0-9-]{0,19}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LONGEST_FILE = 1_000_000
_LONGEST_LINE = 2_000
_LENGTHS = {"title": TITLE_LENGTH, "about": ABOUT_LENGTH, "monday": MONDAY_LENGTH, "trade": 120}
_NEEDED = ("code", "title", "about", "country", "trade", "size", "phase", "trigger", "monday", "story")
_ALLOWED = {*_NEEDED, "instruments", "invented", "source"}

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class CaseFile:
    """What a file holds: its version, the language of its texts, and its cases in their order."""

    version: int
    language: str
    cases: tuple[Case, ...]


def cases_to_read() -> tuple[Case, ...]:
    """Return the cases of files for a reader of the active language, in their order.

    A college names files in ``ICIINSMES_BEST_PRACTICES``, by language; the one without a language takes the place of
    the shipped file. Of a case that is translated readers get the translation, of others what the first file says.
    """
    paths: Mapping[str, str] = settings.ICIINSMES_BEST_PRACTICES  # type: ignore[misc] # set in plugin_settings
    first = _kept(str(paths.get("", SHIPPED)))
    language = translation.get_language() or ""
    own = paths.get(language) or paths.get(language.partition("-")[0])
    translated = {case.key: case for case in _kept(own)} if own else {}
    known = {case.key for case in first}
    return (
        *(translated.get(case.key, case) for case in first),
        *(case for key, case in translated.items() if key not in known),
    )


def read_file(text: str) -> CaseFile:
    """Return what a file says.

    Raises:
        WrongFile: it holds no cases; every problem is told.
    """
    if len(text) > _LONGEST_FILE:
        raise WrongFile([f"The file is longer than {_LONGEST_FILE} letters."])
    try:
        content = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise WrongFile([f"This is no TOML: {error}"]) from error
    problems = list(_file_problems(content))
    if problems:
        raise WrongFile(problems)
    language = content["language"]
    return CaseFile(content["version"], language, tuple(_case(each, language) for each in content["case"]))


@cache
def _kept(path: str) -> tuple[Case, ...]:
    """Return the cases of a file, read once; of one that cannot be read none, and the log says why."""
    try:
        return read_file(Path(path).read_text(encoding="utf-8")).cases
    except (OSError, UnicodeDecodeError, WrongFile) as error:
        _log.error("The best practices in %s cannot be read: %s", path, error)
        return ()


def _case(each: Mapping[str, Any], language: str) -> Case:
    story = each["story"]
    content = Content(
        **{key: each[key] for key in _NEEDED if key not in ("code", "story")},
        lines=tuple(CaseLine(part, story[part.value].strip()) for part in Part if part.value in story),
        instruments=tuple(each.get("instruments", ())),
        language=language,
    )
    return Case(each["code"], content, is_invented=each.get("invented", False), source=each.get("source", ""))


def _file_problems(content: Mapping[str, Any]) -> Iterator[str]:
    unknown = sorted(content.keys() - {"version", "language", "case"})
    if unknown:
        yield f"There is no “{unknown[0]}” in a file of cases."
    if type(content.get("version")) is not int:
        yield "version: a whole number is needed."
    if not _is_text(content.get("language")) or not _LANGUAGE.fullmatch(content["language"]):
        yield "language: a code such as “en” is needed."
    cases = content.get("case")
    if not isinstance(cases, list) or not cases:
        yield "There is no [[case]] in it."
        return
    codes: set[str] = set()
    for number, each in enumerate(cases, 1):
        place = f"case {number}"
        if not isinstance(each, dict):
            yield f"{place}: a table is needed."
            continue
        code = each.get("code")
        if isinstance(code, str) and code in codes:
            yield f"{place}: the code “{code}” is there twice."
        elif isinstance(code, str):
            codes.add(code)
        yield from (f"{place}: {problem}" for problem in _problems(each))


def _problems(each: Mapping[str, Any]) -> Iterator[str]:
    unknown = sorted(each.keys() - _ALLOWED)
    if unknown:
        yield f"there is no “{unknown[0]}” in a case."
    missing = [key for key in _NEEDED if key not in each]
    if missing:
        yield f"“{missing[0]}” is missing."
        return
    if not _is_text(each["code"]) or not _CODE.fullmatch(each["code"]):
        yield "code: small letters, digits and hyphens, 20 at most."
    for key, most in _LENGTHS.items():
        if not _is_text(each[key]) or len(each[key]) > most:
            yield f"{key}: a text of {most} letters at most is needed."
    if not _is_text(each["country"]) or not _COUNTRY.fullmatch(each["country"]):
        yield "country: a code such as “DK” is needed."
    if each["size"] not in SIZES:
        yield f"size: one of {', '.join(SIZES)}."
    if each["phase"] not in list(Phase):
        yield f"phase: one of {', '.join(Phase)}."
    if each["trigger"] not in list(Trigger):
        yield f"trigger: one of {', '.join(Trigger)}."
    yield from _instrument_problems(each.get("instruments", []))
    yield from _story_problems(each["story"])
    invented, source = each.get("invented", False), each.get("source", "")
    if type(invented) is not bool or not isinstance(source, str) or invented == bool(source.strip()):
        yield "say either “invented = true” or a source."


def _instrument_problems(codes: Any) -> Iterator[str]:
    if not isinstance(codes, list):
        yield "instruments: a list of codes such as “T05” is needed."
        return
    for code in codes:
        if not isinstance(code, str) or not is_instrument(code):
            yield f"instruments: there is no “{code}”."


def _story_problems(story: Any) -> Iterator[str]:
    if not isinstance(story, dict) or len(story) < 2:
        yield "story: a table with two texts or more is needed."
        return
    for key, text in story.items():
        if key not in list(Part):
            yield f"story: there is no “{key}”; there are {', '.join(Part)}."
        elif not _is_text(text) or len(text) > _LONGEST_LINE:
            yield f"story: {key} is a text of {_LONGEST_LINE} letters at most."


def is_instrument(code: str) -> bool:
    """Tell whether there is an instrument of this code, written as T05."""
    try:
        return toolbox.find_instrument(name=code).code == code
    except UnknownInstrument:
        return False


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
