"""Wishes of customers, what serves them, and the weight that follows for each feature (Hauser and Clausing 1988)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ... import framework as fw

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
