"""What an author publishes in Studio becomes what learners work on, before anybody looks.

Only Studio imports this module, through `iciinsmes.apps`, so it may import the platform and its Celery at once;
tests/openedx/test_publishing.py tries it there.
"""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.db import transaction
from opaque_keys.edx.keys import CourseKey
from xmodule.modulestore import ModuleStoreEnum
from xmodule.modulestore.django import SignalHandler, modulestore

#: Plugins name signals by the path of a module and a name in it; the platform's own is an attribute of a class.
course_published = SignalHandler.course_published
#: Blocks that freeze what an author publishes; they have a method ``freeze``.
BLOCK_TYPES = (
    "workplace_assignment",
    "digital_tool",
    "development_project",
    "self_check",
    "early_warning",
    "reaction",
    "best_practice_cases",
    "support_directory",
)


def on_published(sender: object, course_key: CourseKey, **_more: Any) -> None:
    """Freeze the course run's published tasks, after and outside of the author's request."""
    transaction.on_commit(lambda: freeze_published.delay(str(course_key)))


@shared_task(name="iciinsmes.freeze_published")
def freeze_published(course_key: str) -> None:
    """Let every published block of the course run freeze what it holds; what has not changed stays as it is.

    The platform says which course run was published, and not which of its blocks.
    """
    key, store = CourseKey.from_string(course_key), modulestore()
    with store.branch_setting(ModuleStoreEnum.Branch.published_only, key), store.bulk_operations(key):
        for block_type in BLOCK_TYPES:
            for block in store.get_items(key, qualifiers={"category": block_type}):
                block.freeze()
