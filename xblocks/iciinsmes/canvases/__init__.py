"""Canvases: the tables of an instrument edited as cards, alone or together with the firm."""
