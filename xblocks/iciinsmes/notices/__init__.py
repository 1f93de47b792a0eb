"""Mail about what happened, in the receiver's language."""
