"""Scores out to a workbook, and back in."""
