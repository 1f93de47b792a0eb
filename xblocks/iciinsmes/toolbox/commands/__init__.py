"""What the command line does: each function prints, and returns the exit code."""

from .explaining import explained, listed
from .running import run
from .templates import template, template_file

__all__ = ["explained", "listed", "run", "template", "template_file"]
