"""People who take part: board members, lead users, guests of a workshop."""
