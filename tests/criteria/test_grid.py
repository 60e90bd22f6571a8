"""The grid shows one's own communes in order, and takes what is typed into it."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import Role
from criteria.models import Assessment, ReportingPeriod, Score
from tests.criteria.world import World
from tests.factories import make_commune, make_district, make_period, make_province

pytestmark = pytest.mark.django_db
CLOSED = ReportingPeriod.Status.CLOSED


@pytest.fixture
def world():
    world = World()
    world.other = world.make_assessment(world.other_commune)
    return world


@pytest.fixture
def url(world):
    return f"/provinces/{world.province.code}/grid/"


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def text_of(answer):
    return answer.content.decode()


def name(assessment, code):
    return f"c-{assessment.pk}-{code}"


def typed(client, url, **cells):
    """Preview inputs as the page shows them, some typed anew."""
    shown = client.get(url).context["shown"]
    return client.post(url, {"step": "inputs", "shown": shown, **cells})


def apply(client, url, preview, **fields):
    """Send the form of a preview as a browser does."""
    block = preview.context["form"].as_block
    sent = {
        "step": "apply",
        "seen": preview.context["seen"],
        "block": block.text.replace("\n", "\r\n"),
        "first_commune": block.first_commune,
        "first_line": block.first_line,
    }
    return client.post(url, sent | fields, follow=True)


def test_officer_sees_all_communes_by_district_and_name(world, url):
    make_last = make_commune(district=world.district, name="Ân")
    world.make_assessment(make_last)
    groups = signed_in(world.officer).get(url).context["groups"]
    names = [[row.commune.name for row, _cells in rows] for _district, rows in groups]
    assert names == [["Ân", "Hội Hoan"], ["Bắc Ái"]]


def test_staff_see_their_own_area_only(world, url):
    for user in (world.staff, world.district_staff):
        page = text_of(signed_in(user).get(url))
        assert "Hội Hoan" in page
        assert "Bắc Ái" not in page


def test_district_and_indicator_narrow_the_grid(world, url):
    asked = {"district": world.other_district.code, "what": "1.2"}
    context = signed_in(world.officer).get(url, asked).context
    assert [line.code for line in context["columns"]] == ["1.2"]
    [(district, _rows)] = context["groups"]
    assert district == world.other_district


def test_all_shows_every_line_and_at_first_one_criterion(world, url):
    client = signed_in(world.officer)
    codes = [
        [line.code for line in client.get(url, asked).context["columns"]]
        for asked in ({}, {"what": "all"})
    ]
    assert codes == [["1.1", "1.2"], ["1.1", "1.2", "2.1", "3"]]


def test_communes_without_districts_make_one_group(world, url):
    province = make_province()
    commune = make_commune(province=province)
    world.make_assessment(commune, period=make_period(province=province, status="open"))
    client = signed_in(world.make_user(Role.COMMUNE_STAFF, commune=commune))
    page = client.get(f"/provinces/{province.code}/grid/")
    [(district, [(row, _cells)])] = page.context["groups"]
    assert (district, row.commune) == (None, commune)


@pytest.mark.parametrize(
    ("role", "status"), [(Role.VIEWER, 403), (Role.ADMINISTRATOR, 200), (Role.DISTRICT_STAFF, 200)]
)
def test_page_is_for_those_who_enter_scores(world, url, role, status):
    district = {"district": world.district} if role == Role.DISTRICT_STAFF else {}
    user = world.make_user(role, **(district or {"province": world.province}))
    assert signed_in(user).get(url).status_code == status


def test_stranger_to_the_province_is_told_there_is_no_such_page(world, url):
    stranger = world.make_user(Role.DISTRICT_STAFF, district=make_district())
    client = signed_in(stranger)
    assert client.get(url).status_code == client.post(url).status_code == 404


def test_anonymous_is_asked_to_sign_in(client, url):
    assert client.get(url).headers["Location"].startswith("/accounts/login/")


def test_unknown_part_of_the_grid_is_a_fault_and_no_grid(world, url):
    page = signed_in(world.officer).get(url, {"what": "99"})
    assert page.context["bar"].errors.keys() == {"what"}
    assert "data-grid-form" not in text_of(page)


def test_somebody_without_assessments_is_told_so(world, url):
    Assessment.objects.all().delete()
    assert "Không có phiếu nào" in text_of(signed_in(world.officer).get(url))


def test_submitted_assessment_is_text_with_its_reason(world, url):
    world.assessment.state = Assessment.State.SUBMITTED
    world.assessment.save()
    page = text_of(signed_in(world.officer).get(url))
    assert name(world.other, "1.1") in page
    assert name(world.assessment, "1.1") not in page
    assert page.count("nên không nhập được số liệu") == 1


class TestCodeOfACommuneThatEnded:
    """Codes are given anew: an ended commune and one that reports may share one."""

    @pytest.fixture
    def heir(self, world):
        world.commune.valid_to = world.period.ends_on - timedelta(days=1)
        world.commune.save()
        heir = make_commune(
            district=world.district,
            code=world.commune.code,
            name="Hội Mới",
            valid_from=world.period.ends_on,
        )
        return world.make_assessment(heir)

    def test_ended_one_is_text_with_its_reason(self, world, url, heir):
        page = text_of(signed_in(world.officer).get(url))
        assert name(world.assessment, "1.1") not in page
        assert "Xã Hội Hoan không phải báo cáo" in page
        assert name(heir, "1.1") in page

    def test_typed_and_pasted_cells_reach_the_one_that_reports(self, world, url, heir):
        client = signed_in(world.officer)
        apply(client, url, typed(client, url, **{name(heir, "1.1"): "85"}))
        pasted = f"\t1.1\n{world.commune.code}\t86"
        apply(client, url, client.post(url, {"step": "preview", "block": pasted}))
        score = Score.objects.get()
        assert (score.assessment, score.value, score.version) == (heir, 86, 2)

    def test_block_begins_at_the_row_that_was_chosen(self, world, url, heir):
        sent = {"step": "preview", "block": "85", "first_commune": heir.pk, "first_line": "1.1"}
        plan = signed_in(world.officer).post(url, sent).context["plan"]
        assert [cell.row.assessment for cell in plan.changing] == [heir]


def test_closed_period_has_no_button_to_save(url, world):
    world.period.status = CLOSED
    world.period.save()
    page = signed_in(world.officer).get(url)
    assert not page.context["can_type"]
    assert "đã đóng đối với" in text_of(page)


def test_typed_cells_are_previewed_then_saved(world, url):
    client = signed_in(world.officer)
    cells = {name(world.assessment, "1.1"): "85,5", name(world.other, "1.2"): "30 Đ"}
    preview = typed(client, url, **cells)
    assert not Score.objects.exists()
    assert "+ 85,5 Đ" in text_of(preview)
    page = apply(client, url, preview)
    assert "Đã lưu 2 ô" in text_of(page)
    found = Score.objects.order_by("indicator__code").values_list("value", "verdict")
    assert [(float(value), verdict) for value, verdict in found] == [(85.5, "met"), (30, "met")]


def test_emptied_input_takes_the_finding_away(world, url):
    world.save(world.change("1.1", 70))
    client = signed_in(world.officer)
    preview = typed(client, url, **{name(world.assessment, "1.1"): ""})
    apply(client, url, preview)
    assert Score.objects.get().value is None


def test_inputs_left_alone_change_nothing(world, url):
    world.save(world.change("1.2", 70, "met"))
    page = signed_in(world.officer).post(
        url, {"step": "inputs", "shown": signed_in(world.officer).get(url).context["shown"]}
    )
    assert page.status_code == 302


def test_input_left_alone_undoes_nothing_written_meanwhile(world, url):
    client = signed_in(world.officer)
    shown = client.get(url).context["shown"]
    world.save(world.change("1.1", 70))
    cells = {name(world.assessment, "1.1"): "", name(world.other, "1.1"): "90"}
    preview = client.post(url, {"step": "inputs", "shown": shown, **cells})
    assert [cell.key for cell in preview.context["plan"].changing] == [(world.other.pk, "1.1")]


def test_cell_written_meanwhile_shows_both_findings(world, url):
    client = signed_in(world.officer)
    shown = client.get(url).context["shown"]
    world.save(world.change("1.1", 70))
    cells = {name(world.assessment, "1.1"): "90"}
    preview = client.post(url, {"step": "inputs", "shown": shown, **cells})
    [sentence] = preview.context["meanwhile"]
    assert "“70 K”" in sentence
    assert "“90 Đ”" in sentence
    assert str(world.staff) in sentence


def test_too_many_fields_are_refused_in_words(world, url, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    sent = {name(world.assessment, str(number)): "1" for number in range(20)}
    page = signed_in(world.officer).post(url, sent)
    assert page.status_code == 413
    assert "Gửi quá nhiều trong một lần" in text_of(page)


def test_large_grid_is_text_and_asks_for_a_block(world, url, monkeypatch):
    monkeypatch.setattr("criteria.grid.inputs.MOST_INPUTS", 3)
    page = signed_in(world.officer).get(url)
    assert not page.context["has_inputs"]
    assert 'class="cell"' not in text_of(page)


def test_costs_the_same_queries_for_any_number_of_communes(world, url, django_assert_num_queries):
    client = signed_in(world.officer)
    # The layout of the set is remembered.
    client.get(url)
    # session, user, province, memberships; periods with sets, periods, sets, criteria,
    # indicators, districts; assessments, who reports, scores
    with django_assert_num_queries(13):
        client.get(url)
    for number in range(20):
        world.make_assessment(make_commune(district=world.district, name=f"Xã {number}"))
    with django_assert_num_queries(13):
        client.get(url)


def test_remembered_lines_speak_the_language_of_the_reader(world, url):
    client = signed_in(world.officer)
    client.get(url)
    client.post("/language/", {"language": "en", "next": "/"})
    assert "threshold not yet verified" in text_of(client.get(url))
