"""The files of a meeting pack."""

from reports.content import Content, Letter
from reports.models import Document
from reports.pack.build import build
from reports.paper.standard import standard_template
from reports.paper.typesetting import pdf
from reports.paper.word import docx
from targets.snapshot import snapshot_of

STEPS = 2  # what it says, how it looks


def word(document: Document, step) -> bytes:
    content = _content(document, step)
    return docx(content, document.as_of, standard_template())


def paper(document: Document, step) -> bytes:
    return pdf(_content(document, step), document.as_of)


def _content(document: Document, step) -> Content:
    step(0, STEPS)
    content = build(
        snapshot_of(document.province),
        as_of=document.as_of,
        district=document.district_id,
        letter=letter_of(document),
        link=document.link,
    )
    step(1, STEPS)
    return content


def letter_of(document: Document) -> Letter:
    kept = document.letter
    return Letter(**kept | {"recipients": tuple(kept["recipients"])})
