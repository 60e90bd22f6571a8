"""Scores and recognitions invented to agree with every published figure, and marked as such."""
