"""The test card: what is believed and what would prove it, written down before there are any data.

Source: Bland, D., Osterwalder, A. (2019): Testing Business Ideas.
"""

from __future__ import annotations

from . import names
from .declaration import Canvas, Choice, Column, Kind
from .texts import msg

TEST_CARD = Canvas(
    place="part",
    text="text",
    layout=(("belief", "test"), ("measure", "threshold")),
    title=msg("Test card"),
    purpose=msg("Write down what you believe, and from when on you are right, before you test."),
    columns=(
        Column(
            "part",
            msg("Part of the test card"),
            Kind.CHOICE,
            choices=(
                Choice("belief", msg("We believe that"), ("hypothesis", "hypothese", "hipoteza", "hipotézis")),
                Choice("test", msg("To find out, we"), ("test", "teszt")),
                Choice("measure", msg("We measure"), ("metric", "messung", "måling", "mérés", "pomiar")),
                Choice("threshold", msg("We are right if"), ("schwelle", "grænse", "küszöb", "próg")),
            ),
        ),
        Column("text", msg("In a sentence"), Kind.FREE_TEXT, aliases=names.COMMENT),
        Column("day", msg("Written down on"), Kind.DATE, required=False, aliases=names.DATE),
    ),
)
