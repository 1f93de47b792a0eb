"""T02: groups of customers of an electrician."""

from __future__ import annotations

WORDS = {
    "de": {"new building": "Neubau", "heat pump": "Wärmepumpe", "repair": "Reparatur"},
    "da": {"new building": "nybyggeri", "heat pump": "varmepumpe", "repair": "reparation"},
    "pl": {"new building": "nowy budynek", "heat pump": "pompa ciepła", "repair": "naprawa"},
    "hu": {"new building": "új épület", "heat pump": "hőszivattyú", "repair": "javítás"},
}
