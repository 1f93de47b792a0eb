"""No sentence contradicts its figures, tables, intervals or tests, whatever the data."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iciinsmes.toolbox import api
from iciinsmes.toolbox.data import Instrument, Level, Result, show
from tests.toolbox.claims.acquire import ACQUIRE
from tests.toolbox.claims.process import PROCESS
from tests.toolbox.claims.realise import REALISE
from tests.toolbox.claims.seen import EPSILON, Seen
from tests.toolbox.made import made
from tests.toolbox.pages import every_instrument

CLAIMS = {**ACQUIRE, **PROCESS, **REALISE}


def assert_true(instrument: Instrument, result: Result, options) -> None:
    """The verdict's sentence holds, and its level fits."""
    verdict = result.verdict
    if verdict.level is Level.TOO_LITTLE_DATA:
        assert result.n < instrument.minimum
        return
    assert result.n >= instrument.minimum
    known = CLAIMS[instrument.code][verdict.key]
    assert verdict.level in known.levels
    seen = Seen(result, {option.key: options.get(option.key, option.default) for option in instrument.options})
    assert known.holds(seen), f"{verdict.key}: {seen.said}"


def assert_consistent(result: Result) -> None:
    """What every result promises, whichever the instrument."""
    for figure in result.figures:
        if figure.low is not None and figure.high is not None and isinstance(figure.value, int | float):
            assert figure.low - EPSILON <= figure.value <= figure.high + EPSILON
    for table in result.tables:
        keys = [heading.key for heading in table.headings]
        for row in table.rows:
            cells = dict(zip(keys, row, strict=True))
            low, high = cells.get("low"), cells.get("high")
            if isinstance(low, float) and isinstance(high, float):
                assert low <= high + EPSILON
    for question in result.questions:
        right = {show(answer.text) for answer in question.answers if answer.right}
        assert not right & {show(answer.text) for answer in question.answers if not answer.right}, question.key


@every_instrument
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_sentence_is_true(instrument, data):
    table, options = data.draw(made(instrument))
    result = api.run(instrument=instrument, table=table, options=options)
    assert_true(instrument, result, options)
    assert_consistent(result)


@every_instrument
def test_the_sentence_of_the_demo_is_true(instrument):
    options = dict(instrument.demo.options)
    result = api.run(instrument=instrument, table=api.demo_table(instrument=instrument), options=options)
    assert_true(instrument, result, options)


@pytest.mark.parametrize("code", sorted(CLAIMS))
def test_claims_belong_to_instruments(code):
    assert api.find_instrument(name=code).code == code
