"""What the companies room hands out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CompanyData:
    """A firm as other rooms and pages see it."""

    id: int
    name: str
    country: str
    trade: str
    size_class: str
