"""What the API tells of plans and of figures worked out."""
