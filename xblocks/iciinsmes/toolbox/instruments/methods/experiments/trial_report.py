"""A prototype test as measures, figures, tables, charts and questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ... import framework as fw
from ...framework import msg
from .trials import Trial, TrialTask, UsabilityProblem, mean_interval, problems_found

#: The mean of the scale over many products, and what is called good.
_AVERAGE_SUS, _GOOD_SUS = 68, 80

#: If so many percent would be very disappointed, many will want it (Ellis).
_ELLIS = 40


class Measure(NamedTuple):
    """What was measured, 0 to 100, its interval, how many customers it rests on, and a common mark to compare with."""

    key: str
    title: fw.Text
    unit: fw.Unit
    value: float | None
    low: float | None
    high: float | None
    n: int
    usual: float | None = None


def read_measures(trials: Sequence[Trial]) -> list[Measure]:
    """Return success, usability and disappointment of at least one customer."""
    n, managed = len(trials), sum(trial.managed_all for trial in trials)
    success = [100 * part for part in fw.adjusted_wald(managed, n)]
    usability = _usability([trial.score for trial in trials if trial.score is not None])
    told = [trial.feeling for trial in trials if trial.feeling]
    very = [100 * part for part in fw.wilson(told.count("very"), len(told))] if told else [None, None, None]
    title = msg("Very disappointed without it")
    return [
        Measure("success", msg("Managed everything"), fw.Unit.PERCENT, success[0], success[1], success[2], n),
        usability,
        Measure("disappointed", title, fw.Unit.PERCENT, very[0], very[1], very[2], len(told), _ELLIS),
    ]


def _usability(scores: Sequence[float]) -> Measure:
    title, n = msg("Usability (SUS)"), len(scores)
    if n < 2:
        return Measure("sus", title, fw.Unit.POINTS, scores[0] if scores else None, None, None, n, _AVERAGE_SUS)
    mean, low, high = mean_interval(scores)
    return Measure("sus", title, fw.Unit.POINTS, mean, max(0.0, low), min(100.0, high), n, _AVERAGE_SUS)


def trial_figures(measures: Sequence[Measure], n: int) -> Iterator[fw.Figure]:
    """Return what was measured, and how many of the problems so many people meet."""
    score = measures[1].value
    for each in measures:
        if each.value is not None:
            yield fw.Figure(each.key, each.title, each.value, each.unit, each.low, each.high, each.n)
    if score is not None:
        yield fw.Figure("sus_reading", msg("Usability is"), _reading(score))
    title = msg("Problems met, if each stops 31 %% of people")
    yield fw.Figure("found", title, 100 * problems_found(n), fw.Unit.PERCENT, n=n)


def _reading(score: float) -> fw.Text:
    if score >= _GOOD_SUS:
        return msg("good, 80 or more")
    return msg("above the average of 68") if score > _AVERAGE_SUS else msg("not above the average of 68")


def measure_table(measures: Sequence[Measure]) -> fw.ResultTable:
    """Return the measures with their intervals and common marks."""
    return fw.Rows("measures", msg("What was measured"), measures).shown(
        fw.Shown("measure", msg("Measure"), lambda each: each.title),
        fw.Shown("n", msg("Customers"), lambda each: each.n),
        fw.Shown("value", msg("Result"), lambda each: each.value),
        fw.Shown("low", msg("From"), lambda each: each.low),
        fw.Shown("high", msg("To"), lambda each: each.high),
        fw.Shown("usual", msg("Common mark"), lambda each: each.usual, decimals=0),
    )


def task_table(tasks: Sequence[TrialTask]) -> fw.ResultTable:
    """Return the tasks with their shares."""
    shares = {task: fw.adjusted_wald(task.managed, task.tried).percent for task in tasks}
    return fw.Rows("tasks", msg("Tasks"), tasks).shown(
        fw.Shown("task", msg("Task"), lambda task: task.name),
        fw.Shown("tried", msg("Tried by"), lambda task: task.tried),
        fw.Shown("managed", msg("Managed by"), lambda task: task.managed),
        fw.Shown("share", msg("Share"), lambda task: shares[task].value, fw.Unit.PERCENT),
        fw.Shown("low", msg("From"), lambda task: shares[task].low, fw.Unit.PERCENT),
        fw.Shown("high", msg("To"), lambda task: shares[task].high, fw.Unit.PERCENT),
        fw.Shown("seconds", msg("Seconds (median)"), lambda task: task.seconds, decimals=0),
        fw.Shown("hardest", msg("Hardest"), lambda task: _is_hardest(task, tasks)),
    )


def _is_hardest(task: TrialTask, tasks: Sequence[TrialTask]) -> bool:
    return task.managed * tasks[0].tried == tasks[0].managed * task.tried


def problem_table(problems: Sequence[UsabilityProblem], n: int) -> fw.ResultTable:
    """Return the problems by their weight."""
    return fw.Rows("problems", msg("Problems"), problems).shown(
        fw.Shown("problem", msg("Problem"), lambda each: each.name),
        fw.Shown("met_by", msg("Met by"), lambda each: each.met_by),
        fw.Shown("share", msg("Share of customers"), lambda each: 100 * each.met_by / n, fw.Unit.PERCENT),
        fw.Shown("severity", msg("Severity, 1 to 4"), lambda each: each.severity),
        fw.Shown("weight", msg("Severity x frequency"), lambda each: each.weight),
    )


def trial_charts(problems: Sequence[UsabilityProblem]) -> tuple[fw.Chart, ...]:
    """Return a chart of the tasks, and one of the problems if there are any."""
    tasks = fw.bars(
        msg("Share that managed each task, and where the true one lies"),
        "tasks",
        "task",
        "share",
        interval=True,
        emphasis="hardest",
        highest=100,
    )
    weights = fw.bars(msg("Problems by severity x frequency"), "problems", "problem", "weight")
    return (tasks, weights) if problems else (tasks,)


def usability_by_hand(trials: Sequence[Trial]) -> Iterator[fw.Estimate]:
    """Ask for the points of one customer who answered all ten questions."""
    trial = next((trial for trial in trials if trial.answers), None)
    if trial is None or trial.answers is None or trial.score is None:
        return
    text = msg(
        "%(user)s answered the ten questions on usability with %(answers)s. How many points (SUS) is that?",
        user=trial.user,
        answers=", ".join(map(str, trial.answers)),
    )
    total = float(sum(trial.answers))
    slips = (
        fw.Slip(trial.score / 2.5, msg("Multiply by 2.5, so that 100 is the most.")),
        fw.Slip(2.5 * (total - 10), msg("Every second question blames: there it is 5 minus the answer.")),
        fw.Slip(total, msg("Do not just add: odd ones count answer minus 1, even ones 5 minus it.")),
    )
    yield fw.Estimate("sus", text, trial.score, tolerance=0.5, unit=fw.Unit.POINTS, slips=slips)


def success_by_hand(trials: Sequence[Trial], tasks: Sequence[TrialTask]) -> Iterator[fw.Estimate]:
    """Ask for the share of customers who managed everything."""
    right = 100 * sum(trial.managed_all for trial in trials) / len(trials)
    attempts = 100 * sum(task.managed for task in tasks) / sum(task.tried for task in tasks)
    text = msg("How many percent of the customers managed all their tasks?")
    slips = (
        fw.Slip(attempts, msg("That is the share of tries. Count customers: one task that failed is enough.")),
        fw.Slip(100 - right, msg("Those are the ones who failed at something.")),
    )
    yield fw.Estimate("success", text, right, tolerance=1, unit=fw.Unit.PERCENT, slips=slips)


def hardest(tasks: Sequence[TrialTask]) -> fw.Question:
    """Ask for the task with the lowest share."""
    answers = [(task.name, _is_hardest(task, tasks)) for task in tasks[: fw.MAX_CHOICES]]
    several = sum(right for _name, right in answers) > 1
    text = msg("Which task did the smallest share manage?")
    return fw.Question("hardest", text, fw.choose_one(answers), several=several)


def most_customers(success: Measure) -> fw.Question:
    """Ask whether the interval of success lies above half."""
    is_sure = success.low is not None and success.low > 50
    text = msg("May you say that most of all your customers would manage everything?")
    return fw.Question("most", text, fw.yes_or_no(is_sure, no=msg("No, the interval reaches below half")))
