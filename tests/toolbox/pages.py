"""Forms and the languages of the site for tests of pages."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.http import QueryDict
from django.utils import translation

from iciinsmes.toolbox import api
from iciinsmes.toolbox.data import Instrument, Language, Result
from iciinsmes.toolbox.language import reader_language

LANGUAGES = [code for code, _name in settings.LANGUAGES]

every_instrument = pytest.mark.parametrize("instrument", api.all_instruments(), ids=lambda instrument: instrument.code)
every_language = pytest.mark.parametrize("code", LANGUAGES)


def language_of(code: str) -> Language:
    """The language of a reader; its texts are translated while it is active."""
    with translation.override(code):
        return reader_language()


def form(**fields: str | list[str]) -> QueryDict:
    """What a browser sends; underscores in names stand for hyphens."""
    sent = QueryDict(mutable=True)
    for name, values in fields.items():
        sent.setlist(name.replace("_", "-", 1), values if isinstance(values, list) else [values])
    return sent


def demo_result(instrument: Instrument) -> Result:
    return api.run(instrument=instrument, table=api.demo_table(instrument=instrument), options=instrument.demo.options)
