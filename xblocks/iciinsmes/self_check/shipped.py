"""The model that is shipped: 24 statements in six dimensions, whose texts are messages of the interface.

Own wording and own instrument, for reflection and not psychometrically validated. Its two axes follow Narver, Slater
and MacLachlan (2004); see the decision 0054. A college takes it as a file (`model_file.write_model`) and
changes it there.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from .data import AdviceText, Axis, CheckModel, Dimension, Item, Scale, Text


def _text(message: str) -> Text:
    return {"": message}


_DIMENSIONS = (
    ("D1", _("Sensing")),
    ("D2", _("Signals")),
    ("D3", _("Processing")),
    ("D4", _("Ideas and choice")),
    ("D5", _("Realising")),
    ("D6", _("Resources and network")),
)

#: Four statements a dimension, two about responding and two about looking ahead, each with what helps.
_ITEMS = (
    (_("We write down every complaint with cause and cost."), "T05"),
    (_("We measure satisfaction after orders at fixed times."), "T03"),
    (_("At least once a year we watch customers using our products or services."), "T08"),
    (_("We talk with lost or non-customers to learn why."), "T10"),
    (_("We check sales, quote success and delivery dates monthly."), "EW"),
    (_("For the most important figures limits exist that make us act."), "EW"),
    (_("We follow trends in our customers' industries, not only in ours."), "T07"),
    (_("We know which customers are ahead of the others and meet them."), "T10"),
    (_("Feedback reaches the person who can change something within a week."), "T08"),
    (_("The same problem does not come back."), "T05"),
    (_("We combine several sources before deciding what customers need."), "T06"),
    (_("We look for needs customers do not express themselves."), "T11"),
    (_("Employees and customers get an answer to their suggestions."), "T18"),
    (_("Ideas are collected in one place."), "T18"),
    (_("We invite customers or partners to develop ideas with us."), "T17"),
    (_("We choose ideas by criteria fixed beforehand."), "T19"),
    (_("Each improvement has one responsible person, a date and a budget."), "CP"),
    (_("We check whether an improvement had effect for customers."), "T26"),
    (_("We test rough versions with customers before investing."), "T26"),
    (
        _("In the last three years we changed our offer, marketing or business model before we were forced to."),
        "T22",
    ),
    (_("We know whom to ask for advice or funding."), "SD"),
    (_("Staff are trained when we introduce something new."), "W14"),
    (_("Fixed hours or money are reserved for innovation."), "CP"),
    (_("We work with other firms, colleges or research on new things."), "SD"),
)
_WORDS = (_("never"), _("seldom"), _("partly"), _("mostly"), _("always"))
_ADVICE = (
    (
        "EW",
        _("Watch your figures month by month"),
        _("Choose three figures, write them down on one day of each month, and agree beforehand when you act."),
    ),
    (
        "CP",
        _("Make it a measure of your project"),
        _("Give it one person, a date and some hours, and look at it with the others every two weeks."),
    ),
    (
        "SD",
        _("Find out who helps"),
        _("Ask your chamber or guild, the Enterprise Europe Network or your college for a first talk."),
    ),
    (
        "W14",
        _("Train those who work with it"),
        _("Plan half an hour for everybody concerned, try it out together, and ask afterwards what is still unclear."),
    ),
)


def shipped_model() -> CheckModel:
    """Return the model of whoever brings no own one."""
    return CheckModel(
        scale=Scale(0, 4, tuple(map(_text, _WORDS))),
        dimensions=tuple(Dimension(code, _text(title)) for code, title in _DIMENSIONS),
        items=tuple(
            Item(
                code=str(number + 1),
                dimension=_DIMENSIONS[number // 4][0],
                axis=Axis.RESPONSIVE if number % 4 < 2 else Axis.PROACTIVE,
                text=_text(text),
                advice=advice,
            )
            for number, (text, advice) in enumerate(_ITEMS)
        ),
        advice=tuple(AdviceText(code, _text(title), _text(text)) for code, title, text in _ADVICE),
    )
