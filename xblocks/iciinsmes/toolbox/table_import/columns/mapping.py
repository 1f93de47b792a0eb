"""Which column of a table is which column of an instrument: guessed by names and cells, corrected by the learner."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from iciinsmes.toolbox.instruments.framework import Column, Instrument, Language, Text, ValueKind

from ..names import title_languages
from ..people.personal import personal_columns
from ..sheet import Sheet
from .fitting import Fit, Fitting, how_it_fits
from .headings import Claim, ColumnNames, Match


@dataclass(frozen=True)
class Guess:
    """Column keys of an instrument to indexes in a sheet, as far as names and cells tell.

    ``rivals`` are all columns that would do as well as the one taken, where there are several; ``misfits`` have the
    name of a column that was not taken, with what is wrong with their cells.
    """

    mapping: Mapping[str, int]
    rivals: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    misfits: Mapping[str, tuple[int, Text]] = field(default_factory=dict)

    @property
    def sure(self) -> Mapping[str, int]:
        """The columns that have no rivals."""
        return {key: index for key, index in self.mapping.items() if key not in self.rivals}

    def corrected(self, given: Mapping[str, int | None]) -> Guess:
        """Return it with what somebody says about some columns; None for a column that is to be left out."""
        named = {key: index for key, index in given.items() if index is not None}
        others = {key: index for key, index in self.mapping.items() if key not in given and index not in named.values()}
        return Guess(
            {**others, **named},
            {key: found for key, found in self.rivals.items() if key in others},
            {key: found for key, found in self.misfits.items() if key not in given},
        )


class _Rank(IntEnum):
    """How good a column is for another, the best first."""

    TITLE = 0
    EMPTY_TITLE = 1
    NAME = 2
    EMPTY_NAME = 3
    MISFIT = 4


@dataclass(frozen=True)
class _Candidate:
    rank: _Rank
    claim: Claim
    place: int
    index: int

    @property
    def worth(self) -> tuple[_Rank, Claim]:
        return self.rank, self.claim


def weigh_columns(*, instrument: Instrument, sheet: Sheet, languages: Sequence[Language] | None = None) -> Guess:
    """Return which columns are which and where that is open, to be corrected by the learner.

    A column is taken if its name is known and its cells fit. Titles of the instrument win over other names, those over
    names that are part of a longer heading, and columns with cells over empty ones. A required column whose exact name
    is there is taken even if many cells do not fit: each of them is then named. Columns about people are taken only for
    keys without which nothing can be computed, and none is taken twice. Titles are known in the
    ``languages``, all of the package if none are given.
    """
    known = title_languages(languages)
    personal = personal_columns(sheet)
    misfits: dict[str, tuple[int, Text]] = {}
    candidates: list[_Candidate] = []
    for place, column in enumerate(instrument.columns):
        for index, claim in _claims(instrument, column, sheet, known):
            if index in personal and not (column.kind is ValueKind.KEY and column.required):
                continue
            fitting = how_it_fits(column, sheet, index, claim, known)
            rank = _rank(column, claim, fitting)
            if rank is not None:
                candidates.append(_Candidate(rank, claim, place, index))
            elif fitting.wrong is not None:
                misfits.setdefault(column.key, (index, fitting.wrong))
    return _decided(instrument, sorted(candidates, key=lambda found: (*found.worth, found.place, found.index)), misfits)


def _claims(
    instrument: Instrument, column: Column, sheet: Sheet, languages: Sequence[Language]
) -> Iterator[tuple[int, Claim]]:
    names = ColumnNames(instrument, column, languages)
    questions = sheet.questions or ("",) * len(sheet.names)
    for index, (heading, question) in enumerate(zip(sheet.names, questions, strict=True)):
        if heading and (claim := names.claim(heading, question)):
            yield index, claim


def _rank(column: Column, claim: Claim, fitting: Fitting) -> _Rank | None:
    if fitting.fit is Fit.FITS:
        return _Rank.TITLE if claim.match is Match.TITLE else _Rank.NAME
    if fitting.fit is Fit.NOT:
        return _Rank.MISFIT if column.required and claim.is_exact and not fitting.is_other_scale else None
    is_enough = claim.match is Match.TITLE and (fitting.is_unwritten or not column.required)
    return _Rank.EMPTY_TITLE if is_enough else _Rank.EMPTY_NAME


def _decided(
    instrument: Instrument, candidates: Sequence[_Candidate], misfits: Mapping[str, tuple[int, Text]]
) -> Guess:
    taken: dict[int, _Candidate] = {}
    free = set(range(len(instrument.columns)))
    for candidate in candidates:
        if candidate.place in free and candidate.index not in taken:
            taken[candidate.index] = candidate
            free.remove(candidate.place)
    mapping: dict[str, int] = {}
    rivals: dict[str, tuple[int, ...]] = {}
    for chosen in taken.values():
        key = instrument.columns[chosen.place].key
        mapping[key] = chosen.index
        same = tuple(
            other.index
            for other in candidates
            if other.place == chosen.place and other.worth == chosen.worth and taken.get(other.index, chosen) is chosen
        )
        if len(same) > 1 and chosen.rank in (_Rank.TITLE, _Rank.NAME):
            rivals[key] = same
    in_order = {column.key: mapping[column.key] for column in instrument.columns if column.key in mapping}
    return Guess(in_order, rivals, {key: found for key, found in misfits.items() if key not in mapping})
