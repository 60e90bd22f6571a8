"""The grid: many communes by some indicators, typed into or pasted into as a block."""
