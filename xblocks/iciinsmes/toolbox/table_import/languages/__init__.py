"""The words of each language that reading tables needs: one file a language, and a new one needs no more than that."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from pkgutil import iter_modules

from .pack import LanguagePack

__all__ = ["PACKS", "LanguagePack", "all_words", "answer_words"]

#: Every module with a code of two letters beside this one is a pack.
PACKS: tuple[LanguagePack, ...] = tuple(
    import_module(f"{__name__}.{module.name}").PACK for module in iter_modules(__path__) if len(module.name) == 2
)


def all_words(part: Callable[[LanguagePack], Iterable[str]]) -> tuple[str, ...]:
    """Return a part of all packs together, such as ``all_words(lambda pack: pack.totals)``."""
    return tuple(word for pack in PACKS for word in part(pack))


def answer_words(title: str) -> tuple[str, ...]:
    """Return how tables say the choice with this English title."""
    return tuple(word for pack in PACKS if title in pack.answers for word in pack.answers[title].split("|"))
