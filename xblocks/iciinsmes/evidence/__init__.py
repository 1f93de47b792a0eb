"""Files that are handed in as evidence: upload, checks, keeping, serving."""
