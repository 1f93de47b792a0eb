"""The directory of support for firms: who helps with what, who keeps it up to date, and what came of asking."""
