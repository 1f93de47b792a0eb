"""A course with one of each block of the add-on, in which an author has chosen what can be chosen."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from iciinsmes.assignments.presets import preset_task, presets
from iciinsmes.assignments.serializers import task_to_json
from iciinsmes.self_check import api as self_check

from .course import CourseTestCase

DUE = datetime(2027, 1, 15, 12, tzinfo=UTC)
WORDS = "<p>Ask <b>twenty</b> customers.</p>"
#: By category; the assignment's task is a preset's.
CHOSEN: dict[str, dict[str, Any]] = {
    "digital_tool": {
        "instructions": WORDS,
        "own_data": False,
        "checks": ["valid", "decision"],
        "attempts": 3,
        "instrument": "net-promoter-score",
    },
    "development_project": {"instructions": WORDS, "part": "customers"},
    "self_check": {"instructions": WORDS, "model": self_check.write_model(self_check.shipped_model()).strip()},
    "early_warning": {"instructions": WORDS, "indicators": "E1 E4", "done_when": "alarm"},
    "reaction": {"instructions": WORDS},
    "best_practice_cases": {"instructions": WORDS, "cases": "dk1 pl2", "count": 2},
    "support_directory": {"instructions": WORDS, "need": "digital", "stage": "G3", "done_when": "answered"},
}


class AuthoredTestCase(CourseTestCase):
    """``authored`` holds the blocks by category."""

    def setUp(self) -> None:
        """Put the blocks beside those of the course, and publish them."""
        super().setUp()
        task = task_to_json(preset_task(presets()[0].key))
        title, weight = task.pop("title"), float(task.pop("weight"))
        self.authored = {
            "workplace_assignment": self.add(
                "workplace_assignment", task=task, display_name=title, weight=weight, due=DUE
            )
        }
        for category, chosen in CHOSEN.items():
            self.authored[category] = self.add(category, display_name="Ask them", due=DUE, weight=7.5, **chosen)
        for block in self.authored.values():
            self.store.publish(block.location, self.user.id)

    def check(self, block: Any, copy: Any, *, has_due: bool = True) -> None:
        """Fail unless the copy has what the author chose, as the block itself reads it."""
        assert copy.authored() == block.authored()
        assert (copy.display_name, copy.weight) == (block.display_name, block.weight)
        if has_due:
            assert copy.due == block.due
        assert copy.usage_key != block.usage_key
