"""Rows as the data that the room hands out."""

from __future__ import annotations

from .data import CompanyData, CompanyForm
from .models import Company


def company_data(company: Company) -> CompanyData:
    """Return the firm as other rooms see it."""
    return CompanyData(
        id=company.id,
        name=company.name,
        country=company.country,
        trade=company.trade,
        size_class=company.size_class,
        region=company.region,
    )


def fill(company: Company, form: CompanyForm) -> Company:
    """Write a checked form into the row, without saving it."""
    company.name = form.name
    company.country = form.country
    company.region = form.region
    company.trade = form.trade
    company.size_class = form.size_class
    return company
