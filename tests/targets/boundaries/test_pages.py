"""The pages of the register of boundary changes and of its wizard."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse

from communes.models import BoundaryChange, Commune
from targets.boundaries.models import BoundaryDraft, DraftPart, DraftUnit
from tests.factories import make_assessment, make_change, make_criteria_set, make_period
from tests.ntm_tracker.uploads import xlsx
from tests.targets.boundaries.drafts import Merger

pytestmark = pytest.mark.django_db


@pytest.fixture
def merger():
    return Merger()


@pytest.fixture
def pages(client, merger):
    return Pages(client, merger)


class Pages:
    def __init__(self, client, merger):
        self.client, self.merger = client, merger
        client.force_login(merger.officer)

    def address(self, name, pk=None, **more):
        args = {"province": self.merger.province.code} | ({"pk": pk} if pk else {}) | more
        return reverse(name, kwargs=args)

    def draft(self, name, **more):
        return self.address(name, self.merger.draft.pk, **more)

    def get(self, address, **query):
        return self.client.get(address, query)

    def post(self, address, follow=True, **data):
        return self.client.post(address, data, follow=follow)


UNIT = {"code": "99950", "name": "Tân Thanh", "kind": "commune"}


class TestRegister:
    def test_lists_changes_with_how_many_units_ended_and_were_formed(self, pages, merger):
        merger.apply()
        answer = pages.get(pages.address("boundaries"))
        (change,) = answer.context["changes"]
        assert (change.resolution, change.ended, change.formed) == ("9/NQ", 2, 1)

    def test_lists_drafts_apart_from_what_is_applied(self, pages, merger):
        second = Merger(province=merger.province)
        merger.apply()
        answer = pages.get(pages.address("boundaries"))
        assert list(answer.context["drafts"]) == [second.draft]

    @pytest.mark.parametrize(
        ("query", "is_found"),
        [
            ({"q": "9/nq"}, True),
            ({"q": "bac ai"}, True),
            ({"q": "Tân Lập"}, True),
            ({"q": "99901"}, True),
            ({"q": "Lộc Bình"}, False),
            ({"year": "2026"}, True),
            ({"year": "2020"}, False),
        ],
    )
    def test_is_searched_by_resolution_unit_code_and_year(self, pages, merger, query, is_found):
        make_change(province=merger.province, effective_on=date(2020, 1, 1), resolution="8/Q")
        merger.apply()
        changes = pages.get(pages.address("boundaries"), **query).context["changes"]
        assert ("9/NQ" in [change.resolution for change in changes]) == is_found

    def test_is_taken_along_with_its_filter(self, pages, merger):
        merger.apply()
        address = pages.address("boundaries_file", kind="csv")
        rows = pages.get(address, q="bac ai").content.decode("utf-8-sig").splitlines()
        assert rows[1].startswith("2026-01-01,9/NQ,")
        assert "Commune Bắc Ái,District Tràng Định,99901,Commune Tân Lập" in rows[1]
        assert "bac ai" in rows[-1]

    def test_names_what_was_done_by_whom(self, pages, merger):
        merger.apply()
        merger.undo(reason="nhầm")
        events = pages.get(pages.address("boundaries")).context["events"]
        assert [(event.what, event.by, event.reason) for event in events] == [
            ("9/NQ: Taken back", merger.officer.full_name, "nhầm"),
            ("9/NQ: Applied", merger.officer.full_name, ""),
            ("9/NQ: Draft begun", "", ""),
        ]

    def test_costs_the_same_for_any_number_of_changes(
        self, pages, merger, django_assert_num_queries
    ):
        for year in range(2012, 2020):
            make_change(province=merger.province, effective_on=date(year, 1, 1))
        pages.get(pages.address("boundaries"))
        # session, user, roles, province, years, drafts, changes, history
        with django_assert_num_queries(8):
            pages.get(pages.address("boundaries"))

    def test_page_of_a_change_costs_the_same_for_any_number_of_lines(
        self, pages, merger, django_assert_num_queries
    ):
        for number in range(10):
            extra = Merger(province=merger.province)
            unit = merger.new_unit(f"999{number + 20}", district=extra.district)
            merger.line(extra.old, unit)
        change = merger.apply()
        # session, user, roles, province, change, history, lines
        with django_assert_num_queries(7):
            answer = pages.get(pages.address("boundary", change.pk))
        assert len(answer.context["lines"]) == 12


class TestDraft:
    def test_is_begun_with_its_resolution(self, pages, merger):
        pages.post(pages.address("boundary_add"), resolution="7/NQ", effective_on="2026-02-01")
        draft = BoundaryDraft.objects.get(resolution="7/NQ")
        assert (draft.source, draft.history.get().history_user) == ("7/NQ", merger.officer)

    def test_keeps_what_was_typed_when_the_day_is_refused(self, pages):
        answer = pages.post(
            pages.address("boundary_add"), resolution="7/NQ", effective_on="2199-02-01"
        )
        assert "not on 01/02/2199" in answer.context["form"].errors["effective_on"][0]
        assert b'value="7/NQ"' in answer.content

    def test_says_what_changed_in_its_history(self, pages, merger):
        pages.post(
            pages.draft("boundary_change_draft"), resolution="9/NQ", effective_on="2026-02-01"
        )
        events = pages.get(pages.draft("boundary_draft")).context["events"]
        assert events[0].what.startswith("In effect from: 01/01/2026 → 01/02/2026")

    def test_unit_is_added_with_the_units_that_pass_into_it(self, pages, merger):
        district = merger.district.pk
        pages.post(
            pages.draft("boundary_unit_add"),
            **UNIT,
            district=district,
            area_km2="12.5",
            whole=[merger.third.pk],
        )
        unit = DraftUnit.objects.get(code="99950")
        (part,) = unit.parts.all()
        assert (part.old, part.kind, part.share_area) == (merger.third, "code_change", 1)
        assert str(unit.area_km2) == "12.50"

    def test_unit_loses_the_lines_that_are_no_longer_chosen(self, pages, merger):
        pages.post(
            pages.draft("boundary_unit", unit=merger.unit.pk),
            **UNIT,
            district=merger.district.pk,
            whole=[merger.old.pk, merger.third.pk],
        )
        parts = merger.unit.parts.values_list("old", "kind")
        assert list(parts) == [
            (merger.old.pk, "merged_into_new"),
            (merger.third.pk, "merged_into_new"),
        ]

    def test_code_of_another_new_unit_is_refused(self, pages, merger):
        answer = pages.post(pages.draft("boundary_unit_add"), **UNIT | {"code": "99901"})
        (error,) = answer.context["form"].errors["code"]
        assert error == "Commune Tân Lập of this draft has the code 99901 already."

    def test_line_of_a_split_is_entered_in_per_cent(self, pages, merger):
        pages.post(
            pages.draft("boundary_line_add"),
            old=merger.third.pk,
            target=f"unit-{merger.unit.pk}",
            kind="dissolved_split",
            area="33.512",
        )
        part = DraftPart.objects.get(old=merger.third)
        assert (str(part.share_area), part.share_people, part.is_whole) == ("0.33512", None, False)

    def test_line_shows_what_is_stored_when_it_is_changed(self, pages, merger):
        part = merger.line(merger.third, merger.other, "boundary_transfer", share_area="0.25")
        form = pages.get(pages.draft("boundary_line", line=part.pk)).context["form"]
        assert form["target"].value() == f"commune-{merger.other.pk}"
        assert form["area"].value() == 25

    def test_same_line_twice_is_refused(self, pages, merger):
        answer = pages.post(
            pages.draft("boundary_line_add"),
            old=merger.old.pk,
            target=f"unit-{merger.unit.pk}",
            kind="merged_into_new",
        )
        (error,) = answer.context["form"].errors["target"]
        assert error == "Commune Bắc Ái → Commune Tân Lập is in the draft already."

    def test_unit_does_not_pass_into_itself(self, pages, merger):
        answer = pages.post(
            pages.draft("boundary_line_add"),
            old=merger.third.pk,
            target=f"commune-{merger.third.pk}",
            kind="absorbed",
        )
        assert answer.context["form"].errors["target"] == ["A unit does not pass into itself."]

    def test_unit_is_removed_with_its_lines(self, pages, merger):
        pages.post(pages.draft("boundary_unit_remove", unit=merger.unit.pk))
        assert not DraftPart.objects.exists()

    def test_line_of_another_draft_is_not_there(self, pages, merger):
        other = Merger(province=merger.province).draft.parts.first()
        answer = pages.post(pages.draft("boundary_line_remove", line=other.pk))
        assert answer.status_code == 404

    def test_is_dropped_and_stays_in_the_history(self, pages, merger):
        pages.post(pages.draft("boundary_discard"))
        assert not BoundaryDraft.objects.exists()
        assert BoundaryDraft.history.first().history_user == merger.officer

    def test_page_costs_the_same_for_any_number_of_units(
        self, pages, merger, django_assert_num_queries
    ):
        for number in range(10):
            extra = Merger(province=merger.province)
            unit = merger.new_unit(f"999{number + 20}", district=extra.district)
            merger.line(extra.old, unit)
        pages.get(pages.draft("boundary_draft"))
        # session, user, roles, province, draft, units, lines, districts that end,
        # checks (resolution, codes, districts, later changes), history; savepoint around
        with django_assert_num_queries(15):
            pages.get(pages.draft("boundary_draft"))


class TestSteps:
    def test_preview_of_a_draft_with_faults_leads_back_to_them(self, pages, merger):
        merger.unit.parts.all().delete()
        answer = pages.client.get(pages.draft("boundary_preview"), follow=True)
        assert answer.redirect_chain[-1][0] == merger.draft.get_absolute_url()
        assert b"No line is entered yet" in answer.content

    def test_change_is_applied_from_its_preview(self, pages, merger):
        seen = pages.get(pages.draft("boundary_preview")).context["seen"]
        answer = pages.post(pages.draft("boundary_apply"), seen=seen)
        change = BoundaryChange.objects.get()
        assert answer.redirect_chain[-1][0] == pages.address("boundary", change.pk)
        assert Commune.objects.filter(code="99901").exists()

    def test_stale_preview_is_shown_anew(self, pages, merger):
        answer = pages.post(pages.draft("boundary_apply"), seen="alt")
        assert answer.redirect_chain[-1][0] == pages.draft("boundary_preview")
        assert b"Something changed since this preview" in answer.content
        assert not BoundaryChange.objects.exists()

    def test_applied_draft_leads_to_its_change(self, pages, merger):
        change = merger.apply()
        answer = pages.post(pages.draft("boundary_unit_remove", unit=merger.unit.pk))
        assert answer.redirect_chain[-1][0] == pages.address("boundary", change.pk)
        assert merger.draft.units.exists()

    def test_change_is_taken_back_with_a_reason(self, pages, merger):
        change = merger.apply()
        pages.post(pages.address("boundary_undo", change.pk), reason="")
        assert BoundaryChange.objects.exists()
        pages.post(pages.address("boundary_undo", change.pk), reason="nhầm")
        assert not BoundaryChange.objects.exists()

    def test_what_stands_in_the_way_is_told_before_and_after(self, pages, merger):
        change = merger.apply()
        make_assessment(
            commune=Commune.objects.get(code="99901"),
            criteria_set=make_criteria_set(criteria=1),
            period=make_period(province=merger.province, year=2026, quarter=1),
        )
        address = pages.address("boundary_undo", change.pk)
        sentence = "Assessments: there are some for Commune Tân Lập."
        assert pages.get(address).context["obstacles"] == [sentence]
        assert sentence in pages.post(address, reason="nhầm").content.decode()

    def test_change_of_the_reference_data_stays(self, pages, merger):
        change = make_change(province=merger.province, effective_on=date(2020, 1, 1))
        answer = pages.post(pages.address("boundary_undo", change.pk), reason="nhầm")
        assert b"came with the reference data and stays" in answer.content
        assert BoundaryChange.objects.filter(pk=change.pk).exists()

    def test_preview_costs_the_same_for_any_number_of_units(
        self, pages, merger, django_assert_num_queries
    ):
        for number in range(10):
            extra = Merger(province=merger.province)
            unit = merger.new_unit(f"999{number + 20}", district=extra.district)
            merger.line(extra.old, unit)
        pages.get(pages.draft("boundary_preview"))
        # as the draft without its history, then assessments, periods, roles, data version
        with django_assert_num_queries(18):
            pages.get(pages.draft("boundary_preview"))


class TestUpload:
    def csv(self, *rows):
        file = BytesIO("\n".join(rows).encode())
        file.name = "dòng.csv"
        return file

    def upload(self, pages, *rows):
        return pages.post(pages.draft("boundary_upload"), file=self.csv(*rows))

    def test_table_of_a_draft_comes_back_unchanged(self, pages, merger):
        merger.line(merger.third, merger.unit, "dissolved_split", share_area="0.6")
        merger.line(merger.third, merger.new_unit("99911"), "dissolved_split", share_area="0.4")
        before = self.content(merger)
        for name in ("boundary_units_file", "boundary_lines_file"):
            file = BytesIO(pages.get(pages.draft(name, kind="xlsx")).content)
            file.name = "bảng.xlsx"
            pages.post(pages.draft("boundary_upload"), file=file)
        assert self.content(merger) == before

    def content(self, merger):
        units = merger.draft.units.order_by("code").values()
        lines = merger.draft.parts.order_by("old", "unit").values()
        gone = {"id", "source"}
        return [
            [{name: value for name, value in row.items() if name not in gone} for row in rows]
            for rows in (units, lines)
        ]

    def test_words_of_both_languages_are_understood(self, pages, merger):
        self.upload(
            pages,
            "Mã,Tên,Loại đơn vị,Huyện,Biên giới",
            f"99960,Tân Thanh,Thị trấn,{merger.district.name},có",
        )
        unit = merger.draft.units.get()
        assert (unit.kind, unit.district, unit.is_border) == ("township", merger.district, True)
        assert unit.source == "9/NQ"

    def test_percentages_and_commas_are_read_as_shares(self, pages, merger):
        third = merger.third
        self.upload(
            pages,
            "old_code;old_name;new_code;new_name;kind;share_area",
            f"{third.code};Tân Minh;99901;Xã Tân Lập;dissolved_split;60%",
            f"{third.code};Tân Minh;{merger.other.code};Kim Đồng;dissolved_split;0,4",
        )
        shares = merger.draft.parts.values_list("share_area", "unit", "into")
        assert [(str(share), unit, into) for share, unit, into in shares] == [
            ("0.60000", merger.unit.pk, None),
            ("0.40000", None, merger.other.pk),
        ]

    def test_faults_are_told_by_row_and_column_and_nothing_is_read(self, pages, merger):
        third = merger.third
        answer = self.upload(
            pages,
            "Old code,Old unit,New code,New unit,What happens,As a whole,Share of area",
            f"{third.code},Nhầm tên,99901,Tân Lập,merged_into_new,yes,1",
            f"{third.code},Tân Minh,99901,Tân Lập,nổ,yes,1",
            f"{third.code},Tân Minh,99901,Tân Lập,merged_into_new,no,0.5",
        )
        wrong_name, wrong_kind, wrong_whole, wrong_share = answer.context["faults"]
        assert f"row 2, column Old code: found “{third.code} Nhầm tên”" in wrong_name
        assert "row 3, column What happens: found “nổ”; expected one of" in wrong_kind
        assert "row 4, column As a whole: found “no”; expected yes" in wrong_whole
        assert "row 4, column Share of area: found “0.5”; expected 1" in wrong_share
        assert merger.draft.parts.count() == 2

    def test_same_line_twice_is_told(self, pages, merger):
        line = f"{merger.third.code},Tân Minh,99901,Tân Lập,merged_into_new"
        header = "old_code,old_name,new_code,new_name,kind"
        (told,) = self.upload(pages, header, line, line).context["faults"]
        assert "the same as row 2" in told

    def test_lines_of_another_day_are_refused(self, pages, merger):
        (told,) = self.upload(
            pages,
            "effective_on,old_code,old_name,new_code,new_name,kind",
            f"2020-01-01,{merger.third.code},Tân Minh,99901,Tân Lập,merged_into_new",
        ).context["faults"]
        assert "found “2020-01-01”; expected 2026-01-01" in told

    def test_units_of_a_refused_file_are_not_kept_either(self, pages, merger):
        def fill(book, units):
            lines = book.add_worksheet("b")
            units.write_row(0, 0, ["code", "name", "kind"])
            units.write_row(1, 0, ["99970", "Mới", "commune"])
            lines.write_row(0, 0, ["old_code", "old_name", "new_code", "new_name", "kind"])
            lines.write_row(1, 0, ["1", "Không có", "99970", "Mới", "merged_into_new"])

        file = BytesIO(xlsx(fill))
        file.name = "b.xlsx"
        answer = pages.post(pages.draft("boundary_upload"), file=file)
        assert len(answer.context["faults"]) == 1
        assert merger.draft.units.get().code == "99901"

    def test_table_of_something_else_is_told(self, pages):
        (told,) = self.upload(pages, "a,b", "1,2").context["faults"]
        assert told.startswith("No sheet has the columns of lines (Old code, Old unit,")

    def test_file_that_is_no_table_is_told(self, pages, merger):
        file = BytesIO(b"")
        file.name = "a.xlsx"
        (told,) = pages.post(pages.draft("boundary_upload"), file=file).context["faults"]
        assert told.startswith("The file is empty.")
