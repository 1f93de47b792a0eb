"""Staff delete a learner's state in the platform's own tool: nothing of it stays, and nothing else goes."""

from __future__ import annotations

import hashlib
from decimal import Decimal

import pytest

from iciinsmes.assignments import api
from iciinsmes.assignments.models import Draft, Round, Work
from iciinsmes.evidence import api as evidence
from iciinsmes.evidence import object_storage
from iciinsmes.evidence.data import EvidenceRules
from iciinsmes.evidence.models import EvidenceFile
from iciinsmes.platform import host
from iciinsmes.review import api as review
from iciinsmes.review.models import Assessment
from iciinsmes_campus.learning import api as learning
from tests.drafts import draft

from .conftest import BLOCK, COURSE, GOOD
from .test_block import make

pytestmark = pytest.mark.django_db

OTHER_BLOCK = BLOCK.replace(block_id="w02")


def clear(block, user) -> None:
    block.clear_student_state(
        user_id=host().anonymous_id(user.id, COURSE),
        course_id=str(COURSE),
        item_id=str(BLOCK),
        requesting_user_id="somebody",
    )


def send(user, content: bytes, *, block=BLOCK, whole=True) -> None:
    upload = evidence.begin_upload(
        owner_id=user.id,
        subject=draft(user.id, block),
        name="list.csv",
        size=len(content) if whole else len(content) + 1,
        sha256=hashlib.sha256(content).hexdigest(),
        rules=EvidenceRules(),
    )
    evidence.receive_chunk(upload_id=upload.id, owner_id=user.id, offset=0, content=content)
    if whole:
        evidence.finish_upload(upload_id=upload.id, owner_id=user.id, rules=EvidenceRules())


def hand_in(user, version) -> Round:
    send(user, f"channel;{user.username}\n1;2\n".encode())
    api.save_draft(user_id=user.id, usage_key=BLOCK, answers=GOOD, hours=Decimal(4), base_revision=0)
    handed = api.hand_in(user_id=user.id, usage_key=BLOCK, base_revision=1, version_id=version.id)
    return Round.objects.get(pk=handed.id)


def assess(row: Round, version, teacher) -> None:
    review.propose(
        subject=row.id,
        rubric_id=version.rubric_id,
        assessor_id=teacher.id,
        points={"completeness": Decimal(2), "finding": Decimal(3)},
        comments={},
        feedback="Good.",
        base_revision=None,
    )
    api.release(round_id=row.id, assessor_id=teacher.id, outcome="passed")


def objects() -> set[str]:
    return {
        name
        for folder in (object_storage.FILES, object_storage.UPLOADS, object_storage.PREVIEWS)
        for name in object_storage.objects(folder)
    }


def test_everything_of_the_learner_on_this_block_goes(
    task, version, learner, teacher, django_capture_on_commit_callbacks
):
    before = objects()
    with django_capture_on_commit_callbacks(execute=True):
        assess(hand_in(learner, version), version, teacher)
        send(learner, b"half of it\n", whole=False)
    assert objects() - before
    assert learning.grades(user_id=learner.id, course_key=COURSE)
    with django_capture_on_commit_callbacks(execute=True):
        clear(make(task), learner)
    for model in (Work, Draft, Round, Assessment, EvidenceFile):
        assert not model.objects.exists(), model
    assert objects() == before
    assert not learning.grades(user_id=learner.id, course_key=COURSE)


def test_other_people_and_other_blocks_keep_everything(
    task, version, learner, other_learner, teacher, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        hand_in(learner, version)
        kept = hand_in(other_learner, version)
        assess(kept, version, teacher)
        send(learner, b"another;task\n1;2\n", block=OTHER_BLOCK)
        clear(make(task), learner)
    assert list(Round.objects.all()) == [kept]
    assert Assessment.objects.get().subject == kept.id
    assert learning.grades(user_id=other_learner.id, course_key=COURSE)
    assert len(evidence.files_of(subject=draft(learner.id, OTHER_BLOCK).id)) == 1
    of_block = Work.objects.filter(assignment__usage_key=BLOCK).values_list("subject", flat=True)
    assert {row.owner_id for row in EvidenceFile.objects.filter(subject__in=of_block)} == {other_learner.id}
    for row in EvidenceFile.objects.all():
        evidence.open_file(evidence_id=row.pk).close()


def test_the_learner_begins_anew(task, version, learner, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        hand_in(learner, version)
        clear(make(task), learner)
    work = api.work_of(user_id=learner.id, usage_key=BLOCK)
    assert (work.state, work.draft.revision, work.rounds, work.files) == ("draft", 0, (), ())
    with django_capture_on_commit_callbacks(execute=True):
        assert hand_in(learner, version).number == 1


def test_a_tab_that_is_still_open_loses_no_text(task, version, learner):
    api.save_draft(user_id=learner.id, usage_key=BLOCK, answers=GOOD, hours=None, base_revision=0)
    clear(make(task), learner)
    saved = api.save_draft(user_id=learner.id, usage_key=BLOCK, answers=GOOD, hours=None, base_revision=1)
    assert saved.revision == 1


def test_nothing_to_clear_is_no_error(task, learner):
    clear(make(task), learner)
    clear(make(task), learner)


def test_an_unknown_person_clears_nothing(task, version, learner, caplog):
    hand_in(learner, version)
    make(task).clear_student_state(
        user_id=str(learner.id), course_id=str(COURSE), item_id=str(BLOCK), requesting_user_id="x"
    )
    assert Round.objects.count() == 1
    assert "nobody is behind the id" in caplog.text


def test_a_failure_halfway_leaves_everything(task, version, learner, monkeypatch, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        hand_in(learner, version)

    def fail(**_arguments):
        raise RuntimeError("the database went away")

    monkeypatch.setattr(review, "forget", fail)
    with pytest.raises(RuntimeError), django_capture_on_commit_callbacks(execute=True):
        clear(make(task), learner)
    assert Round.objects.count() == 1
    evidence.open_file(evidence_id=EvidenceFile.objects.get().pk).close()
