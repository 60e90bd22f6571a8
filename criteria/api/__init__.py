"""What the API tells of criteria and of the work with them, and what it takes."""
