"""Tutor plugin of the ICIinSMEs workplace-learning add-on."""
