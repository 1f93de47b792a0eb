"""From the bytes of a file, or a pasted text, to sheets of raw cells: CSV, XLSX, ODS, DATEV."""
