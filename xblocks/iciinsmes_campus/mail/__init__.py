"""Mail that stays on the campus, readable on the outbox page."""
