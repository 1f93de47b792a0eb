"""A task as OLX: read from a course's XML and written back without loss.

The form is documented in `docs/reference/olx.md`. Error messages are for course authors and name the element.
"""

from __future__ import annotations

from decimal import Decimal

from lxml import etree

from iciinsmes.authoring.olx_values import OlxError, cdata, choice, count, flag, flag_text, inner_html, needed, number
from iciinsmes.evidence.data import MEGABYTE, EvidenceRules
from iciinsmes.lib.decimals import plain
from iciinsmes.review.data import Criterion, CriterionKind, Marking, PointRange, Rubric, RubricLevel

from .authoring import task_problems
from .data import CompleteOn, LateRule, MentorNeed, MentorRule, Task, TaskQuestion


def task_from_xml(node: etree._Element) -> Task:
    """Read a ``<workplace_assignment>`` element.

    Raises:
        OlxError: something is missing, double, or out of range.
    """
    rubric = node.find("rubric")
    if rubric is None:
        raise OlxError("<rubric> is missing")
    task = Task(
        title=node.get("display_name") or "Workplace assignment",
        purpose=node.get("purpose") or "",
        instructions=inner_html(node.find("task")),
        hours=number(node, "hours", Decimal(0)),
        weight=number(node, "weight", Decimal(1)),
        questions=_questions(node),
        evidence=_evidence(node.find("evidence")),
        rubric=_rubric(rubric),
        attempts=count(node, "attempts"),
        late=_late_rule(node.find("late")),
        mentor=_mentor_rule(node.find("mentor")),
        complete_on=choice(node, "complete_on", CompleteOn.HAND_IN),
        team=flag(node, "team", False),
        statement=flag(node, "statement", False),
        gate=node.get("gate") or "",
        marking=choice(node, "marking", Marking.ONE),
    )
    problems = task_problems(task)
    if problems:
        raise OlxError("; ".join(problem.message for problem in problems))
    return task


def task_to_xml(task: Task, node: etree._Element) -> None:
    """Write ``task`` into ``node`` so that `task_from_xml` reads an equal one."""
    node.set("display_name", task.title)
    node.set("purpose", task.purpose)
    node.set("hours", plain(task.hours))
    node.set("weight", plain(task.weight))
    if task.attempts:
        node.set("attempts", str(task.attempts))
    if task.complete_on is not CompleteOn.HAND_IN:
        node.set("complete_on", task.complete_on.value)
    if task.team:
        node.set("team", flag_text(True))
    if task.statement:
        node.set("statement", flag_text(True))
    if task.gate:
        node.set("gate", task.gate)
    if task.marking is not Marking.ONE:
        node.set("marking", task.marking.value)
    instructions = etree.SubElement(node, "task")
    instructions.text = cdata(task.instructions)
    for question in task.questions:
        element = etree.SubElement(
            node,
            "question",
            key=question.key,
            title=question.title,
            help=question.help,
            min_words=str(question.min_words),
            max_words=str(question.max_words),
            required=flag_text(question.required),
        )
        if question.min_files:
            element.set("min_files", str(question.min_files))
        if question.source:
            element.set("source", question.source)
    evidence = task.evidence
    etree.SubElement(
        node,
        "evidence",
        kinds=" ".join(evidence.kinds),
        max_files=str(evidence.max_files),
        max_file_mb=plain(Decimal(evidence.max_file_bytes) / MEGABYTE),
        max_total_mb=plain(Decimal(evidence.max_total_bytes) / MEGABYTE),
        required=flag_text(evidence.required),
    )
    _late_rule_to_xml(task.late, node)
    _mentor_rule_to_xml(task.mentor, node)
    rubric = etree.SubElement(
        node, "rubric", pass_points=plain(task.rubric.pass_points), exceptions=str(task.rubric.exceptions)
    )
    if task.rubric.pass_percent:
        rubric.set("pass_percent", plain(task.rubric.pass_percent))
    for criterion in task.rubric.criteria:
        _criterion_to_xml(criterion, rubric)


def _criterion_to_xml(criterion: Criterion, rubric: etree._Element) -> None:
    element = etree.SubElement(rubric, "criterion", key=criterion.key, title=criterion.title)
    element.text = criterion.text or None
    if criterion.kind is not CriterionKind.LEVELS:
        element.set("kind", criterion.kind.value)
    if criterion.kind is CriterionKind.RANGE:
        element.set("max", plain(criterion.range.most))
        element.set("step", plain(criterion.range.step))
        element.set("pass", plain(criterion.range.pass_points))
    if criterion.floor:
        element.set("floor", plain(criterion.floor))
    for level in criterion.levels:
        etree.SubElement(element, "level", points=plain(level.points)).text = level.text


def _late_rule_to_xml(rule: LateRule, node: etree._Element) -> None:
    if rule == LateRule():
        return
    etree.SubElement(
        node,
        "late",
        grace_hours=str(rule.grace_hours),
        accept=flag_text(rule.accept),
        percent_per_day=plain(rule.percent_per_day),
        max_percent=plain(rule.max_percent),
    )


def _mentor_rule_to_xml(rule: MentorRule, node: etree._Element) -> None:
    if rule == MentorRule():
        return
    element = etree.SubElement(node, "mentor", need=rule.need.value)
    for check in rule.checks:
        etree.SubElement(element, "check").text = check


def _late_rule(node: etree._Element | None) -> LateRule:
    standard = LateRule()
    if node is None:
        return standard
    return LateRule(
        grace_hours=count(node, "grace_hours"),
        accept=flag(node, "accept", standard.accept),
        percent_per_day=number(node, "percent_per_day", standard.percent_per_day),
        max_percent=number(node, "max_percent", standard.max_percent),
    )


def _mentor_rule(node: etree._Element | None) -> MentorRule:
    if node is None:
        return MentorRule()
    return MentorRule(
        need=choice(node, "need", MentorNeed.REQUIRED),
        checks=tuple((check.text or "").strip() for check in node.findall("check")),
    )


def _questions(node: etree._Element) -> tuple[TaskQuestion, ...]:
    return tuple(
        TaskQuestion(
            key=needed(element, "key"),
            title=needed(element, "title"),
            help=element.get("help") or "",
            min_words=count(element, "min_words"),
            max_words=count(element, "max_words"),
            required=flag(element, "required", True),
            min_files=count(element, "min_files"),
            source=element.get("source") or "",
        )
        for element in node.findall("question")
    )


def _evidence(node: etree._Element | None) -> EvidenceRules:
    standard = EvidenceRules()
    if node is None:
        return standard
    return EvidenceRules(
        max_files=count(node, "max_files", standard.max_files),
        max_file_bytes=_megabytes(node, "max_file_mb", standard.max_file_bytes),
        max_total_bytes=_megabytes(node, "max_total_mb", standard.max_total_bytes),
        kinds=tuple((node.get("kinds") or " ".join(standard.kinds)).split()),
        required=flag(node, "required", standard.required),
    )


def _rubric(node: etree._Element) -> Rubric:
    return Rubric(
        criteria=tuple(_criterion(element) for element in node.findall("criterion")),
        pass_points=number(node, "pass_points", Rubric.pass_points),
        exceptions=count(node, "exceptions", Rubric.exceptions),
        pass_percent=number(node, "pass_percent", Rubric.pass_percent),
    )


def _criterion(node: etree._Element) -> Criterion:
    kind = choice(node, "kind", CriterionKind.LEVELS)
    return Criterion(
        key=needed(node, "key"),
        title=needed(node, "title"),
        levels=tuple(
            RubricLevel(points=number(level, "points", None), text=(level.text or "").strip())
            for level in (node.findall("level") if kind is CriterionKind.LEVELS else ())
        ),
        kind=kind,
        range=_range(node) if kind is CriterionKind.RANGE else PointRange(),
        text=(node.text or "").strip(),
        floor=number(node, "floor", Criterion.floor),
    )


def _range(node: etree._Element) -> PointRange:
    return PointRange(
        most=number(node, "max", None),
        step=number(node, "step", PointRange.step),
        pass_points=number(node, "pass", None),
    )


def _megabytes(node: etree._Element, name: str, standard: int) -> int:
    return int(number(node, name, Decimal(standard) / MEGABYTE) * MEGABYTE)
