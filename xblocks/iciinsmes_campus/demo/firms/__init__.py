"""One module a firm: the firm, its people, and what they wrote in assignment W01; all of it invented."""
