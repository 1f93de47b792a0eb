"""What rooms above may listen to, so that this room needs not know them.

A signal is sent inside the transaction that stores what it tells: a receiver's changes and ours stand or fall together.
Receivers take ``**kwargs``.
"""

from django.dispatch import Signal

#: A round has passed; ``round_id`` is its id. Sent for each of those who handed in together.
passed = Signal()

#: A mentor has confirmed a round for which the task names a gate of the firm's project; ``gate`` is its number,
#: ``company_id`` the firm of the round or None, ``course_key`` the run, ``user_id`` who handed in, ``name`` as the
#: mentor typed it, ``note`` what was written with it. Sent once for all who handed in together.
confirmed_gate = Signal()
