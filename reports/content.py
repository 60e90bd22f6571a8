"""What a document says, as plain data: no markup, no request, no query.

Numbers are already text, written the Vietnamese way. What PDF and Word print is the same content.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Column:
    """`width` is a share of the line; numbers stand to the right."""

    title: str
    width: float
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Chart:
    """`kind` names how it is drawn, `data` is what that asks for; `alt` says it in words."""

    kind: str
    caption: str
    unit: str
    alt: str
    data: dict


@dataclass(frozen=True)
class Section:
    """Sentences, then tables and charts by name, so that a template can place each one."""

    title: str
    sentences: tuple[str, ...]
    tables: dict[str, Table] = field(default_factory=dict)
    charts: dict[str, Chart] = field(default_factory=dict)


@dataclass(frozen=True)
class Letter:
    """What stands around the text under Nghị định 30/2020/NĐ-CP."""

    parent_agency: str
    agency: str
    symbol: str
    place: str
    authority: str
    position: str
    signer: str
    recipients: tuple[str, ...]


@dataclass(frozen=True)
class Content:
    """A whole document. `illustrative` is the mark of every page, empty where all is real."""

    letter: Letter
    kind: str
    subject: str
    opening: str
    sections: dict[str, Section]
    closing: str
    notes: tuple[str, ...]
    link: str
    illustrative: str
