"""What the API tells of criteria, recognitions and the work with them, and what it takes."""
