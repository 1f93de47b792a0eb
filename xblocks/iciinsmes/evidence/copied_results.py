"""Results of instruments as evidence: what of a result is copied, and how the copy is shown.

The copy is whole: a round that holds it stays what it was when the result, its data or the instrument are gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from iciinsmes.toolbox.api import ResultPage, find_instrument, reader_language, result_page
from iciinsmes.toolbox.data import Result, result_from_json, result_to_json, show
from iciinsmes.toolbox.errors import UnknownInstrument

#: What of a result is copied, beside the form it has; tables and charts stay on its page.
_COPIED = ("format", "n", "verdict", "figures")


@dataclass(frozen=True)
class ResultPart:
    """A copied result in the reader's language; ``result`` has verdict and figures."""

    instrument: str
    is_demo: bool
    n: int
    result: ResultPage

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """Each figure's title, and its value with unit, interval and number of cases."""
        return tuple(
            (
                figure.title,
                " ".join(filter(None, (figure.value, figure.unit)))
                + (f" ({figure.interval})" if figure.interval else "")
                + (f", n = {figure.n}" if figure.n is not None else ""),
            )
            for figure in self.result.figures
        )

    @property
    def text(self) -> str:
        """The whole as plain lines, for who reads it without a page of the site."""
        verdict = self.result.verdict
        return "\n".join(
            [self.instrument]
            + ([_("invented data")] if self.is_demo else [])
            + [f"{verdict.icon} {verdict.word}: {verdict.text}"]
            + [f"{title}: {value}" for title, value in self.lines]
        )


def result_content(*, result_id: UUID, instrument: str, is_demo: bool, result: Result) -> dict[str, Any]:
    """Return what an item keeps of a result: which one, and verdict and figures as `result_to_json` writes them."""
    written = result_to_json(result)
    return {
        "result_id": str(result_id),
        "instrument": instrument,
        "is_demo": is_demo,
        "result": {name: written[name] for name in _COPIED},
    }


def result_part(content: Mapping[str, Any]) -> ResultPart:
    """Return what `result_content` made as pages show it."""
    language = reader_language()
    result = result_from_json(content["result"])
    try:
        title = show(find_instrument(name=content["instrument"]).title, language)
    except UnknownInstrument:
        # A later version of the package may no longer have it; what was handed in stays readable.
        title = content["instrument"]
    return ResultPart(title, content["is_demo"], result.n, result_page(result, language))


def result_words(*, result_id: UUID, instrument: str, is_demo: bool, result: Result) -> str:
    """Return what a result says as plain lines in the reader's language; arguments as of `result_content`."""
    return result_part(result_content(result_id=result_id, instrument=instrument, is_demo=is_demo, result=result)).text
