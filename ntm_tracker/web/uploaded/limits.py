"""How much an uploaded table may hold and cost. A table of 181 communes × 57 needs a hundredth."""

from ntm_tracker.web.uploaded.faults import Fault, Unfit

MEGABYTE = 1024 * 1024

# Within a ZIP file: entries, bytes once unpacked, and how far those may exceed the file.
ENTRIES = 2_000
UNPACKED = 100 * MEGABYTE
RATIO = 200
UNPACKED_UNASKED = 10 * MEGABYTE

# In the sheets of a file.
SHEETS = 400
COLUMNS = 2_000
ROWS = 50_000
AREA = 1_000_000
CELLS = 250_000
CHARACTERS = 32_767  # the most that a cell of Excel holds

# Of the child.
MEMORY = 384 * MEGABYTE
CPU_SECONDS = 15
SECONDS = 30
ANSWER = 32 * MEGABYTE


def refuse_too_much(rows: int, columns: int, cells: int) -> None:
    """Refuse a sheet of so many rows and columns with so many filled cells, if it is too large."""
    if rows > ROWS or columns > COLUMNS or rows * columns > AREA or cells > CELLS:
        raise Unfit(Fault.TOO_MUCH)
