"""Kinds of entries about customers: what they said, what was understood from it, ideas, tests, and results of tools."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from .data import Kind, Part
from .fields import LONG, TEXT, EntryKind, Field, FieldKind, Words

METHODS: Mapping[str, Words] = {
    "talk": _("Talk"),
    "phone": _("Telephone"),
    "survey": _("Survey"),
    "complaint": _("Complaint"),
    "review": _("Online review"),
    "visit": _("Visit, watching"),
    "interview": _("Interview"),
    "data": _("Own figures"),
    "other": _("Something else"),
}


CONTACT = EntryKind(
    Kind.CONTACT,
    _("Customer's words"),
    _("Customers' words"),
    Part.CUSTOMERS,
    (
        Field("on", FieldKind.DAY, _("Day"), required=True),
        Field(
            "customer",
            FieldKind.LINE,
            _("Customer"),
            required=True,
            help=_("A number or a made-up name, never the real one."),
            length=60,
            pseudonym=True,
        ),
        Field("segment", FieldKind.LINE, _("Kind of customer"), length=60),
        Field("method", FieldKind.CHOICE, _("How?"), required=True, choices=tuple(METHODS.items())),
        Field("words", FieldKind.TEXT, _("What did the customer say or do?"), required=True, length=TEXT),
        Field("pilot", FieldKind.YES_NO, _("This customer has used the new offer")),
        Field("files", FieldKind.FILES, _("Photo or file")),
    ),
    most=1_000,
)


INSIGHT = EntryKind(
    Kind.INSIGHT,
    _("Insight"),
    _("Insights"),
    Part.CUSTOMERS,
    (
        Field("text", FieldKind.TEXT, _("What have you understood?"), required=True, length=TEXT),
        Field(
            "sources",
            FieldKind.ENTRIES,
            _("From what?"),
            of=(Kind.CONTACT, Kind.RESULT),
            help=_("At least two, so that it is no chance."),
        ),
    ),
    most=100,
)


IDEA = EntryKind(
    Kind.IDEA,
    _("Idea"),
    _("Ideas"),
    Part.IDEAS,
    (
        Field("title", FieldKind.LINE, _("Idea"), required=True),
        Field(
            "origin",
            FieldKind.CHOICE,
            _("Whose idea?"),
            required=True,
            choices=(
                ("customer", _("A customer's")),
                ("with_customer", _("Ours, together with a customer")),
                ("staff", _("Ours")),
                ("other", _("From elsewhere")),
            ),
        ),
        Field("insight", FieldKind.ENTRY, _("Answers the insight"), of=(Kind.INSIGHT,)),
        Field("score", FieldKind.NUMBER, _("Points"), least=Decimal(0), most=Decimal(1_000)),
        Field(
            "decision",
            FieldKind.CHOICE,
            _("Decision"),
            choices=(("chosen", _("We do it")), ("later", _("Later")), ("dropped", _("No"))),
        ),
        Field("why", FieldKind.TEXT, _("Why?"), length=TEXT),
    ),
    most=300,
)


TEST = EntryKind(
    Kind.TEST,
    _("Test card"),
    _("Test cards"),
    Part.TESTS,
    (
        Field("assumption", FieldKind.TEXT, _("We believe that …"), required=True, length=TEXT),
        Field("idea", FieldKind.ENTRY, _("For the idea"), of=(Kind.IDEA,)),
        Field("risky", FieldKind.YES_NO, _("If this is wrong, the idea fails")),
        Field("method", FieldKind.LINE, _("To find out we …"), length=500),
        Field(
            "threshold",
            FieldKind.LINE,
            _("We are right if …"),
            help=_("Write the figure down before you test."),
            length=500,
        ),
        Field("on", FieldKind.DAY, _("Tested on")),
        Field("customers", FieldKind.COUNT, _("With how many real customers?"), least=Decimal(0), most=Decimal(10_000)),
        Field("result", FieldKind.TEXT, _("What came out?"), length=TEXT),
        Field(
            "decision",
            FieldKind.CHOICE,
            _("Decision"),
            choices=(("go", _("Go on")), ("iterate", _("Change it and test again")), ("stop", _("Stop"))),
        ),
        Field("files", FieldKind.FILES, _("Photo or file")),
    ),
    most=100,
)


RESULT = EntryKind(
    Kind.RESULT,
    _("Evidence from a tool or a task"),
    _("Evidence from tools and tasks"),
    Part.CUSTOMERS,
    (
        Field("title", FieldKind.LINE, _("What is it?"), required=True),
        Field("on", FieldKind.DAY, _("Day"), required=True),
        Field("source", FieldKind.LINE, _("Where from?"), required=True, length=100),
        Field("link", FieldKind.LINE, _("Link"), length=100),
        Field("words", FieldKind.TEXT, _("What it says"), length=LONG),
    ),
    most=300,
)
