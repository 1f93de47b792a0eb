"""T05: why customers of a joinery complain."""

from __future__ import annotations

WORDS = {
    "de": {
        "late delivery": "verspätete Lieferung",
        "wrong measurement": "falsches Aufmaß",
        "damage in transit": "Transportschaden",
        "fitter not punctual": "Monteur unpünktlich",
        "wrong invoice": "falsche Rechnung",
        "colour differs": "Farbe weicht ab",
    },
    "da": {
        "late delivery": "for sen levering",
        "wrong measurement": "forkert opmåling",
        "damage in transit": "transportskade",
        "fitter not punctual": "montør ikke til tiden",
        "wrong invoice": "forkert faktura",
        "colour differs": "farven afviger",
    },
    "pl": {
        "late delivery": "spóźniona dostawa",
        "wrong measurement": "błędny pomiar",
        "damage in transit": "uszkodzenie w transporcie",
        "fitter not punctual": "niepunktualny monter",
        "wrong invoice": "błędna faktura",
        "colour differs": "inny kolor",
    },
    "hu": {
        "late delivery": "késedelmes szállítás",
        "wrong measurement": "rossz felmérés",
        "damage in transit": "szállítási sérülés",
        "fitter not punctual": "pontatlan szerelő",
        "wrong invoice": "hibás számla",
        "colour differs": "eltérő szín",
    },
}
