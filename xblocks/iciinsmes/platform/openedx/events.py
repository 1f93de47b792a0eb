"""Events on the platform: into the tracking log, from where xAPI takes them, and as signals for other apps.

Tried on Teak (common/djangoapps/track/contexts.py, eventtracking/tracker.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec

from opaque_keys.edx.keys import CourseKey

from iciinsmes.platform.events import Value

#: An event takes these along from the request, and an older link of a mentor has its secret in the address.
_ADDRESSES = {"path": "", "referer": ""}


def publish(name: str, data: Mapping[str, Value], course_key: CourseKey) -> None:
    """Emit a tracking event in the course's context, without addresses, and send the signal of the same name."""
    from common.djangoapps.track import contexts
    from eventtracking import tracker

    # Addresses of plugins name no course run that the platform would know.
    context = {**contexts.course_context_from_course_id(course_key), **_ADDRESSES}
    with tracker.get_tracker().context("iciinsmes", context):
        tracker.emit(name, dict(data))
    if find_spec("openedx_events"):
        from iciinsmes.platform.openedx.public_signals import send

        send(name, data, course_key)
