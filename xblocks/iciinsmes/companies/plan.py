"""What an import would do, line by line; pure, so that the preview and the import itself cannot differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from django.utils.translation import gettext as _

from .data import Account, CompanyForm, Known, Plan, PlannedLine, Table, TableLine
from .rules import check_company, exact_key, loose_key, read_size, tidy_form

Key = tuple[str, str]


def make_plan(table: Table, known: Known, countries: Mapping[str, str]) -> Plan:
    """Return what importing the table would do now.

    Args:
        table: what was sent.
        known: firms of the run, accounts that the table names, and who is in which firm.
        countries: `countries.country_codes`.
    """
    planner = _Planner(known, countries)
    lines = tuple(planner.take(line) for line in table.lines)
    return Plan(lines=lines, new_firms=planner.new_firms, joins=tuple(planner.joins))


class _Planner:
    """Takes one line after the other and remembers what the earlier ones said."""

    def __init__(self, known: Known, countries: Mapping[str, str]) -> None:
        self.new_firms: dict[Key, CompanyForm] = {}
        self.joins: list[tuple[int, Key | int]] = []
        self._countries = countries
        self._stays: dict[int, Key | int] = dict(known.stays)
        self._joined: set[int] = set()
        self._known: dict[Key, int] = {}
        self._spellings: dict[Key, str] = {}
        self._countries_of: dict[str, set[str]] = defaultdict(set)
        for company_id, name, country in known.firms:
            self._known.setdefault((exact_key(name), country), company_id)
            self._spellings.setdefault((loose_key(name), country), name)
            self._countries_of[exact_key(name)].add(country)
        self._by_username = {account.username: account for account in known.accounts}
        self._by_email: dict[str, list[Account]] = defaultdict(list)
        for account in known.accounts:
            if account.email:
                self._by_email[account.email.casefold()].append(account)

    def take(self, line: TableLine) -> PlannedLine:
        """Return what happens with the line."""
        form = self._form(line)
        warnings: list[str] = []
        errors = list(check_company(form, set(self._countries.values())).values())
        if not errors and line.size and read_size(line.size) is None:
            errors.append(
                _("“%(size)s” is no size of a small firm. Write 1, 2-9, 10-49 or 50-249.") % {"size": line.size}
            )
        account, problem = self._account(line)
        if problem:
            errors.append(problem)
        if errors:
            return PlannedLine(line, errors=tuple(errors))
        key = (exact_key(form.name), form.country)
        target: Key | int = self._known.get(key, key)
        stay = self._stays.get(account.user_id) if account else None
        if account and stay != target and account.user_id in self._joined:
            return PlannedLine(line, errors=(_("This person is in another firm further up in the table."),))
        firm = self._firm(key, form, warnings)
        member = self._member(line, account, stay, target, warnings)
        return PlannedLine(line, warnings=tuple(warnings), firm=firm, member=member)

    def _form(self, line: TableLine) -> CompanyForm:
        country = self._countries.get(line.country.casefold(), line.country)
        said = self._countries_of.get(exact_key(line.company), set())
        if not country and len(said) == 1:
            country = next(iter(said))
        size = read_size(line.size)
        form = CompanyForm(line.company, country, line.region, line.trade, size or "2-9")
        return tidy_form(form)

    def _firm(self, key: Key, form: CompanyForm, warnings: list[str]) -> str:
        """Note the firm and return whether it is new; further lines of a new firm count as known."""
        if key in self._known:
            return "known"
        if key in self.new_firms:
            first = self.new_firms[key]
            if (form.region and form.region != first.region) or (form.trade and form.trade != first.trade):
                warnings.append(_("A line further up says something else about this firm. The first one counts."))
            return "known"
        similar = self._spellings.setdefault((loose_key(form.name), form.country), form.name)
        if similar != form.name:
            warnings.append(_("Perhaps the same firm as “%(name)s”, spelled differently.") % {"name": similar})
        self.new_firms[key] = form
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
        by_name = self._by_username.get(line.username)
        by_mail = self._by_email.get(line.email.casefold(), []) if line.email else []
        if line.person and not (line.username or line.email):
            return None, _("Write a user name or a mail address, so that the person can be found.")
        if by_name and line.email and by_mail and by_name not in by_mail:
            return None, _("User name and mail address belong to different accounts.")
        if by_name:
            return by_name, ""
        if line.username:
            return None, ""
        if len(by_mail) > 1:
            return None, _("Several accounts have this mail address. Use the user name.")
        return (by_mail[0] if by_mail else None), ""
