"""A pasted block is previewed cell by cell and applied at once or not at all."""

from decimal import Decimal

import pytest

from criteria.models import Assessment, Score
from tests.criteria.test_grid import apply, signed_in, text_of
from tests.criteria.world import World
from tests.factories import make_commune, make_province

pytestmark = pytest.mark.django_db
HEADED = "Xã\t1.1\t1.2\t2.1\nHội Hoan\t85,5\t30 Đ\tĐ\nBắc Ái\t70\t\tK"


@pytest.fixture
def world():
    world = World()
    world.other = world.make_assessment(world.other_commune)
    return world


@pytest.fixture
def url(world):
    return f"/provinces/{world.province.code}/grid/"


@pytest.fixture
def officer(world):
    return signed_in(world.officer)


def paste(client, url, block, **fields):
    return client.post(url, {"step": "preview", "block": block, **fields})


def changes(preview):
    """What would change: commune, code, old, new."""
    return [
        (cell.row.commune.name, cell.line.code, cell.old_text, cell.new_text)
        for cell in preview.context["plan"].changing
    ]


def refusals(preview):
    return preview.context["refusals"]


def findings():
    rows = Score.objects.order_by("assessment", "indicator__code", "criterion")
    return list(rows.values_list("assessment__commune__name", "value", "verdict"))


def test_block_with_headings_finds_its_communes_and_indicators(officer, url):
    preview = paste(officer, url, HEADED)
    assert changes(preview) == [
        ("Hội Hoan", "1.1", "", "85,5 Đ"),
        ("Hội Hoan", "1.2", "", "30 Đ"),
        ("Hội Hoan", "2.1", "", "Đ"),
        ("Bắc Ái", "1.1", "", "70 K"),
        ("Bắc Ái", "2.1", "", "K"),
    ]
    assert "Cột 1 là tên xã, dòng 1 là số chỉ tiêu" in text_of(preview)


def test_block_without_headings_begins_where_it_is_told(world, officer, url):
    start = {"first_commune": world.other.pk, "first_line": "1.2"}
    preview = paste(officer, url, "30 Đ\tĐ", **start)
    assert changes(preview) == [("Bắc Ái", "1.2", "", "30 Đ"), ("Bắc Ái", "2.1", "", "Đ")]


def test_names_alone_fix_the_rows(officer, url):
    preview = paste(officer, url, "Bắc Ái\t90\nHội Hoan\t70", first_line="1.1")
    assert changes(preview) == [
        ("Bắc Ái", "1.1", "", "90 Đ"),
        ("Hội Hoan", "1.1", "", "70 K"),
    ]


def test_preview_writes_nothing_and_apply_all_of_it(world, officer, url):
    preview = paste(officer, url, HEADED)
    assert not Score.objects.exists()
    assert "Đã lưu 5 ô" in text_of(apply(officer, url, preview))
    assert findings() == [
        ("Hội Hoan", Decimal("85.5"), "met"),
        ("Hội Hoan", 30, "met"),
        ("Hội Hoan", None, "met"),
        ("Bắc Ái", 70, "not_met"),
        ("Bắc Ái", None, "not_met"),
    ]
    who = Score.history.order_by().values_list("origin", "history_user", "version").distinct()
    assert list(who) == [("grid", world.officer.pk, 1)]
    assert Score.history.count() == 5


def test_apply_sent_twice_saves_once(officer, url):
    preview = paste(officer, url, HEADED)
    for _time in range(2):
        apply(officer, url, preview)
    assert Score.history.count() == 5


def test_number_keeps_the_verdict_given_by_hand_and_the_note(world, officer, url):
    world.save(world.change("1.2", 30, "met", note="theo rà soát"))
    preview = paste(officer, url, "\t1.2\nHội Hoan\t35")
    assert changes(preview) == [("Hội Hoan", "1.2", "30 Đ", "35 Đ")]
    apply(officer, url, preview)
    assert Score.objects.get().note == "theo rà soát"


def test_verdict_keeps_the_number_and_not_applicable_takes_it_away(world, officer, url):
    world.save(world.change("1.2", 30, "met"))
    old_and_new = [
        changes(paste(officer, url, f"\t1.2\nHội Hoan\t{cell}"))[0][2:]
        for cell in ("K", "KA", "–", "35 –")
    ]
    assert old_and_new == [("30 Đ", "30 K"), ("30 Đ", "KA"), ("30 Đ", ""), ("30 Đ", "35")]


def test_number_says_that_the_indicator_applies(world, officer, url):
    world.save(world.change("1.2", verdict="not_applicable"))
    preview = paste(officer, url, "\t1.2\nHội Hoan\t35")
    assert changes(preview) == [("Hội Hoan", "1.2", "KA", "35")]


def test_same_findings_are_counted_and_not_written(world, officer, url):
    world.save(world.change("1.1", "85.5"))
    preview = paste(officer, url, HEADED)
    assert preview.context["plan"].unchanged == 1
    apply(officer, url, preview)
    assert Score.objects.get(assessment=world.assessment, indicator=world.roads).version == 1


@pytest.mark.parametrize(
    ("code", "cell", "said"),
    [
        ("1.1", "mười hai", "“mười hai” không phải là số"),
        ("1.1", "101", "lớn hơn 100"),
        ("1.1", "-5", "nhỏ hơn 0"),
        ("1.1", "1,2,3", "“1,2,3”"),
        ("1.1", "70 Đ", "không khớp với mức đạt chuẩn ≥ 80"),
        ("1.1", "Đ", "không khớp với mức đạt chuẩn ≥ 80"),
        ("1.2", "35 ha", "ha"),
        ("2.1", "85", "“85” không phải là kết quả"),
        ("2.1", "tốt", "“tốt” không phải là kết quả"),
    ],
)
def test_cell_is_refused_with_where_what_and_what_is_expected(officer, url, code, cell, said):
    preview = paste(officer, url, f"\t{code}\nHội Hoan\t{cell}")
    [sentence] = refusals(preview)
    assert sentence.startswith(f"Xã Hội Hoan, {code}: ")
    assert said in sentence
    assert changes(preview) == []


def test_refused_cell_keeps_all_others_out_until_it_is_left_out(officer, url):
    preview = paste(officer, url, HEADED + "\nBắc Ái\t12o")
    assert preview.context["plan"].refused == 1
    again = apply(officer, url, preview)
    assert again.status_code == 409
    assert not Score.objects.exists()
    assert "12o" in again.context["form"].as_block.text
    apply(officer, url, again, leave_out="on")
    assert Score.objects.count() == 5


def test_ambiguous_number_is_asked_about_with_both_choices(officer, url):
    block = "\t1.2\nHội Hoan\t1.234 Đ\nBắc Ái\t2.500"
    preview = paste(officer, url, block)
    [question] = preview.context["questions"]
    assert (question.count, question.thousands, question.decimal) == (2, "1234", "1,234")
    answered = paste(officer, url, block, **{"dots-1.2": "thousands"})
    assert [new for *_where, new in changes(answered)] == ["1234 Đ", "2500"]
    apply(officer, url, answered, **{"dots-1.2": "thousands"})
    assert sorted(Score.objects.values_list("value", flat=True)) == [1234, 2500]


def test_other_answer_than_was_previewed_is_not_applied(officer, url):
    sent = {"block": "\t1.2\nHội Hoan\t1.234 Đ", "dots-1.2": "thousands"}
    preview = officer.post(url, {"step": "preview"} | sent)
    again = apply(officer, url, preview, **{"dots-1.2": "decimal"})
    assert again.status_code == 409
    assert not Score.objects.exists()


def test_unknown_commune_and_indicator_are_named_and_counted(officer, url):
    preview = paste(officer, url, HEADED + "\nXã Lạ\t1\t2\nTổng cộng")
    assert any("“Xã Lạ” không phải là xã" in sentence for sentence in refusals(preview))
    assert preview.context["plan"].refused == 2
    preview = paste(officer, url, "\t1.1\t1.2\tGhi chú\nHội Hoan\t85\t\tđã đo")
    assert any("“Ghi chú” không phải là chỉ tiêu" in sentence for sentence in refusals(preview))


def test_commune_outside_the_area_is_unknown_and_shows_nothing_of_itself(world, url):
    world.save(world.change("1.1", 61, assessment=world.other), by=world.officer)
    preview = paste(signed_in(world.staff), url, HEADED)
    assert {commune for commune, *_rest in changes(preview)} == {"Hội Hoan"}
    assert any("“Bắc Ái” không phải là xã" in sentence for sentence in refusals(preview))
    assert "61" not in text_of(preview)


def test_commune_of_another_district_than_shown_is_found_by_its_name(world, officer, url):
    preview = paste(officer, f"{url}?district={world.district.code}", HEADED)
    assert "Bắc Ái" in {commune for commune, *_rest in changes(preview)}


def test_name_of_two_communes_is_refused_unless_the_district_tells(world, officer, url):
    namesake = make_commune(district=world.other_district, name="Hội Hoan")
    world.make_assessment(namesake)
    preview = paste(officer, url, "\t1.1\nHội Hoan\t85")
    assert namesake.code in refusals(preview)[0]
    shown = f"{url}?district={world.other_district.code}"
    [cell] = paste(officer, shown, "\t1.1\nHội Hoan\t85").context["plan"].changing
    assert cell.row.commune == namesake
    [cell] = paste(officer, url, f"\t1.1\n{namesake.code}\t85").context["plan"].changing
    assert cell.row.commune == namesake


def test_code_is_known_without_the_zero_that_spreadsheets_drop(world, officer, url):
    commune = make_commune(district=world.district, name="Tân Mỹ", code="06001")
    world.make_assessment(commune)
    assert changes(paste(officer, url, "\t1.1\n6001\t85")) == [("Tân Mỹ", "1.1", "", "85 Đ")]


def test_cell_named_twice_is_refused_the_second_time(officer, url):
    preview = paste(officer, url, "\t1.1\nHội Hoan\t85\nBắc Ái\t70\nHội Hoan\t90")
    assert len(changes(preview)) == 2
    assert "hai lần" in refusals(preview)[0]


def test_block_that_reaches_beyond_the_grid_says_how_far(officer, url):
    preview = paste(officer, url, "85\n90\n70\n60", first_line="1.1")
    assert refusals(preview) == ["Vùng dán vượt quá xã cuối cùng. (2 ô)"]
    preview = paste(officer, url, "Đ\tĐ", first_line="3")
    assert refusals(preview) == ["Vùng dán vượt quá chỉ tiêu cuối cùng."]


def test_submitted_assessment_is_refused_once_and_only_for_what_differs(world, officer, url):
    world.fill(roads="85.5")
    world.assessment.state = Assessment.State.SUBMITTED
    world.assessment.save()
    preview = paste(officer, url, HEADED.replace("30 Đ\tĐ", "31 Đ\tK"))
    [sentence] = refusals(preview)
    assert sentence.endswith("(2 ô)")
    assert preview.context["plan"].unchanged == 1


def test_assessment_submitted_after_the_preview_is_not_written(world, officer, url):
    preview = paste(officer, url, HEADED)
    world.assessment.state = Assessment.State.SUBMITTED
    world.assessment.save()
    again = apply(officer, url, preview, leave_out="on")
    assert again.status_code == 409
    assert not Score.objects.exists()


def test_finding_changed_after_the_preview_is_shown_before_it_is_replaced(world, officer, url):
    preview = paste(officer, url, HEADED)
    world.save(world.change("1.1", 60))
    again = apply(officer, url, preview)
    assert again.status_code == 409
    assert Score.objects.count() == 1
    [sentence] = again.context["meanwhile"]
    assert "“60 K”" in sentence
    assert "“85,5 Đ”" in sentence
    apply(officer, url, again)
    assert Score.objects.count() == 5


def test_block_edited_after_the_preview_is_previewed_again(officer, url):
    preview = paste(officer, url, HEADED)
    again = apply(officer, url, preview, block=HEADED.replace("70", "71"))
    assert again.status_code == 409
    assert not Score.objects.exists()
    assert "71" in text_of(again)


def test_seal_of_somebody_else_is_no_seal(officer, url):
    preview = paste(officer, url, HEADED)
    again = apply(officer, url, preview, seen=preview.context["seen"] + "x")
    assert again.status_code == 409
    assert not Score.objects.exists()


@pytest.mark.parametrize("block", ["", " \n"])
def test_empty_block_is_a_fault_beside_its_field(officer, url, block):
    page = paste(officer, url, block)
    assert page.status_code == 422
    assert page.context["form"].errors["block"]


def test_block_too_large_to_be_meant_is_refused_and_kept(officer, url, monkeypatch):
    monkeypatch.setattr("criteria.grid.planning.MOST_CELLS", 5)
    page = paste(officer, url, HEADED)
    assert page.status_code == 422
    assert "85,5\t30 Đ" in text_of(page)


def test_nothing_is_taken_for_another_province(world, officer):
    other = make_province(code="777")
    assert paste(officer, f"/provinces/{other.code}/grid/", HEADED).status_code == 404


def test_preview_and_apply_cost_the_same_queries_for_any_number_of_communes(
    world, officer, url, django_assert_num_queries
):
    def asked(preview_queries, apply_queries, block):
        with django_assert_num_queries(preview_queries):
            preview = paste(officer, url, block)
        sent = {"step": "apply", "block": block, "seen": preview.context["seen"]}
        with django_assert_num_queries(apply_queries):
            assert officer.post(url, sent).status_code == 302

    # The layout of the set is remembered.
    officer.get(url)
    for count in (2, 20):
        names = [f"Xã số {count} {number}" for number in range(count)]
        for name in names:
            world.make_assessment(make_commune(district=world.district, name=name))
        asked(13, 19, "\n".join(["\t1.1", *(f"{name}\t85" for name in names)]))
