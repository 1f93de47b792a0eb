"""Reading files in place: what a teacher sees of a document, a table or a photo without saving it first."""
