"""What the API tells of units and of how they came to be."""
