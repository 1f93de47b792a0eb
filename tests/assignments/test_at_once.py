"""A hand-in and another tab in the same moment, on the database as it is: each with a connection of its own."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from iciinsmes.assignments import api
from iciinsmes.assignments.errors import AssignmentError, NotEditable, StaleDraft
from iciinsmes.evidence import api as evidence

from .conftest import BLOCK, GOOD, attach

pytestmark = pytest.mark.django_db(transaction=True)

OTHER = {"channels": "words from the other tab"}


def test_no_save_is_confirmed_that_misses_the_round(learner, version, monkeypatch):
    attach(learner)
    api.save_draft(user_id=learner.id, usage_key=BLOCK, answers=GOOD, hours=None, base_revision=0)
    answers: list[object] = []

    def save() -> None:
        try:
            answers.append(
                api.save_draft(user_id=learner.id, usage_key=BLOCK, answers=OTHER, hours=None, base_revision=1)
            )
        except AssignmentError as refusal:
            answers.append(refusal)
        finally:
            connection.close()

    other_tab = threading.Thread(target=save)
    keep = evidence.keep

    def keep_while_the_other_tab_saves(**options):
        other_tab.start()
        # Long enough for a save that nobody holds back; one that waits goes on after the hand-in.
        other_tab.join(timeout=0.5)
        return keep(**options)

    monkeypatch.setattr(evidence, "keep", keep_while_the_other_tab_saves)
    handed_in = api.hand_in(user_id=learner.id, usage_key=BLOCK, base_revision=1, version_id=version.id)
    other_tab.join()
    assert handed_in.answers == GOOD
    # A tab that came to its turn only after the hand-in is told that instead.
    assert isinstance(answers[0], StaleDraft | NotEditable)
    assert api.work_of(user_id=learner.id, usage_key=BLOCK).draft.answers == GOOD
