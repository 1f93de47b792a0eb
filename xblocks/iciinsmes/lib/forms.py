"""What the forms of all rooms do in the same way: they say what is wrong in one sentence, at its field."""

from __future__ import annotations

from django.forms.utils import ErrorList
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString


class OneSentence(ErrorList):
    """What is wrong with a field, for pages that have a place for it: the first sentence, and no list around it."""

    def __str__(self) -> SafeString:
        return conditional_escape(str(self[0]) if self else "")

    def __html__(self) -> SafeString:
        return self.__str__()
