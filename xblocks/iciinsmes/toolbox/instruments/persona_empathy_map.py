"""T09: a picture of a group of customers, and how much of it rests on facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from . import framework as fw
from .framework import msg

_MIN_RATIO = 0.7
_MIN_SOURCES = 5

#: A form of address and a name after it, or before it in Hungarian.
_NAMED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Herrn?|Frau|Hr|Fru|Pan|Pani|Panem|Panią)\b\.? [A-ZÀ-ÖØ-ÞŁŚŻŹĆŐŰ][^\W\d_]+"
    r"|[A-ZÀ-ÖØ-ÞŁŚŻŹĆŐŰ][^\W\d_]+ (?:úr|asszony|kisasszony)\b"
)

_FIELDS = {
    "says": msg("Says"),
    "thinks": msg("Thinks"),
    "does": msg("Does"),
    "feels": msg("Feels"),
    "pain": msg("Pain"),
    "gain": msg("Gain"),
}


class Persona(NamedTuple):
    """One persona: its statements, those with a source, different sources, and fields without a statement."""

    name: str
    statements: int
    sourced: int
    sources: int
    empty_fields: int

    @property
    def title(self) -> fw.Text | str:
        """Its name, or words for the only one that needs none."""
        return self.name or msg("your persona")

    @property
    def ratio(self) -> float:
        """Share of statements with a source, 0 to 1."""
        return self.sourced / self.statements


def compute(table: fw.Table, options: fw.Settings) -> fw.Result:
    """Count what rests on a source, by persona and by field, and list what contradicts itself."""
    fields, sources = table.texts("field"), [fw.same(source) for source in table.texts("source_id")]
    personas = [
        Persona(
            name,
            len(rows),
            sum(bool(sources[row]) for row in rows),
            len({sources[row] for row in rows} - {""}),
            len(_FIELDS) - len({fields[row] for row in rows}),
        )
        for name, rows in fw.grouped(table.texts("persona")).items()
    ]
    personas.sort(key=lambda persona: (persona.ratio, persona.sources, persona.name))
    by_field = {
        field: [bool(source) for place, source in zip(fields, sources, strict=True) if place == field]
        for field in _FIELDS
    }
    sourced = sum(map(bool, sources))
    contradictions, unknown = _contradictions(table)
    title = msg("Share of statements with a source; ▲ marks fields that need more facts")
    return fw.Result(
        n=min(persona.sources for persona in personas),
        verdict=_verdict(personas),
        figures=(
            fw.Figure(
                "ratio", msg("Statements with a source"), 100 * sourced / len(table), fw.Unit.PERCENT, n=len(table)
            ),
            fw.Figure("statements", msg("Statements"), len(table)),
            fw.Figure("personas", msg("Personas"), len(personas)),
            fw.Figure("sources", msg("Different sources"), len(set(sources) - {""})),
            fw.Figure("contradictions", msg("Contradictions"), len(contradictions.rows)),
        ),
        tables=(_fields_table(by_field), _personas_table(personas), contradictions),
        charts=(fw.bars(title, "fields", "field", "share", emphasis="weak", highest=100),),
        conditions=tuple(_conditions(table, personas)),
        notes=fw.noted(msg("Contradictions that do not name one other card, left out: %(unknown)s.", unknown=unknown)),
        estimates=(_ratio_by_hand(sourced, len(table)),),
        questions=(*_weakest_field(by_field), _is_it_a_fact(personas)),
        decision=fw.Decision(
            msg("What do you change in your offer for these customers, and on which statement does that rest?")
        ),
    )


def _conditions(table: fw.Table, personas: Sequence[Persona]) -> Iterator[fw.Condition]:
    text = msg("A persona has empty fields. Each needs something in all six fields.")
    yield fw.Condition("fields", all(persona.empty_fields == 0 for persona in personas), text)
    text = msg("Less than 70 %% of the statements about a persona have a source.")
    yield fw.Condition("ratio", all(persona.ratio >= _MIN_RATIO for persona in personas), text)
    named = sum(_NAMED.search(statement) is not None for statement in table.texts("statement"))
    text = msg(
        "Statements that seem to name a real person: %(named)s. Write what the person does instead.", named=named
    )
    yield fw.Condition("no_names", named == 0, text)


def _contradictions(table: fw.Table) -> tuple[fw.ResultTable, int]:
    """Return each pair of cards that contradict each other once, and how many links lead to no card."""
    statements, fields, personas = table.texts("statement"), table.texts("field"), table.texts("persona")
    rows = fw.numbered(table.texts("card"))
    pairs: dict[frozenset[int], tuple[str, fw.Text, str, fw.Text, str]] = {}
    unknown = 0
    for row, link in enumerate(map(fw.same, table.texts("contradicts"))):
        if not link:
            continue
        other = rows.get(link, row)
        if other == row:
            unknown += 1
            continue
        found = (personas[row], _FIELDS[fields[row]], statements[row], _FIELDS[fields[other]], statements[other])
        pairs.setdefault(frozenset((row, other)), found)
    headings = (
        fw.Heading("persona", msg("Persona")),
        fw.Heading("field", msg("Field")),
        fw.Heading("statement", msg("Statement")),
        fw.Heading("other_field", msg("Other field")),
        fw.Heading("other", msg("Contradicts")),
    )
    return fw.ResultTable("contradictions", msg("Contradictions"), headings, tuple(pairs.values())), unknown


def _fields_table(by_field: Mapping[str, Sequence[bool]]) -> fw.ResultTable:

    def percent(field: str) -> float | None:
        return 100 * sum(by_field[field]) / len(by_field[field]) if by_field[field] else None

    return fw.Rows("fields", msg("Fields"), _FIELDS).shown(
        fw.Shown("field", msg("Field"), lambda field: _FIELDS[field]),
        fw.Shown("statements", msg("Statements"), lambda field: len(by_field[field])),
        fw.Shown("sourced", msg("With a source"), lambda field: sum(by_field[field])),
        fw.Shown("share", msg("Share"), percent, fw.Unit.PERCENT, decimals=0),
        fw.Shown("weak", msg("Needs facts"), lambda field: (percent(field) or 0.0) < 100 * _MIN_RATIO),
    )


def _personas_table(personas: Sequence[Persona]) -> fw.ResultTable:
    return fw.Rows("personas", msg("Personas"), personas).shown(
        fw.Shown("persona", msg("Persona"), lambda entry: entry.title),
        fw.Shown("statements", msg("Statements"), lambda entry: entry.statements),
        fw.Shown("share", msg("With a source"), lambda entry: 100 * entry.ratio, fw.Unit.PERCENT, decimals=0),
        fw.Shown("sources", msg("Different sources"), lambda entry: entry.sources),
        fw.Shown("empty_fields", msg("Empty fields"), lambda entry: entry.empty_fields),
    )


def _verdict(personas: Sequence[Persona]) -> fw.Verdict:
    first = personas[0]
    if first.ratio < _MIN_RATIO:
        text = msg(
            "Of the statements about this persona only %(share)s %% have a source: “%(persona)s”. Much of it may be "
            "your own opinion. Ask customers, or take out what nobody said.",
            share=fw.rounded(100 * first.ratio, 100 * _MIN_RATIO, decimals=0),
            persona=first.title,
        )
        return fw.Verdict("invented", fw.Level.ATTENTION, text)
    gap = next((persona for persona in personas if persona.empty_fields), None)
    if gap:
        text = msg(
            "What is there rests on facts, but the picture is not whole. Empty fields of “%(persona)s”: %(fields)s.",
            persona=gap.title,
            fields=gap.empty_fields,
        )
        return fw.Verdict("gaps", fw.Level.NEUTRAL, text)
    text = msg("At least 70 %% of the statements have a source: this is a picture of customers, not of your wishes.")
    return fw.Verdict("grounded", fw.Level.GOOD, text)


def _ratio_by_hand(sourced: int, statements: int) -> fw.Estimate:
    slips = [fw.Slip(100 * (1 - sourced / statements), msg("That is the share of statements without a source."))]
    if sourced < statements:
        slips.append(
            fw.Slip(
                100 * sourced / (statements - sourced), msg("Divide by all statements, not by those without a source.")
            )
        )
    text = msg("How many percent of your statements have a source?")
    return fw.Estimate("ratio", text, 100 * sourced / statements, tolerance=1, unit=fw.Unit.PERCENT, slips=tuple(slips))


def _weakest_field(by_field: Mapping[str, Sequence[bool]]) -> tuple[fw.Question, ...]:
    missing = [(_FIELDS[field], float(len(found) - sum(found))) for field, found in by_field.items()]
    return fw.ask_largest("weakest_field", msg("Which field has the most statements without a source?"), missing)


def _is_it_a_fact(personas: Sequence[Persona]) -> fw.Question:
    """Ask for the persona that stands on the weakest feet."""
    first = personas[0]
    is_enough = first.ratio >= _MIN_RATIO and first.sources >= _MIN_SOURCES
    text = msg("May you say in a meeting that “%(persona)s” is how these customers are?", persona=first.title)
    answers = fw.choose_one(
        [(msg("Yes, sources and talks are enough"), is_enough), (msg("No, it is still a guess"), not is_enough)]
    )
    return fw.Question("is_it_a_fact", text, answers)


INSTRUMENT = fw.Instrument(
    key="persona-empathy-map",
    code="T09",
    title=msg("Persona and empathy map"),
    phases=(fw.Phase.ACQUIRE,),
    needs=(fw.Need.UNDERSTAND, fw.Need.WHICH_CUSTOMERS),
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
        fw.Column("persona", msg("Persona"), fw.ValueKind.WORD, required=False),
        fw.choice_column("field", msg("Field"), _FIELDS),
        fw.Column("statement", msg("Statement"), fw.ValueKind.FREE_TEXT),
        fw.Column("source_id", msg("Source"), fw.ValueKind.KEY, required=False),
        fw.Column("card", msg("Card"), fw.ValueKind.WORD, required=False),
        fw.Column("contradicts", msg("Contradicts card"), fw.ValueKind.WORD, required=False),
    ),
    minimum=_MIN_SOURCES,
    counted=msg("different sources of each persona"),
    reference=(
        "Cooper, A. (1999): The Inmates Are Running the Asylum; Gray, D., Brown, S. and Macanufo, J. (2010): "
        "Gamestorming."
    ),
    # The early commuter of the bakery: what she says about healthy bread is not what she does.
    demo=fw.Demo(fw.Firm.POD_DEBEM),
    compute=compute,
    canvas=fw.CardLayout(
        place="field", text="statement", layout=(("says", "thinks"), ("does", "feels"), ("pain", "gain"))
    ),
)
