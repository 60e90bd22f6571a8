"""The form of an assessment without a line of JavaScript."""

import re

import pytest
from django.urls import reverse

from accounts.models import Role
from criteria import steps
from criteria.models import Assessment, ReportingPeriod, Score
from tests.criteria.world import World
from tests.factories import make_indicator, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def page(client, world):
    client.force_login(world.staff)
    return Page(client, world.assessment)


class Page:
    """The form as a browser has it: what it shows is what it sends back."""

    def __init__(self, client, assessment):
        self.client, self.assessment = client, assessment

    def open(self):
        return self.client.get(self.assessment.get_absolute_url())

    def fields(self, answer):
        """Names and values of the inputs and the text areas, as they stand in the page."""
        html = answer.content.decode()
        found = {
            name: value
            for tag in re.findall(r"<input[^>]*>", html)
            if (name := attribute(tag, "name"))
            and (attribute(tag, "type") != "radio" or " checked" in tag)
            for value in [attribute(tag, "value")]
        }
        found |= dict(re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', html))
        return {name: value for name, value in found.items() if "-" in name}

    def send(self, to="assessment", **changed):
        sent = self.fields(self.open()) | {
            name.replace("_", "-"): v for name, v in changed.items()
        }
        return self.post(sent, to)

    def post(self, sent, to="assessment"):
        return self.client.post(reverse(f"criteria:{to}", args=[self.assessment.pk]), sent)


def attribute(tag, name):
    found = re.search(rf' {name}="([^"]*)"', tag)
    return found[1] if found else ""


def values():
    return dict(Score.objects.values_list("indicator__code", "value"))


def test_save_button_saves_what_was_typed(page):
    answer = page.send(**{"value-1.1": "85,5", "verdict-2.1": "met", "note-2.1": "QĐ 12"})
    assert answer.url == page.assessment.get_absolute_url()
    assert str(values()["1.1"]) == "85.5000"
    assert Score.objects.get(indicator__code="2.1").note == "QĐ 12"
    assert Score.history.count() == 2


def test_saving_an_untouched_form_writes_nothing(page, world):
    world.fill()
    page.send()
    assert Score.history.count() == 4


def test_bad_value_keeps_everything_out_and_everything_typed(page):
    answer = page.send(**{"value-1.1": "101", "value-1.2": "30", "note-2.1": "giữ lại"})
    assert answer.status_code == 422
    assert not Score.objects.exists()
    html = answer.content.decode()
    for kept in ['value="101"', 'value="30"', "giữ lại", "101\u202f%", "0 đến 100"]:
        assert kept in html


def test_ambiguous_number_is_asked_about_and_the_button_answers(page):
    answer = page.send(**{"value-1.2": "1.234"})
    html = answer.content.decode()
    assert 'name="choose-1.2" value="1234"' in html
    assert 'name="choose-1.2" value="1,234"' in html
    page.post(page.fields(answer) | {"choose-1.2": "1234"})
    assert values()["1.2"] == 1234


class TestConflict:
    @pytest.fixture
    def answer(self, page, world):
        opened = page.fields(page.open())
        world.save(world.change("1.1", 70), by=world.district_staff)
        return page.post(opened | {"value-1.1": "90", "value-1.2": "30", "verdict-1.2": "met"})

    def test_shows_both_and_keeps_what_was_typed(self, answer, world):
        html = answer.content.decode()
        assert answer.status_code == 422
        assert world.district_staff.full_name in html
        assert 'href="#line-1-1"' in html
        assert 'value="90"' in html
        assert values() == {"1.1": 70}

    def test_saving_again_keeps_mine(self, answer, page):
        page.post(page.fields(answer))
        assert values() == {"1.1": 90, "1.2": 30}

    def test_button_takes_theirs(self, answer, page):
        page.post(page.fields(answer) | {"take-1.1": "1"})
        assert values() == {"1.1": 70, "1.2": 30}


def test_value_for_an_indicator_of_another_set_is_not_taken(page, world):
    other = World()
    strange = make_indicator(criterion=other.roads.criterion, code="9.9")
    page.send(**{"value-9.9": "5", "version-9.9": "0", "value-1.1": "85"})
    assert set(values()) == {"1.1"}
    assert not Score.objects.filter(indicator=strange).exists()


class TestSubmit:
    def test_saves_first_and_names_what_is_missing(self, page):
        answer = page.send("submit", **{"value-1.1": "85"})
        assert answer.status_code == 422
        assert values() == {"1.1": 85}
        assert 'href="#line-2-1"' in answer.content.decode()

    def test_hands_in_what_is_complete(self, page, world):
        world.fill()
        page.send("submit")
        assert Assessment.objects.get(pk=page.assessment.pk).state == "submitted"

    def test_twice_is_refused_in_words(self, page, world):
        world.fill()
        sent = page.fields(page.open())
        page.post(sent, "submit")
        answer = page.post(sent, "submit")
        assert answer.status_code == 422
        assert world.assessment.steps.count() == 1

    def test_can_be_taken_back(self, page, world):
        world.fill()
        page.send("submit")
        page.post({}, "withdraw")
        assert Assessment.objects.get(pk=page.assessment.pk).state == "draft"


class TestLocked:
    def test_closed_period_says_so_and_shows_no_inputs(self, page):
        ReportingPeriod.objects.update(status=ReportingPeriod.Status.CLOSED)
        html = page.open().content.decode()
        assert "ngoại lệ" in html
        assert 'name="value-1.1"' not in html

    def test_save_into_a_closed_period_is_refused(self, page):
        sent = page.fields(page.open()) | {"value-1.1": "85"}
        ReportingPeriod.objects.update(status=ReportingPeriod.Status.CLOSED)
        assert page.post(sent).status_code == 422
        assert not Score.objects.exists()

    def test_other_units_period_is_read_only(self, client, world):
        ReportingPeriod.objects.update(who_enters="commune")
        client.force_login(world.district_staff)
        answer = client.get(world.assessment.get_absolute_url())
        assert 'name="value-1.1"' not in answer.content.decode()
        assert client.post(world.assessment.get_absolute_url(), {}).status_code == 404


class TestReturned:
    def test_reasons_stand_on_top_and_at_their_line(self, page, world):
        world.fill()
        world.take(steps.submit, by=world.staff)
        line = world.change("1.1", 90).line
        world.take(steps.send_back, {line: "Thiếu biên bản"}, by=world.district_staff, version=2)
        html = page.open().content.decode()
        assert html.count("Thiếu biên bản") == 2
        assert world.district_staff.full_name in html


def test_carried_values_are_marked(page, world):
    before = world.make_assessment(world.commune, world.earlier_period(), met=3)
    world.give_scores(before)
    page.send("carry")
    assert Score.objects.filter(assessment=world.assessment, is_carried=True).count() == 4
    assert "chuyển từ kỳ trước" in page.open().content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["assessment", "submit", "carry", "withdraw", "score", "verdict"])
def test_assessment_of_another_area_is_not_there(client, world, name, method):
    code = ["1.1"] if name in {"score", "verdict"} else []
    url = reverse(f"criteria:{name}", args=[world.assessment.pk, *code])
    strangers = [
        world.make_user(Role.COMMUNE_STAFF, commune=world.other_commune),
        world.make_user(Role.DISTRICT_STAFF, district=world.other_district),
        World().officer,
        make_user(),
    ]
    for stranger in strangers:
        client.force_login(stranger)
        assert getattr(client, method)(url).status_code in {404, 405}
        client.force_login(stranger)
    assert not Score.objects.exists()


def test_opening_costs_the_same_for_any_number_of_scores(client, world, django_assert_num_queries):
    client.force_login(world.staff)
    # session, user, roles; assessment, scores, last verified; criteria, indicators, thresholds;
    # files and comments counted; the commune's other assessments
    with django_assert_num_queries(12):
        client.get(world.assessment.get_absolute_url())
    world.fill()
    # the layout is remembered: no criteria, indicators and thresholds
    with django_assert_num_queries(9):
        client.get(world.assessment.get_absolute_url())
