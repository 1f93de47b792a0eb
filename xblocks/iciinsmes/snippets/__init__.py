"""Sentences that teachers write again and again: kept once, shared if wanted, and filled in where they are used."""
