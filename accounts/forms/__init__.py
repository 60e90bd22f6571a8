"""Forms by topic: signing in, people."""
