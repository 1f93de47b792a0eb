"""T23: which features of the offer serve what customers wish, and which wishes nothing serves."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from . import framework as fw
from .framework import msg

Relations = Mapping[tuple[str, str], int]

#: Size of the house; the lists of wishes and of features are complete.
_MAX_ACROSS, _MAX_DOWN = 8, 20

#: What a phone shows side by side.
_MAX_DRAWN = 4


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


def read_wishes(table: fw.Table) -> tuple[list[Wish], bool]:
    """Return the wishes by falling weight, and whether all rows of each wish agree; if not, their mean counts."""
    importance = table.numbers("importance")
    optional = {key: table.maybe_numbers(key) for key in ("now", "target")}
    points = table.texts("sales_point")
    is_clear, wishes = True, []
    for name, rows in fw.grouped(table.texts("wish")).items():
        given = [importance[row] for row in rows]
        now, target = ([value for row in rows if (value := optional[key][row]) is not None] for key in optional)
        sales = [float(points[row]) for row in rows if points[row]]
        is_clear = is_clear and all(len(set(values)) <= 1 for values in (given, now, target, sales))
        ratio = _mean(target) / _mean(now) if now and target else 1.0
        weight = _mean(given) * ratio * (_mean(sales) if sales else 1.0)
        wishes.append(Wish(name, _mean(given), weight))
    return sorted(wishes, key=lambda wish: (-wish.weight, wish.name)), is_clear


def read_relations(table: fw.Table) -> tuple[dict[tuple[str, str], int], int]:
    """Return the relation of each pair that was given, and how many rows repeat a pair."""
    wish_of = fw.spelled(table.texts("wish"))
    relations = table.maybe_numbers("relation")
    found: dict[tuple[str, str], int] = {}
    repeated = 0
    for feature, rows in fw.grouped(table.texts("feature")).items():
        for row in rows if feature else ():
            pair = (wish_of[row], feature)
            repeated += pair in found
            found[pair] = max(found.get(pair, 0), int(relations[row] or 0))
    return found, repeated


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def compute(table: fw.Table, options: fw.Settings) -> fw.Result:
    """Weigh the features, and find wishes and features without any relation."""
    wishes, is_clear = read_wishes(table)
    relations, repeated = read_relations(table)
    weights = technical_weights(wishes, relations)
    features = sorted(weights, key=lambda name: (-weights[name], name))
    served = {wish for (wish, _feature), relation in relations.items() if relation}
    unmet = [wish.name for wish in wishes if wish.name not in served]
    needless = [name for name in features if weights[name] == 0]
    text = msg("Give each wish one importance, the same in all its rows; likewise how it is served now.")
    return fw.Result(
        n=len(wishes),
        verdict=_verdict(features, weights, unmet, needless),
        figures=(
            fw.Figure("wishes", msg("Wishes"), len(wishes)),
            fw.Figure("features", msg("Features"), len(features)),
            fw.Figure("unmet", msg("Wishes that nothing serves"), len(unmet)),
            fw.Figure("needless", msg("Features that serve no wish"), len(needless)),
        ),
        tables=(_feature_table(features, weights), _wish_table(wishes, served), _house(wishes, features, relations)),
        charts=tuple(_charts(features)),
        conditions=(fw.Condition("importance", is_clear, text),),
        notes=_notes(table, repeated),
        estimates=tuple(_one_weight(wishes, features, weights, relations)),
        questions=(
            _which("unmet", msg("Which wishes does no feature serve?"), unmet, [wish.name for wish in wishes]),
            _which("needless", msg("Which features serve no wish?"), needless, features),
        ),
        decision=fw.Decision(msg("Which three features do you work on? Choose the first."), tuple(features)),
    )


def _notes(table: fw.Table, repeated: int) -> tuple[fw.Text, ...]:
    relations = table.maybe_numbers("relation")
    lost = sum(not name and bool(number) for name, number in zip(table.texts("feature"), relations, strict=True))
    return fw.noted(
        msg("Pairs of wish and feature given again, the stronger relation counts: %(pairs)s.", pairs=repeated),
        msg("Relations without a feature, left out: %(rows)s.", rows=lost),
    )


def _feature_table(features: Sequence[str], weights: Mapping[str, float]) -> fw.ResultTable:
    total = sum(weights.values())
    return fw.Rows("features", msg("Features"), features).shown(
        fw.Shown("feature", msg("Feature"), lambda name: name),
        fw.Shown("weight", msg("Weight"), lambda name: weights[name]),
        fw.Shown("share", msg("Share"), lambda name: 100 * weights[name] / total if total else None, fw.Unit.PERCENT),
        fw.Shown("serves", msg("Serves a wish"), lambda name: weights[name] > 0),
    )


def _wish_table(wishes: Sequence[Wish], served: Collection[str]) -> fw.ResultTable:
    return fw.Rows("wishes", msg("Wishes"), wishes).shown(
        fw.Shown("wish", msg("Wish"), lambda wish: wish.name),
        fw.Shown("importance", msg("Importance"), lambda wish: wish.importance),
        fw.Shown("weight", msg("Weight after the plan to improve"), lambda wish: wish.weight, decimals=2),
        fw.Shown("served", msg("Served"), lambda wish: wish.name in served),
    )


def _house(wishes: Sequence[Wish], features: Sequence[str], relations: Relations) -> fw.ResultTable:
    across = features[:_MAX_ACROSS]
    return fw.ResultTable(
        "house",
        msg("House of quality: the weightiest features"),
        (
            fw.Heading("wish", msg("Wish")),
            *(
                fw.Heading(f"feature_{number}", msg("%(feature)s", feature=name))
                for number, name in enumerate(across, 1)
            ),
        ),
        tuple((wish.name, *(relations.get((wish.name, name), 0) for name in across)) for wish in wishes[:_MAX_DOWN]),
    )


def _charts(features: Sequence[str]) -> Iterator[fw.Chart]:
    if features:
        yield fw.heat(
            msg("How strongly the weightiest features serve wishes: 9 strongly, 3 medium, 1 a little"),
            "house",
            "wish",
            tuple(f"feature_{number}" for number in range(1, min(len(features), _MAX_DRAWN) + 1)),
        )
        yield fw.bars(msg("Weight of each feature"), "features", "feature", "weight")


def _verdict(
    features: Sequence[str], weights: Mapping[str, float], unmet: Sequence[str], needless: Sequence[str]
) -> fw.Verdict:
    if unmet:
        text = msg(
            "Wishes that nothing in your offer serves: %(wishes)s. The heaviest is “%(wish)s”: think of a feature for "
            "it, or decide to leave it to others.",
            wishes=len(unmet),
            wish=unmet[0],
        )
        return fw.Verdict("unmet-wish", fw.Level.ATTENTION, text)
    if needless:
        text = msg(
            "All wishes are served. Features that serve no wish: %(features)s, such as “%(feature)s”. What are they "
            "for?",
            features=len(needless),
            feature=needless[0],
        )
        return fw.Verdict("needless-feature", fw.Level.NEUTRAL, text)
    heaviest = [name for name in features if weights[name] == weights[features[0]]]
    text = msg(
        "All wishes are served, and every feature serves a wish. These weigh most, %(share)s %% each: %(features)s.",
        features=fw.named(heaviest),
        share=fw.rounded(100 * weights[features[0]] / sum(weights.values()), 100),
    )
    if len(heaviest) == 1:
        text = msg(
            "All wishes are served, and every feature serves a wish. “%(feature)s” weighs most: %(share)s %%.",
            feature=heaviest[0],
            share=text.parameters["share"],
        )
    return fw.Verdict("complete", fw.Level.GOOD, text)


def _one_weight(
    wishes: Sequence[Wish], features: Sequence[str], weights: Mapping[str, float], relations: Relations
) -> Iterator[fw.Estimate]:
    """Ask for the second feature: the first is easily guessed from the strong relations."""
    heavy = [name for name in features if weights[name] > 0]
    if not heavy:
        return
    chosen = heavy[min(1, len(heavy) - 1)]
    column = [(wish, relations.get((wish.name, chosen), 0)) for wish in wishes]
    answer = weights[chosen]
    relations_alone = float(sum(relation for _wish, relation in column))
    weights_alone = sum(wish.weight for wish, relation in column if relation)
    slips = [
        fw.Slip(relations_alone, msg("Multiply each relation by the wish's weight.")),
        fw.Slip(weights_alone, msg("You added the weights of the wishes. Multiply each by its relation first.")),
    ]
    if any(wish.weight != wish.importance for wish in wishes):
        plain = sum(wish.importance * relation for wish, relation in column)
        slips.append(fw.Slip(plain, msg("You left out the plan to improve: target divided by now, times sales point.")))
    text = msg("Which weight does the feature “%(feature)s” get?", feature=chosen)
    yield fw.Estimate("feature_weight", text, answer, tolerance=max(0.01 * answer, 0.05), slips=tuple(slips))


def _which(key: str, text: fw.Text, right: Sequence[str], everything: Sequence[str]) -> fw.Question:
    """Ask which of a list are right, perhaps none; some that are not are always among the answers."""
    is_right = frozenset(right)
    wrong = [name for name in everything if name not in is_right]
    shown = sorted([*right[: fw.MAX_CHOICES - min(2, len(wrong))], *wrong][: fw.MAX_CHOICES])
    return fw.Question(key, text, fw.choose_one([(name, name in is_right) for name in shown]), several=True)


INSTRUMENT = fw.Instrument(
    key="house-of-quality",
    code="T23",
    title=msg("House of quality"),
    phases=(fw.Phase.PROCESS,),
    needs=(fw.Need.OFFER,),
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
        fw.Column("wish", msg("Wish"), fw.ValueKind.WORD),
        fw.number_column("importance", msg("Importance, 1 to 5"), 1, 5),
        fw.Column("feature", msg("Feature"), fw.ValueKind.WORD, required=False),
        fw.choice_column(
            "relation",
            msg("Relation: 0, 1, 3 or 9"),
            {0: msg("none"), 1: msg("a little"), 3: msg("medium"), 9: msg("strong")},
            required=False,
        ),
        fw.number_column("now", msg("Served now, 1 to 5"), 1, 5, required=False),
        fw.number_column("target", msg("Target, 1 to 5"), 1, 5, required=False),
        fw.choice_column(
            "sales_point",
            msg("Sales point: 1, 1.2 or 1.5"),
            {"1": msg("none"), "1.2": msg("some"), "1.5": msg("strong")},
            required=False,
        ),
    ),
    minimum=3,
    counted=msg("wishes"),
    reference=(
        "Akao, Y. (1990): Quality Function Deployment; Hauser, J. and Clausing, D. (1988): The House of Quality. "
        "Harvard Business Review 66(3)."
    ),
    # What kitchen customers wish; nothing makes the joinery reachable, and the showroom app serves nobody.
    demo=fw.Demo(fw.Firm.NORDLICHT),
    compute=compute,
)
