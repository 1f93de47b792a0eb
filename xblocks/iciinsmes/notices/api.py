"""The only door to notices. A mail that cannot be sent never undoes what it tells about."""

from .data import InboxPage, Mails, NoticeData, NoticeKind
from .errors import BadStopLink, BadTemplate, NoticesError, UnknownNotice
from .inbox import (
    MANY,
    inbox,
    mails_of,
    notify,
    notify_many,
    open_notice,
    read_all,
    set_mails,
    take_back,
    unread_count,
    without_mails,
)
from .kinds import kinds, register_kinds
from .links import preferences_link, register_open_address, stop_link, user_of
from .outbox import deliver_due, send_mail
from .reminders import remind, reminded_lately
from .retirement import about_person, forget_actor, forget_mails, forget_subjects
from .schedule import claim_run, run_schedule

__all__ = [
    "MANY",
    "BadStopLink",
    "BadTemplate",
    "InboxPage",
    "Mails",
    "NoticeData",
    "NoticeKind",
    "NoticesError",
    "UnknownNotice",
    "about_person",
    "claim_run",
    "deliver_due",
    "forget_actor",
    "forget_mails",
    "forget_subjects",
    "inbox",
    "kinds",
    "mails_of",
    "notify",
    "notify_many",
    "open_notice",
    "preferences_link",
    "read_all",
    "register_kinds",
    "register_open_address",
    "remind",
    "reminded_lately",
    "run_schedule",
    "send_mail",
    "set_mails",
    "stop_link",
    "take_back",
    "unread_count",
    "user_of",
    "without_mails",
]
