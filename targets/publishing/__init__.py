"""The register of published figures: what may be entered, and how it is written."""
