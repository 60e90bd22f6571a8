"""What the pages give as CSV, to hold the API's figures against."""

import csv

from django.urls import reverse

WORDS = {
    "Đạt": "met",
    "Cơ bản đạt": "basically",
    "Chưa đạt": "not_met",
    "Không áp dụng": "not_applicable",
    "chưa đánh giá": None,
}


def lines_of(client, address: str, query=None, /, **arguments) -> list[list[str]]:
    """The rows of a page's table, without its heading and the notes below."""
    address = reverse(address, kwargs={"province": "20", "kind": "csv"} | arguments)
    text = client.get(address, query or {}).content.decode("utf-8-sig")
    lines = list(csv.reader(text.splitlines()))
    return lines[1 : lines.index([])]


def number(cell: str) -> float | None:
    return float(cell) if cell else None


def numbers(cells: list[str]) -> list[float | None]:
    return [number(cell) for cell in cells]
