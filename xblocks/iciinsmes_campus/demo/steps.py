"""Steps of the demo that stand alone: one that fails is taken back and told, and the others are done."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from edx_django_utils.cache import RequestCache

log = logging.getLogger(__name__)


class DemoPart(StrEnum):
    """What a step adds to the demo."""

    ALL = "all"
    COMPANY = "firm"
    PERSON = "person"
    READING = "reading"
    QUIZ = "quiz"
    ROUND = "round"
    MENTOR = "mentor"
    ASSESSMENT = "assessment"
    TALK = "talk"
    EXTENSION = "extension"
    DRAFT = "draft"
    EXERCISE = "exercise"
    SELF_CHECK = "self_check"
    COACH = "coach"
    PROJECT = "project"
    WARNINGS = "warnings"
    EVALUATION = "evaluation"
    CERTIFICATES = "certificates"
    PRACTICE = "practice"
    SUPPORT = "support"
    ORDER = "order"


LABELS = {
    DemoPart.ALL: _("the whole demo"),
    DemoPart.COMPANY: _("the firm"),
    DemoPart.PERSON: _("the person, with all that she or he did"),
    DemoPart.READING: _("pages that were read"),
    DemoPart.QUIZ: _("answers in a quiz"),
    DemoPart.ROUND: _("work that was handed in, and what follows from it"),
    DemoPart.MENTOR: _("what the mentor was asked and answered"),
    DemoPart.ASSESSMENT: _("what the teacher wrote, and what follows from it"),
    DemoPart.TALK: _("messages about a work"),
    DemoPart.EXTENSION: _("a later date"),
    DemoPart.DRAFT: _("a draft"),
    DemoPart.EXERCISE: _("work with an instrument"),
    DemoPart.SELF_CHECK: _("a self-check"),
    DemoPart.COACH: _("the coach who accompanies it"),
    DemoPart.PROJECT: _("steps of the development project"),
    DemoPart.WARNINGS: _("monthly figures and what warned"),
    DemoPart.EVALUATION: _("what was said after cycles, and earlier runs"),
    DemoPart.CERTIFICATES: _("sessions and certificates"),
    DemoPart.PRACTICE: _("its best practice"),
    DemoPart.SUPPORT: _("the directory of support, and whom a firm has asked"),
    DemoPart.ORDER: _("the days of messages and mails"),
}


@dataclass(frozen=True, slots=True)
class MissingPart:
    """A part that could not be made; ``who`` is the person or firm it belongs to, or empty."""

    part: DemoPart
    who: str

    def __str__(self) -> str:
        label = str(LABELS[self.part])
        return f"{self.who}: {label}" if self.who else label


@dataclass
class DemoStep:
    """One step while it is taken."""

    done: bool = False


class Steps:
    """Takes steps one after the other, and remembers those that failed."""

    def __init__(self) -> None:
        self._missing: dict[MissingPart, None] = {}

    @property
    def missing(self) -> tuple[MissingPart, ...]:
        """Return what is missing so far, everything once."""
        return tuple(self._missing)

    @contextmanager
    def step(self, part: DemoPart, who: str) -> Iterator[DemoStep]:
        """Keep all that is done inside or nothing of it; a failure goes to the log and ends here.

        Args:
            part: what the step adds.
            who: whose it is.

        Yields:
            A mark that says afterwards whether the step was done, for those that depend on it.
        """
        step = DemoStep()
        try:
            with transaction.atomic():
                yield step
        except Exception:  # a step uses everything people use, so it may fail in any way
            log.exception("A step of the demo failed (%s, %s)", part, who or "nobody's")
            self.lack(part, who)
            # What the step has taught the cache was taken back.
            RequestCache.clear_all_namespaces()
        else:
            step.done = True

    def lack(self, part: DemoPart, who: str) -> None:
        """Note a part that cannot be made, because something before it is missing."""
        self._missing[MissingPart(part, who)] = None


def keep_missing(missing: Sequence[MissingPart]) -> None:
    """Write down what is missing, for the sign-in page and the starts to come."""
    _path().write_text(json.dumps([[entry.part, entry.who] for entry in missing]), encoding="utf-8")


def kept_missing() -> tuple[MissingPart, ...]:
    """Return what was missing when the demo was loaded; nothing if that was never written, or cannot be read."""
    try:
        return tuple(MissingPart(DemoPart(part), str(who)) for part, who in json.loads(_path().read_text("utf-8")))
    except FileNotFoundError:
        return ()
    except (OSError, TypeError, ValueError):
        log.warning("%s cannot be read", _path(), exc_info=True)
        return ()


def _path() -> Path:
    return Path(settings.HOME) / "demo-missing.json"
