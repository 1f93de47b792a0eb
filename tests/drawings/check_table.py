"""The table of `tests/README.md`: what each check promises, where it runs, and how long it takes."""

from __future__ import annotations

from tests.checks import ROOT, Check, checks

from .marked import with_part

PAGE = ROOT / "tests/README.md"
#: What CI runs in its second environment, too.
_OLDEST = "hosts"
_NEEDS = {
    "browser": "Chromium",
    "translations": "GNU gettext",
    "mariadb": "MariaDB or MySQL",
    "clocks": "libfaketime",
    "package": "a package index",
    "tutor": "a package index",
}


def check_page() -> str:
    """Return the page with the table as it is now."""
    head = "| check | group | is green when | needs | in CI | takes |\n|---|---|---|---|---|---|"
    told = f"\nTogether, two beside each other: about {round(together() / 60)} minutes."
    return with_part(PAGE, [head, *map(_line, checks()), told])


def together() -> float:
    """Return how many seconds all checks take that run without being named, two beside each other."""
    return sum(check.usual for check in checks() if not check.when_named) / 2


def _line(check: Check) -> str:
    where = "no" if check.when_named else "newest and oldest" if check.group == _OLDEST else "newest"
    cells = (check.name, f"`{check.group}`", check.promise, _NEEDS.get(check.group, ""), where, f"{check.usual} s")
    return f"| {' | '.join(cells)} |"
