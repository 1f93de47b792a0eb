"""What a project's lights, gates and pauses go by: pure functions of facts and a day."""
