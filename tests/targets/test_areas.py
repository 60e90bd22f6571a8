"""Areas of communes: uploaded, looked at, applied, drawn, removed."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from communes.areas import steps
from communes.models import AreaUpload, Commune, CommuneArea, Province
from tests.communes.squares import collection, square
from tests.factories import (
    make_change,
    make_commune,
    make_district,
    make_province,
    make_recognition,
    make_user,
)

pytestmark = pytest.mark.django_db
MERGER = date(2024, 12, 1)


class World:
    """Two communes of today; a third passed into the second, whose code is borne on."""

    def __init__(self, client):
        self.client = client
        self.province = make_province()
        district = make_district(province=self.province)
        place = {"latitude": 21.05, "longitude": 106.05}
        self.first = make_commune(district=district, code="00101", name="Một", **place)
        self.old = make_commune(
            district=district, code="00102", name="Hai cũ", valid_to=date(2024, 11, 30), **place
        )
        self.second = make_commune(
            district=district, code="00102", name="Hai", valid_from=MERGER, **place
        )
        make_change(
            province=self.province, effective_on=MERGER, parts=[(self.old, self.second, True)]
        )
        self.officer = make_user(role="provincial_officer", province=self.province)
        client.force_login(self.officer)

    def at(self, name="boundary_areas", *args):
        return reverse(name, args=[self.province.code, *args])

    def send(self, *features, content=None, **fields):
        text = collection(*features) if content is None else content
        file = SimpleUploadedFile("xa.geojson", text, "application/geo+json")
        fields = {"on": "2024-12-01", "source": "Sở, 2024"} | fields
        return self.client.post(self.at(), {"file": file} | fields)

    def upload(self, *features, **fields):
        response = self.send(*features, **fields)
        assert response.status_code == 302, response.context["form"].errors
        return AreaUpload.objects.get()

    def apply(self, upload):
        return self.client.post(self.at("area_apply", upload.pk))

    @property
    def version(self):
        return Province.objects.get(pk=self.province.pk).data_version


@pytest.fixture
def world(client):
    return World(client)


def test_preview_says_what_is_there_and_what_is_missing_and_draws_nothing(world):
    upload = world.upload(square("00101"), square("99999", 107))
    page = world.client.get(world.at("area_upload", upload.pk)).content.decode()
    assert "Hai" in page
    assert "99999" in page
    assert "Sở, 2024" in page
    assert not CommuneArea.objects.exists()


def test_applied_areas_are_of_the_commune_that_bore_the_code_on_that_day(world):
    world.apply(world.upload(square("00102")))
    assert CommuneArea.objects.get().commune == world.second


def test_codes_of_an_older_list_go_to_its_communes(world):
    world.apply(world.upload(square("00102"), on="2011-01-01"))
    assert CommuneArea.objects.get().commune == world.old


def test_applying_raises_the_data_version_and_says_who(world):
    before = world.version
    world.apply(world.upload(square("00101")))
    upload = AreaUpload.objects.get()
    assert world.version == before + 1
    assert upload.applied_by == world.officer
    assert upload.areas == {}


def test_a_second_apply_is_refused(world):
    upload = world.upload(square("00101"))
    world.apply(upload)
    version = world.version
    world.apply(upload)
    assert world.version == version
    with pytest.raises(steps.Moved):
        steps.apply(upload, by=world.officer)


def test_nothing_is_drawn_when_a_code_is_gone_meanwhile(world):
    upload = world.upload(square("00101"), square("00102", 106.1))
    Commune.objects.filter(pk=world.second.pk).update(code="00103")
    world.apply(upload)
    assert not CommuneArea.objects.exists()


def test_a_newer_file_takes_the_place_of_an_older_one(world):
    world.apply(world.upload(square("00101")))
    world.send(square("00101", 106.5))
    newer = AreaUpload.objects.waiting().get()
    world.apply(newer)
    assert CommuneArea.objects.get().upload == newer


def test_removed_areas_leave_the_map_and_stay_in_the_list(world):
    upload = world.upload(square("00101"))
    world.apply(upload)
    version = world.version
    asked = world.client.get(world.at("area_remove", upload.pk))
    assert CommuneArea.objects.count() == 1
    assert asked.status_code == 200
    world.client.post(world.at("area_remove", upload.pk))
    assert not CommuneArea.objects.exists()
    assert world.version == version + 1
    assert "xa.geojson" in world.client.get(world.at()).content.decode()


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"source": " "}, "source"), ({"on": "2020-01-01"}, "on"), ({"content": b"{"}, "file")],
)
def test_a_refused_form_names_the_field_and_keeps_what_was_typed(world, fields, field):
    response = world.send(square("00101"), **({"code_property": "code"} | fields))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert 'value="code"' in response.content.decode()
    assert not AreaUpload.objects.exists()


def test_too_large_a_file_is_refused_before_it_is_read(world, settings, monkeypatch):
    settings.UPLOADED_TABLE_MAX_MB = 0
    monkeypatch.setattr("ntm_tracker.web.isolated._run", lambda *given: pytest.fail("was read"))
    assert "file" in world.send(square("00101")).context["form"].errors


def test_refusals_are_sentences_in_vietnamese_with_the_codes(world):
    response = world.send(square("00101"), square("00101", 107))
    [sentence] = response.context["form"].errors["file"]
    assert "00101" in sentence
    assert "%" not in sentence


class TestMap:
    def figure(self, world, name="map-grades", **query):
        address = reverse("chart_json", args=[world.province.code, name])
        return world.client.get(address, query).json()

    def areas(self, figure):
        return [trace for trace in figure["data"] if trace.get("fill") == "toself"]

    def test_draws_areas_where_there_are_some_and_points_for_the_others(self, world):
        world.apply(world.upload(square("00101")))
        figure = self.figure(world, as_of="2025-01-31")
        [area] = self.areas(figure)
        assert "Một" in area["text"]
        assert min(area["x"]) == 106.0
        [points] = [trace for trace in figure["data"] if trace["mode"] == "markers"]
        assert sorted(points["marker"]["size"]) == [5, 10]

    def test_draws_points_alone_without_areas(self, world):
        figure = self.figure(world, as_of="2025-01-31")
        assert self.areas(figure) == []
        [points] = [trace for trace in figure["data"] if trace["mode"] == "markers"]
        assert points["marker"]["size"] == 10

    def test_of_another_day_has_the_areas_of_that_days_communes(self, world):
        world.apply(world.upload(square("00102")))
        assert len(self.areas(self.figure(world, as_of="2025-01-31"))) == 1
        assert self.areas(self.figure(world, as_of="2023-12-31")) == []

    def test_area_and_point_have_the_same_class_and_sentence(self, world):
        world.apply(world.upload(square("00101")))
        figure = self.figure(world, "map-bands", as_of="2025-01-31", commune="")
        [area] = self.areas(figure)
        points = next(t for t in figure["data"] if t["mode"] == "markers")
        assert area["legendgroup"] == points["legendgroup"] == points["name"]
        assert area["text"] in points["customdata"]

    def test_a_recognised_commune_is_filled_with_the_colour_of_its_grade(self, world):
        make_recognition(commune=world.first, year=2020)
        world.apply(world.upload(square("00101")))
        [area] = self.areas(self.figure(world, as_of="2025-01-31"))
        assert area["fillcolor"] == "var(--ntm-grade-standard)"


def test_pages_cost_the_same_for_any_number_of_files(world, django_assert_max_num_queries):
    for _ in range(5):
        world.send(square("00101"))
        world.apply(AreaUpload.objects.waiting().get())
    with django_assert_max_num_queries(14):
        world.client.get(world.at())
