"""Forms as a person with or without eyes on the screen meets them."""

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ntm_tracker.pages")]


@pytest.fixture
def refused(client):
    return client.post("/score/", {"income": "36,5", "applies": "on"}).content.decode()


def test_hint_and_error_are_tied_to_the_field(refused):
    assert 'aria-describedby="id_income_helptext id_income_error"' in refused
    assert 'id="id_income_helptext">Mức đạt chuẩn: 39' in refused
    assert 'id="id_income_error"' in refused


def test_faults_are_listed_on_top_with_links(refused):
    on_top = refused[: refused.index('class="field')]
    assert '<a href="#id_income">Thu nhập:' in on_top
    assert '<a href="#id_verdict">Kết luận:' in on_top


def test_what_was_typed_is_kept(refused):
    assert 'value="36,5"' in refused
    assert "checked" in refused


@pytest.mark.parametrize(
    ("name", "css"),
    [
        ("income", "form-control is-invalid"),
        ("verdict", "form-select is-invalid"),
        ("applies", "form-check-input"),
    ],
)
def test_widget_has_the_class_of_its_kind(refused, name, css):
    tag = refused[refused.index(f'name="{name}"') :].split(">")[0]
    assert f'class="{css}"' in tag


def test_hidden_field_is_left_alone(refused):
    assert '<input type="hidden" name="secret" id="id_secret">' in refused


def test_untouched_form_has_no_faults(client):
    assert "faults" not in client.get("/score/").content.decode()
