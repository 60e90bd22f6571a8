"""A document in Word: a template filled by docxtpl, in a sandbox for what the template says."""

import zipfile
from datetime import UTC, date, datetime
from html import escape
from io import BytesIO

from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reports.content import Content
from reports.paper.context import context_of
from reports.paper.typesetting import source_line

WIDTH = Mm(163)
KEPT_TEXTS = 100  # a template has about ten, for its body, heads, feet and properties
MOST_OF_PROPERTY = 255
FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)


class Sandbox(ImmutableSandboxedEnvironment):
    """Runs what a template says without letting it reach the system; compiles each text once."""

    def __init__(self):
        super().__init__(autoescape=True)
        self.compiled = {}

    def from_string(self, source, *args, **options):
        if source not in self.compiled:
            if len(self.compiled) >= KEPT_TEXTS:
                self.compiled.clear()
            self.compiled[source] = super().from_string(source, *args, **options)
        return self.compiled[source]


SANDBOX = Sandbox()


class Picture(InlineImage):
    """A chart, said in words to those who do not see it."""

    def __init__(self, template: DocxTemplate, png: bytes, alt: str):
        super().__init__(template, BytesIO(png), width=WIDTH)
        self.alt = alt

    def _insert_image(self) -> str:
        said = f'<wp:docPr descr="{escape(self.alt)}" '
        return super()._insert_image().replace("<wp:docPr ", said, 1)


def docx(content: Content, as_of: date, template: bytes) -> bytes:
    """The template filled in; the same content gives the same bytes."""
    word = DocxTemplate(BytesIO(template))
    context = context_of(
        content, source_line(content, as_of), lambda png, alt: Picture(word, png, alt)
    )
    word.render(context, SANDBOX, autoescape=True)
    properties = word.docx.core_properties
    properties.title = f"{context['kind']}: {context['subject']}"[:MOST_OF_PROPERTY]
    properties.author = context["letter"]["agency"][:MOST_OF_PROPERTY]
    properties.created = properties.modified = datetime(
        as_of.year, as_of.month, as_of.day, tzinfo=UTC
    )
    made = BytesIO()
    word.save(made)
    return undated(made.getvalue())


def undated(content: bytes) -> bytes:
    """The same files in a ZIP that says nothing of when it was packed."""
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as given, zipfile.ZipFile(packed, "w") as made:
        for name in given.namelist():
            about = zipfile.ZipInfo(name, FIRST_DAY_OF_ZIP)
            about.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(about, given.read(name))
    return packed.getvalue()
