"""What is said about a line: threads, who is asked, and who may read and write it."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from criteria.models import Assessment, Comment, Evidence, Mention, Notice
from criteria.people import people_concerned
from criteria.sheets import layout_of
from criteria.talk import Counts, counts, say
from tests.criteria.world import World
from tests.factories import make_commune, make_user

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def world():
    return World()


@pytest.fixture
def remark(world):
    """Comment on a line without a page in between."""

    def remark(text="Cần biên bản.", *, by=None, code="1.1", **fields):
        assessment = Assessment.objects.with_names().get(pk=world.assessment.pk)
        line = layout_of(assessment).line(assessment.commune, code)
        return say(assessment, line, text, by=by or world.officer, **fields)

    return remark


def address(world, name="line_talk", code="1.1"):
    return reverse(f"criteria:{name}", kwargs={"pk": world.assessment.pk, "code": code})


@pytest.fixture
def send(world, client):
    """Send the form of a comment as somebody."""

    def send(text="Cần biên bản.", *, by=None, code="1.1", headers=None, **fields):
        client.force_login(by or world.officer)
        data = {"text": text, **fields}
        return client.post(address(world, "comment_add", code), data, headers=headers)

    return send


@pytest.fixture
def page(world, client):
    def page(by=None, headers=None):
        client.force_login(by or world.officer)
        return client.get(address(world), headers=headers)

    return page


class TestThreads:
    def test_comment_is_kept_with_who_and_when(self, world, send):
        before = timezone.now()
        assert send("Dòng một\r\nDòng hai").url == address(world)
        found = Comment.objects.get()
        assert (found.text, found.by) == ("Dòng một\nDòng hai", world.officer)
        assert (found.assessment, found.indicator) == (world.assessment, world.roads)
        assert before < found.at < timezone.now()

    def test_answers_join_the_thread(self, world, remark, send):
        first = remark()
        send("Đã gửi.", by=world.staff, answer_to=first.pk)
        answer = Comment.objects.get(by=world.staff)
        send("Cảm ơn.", answer_to=answer.pk)
        assert list(first.answers.values_list("text", flat=True)) == ["Đã gửi.", "Cảm ơn."]

    def test_answer_to_a_comment_on_another_line_is_not_there(self, remark, send):
        other = remark(code="2.1")
        assert send("Đã gửi.", answer_to=other.pk).status_code == 404
        assert Comment.objects.count() == 1

    def test_double_click_comments_once(self, send):
        send()
        send()
        assert Comment.objects.count() == 1

    def test_same_words_count_again_later(self, send):
        send()
        Comment.objects.update(at=timezone.now() - timedelta(minutes=11))
        send()
        assert Comment.objects.count() == 2

    def test_text_is_shown_as_text_with_its_lines(self, remark, page):
        remark("<script>alert(1)</script>\nxong")
        html = page().content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>xong" in html

    @pytest.mark.parametrize("state", Assessment.State.values)
    def test_comments_are_taken_in_any_state(self, world, send, state):
        numbers = dict.fromkeys(["criteria_met", "criteria_basically", "criteria_applicable"], 0)
        approved = state == "approved"
        fields = {**numbers, "decided_at": timezone.now()} if approved else {}
        Assessment.objects.update(state=state, **fields)
        send()
        assert Comment.objects.count() == 1


class TestRefusals:
    @pytest.mark.parametrize("text", ["", "   ", "a" * 2001], ids=["none", "blank", "long"])
    def test_refused_comment_is_explained_where_it_was_typed(self, send, text):
        answer = send(text, headers=HTMX)
        assert answer.status_code == 422
        assert not Comment.objects.exists()
        assert answer.context["form"].errors["text"]
        assert not answer.content.decode().lstrip().startswith("<!doctype")

    def test_what_was_typed_as_an_answer_stays_an_answer(self, remark, send):
        first, second = remark(), remark("Cần ảnh.")
        answer = send("b" * 2001, answer_to=second.pk)
        forms = {thread.first: form for thread, form in answer.context["threads"]}
        assert not forms[first].is_bound
        assert not answer.context["form"].is_bound
        assert forms[second]["text"].value() == "b" * 2001

    def test_end_of_a_line_counts_as_one_character(self, send):
        send("a\r\n" * 999 + "aa")
        assert len(Comment.objects.get().text) == 2000

    def test_somebody_not_concerned_cannot_be_asked(self, world, send):
        answer = send(asked=[make_user().pk])
        assert answer.context["form"].errors["asked"]
        assert not Comment.objects.exists()


class TestAsking:
    def test_people_concerned_follow_the_commune(self, world):
        administrator = world.make_user(Role.ADMINISTRATOR, province=world.province)
        world.make_user(Role.VIEWER, province=world.province)
        world.make_user(Role.COMMUNE_STAFF, commune=world.other_commune)
        world.make_user(Role.DISTRICT_STAFF, district=world.other_district)
        world.make_user(Role.PROVINCIAL_OFFICER, province=world.province, is_active=False)
        make_user(role=Role.PROVINCIAL_OFFICER)
        assert people_concerned(world.commune) == {
            administrator: "Quản trị viên",
            world.officer: "Cán bộ cấp tỉnh",
            world.staff: "Cán bộ cấp xã",
            world.district_staff: "Cán bộ cấp huyện",
        }

    def test_commune_without_a_district_has_no_district_staff(self, world):
        commune = make_commune(province=world.province)
        assert set(people_concerned(commune)) == {world.officer}

    def test_nobody_asks_themselves(self, world, page):
        assert world.officer not in page(world.officer).context["form"].people.values()

    def test_who_is_asked_is_told(self, world, send):
        send(asked=[world.staff.pk, world.district_staff.pk])
        assert set(Mention.objects.values_list("user", "answered_at")) == {
            (world.staff.pk, None),
            (world.district_staff.pk, None),
        }
        notice = Notice.objects.get(user=world.staff)
        assert notice.sentence == (
            f"{world.officer} đề nghị anh/chị trả lời ý kiến về mục 1.1, {world.assessment}."
        )
        comment = Comment.objects.get()
        assert notice.get_absolute_url() == f"{address(world)}#comment-{comment.pk}"

    def test_answer_in_the_thread_settles_it(self, world, remark, send):
        first = remark(asked=[world.staff])
        remark("Thêm ảnh.", answer_to=first, asked=[world.staff, world.district_staff])
        elsewhere = remark("Việc khác.", asked=[world.staff])
        send("Đã gửi.", by=world.staff, answer_to=first.pk)
        open_ones = Mention.objects.filter(answered_at=None).values_list("user", "comment__text")
        assert set(open_ones) == {
            (world.district_staff.pk, "Thêm ảnh."),
            (world.staff.pk, "Việc khác."),
        }
        unread = Notice.objects.filter(user=world.staff).unread()
        assert unread.get().comment == elsewhere

    def test_asked_person_sees_it(self, world, remark, page):
        remark(asked=[world.staff])
        assert "Anh/chị được đề nghị trả lời." in page(world.staff).content.decode()
        assert f"Chờ {world.staff} trả lời." in page().content.decode()


class TestAccess:
    def test_whole_page_and_the_part_of_it(self, world, page):
        assert page().content.decode().lstrip().startswith("<!doctype")
        part = page(headers=HTMX).content.decode()
        assert part.lstrip().startswith("<details")
        assert address(world, "comment_add") in part

    def test_stranger_finds_nothing(self, world, page, send):
        viewer = world.make_user(Role.VIEWER, province=world.province)
        other = world.make_user(Role.COMMUNE_STAFF, commune=world.other_commune)
        for user in [viewer, other]:
            assert page(user).status_code == 404
            assert send(by=user).status_code == 404
        assert not Comment.objects.exists()

    def test_nobody_reads_or_writes_without_signing_in(self, world, client):
        assert client.get(address(world)).status_code == 302
        assert client.post(address(world, "comment_add"), {"text": "a"}).status_code == 302
        assert not Comment.objects.exists()

    def test_line_of_another_set_is_not_there(self, world, client):
        client.force_login(world.officer)
        assert client.get(address(world, code="17.12")).status_code == 404

    def test_only_who_enters_scores_is_offered_the_upload(self, world, page):
        assert 'type="file"' in page(world.staff).content.decode()
        Assessment.objects.update(state=Assessment.State.SUBMITTED)
        html = page(world.staff).content.decode()
        assert 'type="file"' not in html
        assert "không nhập được số liệu" in html

    def test_page_costs_the_same_queries_for_any_talk(
        self, world, client, remark, django_assert_num_queries
    ):
        client.force_login(world.officer)
        for number in range(5):
            first = remark(f"Ý kiến {number}", asked=[world.staff, world.district_staff])
            remark(f"Trả lời {number}", by=world.staff, answer_to=first)
        for number in range(3):
            make_evidence(world, number)
        # session, user, roles; assessment; people; files, comments, mentions, may edit
        with django_assert_num_queries(9):
            client.get(address(world))


def make_evidence(world, number, **fields):
    return Evidence.objects.create(
        assessment=world.assessment,
        indicator=world.roads,
        file=f"evidence/{number}",
        filename=f"{number}.pdf",
        content_type="application/pdf",
        size=1,
        uploaded_by=world.staff,
        **fields,
    )


class TestCounts:
    def test_lines_are_counted_in_two_queries(self, world, remark, django_assert_num_queries):
        first = remark(asked=[world.staff, world.district_staff])
        remark("Đã gửi.", by=world.staff, answer_to=first)
        remark("Thế còn xã?", code="3", by=world.staff)
        make_evidence(world, 1)
        make_evidence(world, 2)
        make_evidence(world, 3, removed_by=world.staff, removed_at=timezone.now())
        third = world.criteria_set.criteria.get(number=3)
        with django_assert_num_queries(2):
            found = counts(world.assessment)
        assert found == {
            (world.roads.pk, None): Counts(files=2, comments=2, open_mentions=1),
            (None, third.pk): Counts(files=0, comments=1, open_mentions=0),
        }

    def test_link_says_them_in_words(self, world, remark):
        make_evidence(world, 1)
        remark(asked=[world.staff])
        assessment = Assessment.objects.with_names().get(pk=world.assessment.pk)
        lines = layout_of(assessment).lines(assessment.commune)
        shown = [
            render_to_string(
                "criteria/_talk_link.html",
                {"assessment": assessment, "line": line, "counts": counts(assessment)},
                RequestFactory().get("/"),
            )
            for line in lines[:2]
        ]
        assert "1 hồ sơ, 1 ý kiến" in shown[0]
        assert "1 chờ trả lời" in shown[0]
        assert 'hx-target="#talk-1-1"' in shown[0]
        assert "Thêm hồ sơ hoặc ý kiến" in shown[1]
