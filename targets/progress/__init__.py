"""The arithmetic of progress: pandas in, pandas out, no request and no query.

Pages, charts, API, reports and exports all call it, so that a number is the same everywhere.
"""
