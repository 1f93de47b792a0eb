"""What hosts ask of a graded block besides its views: results for instructors' tools, points for a content library.

`xblock.scorable.ScorableXBlockMixin` is not inherited: Open edX would then call ``set_score`` on blocks that are bound
to nobody, whenever a teacher books a grade (lms/djangoapps/grades/signals/handlers.py). Its tools ask for these methods
by name, with the block bound to the learner, so that what is published goes to the learner.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

from xblock.core import XBlockMixin
from xblock.fields import Float, Scope


class Points(NamedTuple):
    """A result as it goes to the gradebook; ``possible`` is the weight, above 0."""

    earned: Decimal
    possible: Decimal


class Regradable:
    """Mixin of blocks whose results live in tables of the add-on."""

    runtime: Any
    _override: Any = None

    def result_points(self) -> Points | None:
        """Return the result that counts for the person the block is bound to; None before there is one."""
        raise NotImplementedError

    def allows_rescore(self) -> bool:
        """Tell that a result can be worked out anew."""
        return True

    def has_submitted_answer(self) -> bool:
        """Tell whether there is a result to work out."""
        return self.result_points() is not None

    def rescore(self, only_if_higher: bool) -> None:
        """Book the released result again, in place of an override or of a number that went astray.

        Args:
            only_if_higher: keep what is booked if it is the greater share.

        Raises:
            ValueError: there is no result yet.
        """
        points = self.result_points()
        if points is None:
            raise ValueError("There is no result to rescore.")
        self._publish(float(points.earned), float(points.possible), only_if_higher=only_if_higher)

    def set_score(self, score: Any) -> None:
        """Take an override; `publish_grade` books it.

        Args:
            score: ``raw_earned`` of ``raw_possible``, whose ratio counts.
        """
        self._override = score

    def publish_grade(self) -> None:
        """Book the override for the person the block is bound to; the add-on's own result stays as it was."""
        self._publish(self._override.raw_earned, self._override.raw_possible, only_if_higher=False)

    def _publish(self, earned: float, possible: float, *, only_if_higher: bool) -> None:
        event = {"value": earned, "max_value": possible, "only_if_higher": only_if_higher}
        self.runtime.publish(self, "grade", event)


class LibraryWeight(XBlockMixin):
    """Brings the points of a library's block into the course that takes it.

    The platform leaves every ``weight`` behind, so that a task worth ten points would be worth one (read in
    cms/lib/xblock/upstream_sync.py, which lets blocks say it in another way).
    """

    upstream_weight = Float(default=None, scope=Scope.settings, hidden=True)

    @classmethod
    def get_customizable_fields(cls) -> dict[str, str | None]:
        """Return for Studio which fields a course may change, each with where the library's value is kept.

        None: the library has no say in it. A value that the course has not changed follows the library.
        """
        return {
            "display_name": "upstream_display_name",
            "weight": "upstream_weight",
            "due": None,
            "upstream_weight": None,
        }
