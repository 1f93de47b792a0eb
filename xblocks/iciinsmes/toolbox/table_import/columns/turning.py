"""Turning a table with a column for each question into one with a line for each answer, as instruments read it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from iciinsmes.toolbox.errors import UnreadableTable
from iciinsmes.toolbox.instruments.framework import Column, Instrument, Language, Text, ValueKind, msg, show

from ..names import plain_name, title_languages
from ..people.personal import personal_columns
from ..sheet import MAX_ROWS, Raw, Sheet, cell_of
from .fitting import Fit, how_it_fits
from .headings import Claim, ColumnNames, Match
from .mapping import weigh_columns
from .reading import reader

#: For each instrument that is read in lines: the column that says what was asked, and those of the answers.
_SHAPES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "customer-satisfaction": ("touchpoint", ("score",)),
    "customer-effort-score": ("process", ("score",)),
    "opportunity-score": ("outcome", ("importance", "satisfaction")),
    "kano-analysis": ("feature", ("functional", "dysfunctional")),
    "service-gap": ("item", ("expect", "perform")),
    "idea-competition": ("criterion", ("score",)),
    "idea-scoring": ("criterion", ("score",)),
    "house-of-quality": ("feature", ("relation",)),
    "customer-funnel": ("step", ("count",)),
}
_FEWEST = 2
_WORD = re.compile(r"[^\W_]+")
_BRACKETED = re.compile(r"[\[(]([^\])]+)[\])]\s*$")
_PARTED = re.compile(r":\s+|\s[-\u2013\u2014>|]\s")
_BETWEEN = " \t.,:;/|-\u2013\u2014>()[]?\"'"


@dataclass(frozen=True)
class Turned:
    """A table after turning; ``asked`` is what the headings ask about, ``is_counted`` says that people got numbers."""

    sheet: Sheet
    asked: tuple[str, ...]
    is_counted: bool

    @property
    def note(self) -> Text:
        """Say what was done."""
        words = ", ".join(self.asked)
        if self.is_counted:
            return msg(
                "Turned: each line is one person, and has become a line for each of these: %(asked)s. The people are "
                "numbered P1, P2 …",
                asked=words,
            )
        return msg("Turned: each line has become a line for each of these: %(asked)s.", asked=words)


def turn_table(*, instrument: Instrument, sheet: Sheet, languages: Sequence[Language] | None = None) -> Turned | None:
    """Return a table with a line for each answer; None if its headings do not name at least two things to ask about.

    With one kind of answer, each column whose cells fit is an answer, and its heading says to what. With more, headings
    hold the name of the answer beside what was asked: “Expectation: punctuality”, “How important? [Punctuality]”.

    Raises:
        UnreadableTable: there would be too many lines.
    """
    if instrument.key not in _SHAPES:
        return None
    about, answers = _SHAPES[instrument.key]
    languages = title_languages(languages)
    guess = weigh_columns(instrument=instrument, sheet=sheet, languages=languages)
    kept = {key: index for key, index in guess.mapping.items() if key not in (about, *answers)}
    columns = {column.key: column for column in instrument.columns}
    places = _places(instrument, sheet, [columns[key] for key in answers], frozenset(kept.values()), languages)
    if columns[about].kind is ValueKind.CHOICE:
        known = reader(columns[about], (), None, languages)
        places = {asked: place for asked, place in places.items() if not isinstance(known(asked), Text)}
    places = {asked: place for asked, place in places.items() if len(place) == len(answers)}
    if len(places) < _FEWEST:
        return None
    if len(sheet.rows) * len(places) > MAX_ROWS:
        raise UnreadableTable(msg("The table has more than %(count)s rows.", count=MAX_ROWS))
    person = next((column.key for column in instrument.columns if column.kind is ValueKind.KEY and column.required), "")
    is_counted = bool(person) and person not in kept
    keys = [*([person] if is_counted else []), *kept, about, *answers]
    rows: list[Sequence[Raw]] = []
    lines: list[int] = []
    for number, (line, row) in enumerate(zip(sheet.lines, sheet.rows, strict=True), 1):
        same = [*([f"P{number}"] if is_counted else []), *(cell_of(row, index) for index in kept.values())]
        for asked, place in places.items():
            given = [cell_of(row, place[key]) for key in answers]
            if any(cell is not None and str(cell).strip() for cell in given):
                rows.append([*same, asked, *given])
                lines.append(line)
    names = tuple(show(columns[key].title) for key in keys)
    return Turned(replace(sheet, names=names, rows=rows, lines=lines), tuple(places), is_counted)


def _places(
    instrument: Instrument,
    sheet: Sheet,
    answers: Sequence[Column],
    taken: frozenset[int],
    languages: Sequence[Language],
) -> dict[str, dict[str, int]]:
    """Return for each thing that was asked about the indexes of its answers by column key."""
    names = [(column, ColumnNames(instrument, column, languages)) for column in answers]
    personal = personal_columns(sheet)
    found: dict[str, dict[str, int]] = {}
    for index, heading in enumerate(sheet.names):
        if index in taken or index in personal or not heading:
            continue
        for column, asked in _asked(heading, names):
            if how_it_fits(column, sheet, index, Claim(Match.PART, 0), languages).fit is Fit.FITS:
                found.setdefault(asked, {}).setdefault(column.key, index)
    return found


def _asked(heading: str, names: Sequence[tuple[Column, ColumnNames]]) -> Iterator[tuple[Column, str]]:
    """Yield the answer that a heading holds and what was asked."""
    bracketed = _BRACKETED.search(heading)
    if len(names) == 1:
        yield names[0][0], bracketed[1].strip() if bracketed else heading
        return
    words = list(_WORD.finditer(heading))
    plain = " ".join(plain_name(word[0]) for word in words)
    found = [(known.within(plain), column) for column, known in names]
    (first, last), column = max(found, key=lambda entry: entry[0][1] - entry[0][0])
    if first == last:
        return
    # Plain words stand in the same order as those of the heading, which may have other letters.
    start, end = words[plain[:first].count(" ")].start(), words[plain[:last].count(" ")].end()
    if bracketed and end <= bracketed.start():
        yield column, bracketed[1].strip()
        return
    before, behind = heading[:start], heading[end:]
    # How important is it to you: punctuality. Punctuality - how important is it?
    if parted := list(_PARTED.finditer(behind)):
        before, behind = "", behind[parted[-1].end() :]
    elif parted := list(_PARTED.finditer(before)):
        before, behind = before[: parted[0].start()], ""
    if rest := " ".join(filter(None, (before.strip(_BETWEEN), behind.strip(_BETWEEN)))):
        yield column, rest
