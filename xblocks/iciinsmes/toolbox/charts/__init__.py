"""Charts as SVG, made on the server: small, printable, readable on a phone, and never by colour alone."""
