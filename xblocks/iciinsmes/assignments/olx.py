"""A task as OLX: read from a course's XML and written back without loss.

The form is documented in `docs/reference/olx.md`. Error messages are for course authors and name the element.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import TypeVar

from lxml import etree

from iciinsmes.evidence.data import MEGABYTE, EvidenceRules
from iciinsmes.review.data import Criterion, CriterionKind, Level, PointRange, Rubric

from .authoring import task_problems
from .data import CompleteOn, LateRule, MentorNeed, MentorRule, Question, Task

Choice = TypeVar("Choice", bound=Enum)


class TaskXmlError(ValueError):
    """The XML does not describe a task; the message says where and why."""


def task_from_xml(node: etree._Element) -> Task:
    """Read a ``<workplace_assignment>`` element.

    Raises:
        TaskXmlError: something is missing, double, or out of range.
    """
    rubric = node.find("rubric")
    if rubric is None:
        raise TaskXmlError("<rubric> is missing")
    task = Task(
        title=node.get("display_name") or "Workplace assignment",
        purpose=node.get("purpose") or "",
        instructions=_inner_html(node.find("task")),
        hours=_number(node, "hours", Decimal(0)),
        weight=_number(node, "weight", Decimal(1)),
        questions=_questions(node),
        evidence=_evidence(node.find("evidence")),
        rubric=_rubric(rubric),
        attempts=_count(node, "attempts"),
        late=_late_rule(node.find("late")),
        mentor=_mentor_rule(node.find("mentor")),
        complete_on=_choice(node, "complete_on", CompleteOn.HAND_IN),
        team=_flag(node, "team", False),
        statement=_flag(node, "statement", False),
    )
    problems = task_problems(task)
    if problems:
        raise TaskXmlError("; ".join(problem.message for problem in problems))
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
        node.set("team", _flag_text(True))
    if task.statement:
        node.set("statement", _flag_text(True))
    instructions = etree.SubElement(node, "task")
    instructions.text = _cdata(task.instructions)
    for question in task.questions:
        element = etree.SubElement(
            node,
            "question",
            key=question.key,
            title=question.title,
            help=question.help,
            min_words=str(question.min_words),
            max_words=str(question.max_words),
            required=_flag_text(question.required),
        )
        if question.min_files:
            element.set("min_files", str(question.min_files))
    evidence = task.evidence
    etree.SubElement(
        node,
        "evidence",
        kinds=" ".join(evidence.kinds),
        max_files=str(evidence.max_files),
        max_file_mb=plain(Decimal(evidence.max_file_bytes) / MEGABYTE),
        max_total_mb=plain(Decimal(evidence.max_total_bytes) / MEGABYTE),
        required=_flag_text(evidence.required),
    )
    _late_rule_to_xml(task.late, node)
    _mentor_rule_to_xml(task.mentor, node)
    rubric = etree.SubElement(
        node, "rubric", pass_points=plain(task.rubric.pass_points), exceptions=str(task.rubric.exceptions)
    )
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
    for level in criterion.levels:
        etree.SubElement(element, "level", points=plain(level.points)).text = level.text


def _late_rule_to_xml(rule: LateRule, node: etree._Element) -> None:
    if rule == LateRule():
        return
    etree.SubElement(
        node,
        "late",
        grace_hours=str(rule.grace_hours),
        accept=_flag_text(rule.accept),
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
        grace_hours=_count(node, "grace_hours"),
        accept=_flag(node, "accept", standard.accept),
        percent_per_day=_number(node, "percent_per_day", standard.percent_per_day),
        max_percent=_number(node, "max_percent", standard.max_percent),
    )


def _mentor_rule(node: etree._Element | None) -> MentorRule:
    if node is None:
        return MentorRule()
    return MentorRule(
        need=_choice(node, "need", MentorNeed.REQUIRED),
        checks=tuple((check.text or "").strip() for check in node.findall("check")),
    )


def _choice(node: etree._Element, name: str, standard: Choice) -> Choice:
    text = node.get(name)
    if text is None:
        return standard
    try:
        return type(standard)(text)
    except ValueError as error:
        known = ", ".join(str(choice.value) for choice in type(standard))
        raise TaskXmlError(f'<{node.tag}>: {name}="{text}" must be one of {known}') from error


def _questions(node: etree._Element) -> tuple[Question, ...]:
    return tuple(
        Question(
            key=_needed(element, "key"),
            title=_needed(element, "title"),
            help=element.get("help") or "",
            min_words=_count(element, "min_words"),
            max_words=_count(element, "max_words"),
            required=_flag(element, "required", True),
            min_files=_count(element, "min_files"),
        )
        for element in node.findall("question")
    )


def _evidence(node: etree._Element | None) -> EvidenceRules:
    standard = EvidenceRules()
    if node is None:
        return standard
    return EvidenceRules(
        max_files=_count(node, "max_files", standard.max_files),
        max_file_bytes=_megabytes(node, "max_file_mb", standard.max_file_bytes),
        max_total_bytes=_megabytes(node, "max_total_mb", standard.max_total_bytes),
        kinds=tuple((node.get("kinds") or " ".join(standard.kinds)).split()),
        required=_flag(node, "required", standard.required),
    )


def _rubric(node: etree._Element) -> Rubric:
    return Rubric(
        criteria=tuple(_criterion(element) for element in node.findall("criterion")),
        pass_points=_number(node, "pass_points", Rubric.pass_points),
        exceptions=_count(node, "exceptions", Rubric.exceptions),
    )


def _criterion(node: etree._Element) -> Criterion:
    kind = _choice(node, "kind", CriterionKind.LEVELS)
    return Criterion(
        key=_needed(node, "key"),
        title=_needed(node, "title"),
        levels=tuple(
            Level(points=_number(level, "points", None), text=(level.text or "").strip())
            for level in (node.findall("level") if kind is CriterionKind.LEVELS else ())
        ),
        kind=kind,
        range=_range(node) if kind is CriterionKind.RANGE else PointRange(),
        text=(node.text or "").strip(),
    )


def _range(node: etree._Element) -> PointRange:
    return PointRange(
        most=_number(node, "max", None),
        step=_number(node, "step", PointRange.step),
        pass_points=_number(node, "pass", None),
    )


def _inner_html(node: etree._Element | None) -> str:
    """Return what stands inside ``<task>``, as CDATA or as child elements."""
    if node is None:
        return ""
    inside = [etree.tostring(child, encoding="unicode", method="html") for child in node]
    return ((node.text or "") + "".join(inside)).strip()


def _needed(node: etree._Element, name: str) -> str:
    value = node.get(name)
    if not value:
        raise TaskXmlError(f'<{node.tag}> needs the attribute "{name}"')
    return value


def _number(node: etree._Element, name: str, standard: Decimal | None) -> Decimal:
    text = node.get(name)
    if text is None and standard is not None:
        return standard
    try:
        number = Decimal(text or "")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not 0 <= number <= 100_000:
        raise TaskXmlError(f'<{node.tag}>: {name}="{text}" must be a number from 0 to 100000')
    return number


def _count(node: etree._Element, name: str, standard: int = 0) -> int:
    number = _number(node, name, Decimal(standard))
    if number != int(number):
        raise TaskXmlError(f'<{node.tag}>: {name}="{node.get(name)}" must be a whole number')
    return int(number)


def _megabytes(node: etree._Element, name: str, standard: int) -> int:
    return int(_number(node, name, Decimal(standard) / MEGABYTE) * MEGABYTE)


def _flag(node: etree._Element, name: str, standard: bool) -> bool:
    return {"true": True, "false": False}.get((node.get(name) or "").lower(), standard)


def _flag_text(value: bool) -> str:
    return "true" if value else "false"


def _cdata(html: str) -> str | etree.CDATA:
    """Wrap HTML for readable exports where that is safe.

    CDATA can hold neither its own end mark nor, when a host writes ASCII, any other letter: those are escaped instead.
    """
    return etree.CDATA(html) if html and html.isascii() and "]]>" not in html else html


def plain(number: Decimal) -> str:
    """Write a number without exponent and needless zeros."""
    return f"{number.normalize():f}"
