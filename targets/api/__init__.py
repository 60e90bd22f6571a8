"""What the API tells of plans, published figures and progress."""
