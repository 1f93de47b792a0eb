"""Surveys that count good answers and hold their share against a goal, in all and by group: they differ in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass

from ... import framework as fw
from ...framework import msg

GOAL = fw.number_option("goal", msg("Your goal in percent"), 1, 100, default=80.0)


def survey_columns(key: str, group: fw.Text, score: fw.Text, highest: int) -> tuple[fw.Column, ...]:
    """Return the columns: who answered and when, the group under its key, and the score from 1 to the highest."""
    return (
        fw.Column("customer", msg("Customer number"), fw.ValueKind.KEY, required=False),
        fw.Column("date", msg("Day of the answer"), fw.ValueKind.DATE, required=False),
        fw.Column(key, group, fw.ValueKind.WORD, required=False),
        fw.number_column("score", score, 1, highest, whole=True),
    )


@dataclass(frozen=True)
class Wording:
    """What such a survey calls its parts, and its verdicts from the first to look at to the last.

    ``key`` is the one of the share, ``table`` the one of the table by ``group``; ``marked`` is the heading that tells
    which scores are good, without which the table of scores does not say so.
    """

    key: str
    share: fw.Text
    table: str
    by_group: fw.Text
    group: fw.Text
    chart: fw.Text
    below: fw.Verdict
    behind: fw.Verdict
    above: fw.Verdict
    unclear: fw.Verdict
    marked: fw.Text | None = None


@dataclass(frozen=True)
class ScoredSurvey:
    """Answers from 1 to ``highest``, at least one, each with the group it is from, and which of the scores are good."""

    scores: Sequence[int]
    names: Sequence[str]
    good: Container[int]
    highest: int

    @property
    def total(self) -> fw.GroupShare:
        """The share of good ones among all answers."""
        return fw.GroupShare(msg("All answers"), sum(score in self.good for score in self.scores), len(self.scores))

    @property
    def groups(self) -> list[fw.GroupShare]:
        """The shares of groups with enough answers, lowest first."""
        return fw.by_group(self.names, [score in self.good for score in self.scores])

    def percent(self, scores: Container[int]) -> float:
        """Return how many percent of the answers are one of these scores."""
        return 100 * sum(score in scores for score in self.scores) / len(self.scores)

    @property
    def percent_of_highest(self) -> float:
        """The mean score in percent of the highest, which is easily taken for the share."""
        return 100 * sum(self.scores) / (self.highest * len(self.scores))


def survey_result(words: Wording, survey: ScoredSurvey, goal: float, mean: fw.Text) -> fw.Result:
    """Return what both say alike: the verdict, share and mean, tables and chart, and a note on groups too small."""
    total, groups, scores = survey.total, survey.groups, survey.scores
    return fw.Result(
        n=total.n,
        verdict=_verdict(words, total, groups, goal),
        figures=(
            fw.share_figure(words.key, words.share, total),
            fw.Figure("mean", mean, sum(scores) / len(scores), n=len(scores), decimals=2),
        ),
        tables=(fw.share_table(words.table, words.by_group, words.group, total, groups), _answers(words, survey)),
        charts=(fw.share_chart(words.chart, words.table),),
        notes=fw.small_groups(survey.names),
    )


def _answers(words: Wording, survey: ScoredSurvey) -> fw.ResultTable:
    counts = Counter(survey.scores)
    return fw.Rows("answers", msg("The numbers"), range(survey.highest, 0, -1)).shown(
        fw.Shown("score", msg("Score"), lambda score: score),
        fw.Shown(words.key, words.marked or words.share, lambda score: score in survey.good, when=bool(words.marked)),
        fw.Shown("answers", msg("Answers"), lambda score: counts[score]),
        fw.Shown("share", msg("Share"), lambda score: 100 * counts[score] / len(survey.scores), fw.Unit.PERCENT),
    )


def _verdict(words: Wording, total: fw.GroupShare, groups: Sequence[fw.GroupShare], goal: float) -> fw.Verdict:
    place, weak = fw.standing(total, goal), fw.behind(groups)
    if weak and place is not fw.Standing.BELOW:
        return words.behind.saying(worst=weak[0].name, best=fw.best(groups).name)
    found = {fw.Standing.BELOW: words.below, fw.Standing.ABOVE: words.above, fw.Standing.OPEN: words.unclear}[place]
    return found.saying(low=fw.rounded(total.low, goal), high=fw.rounded(total.high, goal), goal=goal)
