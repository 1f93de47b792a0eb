"""A prototype test as measures, figures, tables, charts and questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .result import Chart, ChartKind, Estimate, Figure, Heading, Question, ResultTable, Slip, Unit, choose_one
from .statistics import adjusted_wald, wilson
from .texts import Text, msg
from .trials import Problem, Task, Trial
from .usability import mean_interval, problems_found

#: The mean of the scale over many products, and what is called good.
_AVERAGE_SUS, _GOOD_SUS = 68, 80

#: If so many percent would be very disappointed, many will want it (Ellis).
_ELLIS = 40

_MAX_CHOICES = 6


class Measure(NamedTuple):
    """What was measured, 0 to 100, its interval, how many customers it rests on, and a common mark to compare with."""

    key: str
    title: Text
    unit: Unit
    value: float | None
    low: float | None
    high: float | None
    n: int
    usual: float | None = None


def read_measures(trials: Sequence[Trial]) -> list[Measure]:
    """Return success, usability and disappointment of at least one customer."""
    n, managed = len(trials), sum(trial.managed_all for trial in trials)
    success = [100 * part for part in adjusted_wald(managed, n)]
    usability = _usability([trial.score for trial in trials if trial.score is not None])
    told = [trial.feeling for trial in trials if trial.feeling]
    very = [100 * part for part in wilson(told.count("very"), len(told))] if told else [None, None, None]
    title = msg("Very disappointed without it")
    return [
        Measure("success", msg("Managed everything"), Unit.PERCENT, success[0], success[1], success[2], n),
        usability,
        Measure("disappointed", title, Unit.PERCENT, very[0], very[1], very[2], len(told), _ELLIS),
    ]


def _usability(scores: Sequence[float]) -> Measure:
    title, n = msg("Usability (SUS)"), len(scores)
    if n < 2:
        return Measure("sus", title, Unit.POINTS, scores[0] if scores else None, None, None, n, _AVERAGE_SUS)
    mean, low, high = mean_interval(scores)
    return Measure("sus", title, Unit.POINTS, mean, max(0.0, low), min(100.0, high), n, _AVERAGE_SUS)


def trial_figures(measures: Sequence[Measure], n: int) -> tuple[Figure, ...]:
    """Return what was measured, and how many of the problems so many people meet."""
    score = measures[1].value
    figures = [
        Figure(each.key, each.title, each.value, each.unit, each.low, each.high, each.n)
        for each in measures
        if each.value is not None
    ]
    if score is not None:
        good, average = msg("good, 80 or more"), msg("above the average of 68")
        reading = (
            good if score >= _GOOD_SUS else average if score > _AVERAGE_SUS else msg("not above the average of 68")
        )
        figures.append(Figure("sus_reading", msg("Usability is"), reading))
    figures.append(
        Figure("found", msg("Problems met, if each stops 31 %% of people"), 100 * problems_found(n), Unit.PERCENT, n=n)
    )
    return tuple(figures)


def _reading(score: float) -> Text:
    if score >= _GOOD_SUS:
        return msg("good, 80 or more")
    return msg("above the average of 68") if score > _AVERAGE_SUS else msg("not above the average of 68")


def measure_table(measures: Sequence[Measure]) -> ResultTable:
    """Return the measures with their intervals and common marks."""
    return ResultTable(
        "measures",
        msg("What was measured"),
        (
            Heading("measure", msg("Measure")),
            Heading("n", msg("Customers")),
            Heading("value", msg("Result")),
            Heading("low", msg("From")),
            Heading("high", msg("To")),
            Heading("usual", msg("Common mark"), decimals=0),
        ),
        tuple((each.title, each.n, each.value, each.low, each.high, each.usual) for each in measures),
    )


def task_table(tasks: Sequence[Task]) -> ResultTable:
    """Return the tasks with their shares."""
    rows = []
    for task in tasks:
        share, low, high = (100 * part for part in adjusted_wald(task.managed, task.tried))
        rows.append((task.name, task.tried, task.managed, share, low, high, task.seconds, _is_hardest(task, tasks)))
    return ResultTable(
        "tasks",
        msg("Tasks"),
        (
            Heading("task", msg("Task")),
            Heading("tried", msg("Tried by")),
            Heading("managed", msg("Managed by")),
            Heading("share", msg("Share"), Unit.PERCENT),
            Heading("low", msg("From"), Unit.PERCENT),
            Heading("high", msg("To"), Unit.PERCENT),
            Heading("seconds", msg("Seconds (median)"), decimals=0),
            Heading("hardest", msg("Hardest")),
        ),
        tuple(rows),
    )


def _is_hardest(task: Task, tasks: Sequence[Task]) -> bool:
    return task.managed * tasks[0].tried == tasks[0].managed * task.tried


def problem_table(problems: Sequence[Problem], n: int) -> ResultTable:
    """Return the problems by their weight."""
    return ResultTable(
        "problems",
        msg("Problems"),
        (
            Heading("problem", msg("Problem")),
            Heading("met_by", msg("Met by")),
            Heading("share", msg("Share of customers"), Unit.PERCENT),
            Heading("severity", msg("Severity, 1 to 4")),
            Heading("weight", msg("Severity x frequency")),
        ),
        tuple((each.name, each.met_by, 100 * each.met_by / n, each.severity, each.weight) for each in problems),
    )


def trial_charts(problems: Sequence[Problem]) -> tuple[Chart, ...]:
    """Return a chart of the tasks, and one of the problems if there are any."""
    tasks = Chart(
        ChartKind.BARS,
        msg("Share that managed each task, and where the true one lies"),
        table="tasks",
        label="task",
        values=("share",),
        low="low",
        high="high",
        emphasis="hardest",
        minimum=0,
        maximum=100,
    )
    weights = Chart(
        ChartKind.BARS,
        msg("Problems by severity x frequency"),
        table="problems",
        label="problem",
        values=("weight",),
        minimum=0,
    )
    return (tasks, weights) if problems else (tasks,)


def usability_by_hand(trials: Sequence[Trial]) -> tuple[Estimate, ...]:
    """Ask for the points of one customer who answered all ten questions."""
    trial = next((trial for trial in trials if trial.answers), None)
    if trial is None or trial.answers is None or trial.score is None:
        return ()
    text = msg(
        "%(user)s answered the ten questions on usability with %(answers)s. How many points (SUS) is that?",
        user=trial.user,
        answers=", ".join(map(str, trial.answers)),
    )
    slips = (
        Slip(trial.score / 2.5, msg("Multiply by 2.5, so that 100 is the most.")),
        Slip(2.5 * (sum(trial.answers) - 10), msg("Every second question blames: there it is 5 minus the answer.")),
        Slip(float(sum(trial.answers)), msg("Do not just add: odd ones count answer minus 1, even ones 5 minus it.")),
    )
    return (Estimate("sus", text, trial.score, tolerance=0.5, unit=Unit.POINTS, slips=slips),)


def success_by_hand(trials: Sequence[Trial], tasks: Sequence[Task]) -> tuple[Estimate, ...]:
    """Ask for the share of customers who managed everything."""
    right = 100 * sum(trial.managed_all for trial in trials) / len(trials)
    attempts = 100 * sum(task.managed for task in tasks) / sum(task.tried for task in tasks)
    text = msg("How many percent of the customers managed all their tasks?")
    slips = (
        Slip(attempts, msg("That is the share of tries. Count customers: one task that failed is enough.")),
        Slip(100 - right, msg("Those are the ones who failed at something.")),
    )
    return (Estimate("success", text, right, tolerance=1, unit=Unit.PERCENT, slips=slips),)


def hardest(tasks: Sequence[Task]) -> Question:
    """Ask for the task with the lowest share."""
    answers = [(task.name, _is_hardest(task, tasks)) for task in tasks[:_MAX_CHOICES]]
    several = sum(right for _name, right in answers) > 1
    return Question("hardest", msg("Which task did the smallest share manage?"), choose_one(answers), several=several)


def most_customers(success: Measure) -> Question:
    """Ask whether the interval of success lies above half."""
    is_sure = success.low is not None and success.low > 50
    text = msg("May you say that most of all your customers would manage everything?")
    return Question(
        "most", text, choose_one([(msg("Yes"), is_sure), (msg("No, the interval reaches below half"), not is_sure)])
    )
