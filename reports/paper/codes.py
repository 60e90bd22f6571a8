"""An address as a QR code."""

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M


def code_of(address: str) -> str:
    """An SVG: one path with a rectangle for each run of dark squares."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=2)
    code.add_data(address)
    code.make()
    rows = code.get_matrix()
    runs = "".join(
        f"M{start} {y}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in _runs(row)
    )
    size = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<path d="{runs}" fill="#000"/></svg>'
    )


def _runs(row: list[bool]):
    """Where each run of dark squares begins, and its length."""
    start = None
    for x, is_dark in enumerate([*row, False]):
        if is_dark and start is None:
            start = x
        elif not is_dark and start is not None:
            yield start, x - start
            start = None
