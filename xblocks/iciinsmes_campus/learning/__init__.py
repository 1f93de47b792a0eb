"""What people did in courses: membership, state, completion, grades, events."""
