"""What can keep the campus from starting."""


class CannotStart(Exception):
    """Something that the person at the keyboard must change; the message is one line for them."""
