"""Files that are no template of the province get a sentence, and nothing happens."""

import pytest

from criteria.models import WorkbookImport
from tests.criteria.test_grid import text_of
from tests.criteria.workbooks import downloaded, put_at, saved, send

pytestmark = pytest.mark.django_db
State = WorkbookImport.State


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        pytest.param(b"", "mau.xlsx", "không có dữ liệu", id="empty"),
        pytest.param(b"MZ\x90\x00" + bytes(60), "mau.xlsx", "bảng", id="program"),
        pytest.param(b"a;b\n1;2", "mau.csv", "Tải mẫu", id="other"),
    ],
)
def test_odd_file_gets_a_sentence(officer, url, content, name, said):
    page, workbook = send(officer, url, content, name)
    assert workbook.state == State.FAILED
    assert said in text_of(page)


def test_template_of_another_province_is_refused(world, officer, url):
    sheets = downloaded(officer, url)
    put_at(sheets[-1], 0, 1, "777")
    page, _workbook = send(officer, url, saved(sheets))
    assert "tỉnh khác" in text_of(page)


def test_missing_file_is_a_fault_beside_its_field(officer, url):
    page = officer.post(f"{url}upload/", {})
    assert page.status_code == 422
    assert page.context["upload"].errors["file"]
