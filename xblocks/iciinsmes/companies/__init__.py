"""Companies, who belongs to them, and who may see what."""
