"""The campus and the tests that depend on dates under other clocks, each for a whole process."""
