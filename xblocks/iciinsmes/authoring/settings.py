"""What settings of blocks have in common, as an editor sends and OLX holds them: a title, a text, a weight."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, ClassVar, Protocol, TypeVar

from django.utils.translation import gettext as _
from lxml import etree

from iciinsmes.lib.decimals import plain
from iciinsmes.lib.json_data import from_json

from .olx_values import OlxError, cdata, writable
from .problems import Problem

#: The largest weight that makes sense anywhere.
_MOST_POINTS = Decimal(100_000)
_LONGEST_TITLE = 255


class Settings(Protocol):
    """What an author chose for a block, as a frozen data class."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def title(self) -> str:
        """The name of the block."""

    @property
    def instructions(self) -> str:
        """What learners read first, as HTML."""

    @property
    def weight(self) -> Decimal:
        """Points in the gradebook."""


S = TypeVar("S", bound=Settings)


def settings_from_editor(kind: type[S], data: Mapping[str, Any]) -> S:
    """Read what an editor sends: settings as `json_data.to_json` writes them.

    Raises:
        KeyError, TypeError, ValueError: no editor sends this.
    """
    settings = from_json(kind, data)
    title, instructions = (writable(text).strip() for text in (settings.title, settings.instructions))
    return replace(settings, title=title, instructions=instructions)


def title_problems(settings: Settings, *, no_title: str) -> Iterator[Problem]:
    """Yield what is wrong with the title; ``no_title`` is said where there is none."""
    if not settings.title:
        yield Problem("title", no_title)
    if len(settings.title) > _LONGEST_TITLE:
        yield Problem("title", _("The title is longer than 255 characters."))


def weight_problems(settings: Settings) -> Iterator[Problem]:
    """Yield what is wrong with the weight."""
    if not 0 <= settings.weight <= _MOST_POINTS:
        yield Problem("weight", _("The weight must be a number from 0 to 100000."))


def checked(settings: S, problems: Iterable[Problem], node: etree._Element) -> S:
    """Return settings that were read from an element of OLX.

    Raises:
        OlxError: there are problems with them.
    """
    messages = [problem.message for problem in problems]
    if messages:
        raise OlxError(f"<{node.tag}>: " + "; ".join(messages))
    return settings


def write_settings(node: etree._Element, settings: Settings, **own: str) -> None:
    """Write settings into an element of OLX.

    Args:
        node: the element.
        settings: what the author chose.
        own: attributes that not all settings have, in their order; empty ones are left out.
    """
    for name, value in {"display_name": settings.title, **own, "weight": plain(settings.weight)}.items():
        if value or name == "display_name":
            node.set(name, value)
    node.text = cdata(settings.instructions)
