"""What other rooms may listen to; a signal lets rooms above react without this room knowing them."""

from django.dispatch import Signal

#: A person who was in no firm of a course run before has joined one. ``user_id``, ``company_id``: int; ``course_key``.
#: Sent inside the transaction: what was done before there was a firm may go along.
first_joined = Signal()

#: Who is in a firm has changed: somebody joined it or left. ``company_id``: int. Sent inside the transaction.
members_changed = Signal()
