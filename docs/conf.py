"""How Sphinx builds these pages: ``python -m sphinx -W docs docs/_build/html``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "xblocks"), str(ROOT / "docs")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402
from sphinx.application import Sphinx  # noqa: E402
from toolbox_pages import write_pages  # noqa: E402

django.setup()

project = "ICIinSMEs workplace learning"
author = "the ICIinSMEs authors"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
# Every room has errors of its own; where two have the same name, a docstring means the one of its room.
suppress_warnings = ["ref.python"]

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"

html_theme = "furo"
html_title = project


def setup(app: Sphinx) -> None:
    """Write the pages of the instruments anew before each build."""
    app.connect("builder-inited", lambda _app: write_pages(ROOT / "docs" / "reference" / "toolbox"))
