"""What a reader looks for, with what is known of the firm."""

from __future__ import annotations

from opaque_keys.edx.keys import CourseKey

from .data import STAGES, Need, Reader, Want
from .facts import stage_of


def want_of(*, reader: Reader, course_key: CourseKey, need: str = "", stage: str = "", language: str = "") -> Want:
    """Return what the reader looks for: a need, in the stage that is asked for, or in that of the firm's project.

    Args:
        reader: who asks.
        course_key: the run.
        need: one of `data.Need`, or empty; anything else counts as empty.
        stage: one of `data.STAGES`, or empty; anything else counts as empty.
        language: of the reader, such as ``de`` or ``de-at``.
    """
    return Want(
        country=reader.country,
        region=reader.region,
        size=reader.size,
        language=language.partition("-")[0],
        need=need if need in {each.value for each in Need} else "",
        stage=stage if stage in STAGES else stage_of(reader.company_id, course_key),
    )
