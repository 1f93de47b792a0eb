"""The example that an instrument brings along: whose it is, and the options it is computed with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .table import Value

Options = Mapping[str, Value]


class Firm(StrEnum):
    """The invented firms of the demo data."""

    NORDLICHT = "Tischlerei Nordlicht"  # de, 14 staff, kitchens
    POD_DEBEM = "Piekarnia Pod Dębem"  # pl, 22 staff, bakery with three shops
    EL_SERVICE = "El-Service Fyn"  # da, 9 staff, electricians
    SZEP_HAJ = "Szép Haj Szalon"  # hu, 5 staff, small numbers everywhere


@dataclass(frozen=True)
class Demo:
    """An invented firm, and the options that its rows go with.

    The rows are a file in ``demos``, named after the key of the instrument; `running.demo` reads it. An edition in
    another language has options of its own in ``options_in``, by the code of the language, if they hold words.
    """

    firm: Firm
    options: Options = field(default_factory=dict)
    options_in: Mapping[str, Options] = field(default_factory=dict)
