"""What learners read around a problem: words of xblocks-contrib, which brings no translations of them.

They are named here so that the campus' catalogues have them; the package finds them there by itself.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

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
