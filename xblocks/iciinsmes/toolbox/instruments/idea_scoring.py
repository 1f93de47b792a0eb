"""T19: which idea to choose: weighted scores, ICE or RICE, and whether the first place stands firm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from . import framework as fw
from .framework import msg
from .methods.ideas.scoring import FACTORS, Ideas, RankChange, changes, first, is_on_scale, read_ideas, score

#: With fewer ideas there is not much to choose from.
_ENOUGH_IDEAS = 5

_METHODS = {
    "weighted": msg("weighted criteria"),
    "ice": msg("ICE, product"),
    "ice_mean": msg("ICE, mean"),
    "rice": msg("RICE"),
}

_FACTOR_NAMES = {
    "reach": msg("Reach"),
    "impact": msg("Impact"),
    "confidence": msg("Confidence"),
    "effort": msg("Effort"),
    "ease": msg("Ease"),
}


def compute(table: fw.Table, options: fw.Settings) -> fw.Result:
    """Score the ideas, and change each weight or number by a fifth to see whether the first place stands firm."""
    method = options.text("method")
    if method == "auto":
        method = "rice" if table.has("effort") else "ice" if table.has("ease") else "weighted"
    conditions: tuple[fw.Condition, ...]
    if method == "weighted":
        weights, conditions, notes = _weights(table)
        ideas = read_ideas(table, method, weights)
        numbers = table.maybe_numbers("score")
        gaps = sum(not word or value is None for word, value in zip(table.texts("criterion"), numbers, strict=True))
        if gaps:
            notes.append(msg("Rows without a criterion or a score, left out: %(rows)s.", rows=gaps))
    else:
        weights, notes = {}, []
        conditions = (_scale(table, method),)
        ideas = read_ideas(table, method, FACTORS[method])
    left_out = len(fw.grouped(table.texts("idea"))) - len(ideas)
    if left_out:
        notes.append(msg("Ideas that lack a number, left out: %(ideas)s.", ideas=left_out))
    if len(ideas) < _ENOUGH_IDEAS:
        notes.append(msg("Fewer than five ideas. Collect more before you choose."))
    if not ideas:
        verdict = fw.Verdict(
            "no-scores", fw.Level.TOO_LITTLE_DATA, msg("No idea has all numbers that this method needs.")
        )
        return fw.Result(0, verdict, conditions=conditions, notes=(_NEEDED[method], *notes))
    scores = {name: score(method, numbers, weights) for name, numbers in ideas.items()}
    order = sorted(scores, key=lambda name: (-scores[name], name))
    winners, changed = first(scores), changes(method, ideas, weights)
    return fw.Result(
        n=len(ideas),
        verdict=_verdict(winners, changed, is_weighted=method == "weighted"),
        figures=(
            fw.Figure("method", msg("Method"), _METHODS[method]),
            fw.Figure("ideas", msg("Ideas"), len(ideas)),
            fw.Figure("first", msg("First place"), winners[0] if len(winners) == 1 else msg("several")),
            *_lead([scores[name] for name in order]),
            fw.Figure("turning", msg("Changes of 20 %% that put another idea first"), _turning(winners, changed)),
        ),
        tables=(_ranking(order, scores, winners), _sensitivity(winners, changed, weights)),
        charts=(fw.bars(msg("Score of each idea"), "ideas", "idea", "score", emphasis="first"),),
        conditions=conditions,
        notes=tuple(notes),
        estimates=(_one_score(method, order[min(1, len(order) - 1)], ideas, weights),),
        questions=(
            _stands_firm(winners, changed, is_weighted=method == "weighted"),
            _otherwise(method, order, ideas, weights),
        ),
        decision=fw.Decision(msg("Which idea do you choose?"), tuple(order), consistent=1),
    )


def _weights(table: fw.Table) -> tuple[dict[str, float], tuple[fw.Condition, ...], list[fw.Text]]:
    """Return the mean weight of each criterion, what its rows must fulfil, and notes."""
    given = table.maybe_numbers("weight")
    found: dict[str, list[float]] = {}
    for criterion, rows in fw.grouped(table.texts("criterion")).items():
        if criterion:
            found[criterion] = [weight for row in rows if (weight := given[row]) is not None]
    if not any(sum(values) for values in found.values()):
        return dict.fromkeys(found, 1.0), (), [msg("There are no weights: all criteria count the same.")]
    is_clear = all(len(set(values)) == 1 for values in found.values())
    text = msg("Give each criterion one weight, the same in all its rows.")
    weights = {name: sum(values) / len(values) if values else 0.0 for name, values in found.items()}
    return weights, (fw.Condition("weights", is_clear, text),), []


def _scale(table: fw.Table, method: str) -> fw.Condition:
    text = (
        msg("RICE knows these steps only. Impact: 3, 2, 1, 0.5, 0.25. Confidence: 100 %%, 80 %%, 50 %%.")
        if method == "rice"
        else msg("ICE takes numbers from 1 to 10.")
    )
    return fw.Condition("scale", is_on_scale(table, method), text)


def _lead(scores: Sequence[float]) -> Iterator[fw.Figure]:
    if len(scores) >= 2 and scores[0] > 0:
        yield fw.Figure("lead", msg("Lead over the second"), 100 * (1 - scores[1] / scores[0]), fw.Unit.PERCENT)


def _ranking(order: Sequence[str], scores: Mapping[str, float], winners: Sequence[str]) -> fw.ResultTable:
    firsts = frozenset(winners)
    return fw.Rows("ideas", msg("Ideas"), order).shown(
        fw.Shown("idea", msg("Idea"), lambda name: name),
        fw.Shown("score", msg("Score"), lambda name: scores[name], decimals=2),
        fw.Shown("first", msg("First"), lambda name: name in firsts),
    )


def _sensitivity(winners: Sequence[str], changed: Sequence[RankChange], weights: Mapping[str, float]) -> fw.ResultTable:
    total = sum(weights.values())
    by_weight = msg("If a weight is 20 %% lower or higher")
    return fw.Rows(
        "sensitivity", by_weight if weights else msg("If a number of the first idea is 20 %% lower or higher"), changed
    ).shown(
        fw.Shown("part", msg("What is changed"), lambda change: change.part if weights else _FACTOR_NAMES[change.part]),
        fw.Shown(
            "weight",
            msg("Weight"),
            lambda change: 100 * weights[change.part] / total,
            fw.Unit.PERCENT,
            when=bool(weights),
        ),
        fw.Shown("less", msg("First with 20 %% less"), lambda change: _shown(winners, change.less)),
        fw.Shown("more", msg("First with 20 %% more"), lambda change: _shown(winners, change.more)),
        fw.Shown(
            "turns",
            msg("Another idea is first"),
            lambda change: _turns(winners, change.less) or _turns(winners, change.more),
        ),
    )


def _shown(winners: Sequence[str], now: Sequence[str]) -> str:
    """Return who is first now: an idea that was so before, if it still is."""
    return next((name for name in winners if name in now), now[0])


def _turns(winners: Sequence[str], now: Sequence[str]) -> bool:
    return not set(winners) & set(now)


def _turning(winners: Sequence[str], changed: Sequence[RankChange]) -> int:
    return sum(_turns(winners, now) for change in changed for now in (change.less, change.more))


def _verdict(winners: Sequence[str], changed: Sequence[RankChange], *, is_weighted: bool) -> fw.Verdict:
    if len(winners) > 1:
        text = msg("First place is shared by %(ideas)s. Find what tells them apart.", ideas=fw.named(winners))
        return fw.Verdict("tie", fw.Level.NEUTRAL, text)
    if not _turning(winners, changed):
        text = (
            msg("“%(first)s” is first. No other idea overtakes it if one weight is 20 %% off.", first=winners[0])
            if is_weighted
            else msg(
                "“%(first)s” is first. No other idea overtakes it if one of its numbers is 20 %% off.", first=winners[0]
            )
        )
        return fw.Verdict("robust", fw.Level.GOOD, text)
    change = next(entry for entry in changed if _turning(winners, [entry]))
    is_less = _turns(winners, change.less)
    found = {
        "first": winners[0],
        "part": change.part if is_weighted else _FACTOR_NAMES[change.part],
        "other": (change.less if is_less else change.more)[0],
    }
    if is_less:
        text = msg("“%(first)s” is first, but not firmly: with 20 %% less “%(part)s” it is “%(other)s”.", **found)
    else:
        text = msg("“%(first)s” is first, but not firmly: with 20 %% more “%(part)s” it is “%(other)s”.", **found)
    return fw.Verdict("sensitive", fw.Level.ATTENTION, text)


def _one_score(method: str, idea: str, ideas: Ideas, weights: Mapping[str, float]) -> fw.Estimate:
    numbers = ideas[idea]
    answer = score(method, numbers, weights)
    if method == "rice":
        doubled = answer * numbers["effort"] ** 2
        unsure = numbers["reach"] * numbers["impact"] / numbers["effort"]
        slips = [
            fw.Slip(doubled, msg("You multiplied by the effort. More effort is worse: divide.")),
            fw.Slip(unsure, msg("You left out the confidence.")),
        ]
    elif method == "weighted":
        slips = [
            fw.Slip(sum(numbers.values()) / len(numbers), msg("That is the mean without weights.")),
            fw.Slip(answer * sum(weights.values()), msg("Divide by the sum of the weights.")),
        ]
    elif method == "ice":
        slips = [fw.Slip(sum(numbers.values()), msg("You added the three numbers. Multiply them."))]
    else:
        slips = [fw.Slip(sum(numbers.values()), msg("Divide the sum by three."))]
    text = msg("Which score does “%(idea)s” get?", idea=idea)
    return fw.Estimate("score", text, answer, tolerance=max(0.01 * abs(answer), 0.01), slips=tuple(slips))


def _stands_firm(winners: Sequence[str], changed: Sequence[RankChange], *, is_weighted: bool) -> fw.Question:
    turns = _turning(winners, changed) > 0
    if is_weighted:
        text = msg("Does another idea come first if one of your weights is 20 %% higher or lower?")
    else:
        text = msg("Does another idea come first if one number of the first idea is 20 %% higher or lower?")
    return fw.Question("stands_firm", text, fw.yes_or_no(turns))


def _otherwise(method: str, order: Sequence[str], ideas: Ideas, weights: Mapping[str, float]) -> fw.Question:
    """Ask who is first by a simpler view of the same numbers."""
    if method == "weighted":
        text = msg("Which idea would be first if all criteria counted the same?")
        scores = {name: score(method, numbers, dict.fromkeys(weights, 1.0)) for name, numbers in ideas.items()}
    else:
        last = FACTORS[method][-1]
        text = (
            msg("Which idea would be first if effort did not count?")
            if last == "effort"
            else msg("Which idea would be first if ease did not count?")
        )
        scores = {name: score(method, {**numbers, last: 1.0}, weights) for name, numbers in ideas.items()}
    right = first(scores)
    shown = sorted({*order[: fw.MAX_CHOICES], right[0]})
    return fw.Question("otherwise", text, fw.choose_one([(name, name in right) for name in shown]), several=True)


_NEEDED = {
    "weighted": msg("Weighted criteria need the columns idea, criterion, weight and score: a row for each criterion."),
    "ice": msg("ICE needs the columns idea, impact, confidence and ease."),
    "ice_mean": msg("ICE needs the columns idea, impact, confidence and ease."),
    "rice": msg("RICE needs the columns idea, reach, impact, confidence and effort."),
}


INSTRUMENT = fw.Instrument(
    key="idea-scoring",
    code="T19",
    title=msg("Scoring ideas"),
    phases=(fw.Phase.PROCESS,),
    needs=(fw.Need.CHOOSE,),
    purpose=msg("Choose among ideas with reasons, and see whether the first place stands firm."),
    explanation=(
        msg(
            "With your own criteria: give each a weight, and each idea a score on each, 0 to 10, more is better. The "
            "result is the sum of weight times score, divided by the sum of the weights."
        ),
        msg(
            "ICE is quicker: impact times confidence times ease, each 1 to 10. RICE is reach times impact times "
            "confidence, divided by effort in months of work."
        ),
        msg(
            "All these numbers are guesses. So each weight, or each number of the first idea, is made 20 %% smaller "
            "and larger. If another idea comes first then, talk again before you choose."
        ),
    ),
    columns=(
        fw.Column("idea", msg("Idea"), fw.ValueKind.WORD),
        fw.Column("criterion", msg("Criterion"), fw.ValueKind.WORD, required=False),
        fw.number_column("weight", msg("Weight"), 0, required=False),
        fw.number_column("score", msg("Score, 0 to 10"), 0, 10, required=False),
        fw.number_column("reach", msg("Reach: customers in a quarter"), 0, required=False),
        fw.number_column("impact", msg("Impact"), 0, 10, required=False),
        fw.number_column("confidence", msg("Confidence"), 0, 100, required=False),
        fw.number_column("effort", msg("Effort: months of work"), 0.01, required=False),
        fw.number_column("ease", msg("Ease"), 0, 10, required=False),
    ),
    options=(fw.choice_option("method", msg("Method"), {"auto": msg("by the columns of the table"), **_METHODS}),),
    minimum=2,
    counted=msg("ideas"),
    reference=(
        "Keeney, R. and Raiffa, H. (1976): Decisions with Multiple Objectives; ICE: S. Ellis; RICE: S. McBride "
        "(Intercom)."
    ),
    # Six ideas of the salon's idea round: the first place hangs on how much customer benefit weighs.
    demo=fw.Demo(fw.Firm.SZEP_HAJ),
    compute=compute,
)
