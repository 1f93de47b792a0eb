"""What rooms above may listen to, so that this room needs not know them.

A signal is sent inside the transaction that stores what it tells: a receiver's changes and ours stand or fall together.
Receivers take ``**kwargs``.
"""

from django.dispatch import Signal

#: A round has passed; ``round_id`` is its id. Sent for each of those who handed in together.
passed = Signal()
