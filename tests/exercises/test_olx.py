"""An exercise as OLX: nothing is lost on the way, and mistakes are named."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from xblock.field_data import DictFieldData
from xblock.fields import ScopeIds
from xblock.test.tools import TestRuntime

from iciinsmes.authoring.olx_values import OlxError
from iciinsmes.authoring.settings import settings_from_editor
from iciinsmes.exercises.authoring import settings_from_xml, settings_to_xml
from iciinsmes.exercises.block import DigitalToolBlock
from iciinsmes.exercises.data import ExerciseSettings, Layer
from iciinsmes.lib.json_data import to_json
from iciinsmes.toolbox.api import all_instruments
from tests.exercises.conftest import BLOCK

KEYS = ScopeIds(None, "digital_tool", BLOCK, BLOCK)


def read(xml: str) -> ExerciseSettings:
    return settings_from_xml(etree.fromstring(xml))


@st.composite
def settings(draw) -> ExerciseSettings:
    """What an editor may send, after it was read."""
    sent = ExerciseSettings(
        title="T" + draw(st.text(max_size=200)),
        instrument=draw(st.sampled_from(all_instruments())).key,
        instructions=draw(st.text() | st.sampled_from(["<p>a &amp; b</p>\r\n<ul><li>x</li></ul>", "]]>", "ąé <b>"])),
        own_data=draw(st.booleans()),
        checks=tuple(layer for layer in Layer if draw(st.booleans())),
        attempts=draw(st.integers(0, 50)),
        weight=draw(st.decimals(0, 100_000, places=2)),
    )
    return settings_from_editor(ExerciseSettings, to_json(sent))


@given(settings(), st.sampled_from(["utf-8", "ascii"]))
def test_whatever_an_editor_sends_comes_back_from_the_file(wanted, encoding):
    node = etree.Element("digital_tool", url_name="loyalty")
    settings_to_xml(wanted, node)
    assert settings_from_xml(etree.fromstring(etree.tostring(node, encoding=encoding))) == wanted


@given(settings())
def test_the_block_writes_what_it_reads(wanted):
    runtime = TestRuntime(services={"field-data": DictFieldData({})})
    node = etree.Element("digital_tool", url_name="loyalty")
    settings_to_xml(wanted, node)
    block = DigitalToolBlock.parse_xml(node, runtime, KEYS)
    assert block.authored() == wanted
    written = etree.Element("digital_tool")
    block.add_xml_to_node(written)
    assert DigitalToolBlock.parse_xml(written, runtime, KEYS).authored() == wanted


def test_what_is_left_out_is_as_usual():
    assert read('<digital_tool instrument="T02"/>') == ExerciseSettings(
        title="Digital tool", instrument="T02", own_data=True, checks=tuple(Layer), attempts=0, weight=Decimal(1)
    )
    assert read('<digital_tool instrument="T02" checks=""/>').checks == ()
    assert (
        read('<digital_tool instrument="T02"><p>One</p><p>two</p></digital_tool>').instructions
        == "<p>One</p><p>two</p>"
    )


@pytest.mark.parametrize(
    ("xml", "says"),
    [
        ("<digital_tool/>", 'needs the attribute "instrument"'),
        ('<digital_tool instrument="mind-reading"/>', 'There is no instrument "mind-reading" here'),
        ('<digital_tool instrument="T02" checks="valid taste"/>', "unknown is taste"),
        ('<digital_tool instrument="T02" attempts="1.5"/>', "must be a whole number"),
        ('<digital_tool instrument="T02" attempts="51"/>', "between 0"),
        ('<digital_tool instrument="T02" weight="-1"/>', "must be a number"),
    ],
)
def test_a_mistake_names_its_place(xml, says):
    with pytest.raises(OlxError, match=says):
        read(xml)
