"""What happened, told to those it concerns: an inbox, mails in the receiver's language, digests and reminders."""
