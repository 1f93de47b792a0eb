"""Pure rules of cases: which of them fit what is looked for, and what a proposal must hold."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from iciinsmes.lib.folding import words_of

from .data import Case, CaseFilter, Content

TITLE_LENGTH = 200
ABOUT_LENGTH = 200
MONDAY_LENGTH = 500
#: Texts of projects are not longer; all chosen lines together make a page or two.
MOST_LETTERS = 12_000
_FEWEST_LINES = 2


def fits(case: Case, narrowed: CaseFilter) -> bool:
    """Tell whether a case is among those looked for; trades count without capitals, words without accents too."""
    content = case.content
    return (
        narrowed.country in ("", content.country)
        and narrowed.trade.casefold() in ("", content.trade.casefold())
        and narrowed.size in ("", content.size)
        and narrowed.phase in ("", content.phase)
        and narrowed.trigger in ("", content.trigger)
        and (not narrowed.instrument or narrowed.instrument in content.instruments)
        and all(word in searched_text(content) for word in words_of(narrowed.text))
    )


def searched_text(content: Content) -> str:
    """Return the words that a search reads of a case, folded; never the firm's name, which may be a secret."""
    parts = (content.title, content.about, content.trade, content.monday, *(line.text for line in content.lines))
    return " ".join(words_of(" ".join((*parts, *content.instruments))))


def column_of(instruments: Collection[str]) -> str:
    """Return the instruments in one column, in which each is found between spaces."""
    return f" {' '.join(instruments)} " if instruments else ""


def proposal_problems(content: Content) -> dict[str, str]:
    """Return what is missing or too long in a proposal, as sentences by field; empty if all is well."""
    found = {}
    for name, text, most in (
        ("title", content.title, TITLE_LENGTH),
        ("about", content.about, ABOUT_LENGTH),
        ("monday", content.monday, MONDAY_LENGTH),
    ):
        if not text.strip():
            found[name] = _("Please fill this in.")
        elif len(text) > most:
            found[name] = _("%(count)d characters are too many; %(most)d are possible.") % {
                "count": len(text),
                "most": most,
            }
    if len(content.lines) < _FEWEST_LINES:
        found["lines"] = _("Choose at least two lines: without a story there is nothing to learn.")
    elif sum(len(line.text) for line in content.lines) > MOST_LETTERS:
        found["lines"] = _("This is too long to be read. Leave some lines out.")
    if content.firm and content.firm.casefold() in "\n".join((content.title, content.about, content.monday)).casefold():
        found["about" if content.firm.casefold() in content.about.casefold() else "title"] = _(
            "Leave the name of the firm out here: the owner decides whether it is shown."
        )
    return found
