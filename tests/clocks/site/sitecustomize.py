"""Loaded by every Python process under another clock: libfaketime 0.9.10 breaks `time.sleep`, and nothing else here."""

import select
import time
from typing import SupportsIndex


def _sleep(seconds: float | SupportsIndex) -> None:
    """Wait as `time.sleep` does, with a call that libfaketime leaves alone."""
    select.select([], [], [], float(seconds))


time.sleep = _sleep
