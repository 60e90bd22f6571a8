"""Pages by topic: one's own account, people, setting a password."""
