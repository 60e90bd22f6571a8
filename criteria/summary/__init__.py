"""The province's own summary workbook: what its columns, rows and cells are about.

Plain Python, no model. `reading.read` is the way in; `known` holds what it is told of the
province and the criteria set.
"""
