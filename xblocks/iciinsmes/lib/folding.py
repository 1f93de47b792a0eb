"""Words of names as a search compares them: without accents, capitals and signs between."""

from __future__ import annotations

import re
import unicodedata

#: Letters that Unicode does not take apart into a base and an accent.
_LETTERS = str.maketrans({"ł": "l", "ß": "ss", "ø": "o", "æ": "ae", "đ": "d", "œ": "oe", "þ": "th"})
_WORD = re.compile(r"[^\W_]+")
WORD_LENGTH = 40


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, each once and at most `WORD_LENGTH` letters of it: "Łucja Żółć-Őry" has three."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return tuple(dict.fromkeys(word[:WORD_LENGTH] for word in _WORD.findall(plain)))
