"""What other rooms may listen to; a signal lets rooms above react without this room knowing them.

All are sent inside the transaction that stores what they tell, so that a receiver's changes and ours stand or fall
together. Receivers take ``**kwargs``.
"""

from django.dispatch import Signal

#: Requests or the answer about a subject are going to change. ``subject``: UUID. Sent before this room locks or writes
#: a row, so that a receiver locks what it will change: everybody locks works first, then people, then requests, and two
#: who act on the same subject at one moment wait for each other instead of for ever.
about_to_change = Signal()

#: A learner asked a mentor. ``request``: RequestData.
asked = Signal()

#: A mentor got the link once more. ``request``: RequestData; ``by_itself``: whether the schedule did it.
reminded = Signal()

#: The learner withdrew a request. ``request``: RequestData.
revoked = Signal()

#: A mentor has touched the page for the first time. ``request``: RequestData.
link_opened = Signal()

#: A mentor has a question before answering. ``request``: RequestData with the question; ``matter``: Matter.
coach_asked = Signal()

#: There is an answer. ``answer``: AnswerData; ``request``: RequestData, or None when a coordinator signed;
#: ``user_id``: who is signed in, if anybody. A receiver that knows it as that person's own work raises
#: `errors.OwnWork`, one that finds the work elsewhere raises `errors.NotAwaited`; then nothing is kept and the mentor
#: reads why.
answered = Signal()
