"""What an author must mend, and how Studio is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from webob import Response
from xblock.validation import Validation, ValidationMessage


@dataclass(frozen=True)
class Problem:
    """What an author must mend: ``place`` is the path in the JSON, such as ``criteria.0.title``, and one sentence."""

    place: str
    message: str


def refused(problems: Sequence[Problem]) -> Response:
    """Return the answer to an editor that marks every problem at its field: 400, nothing was saved."""
    body = {
        "error": "\n".join(problem.message for problem in problems),
        "problems": [asdict(problem) for problem in problems],
    }
    return Response(status=400, json_body=body, content_type="application/json", charset="UTF-8")


def with_warnings(validation: Validation, texts: Iterable[str]) -> Validation:
    """Return the validation with a yellow box in Studio, which says each of the texts."""
    for text in texts:
        validation.add(ValidationMessage(ValidationMessage.WARNING, text))
    return validation
