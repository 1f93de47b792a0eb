"""What makes a good choice for a block of a self-check, its form as OLX, and what a change of it leaves alone.

The form is documented in `docs/reference/olx.md`. Error messages are for course authors and name the element.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from lxml import etree

from iciinsmes.authoring.olx_values import cdata, inner_html, number
from iciinsmes.authoring.problems import Problem
from iciinsmes.authoring.settings import checked, title_problems, weight_problems, write_settings
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.errors import UnknownInstrument

from .data import CheckModel, CheckSettings
from .errors import WrongModel
from .model_file import model_of

_MODEL = "model"

#: Assignments are named as their presets are; a course may have one, or not.
ASSIGNMENT = re.compile(r"W\d\d")


def model_of_settings(settings: CheckSettings) -> CheckModel:
    """Return the model of a block.

    Raises:
        WrongModel: the settings hold one that is none.
    """
    return model_of(settings.model, is_known=_is_known)


def settings_problems(settings: CheckSettings) -> list[Problem]:
    """Return what an author must mend before learners see the block, in the active language; empty if all is well."""
    return list(_problems(settings))


def saved_sentence(sent_count: int) -> str:
    """Say after a change how many answers keep the older statements; empty where there are none."""
    if not sent_count:
        return ""
    return ngettext(
        "Saved. %(count)d self-check was sent already and keeps the statements that it answered.",
        "Saved. %(count)d self-checks were sent already and keep the statements that they answered.",
        sent_count,
    ) % {"count": sent_count}


def settings_from_xml(node: etree._Element) -> CheckSettings:
    """Read a ``<self_check>`` element.

    Raises:
        OlxError: something is out of range, or the model is none.
    """
    around = deepcopy(node)
    for child in around.findall(_MODEL):
        around.remove(child)
    settings = CheckSettings(
        title=node.get("display_name") or "Self-check",
        instructions=inner_html(around),
        model=(node.findtext(_MODEL) or "").strip(),
        weight=number(node, "weight", CheckSettings.weight),
    )
    return checked(settings, settings_problems(settings), node)


def settings_to_xml(settings: CheckSettings, node: etree._Element) -> None:
    """Write ``settings`` into ``node`` so that `settings_from_xml` reads equal ones."""
    write_settings(node, settings)
    if settings.model:
        etree.SubElement(node, _MODEL).text = cdata(settings.model)


def _problems(settings: CheckSettings) -> Iterator[Problem]:
    yield from title_problems(settings, no_title=_("The block needs a title."))
    try:
        model_of_settings(settings)
    except WrongModel as error:
        for problem in error.problems:
            yield Problem("model", problem)
    yield from weight_problems(settings)


def _is_known(code: str) -> bool:
    if ASSIGNMENT.fullmatch(code):
        return True
    try:
        toolbox.find_instrument(name=code)
    except UnknownInstrument:
        return False
    return True
