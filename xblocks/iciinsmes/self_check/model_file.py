"""A model as a file of a college: JSON, read strictly, with what is wrong said by line or place, and written.

The form is documented in `docs/reference/self-check.md`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from iciinsmes.lib.decimals import plain, typed_number
from iciinsmes.lib.json_data import from_json, to_json
from iciinsmes.lib.untrusted import read_json
from iciinsmes.platform.languages import offered

from .data import AdviceText, Axis, CheckModel, Dimension, Item, Scale, Text
from .errors import WrongModel
from .shipped import shipped_model

#: More would be no questionnaire that somebody fills in on a phone.
_MOST_ITEMS, _MOST_DIMENSIONS, _MOST_STEPS = 60, 12, 10
_LONGEST_TEXT = 1000
_LONGEST_FILE = 200_000
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,20}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LINK = re.compile(r"https?://[^\s<>\"]{3,500}")
_KEYS = {
    "": ("scale", "dimensions", "items", "advice"),
    "scale": ("low", "high", "words"),
    "dimension": ("code", "title"),
    "item": ("code", "dimension", "axis", "text", "advice", "weight", "reverse", "scale"),
    "advice": ("code", "title", "text", "link"),
}


def model_of(text: str, *, is_known: Callable[[str], bool]) -> CheckModel:
    """Return the model that a file holds, the shipped one for an empty text.

    Args:
        text: JSON.
        is_known: tells whether there is an instrument of a code, or an assignment that a course may have.

    Raises:
        WrongModel: it holds none; every problem is told.
    """
    if not text.strip():
        return shipped_model()
    if len(text) > _LONGEST_FILE:
        raise WrongModel((_("The model is too long."),))
    try:
        content = read_json(text)
    except json.JSONDecodeError as error:
        says = _("The model is no JSON: line %(line)d, place %(column)d.") % {
            "line": error.lineno,
            "column": error.colno,
        }
        raise WrongModel((says,)) from error
    except ValueError as error:
        raise WrongModel((_("The model is no JSON."),)) from error
    reader = _Reader(is_known)
    model = reader.model(content)
    if model is None or reader.problems:
        raise WrongModel(tuple(reader.problems))
    return model


def write_model(model: CheckModel) -> str:
    """Return a model as a file to adapt, with messages of the interface in all languages of the site."""
    content = to_json(model)
    _with_texts(content, [code for code, _name in offered()])
    for item in content["items"]:
        item["weight"] = float(item["weight"])
        if item["scale"] is None:
            del item["scale"]
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def stored(model: CheckModel) -> tuple[str, dict[str, Any]]:
    """Return a model as a version keeps it, with the hash by which it is found."""
    content: dict[str, Any] = to_json(model)
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest(), content


def from_stored(content: Mapping[str, Any]) -> CheckModel:
    """Read what `stored` made."""
    return from_json(CheckModel, content)


def _with_texts(value: Any, languages: Collection[str]) -> None:
    """Replace each message by its translations, in place."""
    for key, each in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(each, dict) and set(each) == {""}:
            value[key] = {code: _in_language(each[""], code) for code in languages}
        elif isinstance(each, dict | list):
            _with_texts(each, languages)


def _in_language(message: str, code: str) -> str:
    with translation.override(code):
        return translation.gettext(message)


class _Reader:
    """Reads one file and collects what is wrong with it, so that an author mends all of it at once."""

    def __init__(self, is_known: Callable[[str], bool]) -> None:
        self.problems: list[str] = []
        self._is_known = is_known

    def model(self, content: Any) -> CheckModel | None:
        """Return the model; None, or something with problems, for what is none."""
        if not self._object(content, "", ""):
            return None
        scale = self._scale(content.get("scale"), "scale")
        dimensions = tuple(self._each(content, "dimensions", self._dimension, most=_MOST_DIMENSIONS))
        advice = tuple(self._each(content, "advice", self._advice, most=_MOST_ITEMS, least=0))
        known = {each.code for each in advice}
        codes = {each.code for each in dimensions}
        items = tuple(
            self._each(content, "items", lambda each, at: self._item(each, at, codes, known), most=_MOST_ITEMS)
        )
        if scale is None or self.problems:
            return None
        for name, found in (("dimensions", dimensions), ("items", items), ("advice", advice)):
            self._once(name, [each.code for each in found])
        for axis in Axis:
            if not any(item.axis is axis for item in items):
                self._say("items", _("no statement has the axis “%(axis)s”") % {"axis": axis.value})
        for number, dimension in enumerate(dimensions):
            if not any(item.dimension == dimension.code for item in items):
                self._say(f"dimensions[{number}]", _("no statement belongs to it"))
        return CheckModel(scale=scale, dimensions=dimensions, items=items, advice=advice)

    def _dimension(self, content: Any, at: str) -> Dimension | None:
        if not self._object(content, at, "dimension"):
            return None
        code, title = self._code(content, at), self._text(content, "title", at)
        return Dimension(code, title) if code and title else None

    def _item(self, content: Any, at: str, dimensions: Collection[str], advice: Collection[str]) -> Item | None:
        if not self._object(content, at, "item"):
            return None
        code, text = self._code(content, at), self._text(content, "text", at)
        dimension, axis, helps = content.get("dimension"), content.get("axis"), content.get("advice")
        if not isinstance(dimension, str) or dimension not in dimensions:
            self._say(f"{at}.dimension", _("is the code of no dimension"))
        if axis not in [each.value for each in Axis]:
            self._say(f"{at}.axis", _("must be one of %(words)s") % {"words": ", ".join(each.value for each in Axis)})
        if not isinstance(helps, str) or not (helps in advice or self._is_known(helps)):
            self._say(f"{at}.advice", _("is neither an instrument nor one of the pieces of advice below"))
        weight = typed_number(str(content.get("weight", 1)))
        if weight is None or not 0 < weight <= 100:
            self._say(f"{at}.weight", _("must be a number above 0, at most 100"))
        reverse = content.get("reverse", False)
        if not isinstance(reverse, bool):
            self._say(f"{at}.reverse", _("must be true or false"))
        scale = self._scale(content["scale"], f"{at}.scale") if content.get("scale") is not None else None
        if self.problems or code is None or text is None or weight is None:
            return None
        return Item(
            code=code,
            dimension=str(dimension),
            axis=Axis(axis),
            text=text,
            advice=str(helps),
            weight=Decimal(plain(weight)),
            reverse=reverse,
            scale=scale,
        )

    def _advice(self, content: Any, at: str) -> AdviceText | None:
        if not self._object(content, at, "advice"):
            return None
        code, title = self._code(content, at), self._text(content, "title", at)
        text = self._text(content, "text", at) if content.get("text") else {}
        link = content.get("link", "")
        if link and not (isinstance(link, str) and _LINK.fullmatch(link)):
            self._say(f"{at}.link", _("must be a whole address that begins with https://"))
        return AdviceText(code, title, text or {}, link) if code and title and not self.problems else None

    def _scale(self, content: Any, at: str) -> Scale | None:
        if not self._object(content, at, "scale"):
            return None
        low, high = content.get("low"), content.get("high")
        if (
            type(low) is not int
            or type(high) is not int
            or not 0 < high - low <= _MOST_STEPS
            or abs(low) > _LONGEST_TEXT
        ):
            self._say(at, _("low and high must be whole numbers, high above low by at most 10"))
            return None
        words = content.get("words") or []
        if not isinstance(words, list) or len(words) not in (0, high - low + 1):
            self._say(f"{at}.words", _("must be a list of %(count)d words, or left out") % {"count": high - low + 1})
            return None
        found = [self._one_text(each, f"{at}.words[{number}]") for number, each in enumerate(words)]
        return Scale(low, high, tuple(each for each in found if each))

    def _each(
        self, content: Any, name: str, read: Callable[[Any, str], Any], *, most: int, least: int = 1
    ) -> Iterator[Any]:
        parts = content.get(name, [])
        if not isinstance(parts, list) or not least <= len(parts) <= most:
            self._say(name, _("must be a list of %(least)d to %(most)d") % {"least": least, "most": most})
            return
        for number, each in enumerate(parts):
            found = read(each, f"{name}[{number}]")
            if found is not None:
                yield found

    def _object(self, content: Any, at: str, kind: str) -> bool:
        if not isinstance(content, dict):
            self._say(at or _("the file"), _("must be an object in curly brackets"))
            return False
        for key in content:
            if key not in _KEYS[kind]:
                words = {"key": key, "words": ", ".join(_KEYS[kind])}
                self._say(at or _("the file"), _("does not know “%(key)s”, only %(words)s") % words)
        return True

    def _code(self, content: Mapping[str, Any], at: str) -> str | None:
        code = content.get("code")
        if isinstance(code, str) and _CODE.fullmatch(code):
            return code
        self._say(f"{at}.code", _("must be 1 to 20 letters, digits, points or dashes, in quotation marks"))
        return None

    def _text(self, content: Mapping[str, Any], name: str, at: str) -> Text | None:
        return self._one_text(content.get(name), f"{at}.{name}")

    def _one_text(self, value: Any, at: str) -> Text | None:
        texts = {"": value} if isinstance(value, str) else value
        is_text = (
            isinstance(texts, dict)
            and bool(texts)
            and all(isinstance(each, str) and each.strip() and len(each) <= _LONGEST_TEXT for each in texts.values())
            and (isinstance(value, str) or all(_LANGUAGE.fullmatch(code) for code in texts))
        )
        if not is_text:
            self._say(at, _('must be a text, or an object with a text by language, such as {"en": "…"}'))
            return None
        return {code: each.strip() for code, each in texts.items()}

    def _once(self, name: str, codes: list[str]) -> None:
        for code in sorted({code for code in codes if codes.count(code) > 1}):
            self._say(name, _("the code “%(code)s” stands there twice") % {"code": code})

    def _say(self, at: str, what: str) -> None:
        self.problems.append(f"{at}: {what}.")
