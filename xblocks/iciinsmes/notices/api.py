"""The only door to notices. A mail that cannot be sent never undoes what it tells about."""

from .data import InboxPage, Kind, Mails, NoticeData
from .errors import BadLink, BadTemplate, NoticesError, UnknownNotice
from .inbox import MANY, inbox, notify, notify_many, open_notice, read_all, take_back, unread_count
from .keeping import about_person, expire, export_person, forget_actor, forget_mails, forget_person, forget_subjects
from .links import user_of
from .outbox import DELIVER, deliver_due, deliver_soon, send_mail
from .preferences import mails_of, set_mails
from .reminders import remind
from .schedule import claim_run, on_schedule, run_schedule

__all__ = [
    "DELIVER",
    "MANY",
    "BadLink",
    "BadTemplate",
    "InboxPage",
    "Kind",
    "Mails",
    "NoticeData",
    "NoticesError",
    "UnknownNotice",
    "about_person",
    "claim_run",
    "deliver_due",
    "deliver_soon",
    "expire",
    "export_person",
    "forget_actor",
    "forget_mails",
    "forget_person",
    "forget_subjects",
    "inbox",
    "mails_of",
    "notify",
    "notify_many",
    "on_schedule",
    "open_notice",
    "read_all",
    "remind",
    "run_schedule",
    "send_mail",
    "set_mails",
    "take_back",
    "unread_count",
    "user_of",
]
