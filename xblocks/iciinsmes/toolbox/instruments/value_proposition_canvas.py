"""T21: how far an offer answers what customers suffer from and wish for, and whether that is proven."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from . import framework as fw
from .framework import msg

_MIN_FIT = 0.6

#: Pains and gains that nobody has weighed count as if they were in the middle of the scale.
_MIDDLE = 3.0

_PLACES = {
    "jobs": msg("Customer jobs"),
    "pains": msg("Pains"),
    "gains": msg("Gains"),
    "products": msg("Products and services"),
    "pain_relievers": msg("Pain relievers"),
    "gain_creators": msg("Gain creators"),
}
_CUSTOMER = ("jobs", "pains", "gains")
_NEEDS = ("pains", "gains")


class LinkedCard(NamedTuple):
    """One card with the cards of the other side that it is linked to; ``is_answered`` if one of these has evidence."""

    place: str
    text: str
    importance: float
    links: int
    is_answered: bool

    @property
    def is_need(self) -> bool:
        """Whether it is a pain or a gain, which the fit is about."""
        return self.place in _NEEDS


def fit(needs: Sequence[tuple[float, bool]]) -> float:
    """Return the share of importance that is answered, 0 to 1.

    Args:
        needs: importance, above 0, and whether there is an answer, for each pain and gain; at least one.
    """
    return sum(importance for importance, is_answered in needs if is_answered) / sum(
        importance for importance, _is_answered in needs
    )


def compute(table: fw.Table, options: fw.Settings) -> fw.Result:
    """Follow the links from pains and gains to the offer, and weigh them by importance."""
    cards, unknown = _cards(table)
    needs = sorted((card for card in cards if card.is_need), key=lambda card: (-card.importance, card.is_answered))
    proven = fit([(card.importance, card.is_answered) for card in needs]) if needs else None
    promised = fit([(card.importance, card.links > 0) for card in needs]) if needs else None
    counts = Counter(card.place for card in cards)
    alone = Counter(card.place in _CUSTOMER for card in cards if not card.links)
    open_needs = [card for card in needs if not card.is_answered]
    title = msg("Importance of pains and gains; ▲ marks those without a proven answer")
    return fw.Result(
        n=min(counts[place] for place in _PLACES),
        verdict=_verdict(proven or 0.0, promised or 0.0, open_needs),
        figures=(
            fw.Figure("fit", msg("Fit: answered and proven"), fw.percent(proven), fw.Unit.PERCENT, n=len(needs)),
            fw.Figure("promised", msg("Answered, proven or not"), fw.percent(promised), fw.Unit.PERCENT, n=len(needs)),
            fw.Figure("unanswered", msg("Jobs, pains and gains without an answer"), alone[True]),
            fw.Figure("useless", msg("Parts of the offer that answer nothing"), alone[False]),
        ),
        tables=(_needs_table(needs), _places_table(cards)),
        charts=(fw.bars(title, "needs", "need", "importance", emphasis="open", highest=5),),
        notes=_notes(table, unknown),
        estimates=tuple(_fit_by_hand(needs, proven, promised)),
        questions=(*_biggest_unanswered_pain(needs), *_is_it_proven(proven, promised)),
        decision=fw.Decision(
            msg("Which pain or gain do you answer next, and prove that the answer works?"),
            tuple(card.text for card in open_needs),
        ),
    )


def _cards(table: fw.Table) -> tuple[list[LinkedCard], int]:
    """Return the cards with their links, and how many links do not lead to one card of the other side.

    A link counts for both cards, whichever of them names the other.
    """
    places, texts, evidence = table.texts("place"), table.texts("text"), table.texts("evidence")
    rows = fw.numbered(table.texts("card"))
    linked: list[set[int]] = [set() for _row in range(len(table))]
    unknown = 0
    for row, words in enumerate(table.texts("linked_to")):
        for link in filter(None, map(fw.same, re.split(r"[,;+/]", words))):
            other = rows.get(link)
            if other is None or (places[row] in _CUSTOMER) == (places[other] in _CUSTOMER):
                unknown += 1
                continue
            linked[row].add(other)
            linked[other].add(row)
    cards = [
        LinkedCard(
            places[row],
            texts[row],
            _MIDDLE if importance is None else importance,
            len(linked[row]),
            any(evidence[other].strip() for other in linked[row]),
        )
        for row, importance in enumerate(table.maybe_numbers("importance"))
    ]
    return cards, unknown


def _needs_table(needs: Sequence[LinkedCard]) -> fw.ResultTable:
    return fw.Rows("needs", msg("Pains and gains, the most important first"), needs).shown(
        fw.Shown("need", msg("Pain or gain"), lambda card: card.text),
        fw.Shown("place", msg("Place"), lambda card: _PLACES[card.place]),
        fw.Shown("importance", msg("Importance"), lambda card: card.importance),
        fw.Shown("links", msg("Answers"), lambda card: card.links),
        fw.Shown("proven", msg("Proven"), lambda card: card.is_answered),
        fw.Shown("open", msg("Open"), lambda card: not card.is_answered),
    )


def _places_table(cards: Sequence[LinkedCard]) -> fw.ResultTable:
    counts = Counter(card.place for card in cards)
    linked = Counter(card.place for card in cards if card.links)
    return fw.Rows("places", msg("Places of the canvas"), _PLACES).shown(
        fw.Shown("place", msg("Place"), lambda place: _PLACES[place]),
        fw.Shown("cards", msg("Cards"), lambda place: counts[place]),
        fw.Shown("linked", msg("Linked"), lambda place: linked[place]),
        fw.Shown("alone", msg("Without a link"), lambda place: counts[place] - linked[place]),
    )


def _verdict(proven: float, promised: float, open_needs: Sequence[LinkedCard]) -> fw.Verdict:
    if proven >= _MIN_FIT - fw.EPSILON:
        text = msg(
            "Your offer answers %(fit)s %% of what matters to these customers, and you can prove it.",
            fit=fw.rounded(100 * proven, 100 * _MIN_FIT, 100, decimals=0),
        )
        return fw.Verdict("fit", fw.Level.GOOD, text)
    if promised >= _MIN_FIT - fw.EPSILON:
        text = msg(
            "Your offer promises an answer to %(promised)s %% of what matters, but only %(fit)s %% are proven. Test "
            "the promises before you build more.",
            promised=fw.rounded(100 * promised, 100 * _MIN_FIT, 100, decimals=0),
            fit=fw.rounded(100 * proven, 100 * _MIN_FIT, 100, decimals=0),
        )
        return fw.Verdict("unproven", fw.Level.NEUTRAL, text)
    if not open_needs:
        text = msg("There are no pains and gains yet. Ask customers for them.")
        return fw.Verdict("no-needs", fw.Level.ATTENTION, text)
    text = msg(
        "Much of what matters to these customers has no answer. Begin with “%(first)s”.",
        first=next(card.text for card in open_needs if not card.links),
    )
    return fw.Verdict("gaps", fw.Level.ATTENTION, text)


def _notes(table: fw.Table, unknown: int) -> tuple[fw.Text, ...]:
    importance = zip(table.texts("place"), table.maybe_numbers("importance"), strict=True)
    unweighed = sum(place in _NEEDS and value is None for place, value in importance)
    return fw.noted(
        msg("Pains and gains without an importance, counted as 3: %(unweighed)s.", unweighed=unweighed),
        msg("Links left out because they do not lead to one card of the other side: %(unknown)s.", unknown=unknown),
    )


def _fit_by_hand(needs: Sequence[LinkedCard], proven: float | None, promised: float | None) -> Iterator[fw.Estimate]:
    if proven is None or promised is None:
        return
    of_cards = 100 * sum(card.is_answered for card in needs) / len(needs)
    slips = (
        fw.Slip(of_cards, msg("You counted cards. Add up their importance instead.")),
        fw.Slip(100 * promised, msg("You counted answers without evidence, too.")),
        fw.Slip(100 * (1 - proven), msg("That is the part that is still open.")),
    )
    text = msg("Add up the importance of all pains and gains. How many percent of it have an answer with evidence?")
    yield fw.Estimate("fit", text, 100 * proven, tolerance=1, unit=fw.Unit.PERCENT, slips=slips)


def _biggest_unanswered_pain(needs: Sequence[LinkedCard]) -> tuple[fw.Question, ...]:
    pains = [(card.text, 0.0 if card.links else card.importance) for card in needs if card.place == "pains"]
    return fw.ask_largest("biggest_pain", msg("Which is the most important pain that nothing answers?"), pains)


def _is_it_proven(proven: float | None, promised: float | None) -> Iterator[fw.Question]:
    if proven is not None and promised is not None:
        is_fit, is_promised = (share >= _MIN_FIT - fw.EPSILON for share in (proven, promised))
        answers = [
            (msg("It fits, and we can prove it"), is_fit),
            (msg("It fits on paper, the proof is missing"), is_promised and not is_fit),
            (msg("It does not fit yet"), not is_promised),
        ]
        yield fw.Question("is_proven", msg("Does your offer fit, with 60 %% as the limit?"), fw.choose_one(answers))


INSTRUMENT = fw.Instrument(
    key="value-proposition-canvas",
    code="T21",
    title=msg("Value proposition canvas"),
    phases=(fw.Phase.PROCESS,),
    needs=(fw.Need.OFFER, fw.Need.UNDERSTAND),
    purpose=msg("See whether an offer answers what customers suffer from and wish for."),
    explanation=(
        msg(
            "On the right stand customers: what they want to get done, what hurts, what they would gain. On the left "
            "stands your offer: products and services, what relieves a pain, what creates a gain. One thought a card."
        ),
        msg(
            "Give each pain and gain an importance from 1 to 5. Link each card of the offer to the cards it answers, "
            "and write down the evidence that it works."
        ),
        msg(
            "The fit is the share of importance that has an answer with evidence. From 60 %% on the offer fits. Cards "
            "without a link are a need that nobody serves, or work that nobody asked for."
        ),
    ),
    columns=(
        fw.Column("card", msg("Card"), fw.ValueKind.WORD, required=False),
        fw.choice_column("place", msg("Place"), _PLACES),
        fw.Column("text", msg("Words of the card"), fw.ValueKind.FREE_TEXT),
        fw.number_column("importance", msg("Importance, 1 to 5"), 1, 5, required=False),
        fw.Column("linked_to", msg("Linked to card"), fw.ValueKind.WORD, required=False),
        fw.Column("evidence", msg("Evidence"), fw.ValueKind.WORD, required=False),
    ),
    minimum=3,
    counted=msg("cards in the emptiest place"),
    reference="Osterwalder, A., Pigneur, Y., Bernarda, G. and Smith, A. (2014): Value Proposition Design.",
    # Kitchens of the joinery: what it is proud of is proven, and the largest pain has no answer at all.
    demo=fw.Demo(fw.Firm.NORDLICHT),
    compute=compute,
    canvas=fw.CardLayout(
        place="place",
        text="text",
        layout=(("products", "gain_creators", "gains", "jobs"), ("products", "pain_relievers", "pains", "jobs")),
    ),
)
