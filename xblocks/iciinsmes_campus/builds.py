"""What ``make courses`` does: check the courses, and write archives for Studio, one a language, country and start."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from iciinsmes_campus.courseware import api as courseware
from iciinsmes_campus.editions import api as editions

from . import credentials
from .busy_days import busy_days
from .errors import CannotStart


@dataclass(frozen=True)
class BuildPlace:
    """Where courses and their catalogues come from, and where what is built goes."""

    courses: Path
    catalogues: Path
    output: Path

    def sources(self) -> list[Path]:
        """Return the course folders in the order of the alphabet."""
        return sorted(path.parent for path in self.courses.glob("*/course.xml"))


@dataclass(frozen=True)
class _Edition:
    """One edition as a folder; ``missing`` are the files and texts that have no translation."""

    name: str
    language: str
    country: editions.Country | None
    folder: Path
    woven: editions.Woven


def build(place: BuildPlace, *, starts: Sequence[date], zone: ZoneInfo | None) -> None:
    """Check all courses, then write their archives, and of each its report and its sheet as a micro-credential.

    Args:
        place: where they come from and go to.
        starts: first days of runs; without one the archives keep their schedule instead of dates.
        zone: where the days of a run begin; that of the course's schedule, or else the campus', if None.

    Raises:
        CannotStart: if something has to be mended first, or cannot be written.
    """
    began = time.monotonic()
    try:
        _check(place)
        place.output.mkdir(parents=True, exist_ok=True)
        for source in place.sources():
            with tempfile.TemporaryDirectory() as folder:
                made = list(_editions(source, place, Path(folder)))
                _write_about(source, place, made)
                for edition in made:
                    for start in starts or (None,):
                        _write_archive(edition, place.output, start, zone)
    except (editions.EditionError, courseware.CoursewareError) as error:
        raise CannotStart(str(error)) from error
    except OSError as error:
        raise CannotStart(f"{error.filename or place.output} cannot be written ({error.strerror}).") from error
    print(f"All of it lies in {place.output} after {time.monotonic() - began:.0f} seconds.")


def update_catalogues(place: BuildPlace, languages: Sequence[str] = ()) -> None:
    """Merge the texts of the courses into their catalogues; what is translated stays.

    Args:
        place: where they are.
        languages: new languages to begin.

    Raises:
        CannotStart: if a course or catalogue cannot be read.
    """
    for source in place.sources():
        try:
            made = editions.extract(source, catalogues=place.catalogues, languages=languages)
        except editions.EditionError as error:
            raise CannotStart(f"{source.name}: {error}") from error
        for name, content in made.items():
            path = place.catalogues / source.name / name
            if not path.is_file() or path.read_bytes() != content:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                print(f"{source.name}/{name}")


def _check(place: BuildPlace) -> None:
    found = [
        f"{source.name}: {problem}"
        for source in place.sources()
        for problem in (
            *courseware.read_folder(source).errors,
            *editions.problems(source, catalogues=place.catalogues),
        )
    ]
    for line in found:
        print(line)
    if found:
        raise CannotStart(f"{len(found)} {'line has' if len(found) == 1 else 'lines have'} to be mended first.")


def _editions(source: Path, place: BuildPlace, folder: Path) -> Iterator[_Edition]:
    """Weave every edition of a course into ``folder``, and compare each with the English one of its country."""
    known = editions.languages_of(source, catalogues=place.catalogues)
    countries = [editions.read_country(source, code) for code in editions.countries_of(source)]
    for country in (None, *countries):
        english = _weave(source, place, folder, editions.SOURCE_LANGUAGE, country)
        ours = editions.skeletons(english.folder)
        wanted = known if country is None else country.languages
        if country is None or editions.SOURCE_LANGUAGE in wanted:
            yield english
        for language in wanted:
            if language == editions.SOURCE_LANGUAGE:
                continue
            if language not in known:
                raise editions.UnreadableCountry(f"{source.name} has no catalogues in {language}.")
            edition = _weave(source, place, folder, language, country)
            changed = editions.differences(ours, editions.skeletons(edition.folder))
            if changed:
                raise editions.EditionError(f"{edition.name} differs in more than words: {', '.join(changed)}.")
            yield edition


def _weave(source: Path, place: BuildPlace, folder: Path, language: str, country: editions.Country | None) -> _Edition:
    name = f"{source.name}-{language}" + (f"-{country.code}" if country else "")
    target = folder / name / source.name
    woven = editions.weave_into(source, target, catalogues=place.catalogues, language=language, country=country)
    return _Edition(name, language, country, target, woven)


def _write_archive(edition: _Edition, output: Path, start: date | None, zone: ZoneInfo | None) -> None:
    path = output / f"{edition.name}{f'-{start}' if start else ''}.tar.gz"
    course, archive = courseware.export_folder(edition.folder, day=start, zone=zone)
    with archive, path.open("wb") as file:
        shutil.copyfileobj(archive, file)
    missing = len(edition.woven.missing)
    print(path.name + (f": {missing} of {edition.woven.texts} texts are still in English" if missing else ""))
    if edition.country is not None:
        for line in busy_days(course, edition.country):
            print(f"  {line}")


def _write_about(source: Path, place: BuildPlace, made: Sequence[_Edition]) -> None:
    """Write the report of a course, unit by unit, and in each language its sheet as a micro-credential."""
    everywhere = {edition.language: edition for edition in made if edition.country is None}
    lines = editions.report(
        source,
        editions.read_outline(source),
        folders={language: edition.folder for language, edition in everywhere.items()},
        missing={language: edition.woven.missing for language, edition in everywhere.items()},
    )
    if hard := editions.too_hard(lines):
        raise editions.EditionError("\n".join(hard))
    (place.output / f"{source.name}-report.csv").write_text(editions.as_table(lines), encoding="utf-8-sig", newline="")
    for language, edition in everywhere.items():
        sheet = credentials.sheet(source, edition.folder, catalogues=place.catalogues, language=language)
        if sheet is not None:
            (place.output / f"{edition.name}-credential.html").write_text(sheet, encoding="utf-8")
