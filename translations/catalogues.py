"""Message catalogues of the interface: ``python translations/catalogues.py extract|compile|check``.

- ``extract`` reads the messages out of code and templates and merges them into ``interface/<language>``;
- ``compile`` writes what the package ships, ``iciinsmes/locale``;
- ``check`` changes nothing and fails when one of the two would change something, or a shipped language has gaps.

Both apps share one catalogue: a word is translated once, and a translator gets one file. GNU gettext is needed.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import makemessages

SOURCE = "en"
#: Languages whose catalogues have no gaps; one in the making is in `interface` but not here, and is not shipped.
SHIPPED = ("da", "de", "hu", "pl")

#: Names besides `_`, which gettext knows by itself: Django's functions as modules call them, and `msg` of the toolbox.
ALIASES = ("_lazy", "msg")

ROOT = Path(__file__).resolve().parent.parent
_PO = Path("LC_MESSAGES", "django.po")
_MO = Path("LC_MESSAGES", "django.mo")
_TEMPLATE_HEADER = re.compile(r'\A# SOME DESCRIPTIVE TITLE.*?"Content-Transfer-Encoding: 8bit\\n"\n', re.DOTALL)
_HEADER = """\
# Texts of the ICIinSMEs add-on and campus.
# Distributed under the licence of the package (Apache 2.0).
msgid ""
msgstr ""
"Project-Id-Version: iciinsmes\\n"
"Report-Msgid-Bugs-To: \\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""
_DATES = re.compile(r'^"(POT-Creation-Date|PO-Revision-Date):.*\n', re.MULTILINE)


class MakeMessages(makemessages.Command):
    """Django's command, which also finds texts that are marked with an alias."""

    xgettext_options = [*makemessages.Command.xgettext_options, *(f"--keyword={alias}" for alias in ALIASES)]


@dataclass(frozen=True)
class Folders:
    """Where messages come from, where they are translated, and where they are shipped."""

    code: Path = ROOT / "xblocks"
    interface: Path = ROOT / "translations" / "interface"
    compiled: Path = ROOT / "xblocks" / "iciinsmes" / "locale"

    def languages(self) -> list[str]:
        """Return the languages that have a catalogue or must have one, by code."""
        return sorted({SOURCE, *SHIPPED, *(path.name for path in self.interface.glob("*") if path.is_dir())})


def extract(folders: Folders, *, into: Path | None = None) -> None:
    """Merge the messages of code and templates into the catalogues of all languages.

    Args:
        folders: where to read.
        into: the folder to write; the catalogues themselves when None.
    """
    target = into or folders.interface
    for language in folders.languages():
        (target / language / _PO.parent).mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as name:
        # A copy, because Django writes files beside the templates while it reads them.
        code = Path(name, "code")
        shutil.copytree(folders.code, code, ignore=shutil.ignore_patterns("__pycache__", "locale", "*.egg-info"))
        _make_messages(code, target, folders.languages())
    for language in folders.languages():
        path = target / language / _PO
        path.write_text(_tidy(path.read_text(encoding="utf-8"), language), encoding="utf-8")


def compile_all(folders: Folders) -> None:
    """Write the shipped catalogues."""
    for language in SHIPPED:
        target = folders.compiled / language / _MO
        target.parent.mkdir(parents=True, exist_ok=True)
        _gettext("msgfmt", "--check", "--output-file", target, folders.interface / language / _PO)


def problems(folders: Folders) -> list[str]:
    """Return what is not up to date or has gaps, one line each; empty when all is well."""
    return [*_outdated_sources(folders), *_gaps(folders), *_outdated_compiled(folders)]


def _outdated_sources(folders: Folders) -> Iterable[str]:
    with TemporaryDirectory() as name:
        fresh = Path(name, "interface")
        shutil.copytree(folders.interface, fresh)
        extract(folders, into=fresh)
        for language in folders.languages():
            if _plain(folders.interface / language / _PO) != _plain(fresh / language / _PO):
                yield f"{language}: the messages of code and catalogue differ; run extract, then translate"


def _gaps(folders: Folders) -> Iterable[str]:
    for language in SHIPPED:
        path = folders.interface / language / _PO
        if not path.exists():
            continue  # Named by the comparison with the code.
        for word, option in (("untranslated", "--untranslated"), ("fuzzy", "--only-fuzzy")):
            count = _count(_gettext("msgattrib", "--no-obsolete", option, path))
            if count:
                yield f"{language}: {count} {word} messages"


def _outdated_compiled(folders: Folders) -> Iterable[str]:
    with TemporaryDirectory() as name:
        for language in SHIPPED:
            source, compiled, fresh = (
                folders.interface / language / _PO,
                folders.compiled / language / _MO,
                Path(name, "mo"),
            )
            if not source.exists():
                continue  # Named by the comparison with the code.
            _gettext("msgfmt", "--check", "--output-file", fresh, source)
            if not compiled.exists() or _gettext("msgunfmt", compiled) != _gettext("msgunfmt", fresh):
                yield f"{language}: the compiled catalogue is not what compile would write"
    for path in sorted(folders.compiled.glob(f"*/{_MO}")):
        if path.parent.parent.name not in SHIPPED:
            yield f"{path.parent.parent.name}: compiled, but not a shipped language"


def _make_messages(code: Path, target: Path, languages: Sequence[str]) -> None:
    """Run Django's makemessages in ``code``, writing to ``target``."""
    if not settings.configured:
        settings.configure()
    settings.LOCALE_PATHS = [str(target)]
    before = Path.cwd()
    os.chdir(code)
    try:
        call_command(MakeMessages(), locale=list(languages), add_location="file", no_obsolete=True, verbosity=0)
    finally:
        os.chdir(before)


def _tidy(text: str, language: str) -> str:
    """Give a new catalogue our header, and drop dates: they change with every run, and version control knows them."""
    header = _HEADER.format(language=language)
    return _DATES.sub("", _TEMPLATE_HEADER.sub(lambda _: header, text))


def _plain(path: Path) -> str:
    """Return the messages of a catalogue in a form that does not depend on the version of gettext."""
    if not path.exists():
        return ""
    return _DATES.sub("", _gettext("msgcat", "--no-location", "--no-wrap", "--sort-output", path))


def _count(catalogue: str) -> int:
    """Return how many messages msgattrib printed; the first entry is the header."""
    return max(0, len(re.findall(r"^msgid ", catalogue, re.MULTILINE)) - 1)


def _gettext(program: str, *arguments: str | Path) -> str:
    """Run a program of GNU gettext and return what it prints; its complaint ends this script."""
    answer = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)
    if answer.returncode:
        sys.exit(f"{program}: {answer.stderr.strip()}")
    return answer.stdout


def main(arguments: Sequence[str]) -> int:
    """Do what the command line says; return 1 if the check found something."""
    parser = argparse.ArgumentParser(prog="catalogues.py", description=__doc__)
    parser.add_argument("task", choices=["extract", "compile", "check"])
    task = parser.parse_args(arguments).task
    if not shutil.which("msgfmt"):
        sys.exit("GNU gettext is not installed (Debian: apt-get install gettext).")
    folders = Folders()
    if task == "extract":
        extract(folders)
    elif task == "compile":
        compile_all(folders)
    found = problems(folders) if task == "check" else []
    print("\n".join(found) if found else f"{task}: {', '.join(folders.languages())}")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
