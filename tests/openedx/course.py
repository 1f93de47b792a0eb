"""A course on the platform with a quiz and the add-on's two blocks in one graded subsection, and its people."""

from __future__ import annotations

from typing import Any

from common.djangoapps.student.tests.factories import CourseEnrollmentFactory, StaffFactory, UserFactory
from xmodule.capa.tests.response_xml_factory import OptionResponseXMLFactory
from xmodule.modulestore import ModuleStoreEnum
from xmodule.modulestore.tests.django_utils import ModuleStoreTestCase
from xmodule.modulestore.tests.factories import BlockFactory, CourseFactory

from iciinsmes.platform import host

WEIGHT = 10.0


class CourseTestCase(ModuleStoreTestCase):
    """One course of its own a test; the platform throws it away afterwards."""

    def setUp(self) -> None:
        """Make course, blocks and people."""
        super().setUp()
        host.cache_clear()
        self.course = CourseFactory.create(
            grading_policy={
                "GRADER": [{"type": "Work", "min_count": 1, "drop_count": 0, "short_label": "W", "weight": 1.0}],
                "GRADE_CUTOFFS": {"Pass": 0.6},
            }
        )
        chapter = BlockFactory.create(parent=self.course, category="chapter")
        self.subsection = BlockFactory.create(parent=chapter, category="sequential", graded=True, format="Work")
        self.unit = BlockFactory.create(parent=self.subsection, category="vertical")
        self.quiz = BlockFactory.create(
            parent=self.unit,
            category="problem",
            weight=4,
            data=OptionResponseXMLFactory().build_xml(
                question_text="?", num_inputs=1, options=["a", "b"], correct_option="a"
            ),
        )
        self.assignment = self.add("workplace_assignment", weight=WEIGHT)
        self.exercise = self.add("digital_tool", weight=WEIGHT, instrument="net-promoter-score")
        self.learner = UserFactory.create()
        CourseEnrollmentFactory.create(user=self.learner, course_id=self.course.id)
        self.teacher = StaffFactory.create(course_key=self.course.id)

    def add(self, category: str, **fields: Any) -> Any:
        """Put another block into the unit."""
        return BlockFactory.create(parent=self.unit, category=category, **fields)

    def delete(self, location: Any) -> None:
        """Take a block away as publishing its deletion does: for authors and for learners."""
        self.store.delete_item(location, self.teacher.id, revision=ModuleStoreEnum.RevisionOption.all)
