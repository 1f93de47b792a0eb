"""Whatever was ever stored or exported is read for ever, and keeps its hash: learners' rounds hang on it.

Each pair in ``fixtures`` is one task as JSON and as OLX: ``bare`` says only what must be said, ``first`` is from before
there were settings, ``settings`` has all of them, ``kinds`` has every kind of criterion. A new shape gets a new pair;
these files never change.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

from iciinsmes.assignments.authoring import task_problems
from iciinsmes.assignments.olx import task_from_xml, task_to_xml
from iciinsmes.assignments.serializers import task_from_json, task_to_json
from iciinsmes.assignments.tasks import hash_of
from iciinsmes.review.data import rubric_from_json, rubric_to_json

FIXTURES = Path(__file__).parent / "fixtures"
HASHES = {
    "bare": "e4aa356d1646ba1eac160af019a1074bbd6fddf997f5fde40e15cb1f114e58a5",
    "first": "0e10137a2c515ee5cafe53cdb4cb4b73b70425218141fc946f375b6c1491f149",
    "kinds": "75b7448048ca9922862574ec2abf2a08074c155f5dc816dc36d555f95621bc0e",
    "settings": "6c0cf01c6024d8f955a9209a3d632373736d976e3772fc506f5b99a5df5de4b6",
}

each = pytest.mark.parametrize("name", sorted(HASHES))


def stored(name: str):
    return json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))


def exported(name: str):
    return task_from_xml(etree.fromstring((FIXTURES / f"{name}.xml").read_bytes()))


def test_every_fixture_has_its_pair_and_its_hash():
    assert {path.name for path in FIXTURES.iterdir()} == {f"{name}.{end}" for name in HASHES for end in ("json", "xml")}


@each
def test_json_is_read_and_written_the_same_and_keeps_its_hash(name):
    task = task_from_json(stored(name))
    assert task_problems(task) == []
    assert task_to_json(task) == stored(name)
    assert hash_of(task_to_json(task)) == HASHES[name]


@each
def test_a_rubric_of_its_own_is_read_and_written_the_same(name):
    rubric = stored(name)["rubric"]
    assert rubric_to_json(rubric_from_json(rubric)) == rubric


@each
def test_olx_is_the_same_task_and_survives_a_round_trip(name):
    task = exported(name)
    assert task == task_from_json(stored(name))
    node = etree.Element("workplace_assignment")
    task_to_xml(task, node)
    assert task_from_xml(etree.fromstring(etree.tostring(node))) == task
