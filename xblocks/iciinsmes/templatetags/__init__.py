"""What templates of any page may ask the add-on."""
