"""Names within sentences that what stands around them gives away: titles, greetings, signatures, "my name is".

A bare name in a sentence looks like any other word with a capital letter, so those are not looked for here;
`known_people` finds the ones that the same file names in another column.
"""

from __future__ import annotations

import re

MASK = "…"

_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĘĚŁŃŇŐŘŚŠŤŮŰŹŻŽ"
_NAME = rf"(?:[{_CAPITAL}]['\u2019])?[{_CAPITAL}][^\W\d_]+(?:[-'\u2019][{_CAPITAL}][^\W\d_]+)*"


def _names(most: int) -> str:
    """Return the pattern of one to so many words that may be a name."""
    one = rf"(?:(?:von|van|de|der|zu|af)\s)*{_NAME}"
    return rf"{one}(?:\s{one}){{0,{most - 1}}}"


_DEGREE = r"(?:(?:Dr|Prof|Ing|Dipl|Mgr|Inż)\.(?:-\w{1,9}\.)?\s?)"
_TITLED = re.compile(
    r"(?P<before>\b(?:(?:"
    # "fr." is also Friday, and "miss" what one does with a train.
    r"(?i:mrs?|ms|mx|hr|frk)(?:\.\s?|\s)|Fr(?:\.\s?|\s)(?!Früh|Morgen|Vor|Mittag|Nach|Abend)|Miss\s"
    r"|(?i:herrn?|frau|fräulein|fru|pan(?:i|a|u|em|ią|ie|owie|ów)?)\s"
    rf"){_DEGREE}*|{_DEGREE}+)){_names(2)}"
)
_HUNGARIAN = re.compile(
    r"\b(?!(?:Az?|Egy|Ez|Kedves|Tisztelt|Igen|Nem|Ön)\b)"
    rf"{_names(2)}(?=\s(?:úr|uram|(?:kis)?asszon|vagyok|hívnak)\w{{0,5}}\b)"
)
#: The wife of somebody: Kovácsné. Verbs that end so mean "would", and are frequent at the beginning of a sentence.
_WIFE = re.compile(
    r"\b(?!(?:Szeret|Kér|Ten|Ven|Vin|Hin|Fizet|Néz|Küld|Ért|Cserél|Intéz|Lehet|Rendel|Beszél|Elvin|Megven)e?né)"
    rf"[{_CAPITAL}][^\W\d_]+né(?:nak|nek|val|vel|tól|től|hoz|hez|t)?\b"
)
_CALLED = re.compile(
    r"(?P<before>\b(?i:my name is|my name['\u2019]s|mein name ist|ich hei(?:ß|ss)e|jeg hedder|mit navn er|nazywam się"
    rf"|mam na imię|na imię mi|az? (?:én )?nevem)[\s:]{{1,3}}){_names(3)}"
)
_CLOSING = (
    r"(?:best|kind|warm)\s(?:regards|wishes)|regards|yours\s(?:sincerely|faithfully|truly)|sincerely|cheers"
    r"|gr(?:u|ü|ue)(?:ß|ss)e?n?|mfg|lg|vg|hochachtungsvoll|hilsen|hilsner|mvh|pozdrawiamy?(?:\sserdecznie)?"
    r"|pozdrowienia|z\spoważaniem|z\swyrazami\sszacunku|üdvözlettel|üdv|tisztelettel|köszönettel"
)
#: After these a name follows at once; at the very end of a text also one without a capital letter.
_SIGNED = re.compile(
    rf"(?P<before>\b(?i:{_CLOSING})(?:\s?[,;:\u2013-]\s?|\.?\s))"
    rf"(?:{_names(3)}|[^\W\d_]+(?:\s[^\W\d_]+)?(?=[.!]?$))"
)
_THANKED = re.compile(
    r"(?P<before>\b(?i:thanks|thank you|danke|dank|tak|dziękuję|dziękujemy|köszönöm|köszönjük)(?:\s?[,\u2013-]\s?|\s))"
    rf"{_names(2)}(?=[.!]?$)"
)
_GREETED = re.compile(
    r"^(?P<before>(?:Dear|Hello|Hi|Hallo|Liebe[rs]?|Kære|Hej|Cześć|Drogi|Droga|Kedves|Tisztelt|Szia|Helló)\s)"
    rf"{_names(2)}(?=\s?[,!\u2013-])"
)

_TITLES = "mr mrs ms miss mx herr herrn frau fräulein hr fr fru frk pan pani pana panu panem panią panie panowie panów"
_CLOSINGS = (
    "regards wishes yours sincerely cheers gruß grüße grüßen grüsse grüssen gruss gruesse gruessen grueße grueßen mfg "
    "lg vg hochachtungsvoll hilsen hilsner mvh pozdrawiam pozdrawiamy pozdrowienia poważaniem szacunku üdvözlettel üdv "
    "tisztelettel köszönettel"
)
#: Each pattern with the words of which a text must have one: looking them up is much faster than seven patterns.
_FORMS = tuple(
    (frozenset(words.split()), form)
    for words, form in (
        ("dear hello hi hallo liebe lieber liebes kære hej cześć drogi droga kedves tisztelt szia helló", _GREETED),
        (f"{_TITLES} dr prof ing dipl mgr inż", _TITLED),
        ("name heiße heisse hedder navn nazywam imię nevem", _CALLED),
        (_CLOSINGS, _SIGNED),
        ("thanks thank danke dank tak dziękuję dziękujemy köszönöm köszönjük", _THANKED),
    )
)
_HUNGARIAN_HINTS = (" úr", " uram", "asszon", " vagyok", " hívnak")
_WORD = re.compile(r"[^\W\d_]+")


def without_titled_names(words: str) -> str:
    """Return a text without the names that follow a title, a greeting or the end of a letter, in the five languages."""
    lower = words.lower()
    found = set(_WORD.findall(lower))
    for hints, form in _FORMS:
        if not hints.isdisjoint(found):
            words = form.sub(rf"\g<before>{MASK}", words)
    if any(hint in lower for hint in _HUNGARIAN_HINTS):
        words = _HUNGARIAN.sub(MASK, words)
    return _WIFE.sub(MASK, words) if "né" in lower else words
