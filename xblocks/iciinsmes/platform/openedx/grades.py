"""The platform's gradebook and completion, for another person than the one who clicks.

Read and tried on Teak (lms/djangoapps/grades/signals/handlers.py, courseware/model_data.py, instructor/enrollment.py):
the score signal takes the learner as ``user`` and points as the author wrote them; the block's weight is applied there.
"""

from __future__ import annotations

import logging
from decimal import Decimal
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model

from .access import find_block

if TYPE_CHECKING:
    from opaque_keys.edx.keys import UsageKey

_log = logging.getLogger(__name__)


def book_grade(*, user_id: int, usage_key: UsageKey, earned: Decimal, possible: Decimal) -> None:
    """See `Host.book_grade`; a block that was deleted meanwhile has no place in the gradebook."""
    from lms.djangoapps.courseware.models import StudentModule
    from lms.djangoapps.grades.signals.signals import SCORE_PUBLISHED

    block = find_block(usage_key)
    if block is None:
        _log.warning("No grade booked for user %s: %s does not exist any more", user_id, usage_key)
        return
    # The signal makes a row without a state, which "Reset attempts" cannot read.
    StudentModule.objects.get_or_create(
        student_id=user_id,
        course_id=usage_key.course_key,
        module_state_key=usage_key,
        defaults={"module_type": usage_key.block_type, "state": "{}"},
    )
    SCORE_PUBLISHED.send(
        sender=None,
        block=block,
        user=get_user_model().objects.get(id=user_id),
        raw_earned=float(earned),
        raw_possible=float(possible),
        only_if_higher=False,
    )


def excuse(*, user_id: int, usage_key: UsageKey) -> None:
    """See `Host.excuse`: a score of which nothing is possible does not count in the platform's subsections.

    Tried on Teak (lms/djangoapps/grades/scores.py, course_grade.py): where nothing is possible the block is no graded
    one for this learner, and a subsection of which nothing is left is none of its assignment type.
    """
    book_grade(user_id=user_id, usage_key=usage_key, earned=Decimal(0), possible=Decimal(0))


def forget_result(*, user_id: int, usage_key: UsageKey) -> None:
    """See `Host.forget_result`; called by the platform's own "Delete learner state", before it deletes its row.

    Both steps are needed there: without the first the platform finds no row to delete and reports an error, without the
    second it deletes the row and leaves the grade.
    """
    from completion.models import BlockCompletion
    from lms.djangoapps.courseware.model_data import set_score
    from lms.djangoapps.grades.constants import ScoreDatabaseTableEnum
    from lms.djangoapps.grades.signals.signals import PROBLEM_RAW_SCORE_CHANGED

    block = find_block(usage_key)
    modified = set_score(user_id, usage_key, None, None)
    if block is not None:
        PROBLEM_RAW_SCORE_CHANGED.send(
            sender=None,
            raw_earned=0,
            raw_possible=block.max_score(),
            weight=block.weight,
            user_id=user_id,
            course_id=str(usage_key.course_key),
            usage_id=str(usage_key),
            only_if_higher=False,
            score_deleted=True,
            modified=modified,
            score_db_table=ScoreDatabaseTableEnum.courseware_student_module,
        )
    # A completion of 0 would leave a row of the learner behind.
    BlockCompletion.objects.filter(user_id=user_id, context_key=usage_key.course_key, block_key=usage_key).delete()


def complete(*, user_id: int, usage_key: UsageKey, fraction: float) -> None:
    """See `Host.complete`; does nothing where the site has completion tracking switched off."""
    from completion.models import BlockCompletion
    from completion.waffle import ENABLE_COMPLETION_TRACKING_SWITCH

    if ENABLE_COMPLETION_TRACKING_SWITCH.is_enabled():
        user = get_user_model().objects.get(id=user_id)
        BlockCompletion.objects.submit_completion(user=user, block_key=usage_key, completion=fraction)
