"""What people send in, beside scores."""
