"""Loaded by every Python process under another clock: libfaketime 0.9.10 breaks `time.sleep`, and nothing else here."""

import select
import time


def _sleep(seconds: float) -> None:
    """Wait as `time.sleep` does, with a call that libfaketime leaves alone."""
    select.select([], [], [], seconds)


time.sleep = _sleep
