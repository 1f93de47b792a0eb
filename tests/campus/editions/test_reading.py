"""A text is judged by the formula of its language, on sentences and not on cells and headings."""

from __future__ import annotations

import pytest

from iciinsmes_campus.editions.reading import FORMULAS, ease, sentences

# Written for this test, at the level that their names say.
B1 = {
    "en": [
        "A customer calls in the morning. She says that the door does not close, and that it was the same last year. "
        "You write down the day and what she said, because your colleague has to know it before he drives there."
    ],
    "de": [
        "Eine Kundin ruft am Morgen an. Sie sagt, dass die Tür nicht schließt, und dass es im letzten Jahr genauso "
        "war. Sie schreiben den Tag auf und was sie gesagt hat, denn Ihr Kollege muss es wissen, bevor er hinfährt."
    ],
}
C1 = {
    "en": [
        "Organisational responsiveness presupposes institutionalised mechanisms whereby heterogeneous expressions of "
        "dissatisfaction are systematically consolidated, interpreted and subsequently operationalised, irrespective "
        "of hierarchical considerations or departmental particularities."
    ],
    "de": [
        "Die organisationale Reaktionsfähigkeit setzt institutionalisierte Mechanismen voraus, mittels derer "
        "heterogene Unzufriedenheitsäußerungen systematisch zusammengeführt, interpretiert und anschließend unter "
        "Berücksichtigung betriebswirtschaftlicher Rahmenbedingungen operationalisiert werden."
    ],
}


@pytest.mark.parametrize("language", sorted(FORMULAS))
def test_known_texts_fall_on_the_right_side(language):
    assert ease(B1[language], language).ease >= FORMULAS[language].b2 > ease(C1[language], language).ease


def test_each_language_has_its_own_formula():
    assert round(FORMULAS["en"].ease(words_a_sentence=10, syllables_a_word=1.5), 3) == 69.785
    assert round(FORMULAS["de"].ease(words_a_sentence=10, syllables_a_word=1.8), 3) == 64.7


@pytest.mark.parametrize("language", ["da", "pl", "hu"])
def test_a_language_without_a_formula_is_not_judged(language):
    assert ease(B1["en"], language) is None


@pytest.mark.parametrize(
    ("piece", "count"),
    [
        ("Am 12. Dez. kommt z. B. Frau Dr. Brandt.", 1),
        ("We close at 5 p.m. on Dec. 24.", 1),
        ("Ask first. Then write.", 2),
        ("A heading", 0),
        ("Is it so? “Yes.” Then go.", 3),
        ("Nr. 3 ist fertig", 0),
    ],
)
def test_what_ends_a_sentence(piece, count):
    assert len(list(sentences([piece]))) == count


def test_cells_and_headings_do_not_prolong_a_sentence():
    assert list(sentences(["Place", "We listen here.", "Counter"])) == [["We", "listen", "here"]]
