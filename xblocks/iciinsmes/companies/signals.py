"""What other rooms may listen to; a signal lets rooms above react without this room knowing them."""

from django.dispatch import Signal

#: A firm becomes part of another one in a course run. ``gone_id``, ``kept_id``: int; ``course_key``. Sent inside the
#: transaction, before a firm that takes part nowhere any more is deleted: a receiver moves its rows of this run.
merged = Signal()

#: A person who was in no firm of a course run before has joined one. ``user_id``, ``company_id``: int; ``course_key``.
#: Sent inside the transaction: what was done before there was a firm may go along.
first_joined = Signal()
