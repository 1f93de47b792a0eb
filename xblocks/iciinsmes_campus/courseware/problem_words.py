"""What learners read around a problem: words of xblocks-contrib, which brings no translations of them.

They are named here so that the campus' catalogues have them; the package finds them there by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext, ngettext, ngettext_lazy
from django.utils.translation import gettext_noop as _

WORDS = (
    _("Answer submitted."),
    _("Answer"),
    _("Answers are displayed within the problem"),
    _("Correct"),
    _("Correct:"),
    _("Could not interpret '{student_answer}' as a number."),
    _("Hint"),
    _("Hint ({hint_num} of {hints_count}): "),
    _("Incorrect"),
    _("Incorrect:"),
    _("Invalid math syntax: '{student_answer}'"),
    _("Next Hint"),
    _("Not yet answered."),
    _("Partially Correct"),
    _("Reset"),
    _("Reset your answer"),
    _("Review"),
    _("Save"),
    _("Save your answer"),
    _("Select an option"),
    _("Show answer"),
    _("Some problems have options such as save, reset, hints, or show answer. These options follow the Submit button."),
    _("Submit"),
    _("Submitting"),
    _("This answer is being processed."),
    _("This answer is correct."),
    _("This answer is incorrect."),
    _("This answer is partially correct."),
    _("Your answers have been saved but not graded. Click '{button_name}' to grade them."),
    _("Your answers have been saved."),
    _("Your answers were previously saved. Click '{button_name}' to grade them."),
    _("correct"),
    _("incorrect"),
    _("or"),
    _("partially correct"),
    _("processing"),
    _("submitted"),
    _("unanswered"),
)

#: Each with the word for one and the word for many.
COUNTED = (
    ngettext_lazy("Correct ({progress} point)", "Correct ({progress} points)"),
    ngettext_lazy("Incorrect ({progress} point)", "Incorrect ({progress} points)"),
    ngettext_lazy("Partially correct ({progress} point)", "Partially correct ({progress} points)"),
    ngettext_lazy(
        "You have used %(attempts_used)s of %(num_total)s attempt.",
        "You have used %(attempts_used)s of %(num_total)s attempts",
    ),
)

#: What the package's script says in the browser, where it asks the page for words.
_OF_SCRIPT = (
    _("Could not grade your answer. The submission was aborted."),
    _("The grading process is still running. Refresh the page to see updates."),
    _("This problem has been reset."),
    _("unsubmitted"),
    _("{label}: {status}"),
)
_COUNTED_OF_SCRIPT: Mapping[str, Callable[[int], str]] = {
    "{earned}/{possible} point (graded)": lambda count: ngettext(
        "{earned}/{possible} point (graded)", "{earned}/{possible} points (graded)", count
    ),
    "{earned}/{possible} point (ungraded)": lambda count: ngettext(
        "{earned}/{possible} point (ungraded)", "{earned}/{possible} points (ungraded)", count
    ),
    "{num_points} point possible (graded)": lambda count: ngettext(
        "{num_points} point possible (graded)", "{num_points} points possible (graded)", count
    ),
    "{num_points} point possible (ungraded)": lambda count: ngettext(
        "{num_points} point possible (ungraded)", "{num_points} points possible (ungraded)", count
    ),
}
#: A count of each kind that a language of the campus tells apart, by the names that browsers give to kinds.
_COUNTS = {"one": 1, "few": 2, "many": 5, "other": 5}


def words_of_script() -> dict[str, Any]:
    """Return what the package's script says in the reader's language, by its English words; counted ones by kind."""
    return {
        **{text: gettext(text) for text in _OF_SCRIPT},
        **{text: {kind: told(count) for kind, count in _COUNTS.items()} for text, told in _COUNTED_OF_SCRIPT.items()},
    }
