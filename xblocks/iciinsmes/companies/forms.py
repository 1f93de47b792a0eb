"""The form of a firm, as a page shows it and as it comes back."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from iciinsmes.lib.forms import OneSentence

from .countries import country_choices, country_codes
from .data import CompanyData, CompanyForm
from .models import Company
from .rules import check_company, tidy_form


@dataclass(frozen=True)
class FormChoice:
    """One entry of a list to choose from."""

    value: str
    label: str
    is_chosen: bool


class CompanyFields(forms.Form):
    """The fields of a firm, checked by the room's rules in the room's words.

    They take whatever is typed: what of it is tidied away and what is refused is for `rules` to say, as for a table.
    """

    name = forms.Field(required=False)
    country = forms.Field(required=False)
    region = forms.Field(required=False)
    trade = forms.Field(required=False)
    size_class = forms.Field(required=False)

    def __init__(self, data: QueryDict | None = None, *, company: CompanyData | None = None) -> None:
        super().__init__(data, initial=None if company is None else asdict(company), error_class=OneSentence)

    @property
    def values(self) -> dict[str, str]:
        """What stands in the fields: as typed, or as it is kept."""
        return {name: str(self[name].value() or "") for name in self.fields}

    @property
    def countries(self) -> tuple[FormChoice, ...]:
        """The countries to choose from."""
        chosen = self.values["country"]
        return tuple(FormChoice(code, name, code == chosen) for code, name in country_choices())

    @property
    def sizes(self) -> tuple[FormChoice, ...]:
        """The size classes to choose from."""
        chosen = self.values["size_class"]
        return tuple(FormChoice(str(size), str(label), size == chosen) for size, label in size_choices())

    def typed(self) -> CompanyForm:
        """Return the form for the api; what is missing counts as empty."""
        return CompanyForm(**{each.name: self.values[each.name] for each in fields(CompanyForm)})

    def clean(self) -> dict[str, Any]:
        """Say at each field what the api would refuse."""
        for name, sentence in check_company(tidy_form(self.typed()), country_codes()).items():
            self.add_error(name, sentence)
        return self.cleaned_data


class ImportFields(forms.Form):
    """A table of firms: a file, or pasted lines. Whether it can be read is for `companies.api` to say."""

    file = forms.FileField(required=False, allow_empty_file=True)
    encoding = forms.CharField(required=False, initial="auto")
    text = forms.CharField(required=False, strip=False)

    def __init__(
        self, data: QueryDict | None = None, files: MultiValueDict[str, UploadedFile[Any]] | None = None
    ) -> None:
        super().__init__(data, files, error_class=OneSentence)

    def content(self, most: int) -> bytes:
        """Return what was sent, of a large file just enough to tell that it is one; a file goes before pasted lines.

        Args:
            most: bytes that a table may have.
        """
        file = self.files.get("file")
        if file is None:
            return self.data.get("text", "").encode(errors="replace")
        content: bytes = file.read(most + 1)
        return content

    @property
    def letters(self) -> str:
        """How the letters of what was sent are to be read; a browser pastes in UTF-8."""
        return self.data.get("encoding", "auto") if "file" in self.files else "utf-8"

    def refuse(self, sentence: str) -> None:
        """Say at its field why it cannot be read."""
        self.full_clean()
        self.add_error("file" if "file" in self.files else "text", sentence)


def size_name(size_class: str) -> str:
    """Return the size class in the reader's language."""
    return dict(size_choices()).get(size_class, size_class)


def size_choices() -> list[tuple[str, str]]:
    """Return size classes with their names in the reader's language, the smallest first."""
    return [(size.value, str(size.label)) for size in Company.SizeClass]
