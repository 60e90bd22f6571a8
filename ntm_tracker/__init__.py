"""NTM Tracker: where each commune stands against the NTM plan of its province."""

__version__ = "0.1.0"
