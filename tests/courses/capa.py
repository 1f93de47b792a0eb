"""Grading a quiz question with the real capa, without a runtime around it."""

from __future__ import annotations

import gettext
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import Mock

from django.template.loader import get_template
from fs.memoryfs import MemoryFS
from xblocks_contrib.problem.capa.capa_problem import LoncapaProblem, LoncapaSystem

Answer = str | tuple[str, ...]


def load(path: Path) -> Any:
    """Make capa's own problem of a file."""
    return LoncapaProblem(
        path.read_text(encoding="utf-8"),
        id=path.stem,
        seed=1,
        capa_system=_system(),
        capa_block=Mock(location=path.stem),
    )


def inputs(problem: Any) -> list[str]:
    """The ids of a question's inputs, in the order of the file."""
    return sorted(problem.inputs, key=lambda key: [int(part) for part in key.split("_")[1:]])


def grade(path: Path, answers: Sequence[Answer]) -> float:
    """The share of a question's inputs that are answered right; ``answers`` are in the order of the file.

    An answer is what the form sends: the name of a choice, several for boxes to tick, the text of an option, a number.
    """
    problem = load(path)
    keys = inputs(problem)
    given = {
        key: list(answer) if isinstance(answer, tuple) else answer for key, answer in zip(keys, answers, strict=True)
    }
    graded = problem.grade_answers(given)
    return sum(graded.is_correct(key) for key in keys) / len(keys)


def right_answers(path: Path) -> list[Answer]:
    """What capa itself holds for right."""
    problem = load(path)
    expected: dict[str, Any] = {}
    for responder in problem.responders.values():
        expected |= responder.get_answers()
    return [_as_sent(expected[key], problem.inputs[key].tag) for key in inputs(problem)]


def _as_sent(answer: Any, tag: str) -> Answer:
    if tag == "checkboxgroup":
        return tuple(sorted(answer))
    return answer if isinstance(answer, str) else str(next(iter(answer)))


def _system() -> LoncapaSystem:
    return LoncapaSystem(
        ajax_url="/",
        anonymous_student_id="student",
        cache=None,
        can_execute_unsafe_code=lambda: False,
        get_python_lib_zip=lambda: None,
        DEBUG=False,
        i18n=gettext.NullTranslations(),
        render_template=_render,
        resources_fs=MemoryFS(),
        seed=1,
        xqueue=None,
    )


def _render(template: str, context: Mapping[str, Any]) -> str:
    return str(get_template(template).render(dict(context)))
