"""Kinds of entries about customers: what they said, what was understood from it, ideas, tests, and results of tools."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from .data import Kind, ProjectPart
from .fields import LONG, TEXT, EntryField, EntryKind, FieldKind, Words

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
    ProjectPart.CUSTOMERS,
    (
        EntryField("on", FieldKind.DAY, _("Day"), required=True),
        EntryField(
            "customer",
            FieldKind.LINE,
            _("Customer"),
            required=True,
            help=_("A number or a made-up name, never the real one."),
            length=60,
            pseudonym=True,
        ),
        EntryField("segment", FieldKind.LINE, _("Kind of customer"), length=60),
        EntryField("method", FieldKind.CHOICE, _("How?"), required=True, choices=tuple(METHODS.items())),
        EntryField("words", FieldKind.TEXT, _("What did the customer say or do?"), required=True, length=TEXT),
        EntryField("pilot", FieldKind.YES_NO, _("This customer has used the new offer")),
        EntryField("files", FieldKind.FILES, _("Photo or file")),
    ),
    most=1_000,
)


INSIGHT = EntryKind(
    Kind.INSIGHT,
    _("Insight"),
    _("Insights"),
    ProjectPart.CUSTOMERS,
    (
        EntryField("text", FieldKind.TEXT, _("What have you understood?"), required=True, length=TEXT),
        EntryField(
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
    ProjectPart.IDEAS,
    (
        EntryField("title", FieldKind.LINE, _("Idea"), required=True),
        EntryField(
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
        EntryField("insight", FieldKind.ENTRY, _("Answers the insight"), of=(Kind.INSIGHT,)),
        EntryField("score", FieldKind.NUMBER, _("Points"), least=Decimal(0), most=Decimal(1_000)),
        EntryField(
            "decision",
            FieldKind.CHOICE,
            _("Decision"),
            choices=(("chosen", _("We do it")), ("later", _("Later")), ("dropped", _("No"))),
        ),
        EntryField("why", FieldKind.TEXT, _("Why?"), length=TEXT),
    ),
    most=300,
)


TEST = EntryKind(
    Kind.TEST,
    _("Test card"),
    _("Test cards"),
    ProjectPart.TESTS,
    (
        EntryField("assumption", FieldKind.TEXT, _("We believe that …"), required=True, length=TEXT),
        EntryField("idea", FieldKind.ENTRY, _("For the idea"), of=(Kind.IDEA,)),
        EntryField("risky", FieldKind.YES_NO, _("If this is wrong, the idea fails")),
        EntryField("method", FieldKind.LINE, _("To find out we …"), length=500),
        EntryField(
            "threshold",
            FieldKind.LINE,
            _("We are right if …"),
            help=_("Write the figure down before you test."),
            length=500,
        ),
        EntryField("on", FieldKind.DAY, _("Tested on")),
        EntryField(
            "customers", FieldKind.COUNT, _("With how many real customers?"), least=Decimal(0), most=Decimal(10_000)
        ),
        EntryField("result", FieldKind.TEXT, _("What came out?"), length=TEXT),
        EntryField(
            "decision",
            FieldKind.CHOICE,
            _("Decision"),
            choices=(("go", _("Go on")), ("iterate", _("Change it and test again")), ("stop", _("Stop"))),
        ),
        EntryField("files", FieldKind.FILES, _("Photo or file")),
    ),
    most=100,
)


RESULT = EntryKind(
    Kind.RESULT,
    _("Evidence from a tool or a task"),
    _("Evidence from tools and tasks"),
    ProjectPart.CUSTOMERS,
    (
        EntryField("title", FieldKind.LINE, _("What is it?"), required=True),
        EntryField("on", FieldKind.DAY, _("Day"), required=True),
        EntryField("source", FieldKind.LINE, _("Where from?"), required=True, length=100),
        EntryField("link", FieldKind.LINE, _("Link"), length=100),
        EntryField("words", FieldKind.TEXT, _("What it says"), length=LONG),
    ),
    most=300,
)
