"""What is on paper, as PDF and as Word, is the content and nothing else."""

import zipfile
from dataclasses import replace
from io import BytesIO
from struct import unpack

import pytest
from django.conf import settings
from jinja2.exceptions import SecurityError
from pypdf import PdfReader

from communes.models import Province
from reports.paper.colours import colours
from reports.paper.standard import standard_template
from reports.paper.typesetting import pdf, pictures
from reports.paper.word import docx
from tests.reports.reading import (
    LINK,
    MID_2025,
    charts_of,
    data_tables,
    pack_of,
    paragraphs_of,
    pdf_pages,
    rows_of,
    squeezed,
    tables_of,
    word_of,
)

pytestmark = pytest.mark.django_db
HOSTILE = ["{{ 7*7 }}", "{% for x in y %}", "# - *", "<w:p>&amp;", "- một", "$x$ #set", "]\\#"]


@pytest.fixture(scope="module")
def content(_illustration_of_the_module, django_db_blocker):
    with django_db_blocker.unblock():
        return pack_of(Province.objects.get(code="20"))


def in_word(content) -> bytes:
    return docx(content, MID_2025, standard_template())


@pytest.fixture(scope="module")
def word_file(content) -> bytes:
    return in_word(content)


@pytest.fixture
def word(word_file):
    return word_of(word_file)


@pytest.fixture(scope="module")
def pdf_file(content) -> bytes:
    return pdf(content, MID_2025)


@pytest.fixture
def reader(pdf_file):
    return PdfReader(BytesIO(pdf_file))


def named(content, names):
    """The same content with other names in a table, a sentence and a heading."""
    section = content.sections["next"]
    table = section.tables["next"]
    rows = tuple((name, *table.rows[0][1:]) for name in names)
    changed = replace(
        section,
        sentences=tuple(names),
        tables={"next": replace(table, rows=rows, caption=names[0])},
    )
    return replace(content, sections=content.sections | {"next": changed}, subject=names[0])


class TestWord:
    def test_every_table_holds_what_the_content_says(self, content, word):
        found = data_tables(word)
        expected = tables_of(content)
        assert len(found) == len(expected)
        for table, of in zip(found, expected, strict=True):
            header, *rows = rows_of(table)
            assert header == tuple(column.title for column in of.columns)
            assert rows == list(of.rows)

    def test_every_sentence_is_there_in_order(self, content, word):
        found = paragraphs_of(word)
        places = [
            found.index(sentence)
            for section in content.sections.values()
            for sentence in section.sentences
        ]
        assert places == sorted(places)

    def test_charts_are_pictures_with_words_for_them(self, content, word):
        shapes = word.inline_shapes
        said = [shape._inline.docPr.get("descr") for shape in shapes]
        assert said == [chart.alt for chart in charts_of(content)]

    def test_heads_of_tables_repeat_and_rows_stay_whole(self, word):
        for table in data_tables(word):
            assert table.rows[0]._tr.xpath("w:trPr/w:tblHeader")
            assert all(row._tr.xpath("w:trPr/w:cantSplit") for row in table.rows)

    def test_illustrative_figures_are_marked_on_every_page(self, word):
        page = word.sections[0]
        assert "MINH HỌA" in page.footer.paragraphs[0].text
        assert "MINH HỌA" in page.first_page_footer.paragraphs[0].text

    def test_real_figures_carry_no_mark(self, content):
        page = word_of(in_word(replace(content, illustrative=""))).sections[0]
        assert page.footer.paragraphs[0].text == ""

    def test_page_and_head_are_as_the_decree_orders(self, word):
        page = word.sections[0]
        assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
        assert 30 <= round(page.left_margin.mm) <= 35
        assert 15 <= round(page.right_margin.mm) <= 20
        assert all(20 <= round(edge.mm) <= 25 for edge in (page.top_margin, page.bottom_margin))
        head = rows_of(word.tables[0])[0]
        assert "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN" in head[0]
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc" in head[1]
        assert word.styles["Normal"].font.name == "Times New Roman"

    def test_names_are_text_whatever_they_look_like(self, content):
        word = word_of(in_word(named(content, HOSTILE)))
        assert [name for name in HOSTILE if name not in paragraphs_of(word)] == []
        table = data_tables(word)[-2]
        assert [cells[0] for cells in rows_of(table)[1:]] == HOSTILE

    def test_made_again_it_is_the_same_byte_for_byte(self, content, word_file):
        assert in_word(content) == word_file

    def test_nothing_says_when_it_was_packed(self, word_file):
        with zipfile.ZipFile(BytesIO(word_file)) as packed:
            assert {entry.date_time[0] for entry in packed.infolist()} == {1980}

    def test_what_xml_cannot_hold_is_left_out(self, content):
        word = word_of(in_word(named(content, ["Xã\x00 \x0bBắc\x1f"])))
        assert "Xã Bắc" in paragraphs_of(word)

    def test_a_template_reaches_nothing_but_its_values(self, content):
        template = word_of(standard_template())
        template.add_paragraph("{{ kind.__class__.__mro__ }}")
        changed = BytesIO()
        template.save(changed)
        with pytest.raises(SecurityError):
            docx(content, MID_2025, changed.getvalue())


class TestPdf:
    def test_every_cell_and_sentence_is_there(self, content, pdf_file):
        text = squeezed(" ".join(pdf_pages(pdf_file)))
        wanted = [
            *(cell for table in tables_of(content) for row in table.rows for cell in row),
            *(said for of in content.sections.values() for said in (of.title, *of.sentences)),
            *content.notes,
            content.subject,
        ]
        assert [said for said in wanted if squeezed(said) not in text] == []

    def test_rows_of_the_plan_read_in_order(self, content, pdf_file):
        text = squeezed(" ".join(pdf_pages(pdf_file)))
        for row in content.sections["result"].tables["plan"].rows:
            assert squeezed("".join(row)) in text

    def test_every_page_is_marked_illustrative_and_numbered_from_the_second(self, pdf_file):
        pages = pdf_pages(pdf_file)
        assert len(pages) > 3
        assert all("SỐ LIỆU MINH HỌA" in page for page in pages)
        assert all(page.startswith(str(n)) for n, page in enumerate(pages, start=1) if n > 1)
        assert not pages[0].startswith("1")

    def test_it_is_archivable_and_tagged(self, reader):
        about = reader.xmp_metadata.stream.get_data().decode()
        assert "<pdfaid:part>2</pdfaid:part>" in about
        assert "<pdfaid:conformance>B</pdfaid:conformance>" in about
        assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert reader.trailer["/Root"]["/Lang"] == "vi"

    def test_its_fonts_are_ours_alone(self, reader):
        fonts = {
            font.get_object()["/BaseFont"]
            for page in reader.pages
            for font in page["/Resources"]["/Font"].values()
        }
        assert fonts
        assert all("SourceSerif" in font for font in fonts)

    def test_the_link_opens_the_same_state(self, reader):
        links = [
            note.get_object()["/A"]["/URI"]
            for page in reader.pages
            for note in page.get("/Annots", [])
        ]
        assert set(links) == {LINK}

    def test_names_are_text_whatever_they_look_like(self, content):
        text = squeezed(" ".join(pdf_pages(pdf(named(content, HOSTILE), MID_2025))))
        assert [name for name in HOSTILE if squeezed(name) not in text] == []

    def test_made_again_it_is_the_same_byte_for_byte(self, content, pdf_file):
        assert pdf(content, MID_2025) == pdf_file

    def test_letters_that_the_font_lacks_do_not_stop_it(self, content):
        assert len(pdf_pages(pdf(named(content, ["Xã 越南 🌾"]), MID_2025))) > 3


def test_charts_have_the_colours_of_the_light_page():
    css = (settings.BASE_DIR / "static" / "site.css").read_text()
    light = css.partition('[data-bs-theme="dark"]')[0]
    on_paper = colours()
    for name, colour in {"accent": "computed", "plan": "plan", "behind": "behind"}.items():
        assert f"--ntm-{name}: {on_paper[colour]};" in light
    for band, colour in zip((4, 3, 2, 1, 0), on_paper["bands"], strict=True):
        assert f"--ntm-band-{band}: {colour};" in light


def test_charts_are_sharp_on_paper(content):
    for png in pictures(charts_of(content)):
        assert png.startswith(b"\x89PNG")
        wide, _tall = unpack(">II", png[16:24])
        assert wide > 1800  # 160 mm at 300 dots per inch
