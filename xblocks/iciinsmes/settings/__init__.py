"""Settings of the add-on, by the steps in which Open edX asks plugins for them."""
