"""The form of a firm, as a page shows it and as it comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from .countries import country_choices
from .data import CompanyData, CompanyForm
from .models import Company


@dataclass(frozen=True)
class Choice:
    """One entry of a list to choose from."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class FormPart:
    """What the template of the form needs."""

    values: CompanyForm
    errors: Mapping[str, str]
    countries: tuple[Choice, ...]
    sizes: tuple[Choice, ...]


def from_post(post: QueryDict) -> CompanyForm:
    """Read the form; what is missing counts as empty."""
    return CompanyForm(
        name=post.get("name", ""),
        country=post.get("country", ""),
        region=post.get("region", ""),
        trade=post.get("trade", ""),
        size_class=post.get("size_class", ""),
    )


def from_company(company: CompanyData) -> CompanyForm:
    """Return the form filled with what is kept."""
    return CompanyForm(
        name=company.name,
        country=company.country,
        region=company.region,
        trade=company.trade,
        size_class=company.size_class,
    )


def form_part(values: CompanyForm, errors: Mapping[str, str] | None = None) -> FormPart:
    """Return the form with its lists and what is wrong with it."""
    return FormPart(
        values=values,
        errors=errors or {},
        countries=tuple(Choice(code, name, code == values.country) for code, name in country_choices()),
        sizes=tuple(Choice(str(size), str(label), size == values.size_class) for size, label in _sizes()),
    )


def size_name(size_class: str) -> str:
    """Return the size class in the reader's language."""
    return dict(_sizes()).get(size_class, size_class)


def _sizes() -> list[tuple[str, str]]:
    return [(size.value, str(size.label)) for size in Company.SizeClass]
