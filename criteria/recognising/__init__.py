"""The register of recognitions: what stands against an entry, and how it is written."""
