"""T04: what customers of an electrician have to go through."""

from __future__ import annotations

WORDS = {
    "de": {
        "repair at home": "Reparatur zu Hause",
        "making an appointment": "Terminvereinbarung",
        "quote for a heat pump": "Angebot für eine Wärmepumpe",
        "invoice and payment": "Rechnung und Bezahlung",
    },
    "da": {
        "repair at home": "reparation hos kunden",
        "making an appointment": "aftale om tid",
        "quote for a heat pump": "tilbud på en varmepumpe",
        "invoice and payment": "faktura og betaling",
    },
    "pl": {
        "repair at home": "naprawa w domu",
        "making an appointment": "umawianie terminu",
        "quote for a heat pump": "oferta na pompę ciepła",
        "invoice and payment": "faktura i płatność",
    },
    "hu": {
        "repair at home": "javítás az ügyfélnél",
        "making an appointment": "időpont egyeztetése",
        "quote for a heat pump": "ajánlat hőszivattyúra",
        "invoice and payment": "számla és fizetés",
    },
}
