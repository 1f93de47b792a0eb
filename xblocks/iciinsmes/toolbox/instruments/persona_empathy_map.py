"""T09: a picture of a group of customers, and how much of it rests on facts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .kit import (
    Canvas,
    Chart,
    ChartKind,
    Choice,
    Column,
    Condition,
    Decision,
    Demo,
    Estimate,
    Figure,
    Firm,
    Heading,
    Instrument,
    Kind,
    Level,
    Need,
    Phase,
    Question,
    Result,
    ResultTable,
    Settings,
    Slip,
    Table,
    Text,
    Unit,
    Value,
    Verdict,
    ask_largest,
    choose_one,
    msg,
    names,
)
from .kit.words import grouped, numbered, same

_MIN_RATIO = 0.7
_MIN_SOURCES = 5

#: A form of address and a name after it, or before it in Hungarian.
_NAMED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Herrn?|Frau|Hr|Fru|Pan|Pani|Panem|Panią)\b\.? [A-ZÀ-ÖØ-ÞŁŚŻŹĆŐŰ][^\W\d_]+"
    r"|[A-ZÀ-ÖØ-ÞŁŚŻŹĆŐŰ][^\W\d_]+ (?:úr|asszony|kisasszony)\b"
)

_FIELDS = (
    Choice("says", msg("Says"), ("say", "sagt", "siger", "mondja", "mówi")),
    Choice("thinks", msg("Thinks"), ("think", "denkt", "tænker", "gondolja", "myśli")),
    Choice("does", msg("Does"), ("do", "tut", "macht", "gør", "teszi", "csinálja", "robi")),
    Choice("feels", msg("Feels"), ("feel", "fühlt", "føler", "érzi", "czuje")),
    Choice("pain", msg("Pain"), ("pains", "schmerz", "ärger", "smerte", "fájdalom", "ból", "problem")),
    Choice("gain", msg("Gain"), ("gains", "gewinn", "nutzen", "gevinst", "nyereség", "haszon", "korzyść")),
)


class Persona(NamedTuple):
    """One persona: its statements, those with a source, different sources, and fields without a statement."""

    name: str
    statements: int
    sourced: int
    sources: int
    empty_fields: int

    @property
    def title(self) -> Text | str:
        """Its name, or words for the only one that needs none."""
        return self.name or msg("your persona")

    @property
    def ratio(self) -> float:
        """Share of statements with a source, 0 to 1."""
        return self.sourced / self.statements


def compute(table: Table, options: Settings) -> Result:
    """Count what rests on a source, by persona and by field, and list what contradicts itself."""
    fields, sources = table.texts("field"), [same(source) for source in table.texts("source_id")]
    personas = [
        Persona(
            name,
            len(rows),
            sum(bool(sources[row]) for row in rows),
            len({sources[row] for row in rows} - {""}),
            len(_FIELDS) - len({fields[row] for row in rows}),
        )
        for name, rows in grouped(table.texts("persona")).items()
    ]
    personas.sort(key=lambda persona: (persona.ratio, persona.sources, persona.name))
    by_field = {
        str(choice.value): [
            bool(source) for field, source in zip(fields, sources, strict=True) if field == choice.value
        ]
        for choice in _FIELDS
    }
    sourced = sum(map(bool, sources))
    contradictions, unknown = _contradictions(table)
    named = sum(_NAMED.search(statement) is not None for statement in table.texts("statement"))
    return Result(
        n=min(persona.sources for persona in personas),
        verdict=_verdict(personas),
        figures=(
            Figure("ratio", msg("Statements with a source"), 100 * sourced / len(table), Unit.PERCENT, n=len(table)),
            Figure("statements", msg("Statements"), len(table)),
            Figure("personas", msg("Personas"), len(personas)),
            Figure("sources", msg("Different sources"), len(set(sources) - {""})),
            Figure("contradictions", msg("Contradictions"), len(contradictions.rows)),
        ),
        tables=(_fields_table(by_field), _personas_table(personas), contradictions),
        charts=(
            Chart(
                ChartKind.BARS,
                msg("Share of statements with a source; ▲ marks fields that need more facts"),
                table="fields",
                label="field",
                values=("share",),
                emphasis="weak",
                minimum=0,
                maximum=100,
            ),
        ),
        conditions=(
            Condition(
                "fields",
                all(persona.empty_fields == 0 for persona in personas),
                msg("A persona has empty fields. Each needs something in all six fields."),
            ),
            Condition(
                "ratio",
                all(persona.ratio >= _MIN_RATIO for persona in personas),
                msg("Less than 70 %% of the statements about a persona have a source."),
            ),
            Condition(
                "no_names",
                named == 0,
                msg(
                    "Statements that seem to name a real person: %(named)s. Write what the person does instead.",
                    named=named,
                ),
            ),
        ),
        notes=_notes(unknown),
        estimates=(_ratio_by_hand(sourced, len(table)),),
        questions=(*_weakest_field(by_field), _is_it_a_fact(personas)),
        decision=Decision(
            msg("What do you change in your offer for these customers, and on which statement does that rest?")
        ),
    )


def _contradictions(table: Table) -> tuple[ResultTable, int]:
    """Return each pair of cards that contradict each other once, and how many links lead to no card."""
    statements, fields, personas = table.texts("statement"), table.texts("field"), table.texts("persona")
    rows = numbered(table.texts("card"))
    titles = {str(choice.value): choice.title for choice in _FIELDS}
    pairs: dict[frozenset[int], tuple[str, Text, str, Text, str]] = {}
    unknown = 0
    for row, link in enumerate(map(same, table.texts("contradicts"))):
        if not link:
            continue
        other = rows.get(link, row)
        if other == row:
            unknown += 1
            continue
        found = (personas[row], titles[fields[row]], statements[row], titles[fields[other]], statements[other])
        pairs.setdefault(frozenset((row, other)), found)
    headings = (
        Heading("persona", msg("Persona")),
        Heading("field", msg("Field")),
        Heading("statement", msg("Statement")),
        Heading("other_field", msg("Other field")),
        Heading("other", msg("Contradicts")),
    )
    return ResultTable("contradictions", msg("Contradictions"), headings, tuple(pairs.values())), unknown


def _fields_table(by_field: Mapping[str, Sequence[bool]]) -> ResultTable:
    return ResultTable(
        "fields",
        msg("Fields"),
        (
            Heading("field", msg("Field")),
            Heading("statements", msg("Statements")),
            Heading("sourced", msg("With a source")),
            Heading("share", msg("Share"), Unit.PERCENT, decimals=0),
            Heading("weak", msg("Needs facts")),
        ),
        tuple(
            (
                *(choice.title, len(found), sum(found), 100 * sum(found) / len(found) if found else None),
                not found or sum(found) / len(found) < _MIN_RATIO,
            )
            for choice, found in zip(_FIELDS, by_field.values(), strict=True)
        ),
    )


def _personas_table(personas: Sequence[Persona]) -> ResultTable:
    return ResultTable(
        "personas",
        msg("Personas"),
        (
            Heading("persona", msg("Persona")),
            Heading("statements", msg("Statements")),
            Heading("share", msg("With a source"), Unit.PERCENT, decimals=0),
            Heading("sources", msg("Different sources")),
            Heading("empty_fields", msg("Empty fields")),
        ),
        tuple((entry.title, entry.statements, 100 * entry.ratio, entry.sources, entry.empty_fields)
              for entry in personas),
    )  # fmt: skip


def _verdict(personas: Sequence[Persona]) -> Verdict:
    first = personas[0]
    if first.ratio < _MIN_RATIO:
        text = msg(
            "Of the statements about this persona only %(share)s %% have a source: “%(persona)s”. Much of it may be "
            "your own opinion. Ask customers, or take out what nobody said.",
            share=round(100 * first.ratio),
            persona=first.title,
        )
        return Verdict("invented", Level.ATTENTION, text)
    gap = next((persona for persona in personas if persona.empty_fields), None)
    if gap:
        text = msg(
            "What is there rests on facts, but the picture is not whole. Empty fields of “%(persona)s”: %(fields)s.",
            persona=gap.title,
            fields=gap.empty_fields,
        )
        return Verdict("gaps", Level.NEUTRAL, text)
    text = msg("At least 70 %% of the statements have a source: this is a picture of customers, not of your wishes.")
    return Verdict("grounded", Level.GOOD, text)


def _notes(unknown: int) -> tuple[Text, ...]:
    if not unknown:
        return ()
    return (msg("Contradictions that do not name one other card, left out: %(unknown)s.", unknown=unknown),)


def _ratio_by_hand(sourced: int, statements: int) -> Estimate:
    slips = [Slip(100 * (1 - sourced / statements), msg("That is the share of statements without a source."))]
    if sourced < statements:
        slips.append(
            Slip(
                100 * sourced / (statements - sourced), msg("Divide by all statements, not by those without a source.")
            )
        )
    text = msg("How many percent of your statements have a source?")
    return Estimate("ratio", text, 100 * sourced / statements, tolerance=1, unit=Unit.PERCENT, slips=tuple(slips))


def _weakest_field(by_field: Mapping[str, Sequence[bool]]) -> tuple[Question, ...]:
    missing = [
        (choice.title, float(len(found) - sum(found))) for choice, found in zip(_FIELDS, by_field.values(), strict=True)
    ]
    return ask_largest("weakest_field", msg("Which field has the most statements without a source?"), missing)


def _is_it_a_fact(personas: Sequence[Persona]) -> Question:
    """Ask for the persona that stands on the weakest feet."""
    first = personas[0]
    is_enough = first.ratio >= _MIN_RATIO and first.sources >= _MIN_SOURCES
    return Question(
        "is_it_a_fact",
        msg("May you say in a meeting that “%(persona)s” is how these customers are?", persona=first.title),
        choose_one(
            [(msg("Yes, sources and talks are enough"), is_enough), (msg("No, it is still a guess"), not is_enough)]
        ),
    )


def _demo() -> list[tuple[Value, ...]]:
    """The early commuter of the bakery: what she says about healthy bread is not what she does."""
    words = {
        "says": ("I have three minutes", "I want to eat healthily", "Bread must be fresh at six"),
        "thinks": ("A queue of five is too long", "The app is for young people", "Good bread may cost more"),
        "does": ("buys a sweet roll and coffee", "walks on if she sees a queue", "pays by card", "comes at 6.20"),
        "feels": ("stressed before work", "at home when greeted", "annoyed if the roll is sold out"),
        "pain": ("misses the bus because of the queue", "never knows what is left", "coffee too hot to drink"),
        "gain": ("breakfast without planning", "a seat for five minutes", "a roll kept for her"),
    }
    # Feelings and thoughts are easily made up: two of them nobody has said.
    invented = {"The app is for young people", "at home when greeted", "coffee too hot to drink"}
    statements = [(field, words) for field, several in words.items() for words in several]
    return [
        (
            *("early commuter", field, statement),
            None if statement in invented else f"I{1 + index * 5 % 6}",
            str(index + 1),
            "2" if statement == "buys a sweet roll and coffee" else None,
        )
        for index, (field, statement) in enumerate(statements)
    ]


INSTRUMENT = Instrument(
    key="persona-empathy-map",
    code="T09",
    title=msg("Persona and empathy map"),
    phases=(Phase.ACQUIRE,),
    needs=(Need.UNDERSTAND, Need.WHICH_CUSTOMERS),
    purpose=msg("Draw a picture of a group of customers that rests on facts."),
    explanation=(
        msg(
            "A persona stands for a group of customers. Collect what such people say, think, do and feel, what hurts "
            "them and what they would gain, a statement a card."
        ),
        msg(
            "Write on each card where it comes from: the number of a talk, a review, an observation. Never write down "
            "names of real people."
        ),
        msg(
            "If at least 70 %% of the statements have a source and five or more people were heard, the picture carries "
            "decisions. Otherwise it shows what you believe."
        ),
        msg("Look for contradictions: people often say one thing and do another. Ideas begin there."),
    ),
    columns=(
        Column("persona", msg("Persona"), Kind.WORD, required=False, aliases=("persona", "perszóna", *names.SEGMENT)),
        Column(
            "field",
            msg("Field"),
            Kind.CHOICE,
            aliases=("field", "feld", "bereich", "felt", "mező", "pole"),
            choices=_FIELDS,
        ),
        Column(
            "statement",
            msg("Statement"),
            Kind.FREE_TEXT,
            aliases=("statement", "quote", "aussage", "zitat", "udsagn", "állítás", "idézet", "wypowiedź", "cytat"),
        ),
        Column(
            "source_id",
            msg("Source"),
            Kind.KEY,
            required=False,
            aliases=(
                "source",
                "interview",
                "talk",
                "quelle",
                "gespräch",
                "kilde",
                "forrás",
                "interjú",
                "źródło",
                "wywiad",
            ),
        ),
        Column("card", msg("Card"), Kind.WORD, required=False, aliases=names.CARD),
        Column(
            "contradicts",
            msg("Contradicts card"),
            Kind.WORD,
            required=False,
            aliases=("contradicts", "widerspricht", "modsiger", "ellentmond", "zaprzecza"),
        ),
    ),
    minimum=_MIN_SOURCES,
    counted=msg("different sources of each persona"),
    reference=(
        "Cooper, A. (1999): The Inmates Are Running the Asylum; Gray, D., Brown, S. and Macanufo, J. (2010): "
        "Gamestorming."
    ),
    demo=Demo(Firm.POD_DEBEM, _demo),
    compute=compute,
    canvas=Canvas(place="field", text="statement", layout=(("says", "thinks"), ("does", "feels"), ("pain", "gain"))),
)
