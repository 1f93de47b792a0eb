"""Finding out which letters the bytes of a text file mean; pure.

Single bytes say nothing about themselves: Windows, Mac and DOS of the west and of the centre of Europe give each
another letter. What is read wrongly shows: signs in the middle of words, capitals behind small letters, letters of no
language here. Where that leaves two readings, both are returned, and somebody who knows the names has to choose.
"""

from __future__ import annotations

import re

#: What may be chosen; the order decides between readings that are equal.
SINGLE_BYTE = ("cp1252", "cp1250", "iso-8859-2", "mac_roman", "mac_latin2", "cp850", "cp852")

#: Letters of the five languages, and those of their neighbours, which names have too.
_OWN = frozenset("äöüßåæøéáíóúőűąćęłńśźż" + "ÄÖÜẞÅÆØÉÁÍÓÚŐŰĄĆĘŁŃŚŹŻ")
_NEIGHBOURS = frozenset("àâçèêëîïñôùûčďěňřšťůýžãõœÿ" + "ÀÂÇÈÊËÎÏÑÔÙÛČĎĚŇŘŠŤŮÝŽÃÕŒŸ")
#: Marks that stand in names and sentences, where they stand alone or at the edge of a word.
_MARKS = frozenset("–—‘’‚“”„«»‹›…•·€£§°®™©&½¼²³\u00a0\u00ad")
#: Marks within a word: O’Neill, and the hyphen that is not seen.
_WITHIN = frozenset("’\u00ad·–")

_NEIGHBOUR_COST, _STRANGE_COST = 1, 4
_WORD = re.compile(r"[^\s;,\t|\"()/&+.:!?<>-]+")
#: Enough to judge by, and bounded for large files.
_MOST_WORDS = 20_000


def readings(content: bytes) -> tuple[tuple[str, str], ...]:
    """Return encodings and the text that each makes of the content, the likeliest first; several if it is unclear."""
    if len(content) % 2 == 0 and (found := _zeros(content)):
        return ((found, content.decode(found, errors="replace")),)
    try:
        return (("utf-8", content.decode("utf-8-sig")),)
    except UnicodeDecodeError:
        pass
    costs: dict[str, tuple[int, str]] = {}
    for encoding in SINGLE_BYTE:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text not in costs:
            costs[text] = (_cost(text), encoding)
    if not costs:
        return (("cp1252", content.decode("cp1252", errors="replace")),)
    best = min(cost for cost, _encoding in costs.values())
    likely = [(cost, encoding, text) for text, (cost, encoding) in costs.items() if cost <= best * 2]
    return tuple((encoding, text) for _cost_of_it, encoding, text in sorted(likely, key=lambda entry: entry[0]))


def _zeros(content: bytes) -> str:
    """Return the kind of UTF-16 without a mark, which shows in the zeros beside each plain letter."""
    head = content[:20_000]
    for name, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if head and zeros.count(0) > len(head) * 0.3 and head.count(0) < len(head) * 0.6:
            return name
    return ""


def _cost(text: str) -> int:
    """Return how strange a text looks; every word counts once."""
    words = {word for word in _WORD.findall(text) if not word.isascii()}
    return sum(_word_cost(word) for word in sorted(words)[:_MOST_WORDS])


def _word_cost(word: str) -> int:
    letters = word.strip("".join(_MARKS))
    inside = sum(_sign_cost(sign, place, letters) for place, sign in enumerate(letters) if not sign.isascii())
    marks = word[: word.find(letters)] + word[word.find(letters) + len(letters) :] if letters else ""
    # A ³ or ° at the edge of a word is rarer than a letter there.
    return inside + sum(_NEIGHBOUR_COST for mark in marks if mark in "²³½¼°§®™©·" and letters)


def _sign_cost(sign: str, place: int, word: str) -> int:
    if sign in _WITHIN and 0 < place < len(word) - 1:
        return 0
    if sign not in _OWN and sign not in _NEIGHBOURS:
        return _STRANGE_COST
    # Only at the beginning, or where all are capitals: Söhne is not written SÖhne, nor KÜche.
    is_misplaced = sign.isupper() and place > 0 and not word.isupper()
    return _STRANGE_COST if is_misplaced else 0 if sign in _OWN else _NEIGHBOUR_COST
