"""What an instrument says about itself, and the table and settings that it is given."""
