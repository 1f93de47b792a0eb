"""From points in blocks to one course grade, the way Open edX computes it: pure, without tables."""
