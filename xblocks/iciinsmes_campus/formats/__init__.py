"""How the campus writes dates and numbers, where Django's own way is not that of Europe."""
