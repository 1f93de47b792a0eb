"""T23: which features of the offer serve what customers wish, and which wishes nothing serves."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from .kit import (
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
    choose_one,
    msg,
    names,
)
from .kit.words import grouped

#: Size of the house; the lists of wishes and of features are complete.
_MAX_ACROSS, _MAX_DOWN = 8, 20

#: What a phone shows side by side.
_MAX_DRAWN = 4

_MAX_CHOICES = 6

Relations = Mapping[tuple[str, str], int]


class Wish(NamedTuple):
    """What customers want: importance from 1 to 5, and its weight after the plan to improve."""

    name: str
    importance: float
    weight: float


def technical_weights(wishes: Sequence[Wish], relations: Relations) -> dict[str, float]:
    """Return the weight of each feature: the sum of weight of a wish times relation (0, 1, 3 or 9)."""
    weight_of = {wish.name: wish.weight for wish in wishes}
    found: dict[str, float] = {}
    for (wish, feature), relation in relations.items():
        found[feature] = found.get(feature, 0.0) + weight_of[wish] * relation
    return found


def compute(table: Table, options: Settings) -> Result:
    """Weigh the features, and find wishes and features without any relation."""
    wishes, is_clear = _wishes(table)
    relations, repeated = _relations(table)
    weights = technical_weights(wishes, relations)
    features = sorted(weights, key=lambda name: (-weights[name], name))
    served = {wish for (wish, _feature), relation in relations.items() if relation}
    unmet = [wish.name for wish in wishes if wish.name not in served]
    needless = [name for name in features if weights[name] == 0]
    return Result(
        n=len(wishes),
        verdict=_verdict(features, weights, unmet, needless),
        figures=(
            Figure("wishes", msg("Wishes"), len(wishes)),
            Figure("features", msg("Features"), len(features)),
            Figure("unmet", msg("Wishes that nothing serves"), len(unmet)),
            Figure("needless", msg("Features that serve no wish"), len(needless)),
        ),
        tables=(
            _feature_table(features, weights),
            _wish_table(wishes, served),
            _house(wishes, features, relations),
        ),
        charts=_charts(features),
        conditions=(
            Condition(
                "importance",
                is_clear,
                msg("Give each wish one importance, the same in all its rows; likewise how it is served now."),
            ),
        ),
        notes=_notes(table, repeated),
        estimates=_one_weight(wishes, features, weights, relations),
        questions=(
            _which(
                "unmet",
                msg("Which wishes does no feature serve?"),
                unmet,
                [wish.name for wish in wishes],
            ),
            _which("needless", msg("Which features serve no wish?"), needless, features),
        ),
        decision=Decision(msg("Which three features do you work on? Choose the first."), tuple(features)),
    )


def _wishes(table: Table) -> tuple[list[Wish], bool]:
    """Return the wishes by falling weight, and whether all rows of each wish agree; if not, their mean counts."""
    importance = table.numbers("importance")
    optional = {key: table.maybe_numbers(key) for key in ("now", "target")}
    points = table.texts("sales_point")
    is_clear, wishes = True, []
    for name, rows in grouped(table.texts("wish")).items():
        given = [importance[row] for row in rows]
        now, target = ([value for row in rows if (value := optional[key][row]) is not None] for key in optional)
        sales = [float(points[row]) for row in rows if points[row]]
        is_clear = is_clear and all(len(set(values)) <= 1 for values in (given, now, target, sales))
        ratio = _mean(target) / _mean(now) if now and target else 1.0
        weight = _mean(given) * ratio * (_mean(sales) if sales else 1.0)
        wishes.append(Wish(name, _mean(given), weight))
    return sorted(wishes, key=lambda wish: (-wish.weight, wish.name)), is_clear


def _relations(table: Table) -> tuple[dict[tuple[str, str], int], int]:
    """Return the relation of each pair that was given, and how many rows repeat a pair."""
    wish_of = {row: name for name, rows in grouped(table.texts("wish")).items() for row in rows}
    relations = table.maybe_numbers("relation")
    found: dict[tuple[str, str], int] = {}
    repeated = 0
    for feature, rows in grouped(table.texts("feature")).items():
        for row in rows if feature else ():
            pair = (wish_of[row], feature)
            repeated += pair in found
            found[pair] = max(found.get(pair, 0), int(relations[row] or 0))
    return found, repeated


def _notes(table: Table, repeated: int) -> tuple[Text, ...]:
    notes = []
    if repeated:
        text = msg("Pairs of wish and feature given again, the stronger relation counts: %(pairs)s.", pairs=repeated)
        notes.append(text)
    relations = table.maybe_numbers("relation")
    lost = sum(not name and bool(number) for name, number in zip(table.texts("feature"), relations, strict=True))
    if lost:
        notes.append(msg("Relations without a feature, left out: %(rows)s.", rows=lost))
    return tuple(notes)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _feature_table(features: Sequence[str], weights: Mapping[str, float]) -> ResultTable:
    total = sum(weights.values())
    return ResultTable(
        "features",
        msg("Features"),
        (
            Heading("feature", msg("Feature")),
            Heading("weight", msg("Weight")),
            Heading("share", msg("Share"), Unit.PERCENT),
            Heading("serves", msg("Serves a wish")),
        ),
        tuple(
            (name, weights[name], 100 * weights[name] / total if total else None, weights[name] > 0)
            for name in features
        ),
    )


def _wish_table(wishes: Sequence[Wish], served: Collection[str]) -> ResultTable:
    return ResultTable(
        "wishes",
        msg("Wishes"),
        (
            Heading("wish", msg("Wish")),
            Heading("importance", msg("Importance")),
            Heading("weight", msg("Weight after the plan to improve"), decimals=2),
            Heading("served", msg("Served")),
        ),
        tuple((wish.name, wish.importance, wish.weight, wish.name in served) for wish in wishes),
    )


def _house(wishes: Sequence[Wish], features: Sequence[str], relations: Relations) -> ResultTable:
    across = features[:_MAX_ACROSS]
    return ResultTable(
        "house",
        msg("House of quality: the weightiest features"),
        (
            Heading("wish", msg("Wish")),
            *(Heading(f"feature_{number}", msg("%(feature)s", feature=name)) for number, name in enumerate(across, 1)),
        ),
        tuple((wish.name, *(relations.get((wish.name, name), 0) for name in across)) for wish in wishes[:_MAX_DOWN]),
    )


def _charts(features: Sequence[str]) -> tuple[Chart, ...]:
    if not features:
        return ()
    return (
        Chart(
            ChartKind.HEAT,
            msg("How strongly the weightiest features serve wishes: 9 strongly, 3 medium, 1 a little"),
            table="house",
            label="wish",
            values=tuple(f"feature_{number}" for number in range(1, min(len(features), _MAX_DRAWN) + 1)),
        ),
        Chart(
            ChartKind.BARS,
            msg("Weight of each feature"),
            table="features",
            label="feature",
            values=("weight",),
            minimum=0,
        ),
    )


def _verdict(
    features: Sequence[str], weights: Mapping[str, float], unmet: Sequence[str], needless: Sequence[str]
) -> Verdict:
    if unmet:
        text = msg(
            "Wishes that nothing in your offer serves: %(wishes)s. The heaviest is “%(wish)s”: think of a feature for "
            "it, or decide to leave it to others.",
            wishes=len(unmet),
            wish=unmet[0],
        )
        return Verdict("unmet-wish", Level.ATTENTION, text)
    if needless:
        text = msg(
            "All wishes are served. Features that serve no wish: %(features)s, such as “%(feature)s”. What are they "
            "for?",
            features=len(needless),
            feature=needless[0],
        )
        return Verdict("needless-feature", Level.NEUTRAL, text)
    share = 100 * weights[features[0]] / sum(weights.values())
    text = msg(
        "All wishes are served, and every feature serves a wish. “%(feature)s” weighs most: %(share)s %%.",
        feature=features[0],
        share=round(share, 1),
    )
    return Verdict("complete", Level.GOOD, text)


def _one_weight(
    wishes: Sequence[Wish], features: Sequence[str], weights: Mapping[str, float], relations: Relations
) -> tuple[Estimate, ...]:
    """Ask for the second feature: the first is easily guessed from the strong relations."""
    heavy = [name for name in features if weights[name] > 0]
    if not heavy:
        return ()
    chosen = heavy[min(1, len(heavy) - 1)]
    column = [(wish, relations.get((wish.name, chosen), 0)) for wish in wishes]
    answer = weights[chosen]
    slips = [
        Slip(float(sum(relation for _wish, relation in column)), msg("Multiply each relation by the wish's weight.")),
        Slip(
            sum(wish.weight for wish, relation in column if relation),
            msg("You added the weights of the wishes. Multiply each by its relation first."),
        ),
    ]
    if any(wish.weight != wish.importance for wish in wishes):
        plain = sum(wish.importance * relation for wish, relation in column)
        slips.append(Slip(plain, msg("You left out the plan to improve: target divided by now, times sales point.")))
    text = msg("Which weight does the feature “%(feature)s” get?", feature=chosen)
    return (Estimate("feature_weight", text, answer, tolerance=max(0.01 * answer, 0.05), slips=tuple(slips)),)


def _which(key: str, text: Text, right: Sequence[str], everything: Sequence[str]) -> Question:
    """Ask which of a list are right, perhaps none; some that are not are always among the answers."""
    is_right = frozenset(right)
    wrong = [name for name in everything if name not in is_right]
    shown = sorted([*right[: _MAX_CHOICES - min(2, len(wrong))], *wrong][:_MAX_CHOICES])
    return Question(key, text, choose_one([(name, name in is_right) for name in shown]), several=True)


def _demo() -> list[tuple[Value, ...]]:
    """What kitchen customers wish; nothing makes the joinery reachable, and the showroom app serves nobody."""
    wishes: dict[str, tuple[float, float, float, str, dict[str, int]]] = {
        "ready on the agreed day": (5, 2, 4, "1.5", {"fixed fitting day": 9, "parts cut by machine": 3}),
        "fits to the millimetre": (5, 4, 4, "1", {"measured by laser": 9, "parts cut by machine": 9}),
        "drawers run for years": (4, 4, 5, "1.2", {"steel runners": 9, "parts cut by machine": 1}),
        "see it before paying": (3, 3, 4, "1.2", {"drawing in 3D": 9, "showroom app": 0}),
        "little dust at home": (3, 3, 4, "1", {"fixed fitting day": 1, "parts cut by machine": 9}),
        "somebody answers the phone": (4, 2, 3, "1", {"fixed fitting day": 0}),
    }
    return [
        (wish, importance, feature, relation, now, target, point)
        for wish, (importance, now, target, point, relations) in wishes.items()
        for feature, relation in relations.items()
    ]


INSTRUMENT = Instrument(
    key="house-of-quality",
    code="T23",
    title=msg("House of quality"),
    phases=(Phase.PROCESS,),
    needs=(Need.OFFER,),
    purpose=msg("Turn wishes of customers into features of your offer, and see what is missing or needless."),
    explanation=(
        msg("List what customers wish, in their words, with its importance from 1 to 5. List the features you offer."),
        msg(
            "Write a row for each wish and feature that have to do with each other: 9 strongly, 3 medium, 1 a little. "
            "A wish that nothing serves gets a row without a feature; a feature that serves nothing gets a 0."
        ),
        msg(
            "The weight of a feature is the sum of importance times relation. If you also say how well each wish is "
            "served now, and how well it should be, its importance is multiplied by target divided by now, and by the "
            "sales point."
        ),
    ),
    columns=(
        Column(
            "wish",
            msg("Wish"),
            Kind.WORD,
            aliases=("wish", "wishes", "kundenwunsch", "wunsch", "ønske", "kívánság", "igény", "życzenie", "potrzeba"),
        ),
        Column(
            "importance",
            msg("Importance, 1 to 5"),
            Kind.NUMBER,
            aliases=names.IMPORTANCE,
            minimum=1,
            maximum=5,
        ),
        Column(
            "feature",
            msg("Feature"),
            Kind.WORD,
            required=False,
            aliases=("feature", "merkmal", "eigenschaft", "egenskab", "jellemző", "tulajdonság", "cecha", "funkcja"),
        ),
        Column(
            "relation",
            msg("Relation: 0, 1, 3 or 9"),
            Kind.CHOICE,
            required=False,
            aliases=("r", "relation", "strength", "beziehung", "sammenhæng", "kapcsolat", "związek", "relacja"),
            choices=(
                Choice(0, msg("none"), ("keine", "ingen", "nincs", "brak")),
                Choice(1, msg("a little"), ("weak", "schwach", "svag", "gyenge", "słaby")),
                Choice(3, msg("medium"), ("mittel", "middel", "közepes", "średni")),
                Choice(9, msg("strong"), ("stark", "stærk", "erős", "silny")),
            ),
        ),
        Column(
            "now",
            msg("Served now, 1 to 5"),
            Kind.NUMBER,
            required=False,
            aliases=("now", "heute", "jetzt", "nu", "most", "teraz"),
            minimum=1,
            maximum=5,
        ),
        Column(
            "target",
            msg("Target, 1 to 5"),
            Kind.NUMBER,
            required=False,
            aliases=("target", "goal", "ziel", "mål", "cél", "cel"),
            minimum=1,
            maximum=5,
        ),
        Column(
            "sales_point",
            msg("Sales point: 1, 1.2 or 1.5"),
            Kind.CHOICE,
            required=False,
            aliases=("sales point", "verkaufspunkt", "salgspunkt", "eladási pont", "atut sprzedaży"),
            choices=(
                Choice("1", msg("none"), ("1.0",)),
                Choice("1.2", msg("some")),
                Choice("1.5", msg("strong")),
            ),
        ),
    ),
    minimum=3,
    counted=msg("wishes"),
    reference=(
        "Akao, Y. (1990): Quality Function Deployment; Hauser, J. and Clausing, D. (1988): The House of Quality. "
        "Harvard Business Review 66(3)."
    ),
    demo=Demo(Firm.NORDLICHT, _demo),
    compute=compute,
)
