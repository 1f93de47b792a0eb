"""All instruments of the toolbox, in the order of the catalogue. Adding one is a module beside this one."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from .framework import Instrument


def _declared() -> list[Instrument]:
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__) if not module.ispkg)
    return [module.INSTRUMENT for module in modules]


INSTRUMENTS = tuple(sorted(_declared(), key=lambda instrument: instrument.code))
