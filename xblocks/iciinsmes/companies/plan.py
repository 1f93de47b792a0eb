"""What an import would do, line by line; pure, so that the preview and the import itself cannot differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from iciinsmes.lib.mail_addresses import address_key, addresses_in, is_address, visible
from iciinsmes.lib.sentences import either

from .countries import country_codes, read_country
from .data import Account, CompanyForm, CompanyTable, Known, Plan, PlannedLine, TableLine
from .headings import heading_key
from .rules import check_company, exact_key, loose_key, read_size, tidy_form

Key = tuple[str, str]

#: Codes are no longer; a longer word is the name of a country, and is named when it is not known.
_CODE_LENGTH = 3


def make_plan(table: CompanyTable, known: Known) -> Plan:
    """Return what importing the table would do now.

    Args:
        table: what was sent.
        known: firms of the run, accounts that the table names, and who is in which firm.
    """
    questions = _questions(table)
    first = _Planner(known, questions, {})
    for line in table.lines:
        first.take(line)
    # A second look, at a table of which is known who stands in it with two firms: neither line counts then.
    planner = _Planner(known, questions, first.found)
    lines = tuple(planner.take(line) for line in table.lines)
    return Plan(lines=lines, new_companies=planner.new_companies, joins=tuple(planner.joins))


def _questions(table: CompanyTable) -> dict[int, str]:
    """Return by line number what has to be answered before the line can count."""
    found = {}
    for column in table.mail_columns:
        own = {line.number: address_key(line.email) for line in table.lines if line.email}
        for number, words in column.cells:
            if addresses_in(words) and address_key(words) != own.get(number):
                found[number] = _("Say first whether the column “%(name)s” is the mail address.") % {
                    "name": column.heading
                }
    spoken: dict[int, list[str]] = defaultdict(list)
    lines = {line.number: line for line in table.lines}
    for reading in table.readings:
        for other in reading.lines:
            for own_words, other_words in differences(lines[other.number], other):
                known = spoken[other.number]
                known += [text for text in (own_words, other_words) if text not in known]
    for number, texts in spoken.items():
        found[number] = _("Say first how the letters are to be read: %(names)s.") % {"names": either(texts[:6])}
    return found


def differences(one: TableLine, other: TableLine) -> Iterator[tuple[str, str]]:
    """Return the words of each cell in which two readings of a line are not the same."""
    for name in vars(one):
        own_words, other_words = str(getattr(one, name)), str(getattr(other, name))
        if own_words != other_words:
            yield own_words, other_words


class _Planner:
    """Takes one line after the other and remembers what the earlier ones said."""

    def __init__(self, known: Known, questions: Mapping[int, str], contradictions: Mapping[int, str]) -> None:
        self.found: dict[int, str] = {}
        self._questions = questions
        self._contradictions = contradictions
        self._said: dict[Key, CompanyForm] = {}
        self._placed: dict[str, tuple[Key | int, list[int]]] = {}
        self.new_companies: dict[Key, CompanyForm] = {}
        self.joins: list[tuple[int, Key | int]] = []
        self._stays: dict[int, Key | int] = dict(known.stays)
        self._joined: set[int] = set()
        self._known: dict[Key, int] = {}
        self._spellings: dict[Key, str] = {}
        self._countries_of: dict[str, set[str]] = defaultdict(set)
        for company_id, name, country in known.companies:
            self._known.setdefault((exact_key(name), country), company_id)
            self._spellings.setdefault((loose_key(name), country), name)
            self._countries_of[exact_key(name)].add(country)
        self._by_username = {account.username: account for account in known.accounts}
        self._by_loose_name: dict[str, list[Account]] = defaultdict(list)
        self._by_email: dict[str, list[Account]] = defaultdict(list)
        for account in known.accounts:
            self._by_loose_name[visible(account.username).casefold()].append(account)
            if account.email:
                self._by_email[address_key(account.email)].append(account)

    def take(self, line: TableLine) -> PlannedLine:
        """Return what happens with the line."""
        if line.number in self._questions:
            return PlannedLine(line, errors=(self._questions[line.number],))
        form = self._form(line)
        warnings: list[str] = []
        errors = list(self._errors(form, line))
        account, problem = self._account(line)
        if problem:
            errors.append(problem)
        if errors:
            return PlannedLine(line, errors=tuple(errors))
        key = (exact_key(form.name), form.country)
        target: Key | int = self._known.get(key, key)
        if line.number in self._contradictions:
            self._said.setdefault(key, form)
            return PlannedLine(line, errors=(self._contradictions[line.number],))
        stay = self._stays.get(account.user_id) if account else None
        self._note_place(line, account, target)
        company = self._company(key, form, warnings)
        member = self._member(line, account, stay, target, warnings)
        return PlannedLine(line, warnings=tuple(warnings), company=company, member=member)

    def _note_place(self, line: TableLine, account: Account | None, target: Key | int) -> None:
        """Notice a person with two firms; for somebody who is in one already, that one counts anyway."""
        if not line.person or (account and account.user_id in self._stays and account.user_id not in self._joined):
            return
        who = f"id {account.user_id}" if account else line.username.casefold() or address_key(line.email)
        first, numbers = self._placed.setdefault(who, (target, []))
        if first != target:
            self.found |= {number: _("This person is in another firm further down in the table.") for number in numbers}
            self.found[line.number] = _("This person is in another firm further up in the table.")
        else:
            numbers.append(line.number)

    def _errors(self, form: CompanyForm, line: TableLine) -> Iterator[str]:
        errors = check_company(form, country_codes())
        if "country" in errors and len(heading_key(line.country)) > _CODE_LENGTH:
            errors["country"] = _("“%(country)s” is not clear. Write the two letters of the country, such as DE.") % {
                "country": line.country[:60]
            }
        yield from errors.values()
        if not errors and line.size and read_size(line.size) is None:
            yield _("“%(size)s” is no size of a small firm. Write 1, 2-9, 10-49 or 50-249.") % {"size": line.size}

    def _form(self, line: TableLine) -> CompanyForm:
        country = read_country(line.country) or line.country
        said = self._countries_of.get(exact_key(line.company), set())
        if not country and len(said) == 1:
            country = next(iter(said))
        size = read_size(line.size)
        form = CompanyForm(line.company, country, line.region, line.trade, size or "2-9")
        return tidy_form(form)

    def _company(self, key: Key, form: CompanyForm, warnings: list[str]) -> str:
        """Note the firm and return whether it is new; further lines of a new firm count as known."""
        if key in self._known:
            return "known"
        first = self._said.setdefault(key, form)
        if (form.region and form.region != first.region) or (form.trade and form.trade != first.trade):
            warnings.append(_("A line further up says something else about this firm. The first one counts."))
        if key in self.new_companies:
            return "known"
        similar = self._spellings.setdefault((loose_key(form.name), form.country), form.name)
        if similar != form.name:
            warnings.append(_("Perhaps the same firm as “%(name)s”, spelled differently.") % {"name": similar})
        self.new_companies[key] = first
        self._countries_of[key[0]].add(key[1])
        return "new"

    def _member(
        self, line: TableLine, account: Account | None, stay: Key | int | None, target: Key | int, warnings: list[str]
    ) -> str:
        if account is None:
            if not line.person:
                return ""
            warnings.append(_("No account yet. Import again when the account has been created."))
            return "no_account"
        if stay == target:
            return "is_member"
        if stay is not None:
            warnings.append(_("This person is in another firm of this course, and stays there."))
            return "elsewhere"
        self._stays[account.user_id] = target
        self._joined.add(account.user_id)
        self.joins.append((account.user_id, target))
        return "joins"

    def _account(self, line: TableLine) -> tuple[Account | None, str]:
        """Return the account that the line names, and what is wrong with how it does."""
        username, email = line.username, line.email
        by_name = self._named(username)
        if "@" in username and not by_name:
            # Many sign in with their address, and so it stands in the column of user names.
            username, email = "", email or username
        by_mail = self._by_email.get(address_key(email), []) if email else []
        if line.person and not (username or email):
            return None, _("Write a user name or a mail address, so that the person can be found.")
        if len(by_name) > 1:
            return None, _("Several accounts have this user name with other capitals. Write it exactly.")
        if by_name and email and by_mail and by_name[0] not in by_mail:
            return None, _("User name and mail address belong to different accounts.")
        if by_name:
            return by_name[0], ""
        if username:
            return None, ""
        if len(by_mail) > 1:
            return None, _("Several accounts have this mail address. Use the user name.")
        if email and not by_mail and (len(addresses_in(email)) != 1 or not is_address(email)):
            return None, _("“%(text)s” is not one mail address. Write one.") % {"text": email[:80]}
        return (by_mail[0] if by_mail else None), ""

    def _named(self, username: str) -> list[Account]:
        """Return whose user name it is; without an exact one, whose it is but for capitals."""
        if username in self._by_username:
            return [self._by_username[username]]
        return self._by_loose_name.get(visible(username).casefold(), []) if username else []
