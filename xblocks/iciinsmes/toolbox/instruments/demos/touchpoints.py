"""T03: where customers meet a bakery."""

from __future__ import annotations

WORDS = {
    "de": {
        "shop at the market": "Laden am Markt",
        "shop at the station": "Laden am Bahnhof",
        "shop in the old town": "Laden in der Altstadt",
        "order by telephone": "Bestellung am Telefon",
        "market stall": "Marktstand",
    },
    "da": {
        "shop at the market": "butik ved torvet",
        "shop at the station": "butik ved stationen",
        "shop in the old town": "butik i den gamle bydel",
        "order by telephone": "bestilling på telefon",
        "market stall": "torvebod",
    },
    "pl": {
        "shop at the market": "sklep przy targu",
        "shop at the station": "sklep przy dworcu",
        "shop in the old town": "sklep na starym mieście",
        "order by telephone": "zamówienie przez telefon",
        "market stall": "stoisko na targu",
    },
    "hu": {
        "shop at the market": "üzlet a piacnál",
        "shop at the station": "üzlet az állomásnál",
        "shop in the old town": "üzlet az óvárosban",
        "order by telephone": "telefonos rendelés",
        "market stall": "piaci stand",
    },
}
