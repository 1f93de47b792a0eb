"""Nothing that was right changes unseen: the demo data, and its templates in every language, keep their figures."""

from __future__ import annotations

import pytest
from django.utils import translation

from iciinsmes.toolbox import api
from iciinsmes.toolbox.language import known_languages, reader_language
from tests.toolbox.known_figures import changed, figures_of, known
from tests.toolbox.pages import every_instrument, every_language


@every_instrument
def test_the_demo_keeps_its_figures(instrument):
    assert changed(known(instrument), figures_of(instrument, api.demo_table(instrument=instrument))) == []


@every_instrument
@every_language
@pytest.mark.parametrize("make", [api.template_csv, api.template_xlsx], ids=["csv", "xlsx"])
def test_a_filled_template_gives_the_figures_of_the_demo(instrument, code, make):
    if not instrument.columns:
        pytest.skip("takes no table")
    with translation.override(code):
        language = reader_language()
        content = make(instrument=instrument, language=language, with_demo=True)
    sheet, languages = api.open_table(content=content), known_languages()
    mapping = api.weigh_columns(instrument=instrument, sheet=sheet, languages=languages).mapping
    intake = api.read_table(instrument=instrument, sheet=sheet, mapping=mapping, languages=languages)
    wanted = figures_of(instrument, api.demo_table(instrument=instrument, language=language), language)
    assert changed(wanted, figures_of(instrument, intake.table, language)) == []


def test_a_change_is_named():
    assert changed({"n": 3, "gone": 1}, {"n": 4, "new": 2}) == [
        "n: 3 became 4",
        "gone: 1 became nothing",
        "new: nothing became 2",
    ]
