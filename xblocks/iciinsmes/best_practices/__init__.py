"""Best practices: cases of what firms have done; those of firms of the courses only with their owner's word."""
