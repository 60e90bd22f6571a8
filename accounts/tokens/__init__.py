"""Access tokens as people handle them: making, looking them over, revoking."""
