"""Best practices: what firms have done, told in cases to learn from; those of our firms only with their owner's word."""
