"""The province's log: who did what, for whoever may see it, narrowed and taken along."""

import csv
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from criteria import steps
from criteria.log import reading
from criteria.models import Assessment, EntryLimits, Evidence, Origin, PeriodException, Score
from criteria.sheets import layout_of
from tests.criteria.world import World
from tests.factories import make_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """Work in both communes of the province: scores, a return, a file, an exception."""
    world = World(district_verifies=False)
    world.fill()
    world.save(world.change("1.1", 70, version=1, note="=đo lại"), origin=Origin.GRID)
    world.take(steps.submit, by=world.staff)
    assessment = Assessment.objects.with_names().get(pk=world.assessment.pk)
    line = layout_of(assessment).line(assessment.commune, "1.1")
    world.take(steps.send_back, {line: "thiếu hồ sơ"}, by=world.officer, version=2, reason="xem")
    world.other = world.make_assessment(world.other_commune)
    world.save(world.change("2.1", verdict="met", assessment=world.other), by=world.officer)
    Evidence.objects.create(
        assessment=world.assessment,
        indicator=world.roads,
        filename="duong.pdf",
        content_type="application/pdf",
        size=3,
        uploaded_by=world.staff,
        removed_by=world.officer,
        removed_at=timezone.now(),
    )
    PeriodException.objects.create(
        period=world.period,
        district=world.district,
        until=timezone.now() + timedelta(days=1),
        reason="mưa lũ",
        granted_by=world.officer,
    )
    EntryLimits.objects.create(province=world.province, points=15, percent=40)
    return world


def log_of(client, world, user=None, **query):
    client.force_login(user or world.officer)
    return client.get(reverse("criteria:log", args=[world.province.code]), query)


def events_of(*arguments, **query):
    return log_of(*arguments, **query).context["events"]


def rows_of_file(client, world, **query):
    client.force_login(world.officer)
    response = client.get(reverse("criteria:log_file", args=[world.province.code, "csv"]), query)
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(StringIO(text)))


class TestWhoSeesIt:
    def test_officer_sees_all_of_the_province_and_nothing_of_others(self, client, world):
        World().fill()
        events = events_of(client, world)
        assert {event.commune for event in events} == {world.commune, world.other_commune, None}
        assert {str(event.kind) for event in events} == {
            "score",
            "step",
            "file",
            "exception",
            "setting",
        }

    @pytest.mark.parametrize("who", ["staff", "district_staff"])
    def test_unit_sees_its_own_area_only(self, client, world, who):
        world.period.exceptions.create(
            commune=world.other_commune,
            until=timezone.now(),
            reason="khác",
            granted_by=world.officer,
        )
        events = events_of(client, world, getattr(world, who))
        assert {event.commune for event in events} <= {world.commune, None}
        assert {str(event.kind) for event in events} == {"score", "step", "file", "exception"}
        assert {event.district for event in events} == {world.district}

    def test_strangers_and_readers_are_kept_out(self, client, world):
        viewer = world.make_user(Role.VIEWER, province=world.province)
        code = world.province.code
        for name, args in [("log", [code]), ("log_file", [code, "csv"])]:
            address = reverse(f"criteria:{name}", args=args)
            client.logout()
            assert "/accounts/login/" in client.get(address).url
            for user, status in [(World().officer, 404), (viewer, 403)]:
                client.force_login(user)
                assert client.get(address).status_code == status

    def test_choices_are_those_of_the_area(self, client, world):
        page = log_of(client, world, world.staff).content.decode()
        assert "Hội Hoan" in page
        assert "Bắc Ái" not in page
        assert world.officer.full_name in page
        assert World().officer.full_name not in page

    def test_people_are_offered_by_name_in_vietnamese_order_never_by_user_name(
        self, client, world
    ):
        for name in ["Lê Văn Đạt", "Lê Văn Em", "Trần Thị Dung"]:
            world.make_user(Role.PROVINCIAL_OFFICER, province=world.province, full_name=name)
        response = log_of(client, world, world.staff)
        people = [text for value, text in response.context["form"].fields["person"].choices][1:]
        ours = [name for name in people if name.split()[-1] in ("Dung", "Đạt", "Em")]
        assert ours == ["Trần Thị Dung", "Lê Văn Đạt", "Lê Văn Em"]
        assert world.officer.username not in response.content.decode()


class TestFilters:
    @pytest.mark.parametrize(
        ("query", "number"),
        [
            ({}, 13),
            ({"kind": "score"}, 6),
            ({"kind": "step"}, 2),
            ({"kind": "file"}, 2),
            ({"kind": "exception"}, 1),
            ({"kind": "setting"}, 2),
            ({"origin": "grid"}, 1),
            ({"origin": "form"}, 7),
        ],
    )
    def test_by_kind_and_by_where_from(self, client, world, query, number):
        assert len(events_of(client, world, **query)) == number

    def test_by_district_takes_its_communes_and_its_exceptions(self, client, world):
        events = events_of(client, world, district=world.district.pk)
        assert {event.district for event in events} == {world.district}
        assert "exception" in {event.kind for event in events}

    def test_by_commune_takes_the_exceptions_of_its_district(self, client, world):
        events = events_of(client, world, commune=world.commune.pk)
        assert "exception" in {event.kind for event in events}
        [event] = events_of(client, world, commune=world.other_commune.pk)
        assert event.commune == world.other_commune

    def test_by_person(self, client, world):
        events = events_of(client, world, person=world.staff.pk)
        assert {event.by for event in events} == {world.staff}

    def test_by_days_counts_both_in(self, client, world):
        today = timezone.localdate()
        yesterday = today - timedelta(days=1)
        make_step(
            assessment=world.assessment, by=world.staff, at=timezone.now() - timedelta(days=1)
        )
        assert len(events_of(client, world, until=yesterday.isoformat())) == 1
        assert len(events_of(client, world, since=yesterday, until=yesterday)) == 1
        assert len(events_of(client, world, since=today, until=today)) == 13

    @pytest.mark.parametrize(
        "query", [{"kind": "x"}, {"commune": "0"}, {"since": "x"}, {"person": "nobody"}]
    )
    def test_nonsense_is_refused_beside_the_field(self, client, world, query):
        response = log_of(client, world, **query)
        assert list(response.context["form"].errors) == list(query)
        assert response.context["events"] == []

    def test_days_in_the_wrong_order_are_refused(self, client, world):
        response = log_of(client, world, since="2025-02-01", until="2025-01-01")
        assert "Ngày cuối, 01/01/2025" in response.content.decode()

    @pytest.mark.parametrize(("field", "text"), [("until", "9999-12-31"), ("since", "0001-01-01")])
    def test_days_beyond_all_reason_are_refused(self, client, world, field, text):
        response = log_of(client, world, **{field: text})
        assert response.status_code == 200
        assert "01/01/1900" in response.content.decode()

    def test_unit_of_another_area_is_no_choice(self, client, world):
        response = log_of(client, world, world.staff, commune=world.other_commune.pk)
        assert list(response.context["form"].errors) == ["commune"]


class TestWhatIsSaid:
    def test_score_before_and_after_with_note_and_origin(self, client, world):
        [event] = events_of(client, world, origin="grid")
        assert (event.before, event.after) == (
            "90\u202f%, đạt",
            "70\u202f%, chưa đạt · “=đo lại”",
        )
        assert (event.origin, event.code) == ("Bảng nhập nhiều xã", "1.1")

    def test_return_tells_its_reasons(self, client, world):
        event = events_of(client, world, kind="step")[0]
        assert (event.before, event.after, event.by) == ("Đã nộp", "Bị trả lại", world.officer)
        assert event.why == "xem; 1.1: thiếu hồ sơ"

    def test_period_tells_what_changed_and_only_that(self, client, world):
        world.period.due_on += timedelta(days=10)
        world.period.save()
        event = events_of(client, world, kind="setting")[0]
        assert (event.before, event.after) == ("hạn nộp 30/06/2025", "hạn nộp 10/07/2025")

    def test_newest_comes_first(self, client, world):
        events = events_of(client, world)
        moments = [event.at for event in events]
        assert moments == sorted(moments, reverse=True)


class TestPages:
    def test_walk_the_whole_log_once_though_it_grows(self, client, world, monkeypatch):
        moment = Score.history.first().history_date
        for _ in range(3):
            make_step(assessment=world.other, by=world.officer, at=moment)
        whole = [(e.at, e.what, e.code) for e in events_of(client, world)]
        monkeypatch.setattr(reading, "PER_PAGE", 4)
        # steps and scores of the same moment: the order within it holds across pages
        walked, before = [], ""
        while before is not None:
            response = log_of(client, world, before=before)
            walked += [(e.at, e.what, e.code) for e in response.context["events"]]
            before = response.context["older"]
            EntryLimits.objects.get().save()
        assert walked == whole

    @pytest.mark.parametrize("before", ["x", "1~2~3", "20250101T000000.0~x~1"])
    def test_spoilt_place_shows_the_newest(self, client, world, before):
        assert len(events_of(client, world, before=before)) == 13

    def test_costs_the_same_queries_for_any_number_of_rows(
        self, client, world, django_assert_num_queries
    ):
        client.force_login(world.officer)
        address = reverse("criteria:log", args=[world.province.code])
        for more in [0, 30]:
            for version in range(1, more):
                world.save(
                    world.change(
                        "1.2", version, "met", assessment=world.other, version=version - 1
                    )
                )
                make_step(assessment=world.other, by=world.officer)
            # session, user, roles, province; scores, steps, their reasons and what those are
            # about, files added and removed, exceptions, periods, limits; choices of district,
            # commune and person
            with django_assert_num_queries(16):
                client.get(address)


class TestFile:
    def test_holds_the_whole_log_and_says_how_it_was_narrowed(self, client, world):
        query = {"kind": "score", "commune": world.commune.pk, "since": timezone.localdate()}
        header, *rows = rows_of_file(client, world, **query)
        assert header[:4] == ["Thời điểm", "Người thực hiện", "Loại thay đổi", "Nội dung"]
        events = rows[: rows.index([])]
        assert len(events) == 5
        assert re.fullmatch(rf"{timezone.localdate():%d/%m/%Y} \d\d:\d\d", events[0][0])
        notes = [cell for [cell] in rows[rows.index([]) + 1 :]]
        assert notes[0].startswith("Nhật ký của Tỉnh Tỉnh thử")
        assert str(world.officer) in notes[1]
        assert notes[2:] == [
            "Loại thay đổi: Kết quả chỉ tiêu",
            f"Xã: {world.commune}, {world.district}",
            f"Từ ngày: {timezone.localdate():%d/%m/%Y}",
        ]

    def test_formulas_are_neutralised(self, client, world):
        Score.history.model.objects.create(
            **Score.history.values(
                *[f.attname for f in Score._meta.fields], "history_date", "history_type"
            ).first(),
            history_change_reason="=1+1",
        )
        cells = {cell for row in rows_of_file(client, world) for cell in row}
        assert "'=1+1" in cells
        assert not any(cell.startswith("=") for cell in cells)

    def test_is_in_the_language_of_the_reader(self, client, world):
        client.cookies["django_language"] = "en"
        assert rows_of_file(client, world)[0][0] == "Time"

    def test_nonsense_is_answered_with_the_page(self, client, world):
        client.force_login(world.officer)
        address = reverse("criteria:log_file", args=[world.province.code, "csv"])
        response = client.get(address, {"kind": "x"})
        assert response.status_code == 400
        assert list(response.context["form"].errors) == ["kind"]
