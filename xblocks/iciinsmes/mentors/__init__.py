"""Sign-off by a mentor in the firm, who has no account: a signed link, three questions, one answer."""
