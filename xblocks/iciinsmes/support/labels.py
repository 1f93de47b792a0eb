"""Words of the directory."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.conf.locale import LANG_INFO
from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from iciinsmes.companies import api as companies
from iciinsmes.lib import dates

from .data import EU, Freshness, Given, Helped, Need, OfferState, Status, SupportArea, SupportEntryData, SupportKind

KINDS: Mapping[SupportKind, Promise] = {
    SupportKind.CHAMBER: gettext_lazy("Advice of a chamber or guild"),
    SupportKind.EEN: gettext_lazy("Enterprise Europe Network"),
    SupportKind.EDIH: gettext_lazy("European Digital Innovation Hub"),
    SupportKind.TRAINING: gettext_lazy("Money for training"),
    SupportKind.VOUCHER: gettext_lazy("Voucher for consulting"),
    SupportKind.INNOVATION_GRANT: gettext_lazy("Grant for innovation or research"),
    SupportKind.INVESTMENT_GRANT: gettext_lazy("Grant for an investment"),
    SupportKind.LOAN: gettext_lazy("Loan or guarantee"),
    SupportKind.TAX: gettext_lazy("Less tax for research and development"),
    SupportKind.STUDENTS: gettext_lazy("Project with a university or students"),
    SupportKind.CLUSTER: gettext_lazy("Cluster or network"),
    SupportKind.PATENT: gettext_lazy("Help with patents and designs"),
    SupportKind.EXPORT: gettext_lazy("Help with export"),
}

NEEDS: Mapping[Need, Promise] = {
    Need.TALK: gettext_lazy("A first talk with somebody who knows what there is"),
    Need.SKILLS: gettext_lazy("Learn something new, or train staff"),
    Need.CUSTOMERS: gettext_lazy("Know customers and the market better"),
    Need.FEASIBILITY: gettext_lazy("Find out whether it works technically"),
    Need.PROTOTYPE: gettext_lazy("Money for a first version"),
    Need.INVESTMENT: gettext_lazy("Money for machines or rooms"),
    Need.DIGITAL: gettext_lazy("Choose a digital tool"),
    Need.PROTECTION: gettext_lazy("Protect an idea or a name"),
    Need.ABROAD: gettext_lazy("Sell in another country"),
}

STATUSES: Mapping[Status, Promise] = {
    Status.OPEN: gettext_lazy("open"),
    Status.WINDOW: gettext_lazy("open at certain times"),
    Status.CLOSED: gettext_lazy("closed for now"),
    Status.ENDED: gettext_lazy("ended for good"),
    Status.UNKNOWN: gettext_lazy("not known"),
}

STATES: Mapping[OfferState, Promise] = {
    OfferState.OPEN: gettext_lazy("open"),
    OfferState.WINDOW: gettext_lazy("open at certain times"),
    OfferState.LATER: gettext_lazy("opens later"),
    OfferState.CLOSED: gettext_lazy("closed, next date unknown"),
    OfferState.ENDED: gettext_lazy("ended"),
    OfferState.UNKNOWN: gettext_lazy("ask whether it is open"),
}
#: Colour of a pill and its sign, which say the same.
_TONES: Mapping[OfferState, tuple[str, str]] = {
    OfferState.OPEN: ("good", "✓"),
    OfferState.WINDOW: ("calm", "◔"),
    OfferState.LATER: ("calm", "◷"),
    OfferState.CLOSED: ("warn", "■"),
    OfferState.ENDED: ("bad", "✕"),
    OfferState.UNKNOWN: ("calm", "?"),
}

GIVEN: Mapping[Given, Promise] = {
    Given.UNSAID: gettext_lazy("not said"),
    Given.CASH: gettext_lazy("money"),
    Given.ADVICE: gettext_lazy("advice"),
    Given.BOTH: gettext_lazy("money and advice"),
}

HELPED: Mapping[Helped, Promise] = {
    Helped.UNSAID: gettext_lazy("not said yet"),
    Helped.YES: gettext_lazy("yes"),
    Helped.PARTLY: gettext_lazy("partly"),
    Helped.NO: gettext_lazy("no"),
}

#: Fields of an entry; in every language they are also what a table may call its columns.
FIELDS: Mapping[str, Promise] = {
    "country": gettext_lazy("Country"),
    "region": gettext_lazy("Region"),
    "languages": gettext_lazy("Languages"),
    "kind": gettext_lazy("Type of support"),
    "name": gettext_lazy("Name of the offer"),
    "former_names": gettext_lazy("Earlier names"),
    "provider": gettext_lazy("Provider"),
    "benefit": gettext_lazy("What a firm has of it"),
    "sizes": gettext_lazy("Sizes of firms"),
    "trades": gettext_lazy("Trades"),
    "stages": gettext_lazy("Stages of a project"),
    "needs": gettext_lazy("Needs"),
    "amount": gettext_lazy("Amount"),
    "share": gettext_lazy("Share that is paid"),
    "given": gettext_lazy("Money or advice"),
    "contact_name": gettext_lazy("Contact person"),
    "contact_phone": gettext_lazy("Telephone"),
    "contact_mail": gettext_lazy("Mail address"),
    "answers_in": gettext_lazy("Answers within"),
    "url": gettext_lazy("Website"),
    "valid_from": gettext_lazy("Valid from"),
    "valid_until": gettext_lazy("Valid until"),
    "status": gettext_lazy("Status"),
    "source_url": gettext_lazy("Source"),
    "note": gettext_lazy("Note"),
}

ACTIONS: Mapping[str, Promise] = {
    "made": gettext_lazy("written down"),
    "changed": gettext_lazy("changed"),
    "checked": gettext_lazy("checked"),
    "imported": gettext_lazy("brought by a table"),
    "example": gettext_lazy("taken over as an example"),
}


def state_view(entry: SupportEntryData, state: OfferState) -> Mapping[str, str]:
    """Return what holds today as a pill: colour, sign and words."""
    tone, sign = _TONES[state]
    words = str(STATES[state])
    if state is OfferState.LATER and entry.values.valid_from:
        words = _("opens on %(day)s") % {"day": day_words(entry.values.valid_from)}
    return {"tone": tone, "sign": sign, "words": words}


def fresh_words(entry: SupportEntryData, fresh: Freshness) -> str:
    """Return what has to be said about the age of an entry, empty for a fresh one that somebody has checked."""
    if entry.is_example:
        return _("example, to be checked")
    if fresh is not Freshness.FRESH:
        return _("please verify")
    return "" if entry.last_checked else _("not checked yet")


def checked_words(entry: SupportEntryData) -> str:
    """Return in one sentence when somebody has looked at an entry last."""
    if entry.last_checked is None:
        return _("Written down on %(day)s, not checked since.") % {"day": day_words(entry.found_on)}
    if entry.checked_by:
        return _("Checked on %(day)s by %(who)s.") % {"day": day_words(entry.last_checked), "who": entry.checked_by}
    return _("Checked on %(day)s.") % {"day": day_words(entry.last_checked)}


def caution() -> str:
    """Return what firms have to know before they begin: it costs many of them the money."""
    return _(
        "Apply before the project starts: most funders pay nothing for what has begun already. No advice on state aid "
        "is given here."
    )


def place_name(area: SupportArea) -> str:
    """Return country and region in the reader's language."""
    country = _("European Union") if area.country == EU else companies.country_name(area.country)
    return f"{country}, {area.region}" if area.region else country


def language_name(code: str) -> str:
    """Return the name of a language in the reader's language; a code that nobody knows stands for itself."""
    return str(get_language_info(code)["name_translated"]) if code in LANG_INFO else code


def day_words(day: date) -> str:
    """Return a day as the reader writes it."""
    return dates.long(day)
