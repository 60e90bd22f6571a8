"""Files that back a finding: what is kept, who may see it, what is refused and how."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from criteria import steps
from criteria.evidence import Examined, examine, stored
from criteria.models import Assessment, Evidence, ReportingPeriod
from tests.criteria import samples
from tests.criteria.world import World
from tests.factories import make_user

pytestmark = pytest.mark.django_db
MB = 1024 * 1024
OLD = (
    "tệp văn phòng đời cũ (.doc, .xls) hoặc có mật khẩu (hãy lưu lại thành .docx, .xlsx hoặc PDF)"
)


@pytest.fixture
def world():
    return World()


@pytest.fixture
def send(world, client):
    """Send files for a line as somebody; returns what the page says then."""

    def send(*files, by=None, code="1.1", assessment=None):
        client.force_login(by or world.staff)
        line = {"pk": (assessment or world.assessment).pk, "code": code}
        uploads = [SimpleUploadedFile(name, content) for name, content in files]
        address = reverse("criteria:evidence_add", kwargs=line)
        return client.post(address, {"files": uploads}, follow=True)

    return send


def said(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def content(answer) -> bytes:
    found = b"".join(answer)
    answer.close()
    return found


def kept_names():
    return list(Evidence.objects.present().values_list("filename", flat=True))


def files_on_disk():
    if not default_storage.exists("evidence"):
        return []
    return default_storage.listdir("evidence")[1]


class TestSending:
    def test_several_files_are_kept_with_who_and_when(self, world, send):
        before = timezone.now()
        answer = send(("Biên bản.pdf", samples.PDF), ("ảnh.png", samples.PNG))
        assert said(answer) == ["Đã lưu 2 tệp."]
        first, second = Evidence.objects.all()
        assert (first.filename, first.content_type) == ("Biên bản.pdf", "application/pdf")
        assert (second.filename, second.content_type) == ("ảnh.png", "image/png")
        assert (first.indicator, first.criterion, first.size) == (world.roads, None, 34)
        assert (first.uploaded_by, first.removed_by) == (world.staff, None)
        assert before < first.uploaded_at < timezone.now()
        with first.file.open() as opened:
            assert opened.read() == samples.PDF
        assert "Biên bản.pdf" in answer.content.decode()

    def test_criterion_without_indicators_takes_files(self, world, send):
        send(("a.pdf", samples.PDF), code="3")
        found = Evidence.objects.get()
        assert (found.indicator, found.criterion.number) == (None, 3)

    def test_name_on_disk_tells_nothing_and_leads_nowhere(self, send):
        send(("../../../etc/bia.pdf", samples.PDF))
        found = Evidence.objects.get()
        assert found.filename == "bia.pdf"
        assert found.file.name == f"evidence/{found.key}"
        assert files_on_disk() == [str(found.key)]

    def test_repeated_request_does_no_harm(self, send, django_capture_on_commit_callbacks):
        send(("a.pdf", samples.PDF))
        with django_capture_on_commit_callbacks(execute=True):
            send(("a.pdf", samples.PDF))
        assert kept_names() == ["a.pdf"]
        assert files_on_disk() == [str(Evidence.objects.get().key)]

    def test_another_version_of_the_same_size_is_kept_too(self, send):
        send(("a.pdf", samples.PDF))
        send(("a.pdf", samples.PDF.replace(b"1.7", b"1.6")))
        assert kept_names() == ["a.pdf", "a.pdf"]

    def test_costs_the_same_queries_for_any_number_of_files(
        self, world, client, send, django_assert_num_queries
    ):
        send(("a.pdf", samples.PDF))
        address = reverse(
            "criteria:evidence_add", kwargs={"pk": world.assessment.pk, "code": "1.1"}
        )
        files = [SimpleUploadedFile(f"b{i}.pdf", samples.PDF) for i in range(5)]
        # session, user, roles; assessment;
        # savepoints of the transactions, which no test can do without; assessment again;
        # files of the line, files kept; message in the session
        with django_assert_num_queries(11):
            client.post(address, {"files": files})


class TestRefusals:
    def test_each_bad_file_is_explained_and_the_others_are_kept(self, send):
        answer = send(
            ("báo cáo.pdf", samples.PROGRAM),
            ("tốt.pdf", samples.PDF),
            ("rỗng.pdf", b""),
            ("cũ.doc", samples.OLD_OFFICE),
        )
        assert kept_names() == ["tốt.pdf"]
        good, *faults = said(answer)
        expected = (
            "cần tệp PDF, ảnh (PNG, JPEG, WebP) hoặc tệp Word, Excel, PowerPoint, OpenDocument "
            "không có macro, tối đa 20 MB."
        )
        assert good == "Đã lưu 1 tệp."
        assert faults == [
            f"Nội dung tệp “báo cáo.pdf” là chương trình chạy được; {expected}",
            f"Tệp “rỗng.pdf” rỗng; {expected}",
            f"Nội dung tệp “cũ.doc” là {OLD}; {expected}",
        ]

    def test_name_must_agree_with_the_content(self, send):
        answer = send(("trang.html", samples.PDF), ("ẢNH.JPG", samples.JPEG))
        assert kept_names() == ["ẢNH.JPG"]
        assert said(answer)[1] == (
            "Nội dung tệp “trang.html” là tài liệu PDF nên tên tệp phải có đuôi .pdf. Hãy đổi "
            "tên hoặc chọn lại đúng tệp."
        )

    def test_size_is_limited_by_a_setting(self, send, settings):
        settings.EVIDENCE_MAX_MB = settings.UPLOADED_TABLE_MAX_MB = 1
        exact, over = (samples.PDF.ljust(size, b" ") for size in (MB, 3 * MB // 2))
        answer = send(("vừa.pdf", exact), ("to.pdf", over))
        assert kept_names() == ["vừa.pdf"]
        assert said(answer)[1].startswith(
            "Tệp “to.pdf” có dung lượng từ 1,1 MB trở lên; cần tệp PDF"
        )
        assert "tối đa 1 MB" in said(answer)[1]

    def test_endless_file_does_not_fill_the_disk(self, send, settings, monkeypatch):
        settings.EVIDENCE_MAX_MB = settings.UPLOADED_TABLE_MAX_MB = 1
        sizes = []
        monkeypatch.setattr(
            "criteria.views.evidence.examine",
            lambda uploads: sizes.extend(upload.size for upload in uploads) or Examined(),
        )
        send(("to.pdf", samples.PDF.ljust(5 * MB, b" ")))
        assert MB < sizes[0] < 2 * MB

    def test_long_name_is_refused(self, send):
        answer = send((f"{'a' * 247}.pdf", samples.PDF), ("a" * 246 + ".pdf", samples.PDF))
        assert kept_names() == ["a" * 246 + ".pdf"]
        assert "tên dài quá 250 ký tự" in said(answer)[1]

    def test_nothing_chosen_is_said(self, send):
        assert said(send()) == ["Hãy chọn ít nhất một tệp."]

    @pytest.mark.parametrize(
        ("change", "words"), [("submitted", "không nhập được"), ("closed", "đã đóng")]
    )
    def test_assessment_that_takes_no_scores_takes_no_files(self, world, send, change, words):
        if change == "closed":
            ReportingPeriod.objects.update(status=ReportingPeriod.Status.CLOSED)
        else:
            Assessment.objects.update(state=Assessment.State.SUBMITTED)
        answer = send(("a.pdf", samples.PDF))
        assert words in said(answer)[0]
        assert not Evidence.objects.exists()
        assert files_on_disk() == []

    def test_who_may_not_enter_scores_sends_no_files(self, world, send):
        of_other_commune = world.make_user(Role.COMMUNE_STAFF, commune=world.other_commune)
        viewer = world.make_user(Role.VIEWER, province=world.province)
        for user in [of_other_commune, viewer]:
            assert send(("a.pdf", samples.PDF), by=user).status_code == 404
        assert files_on_disk() == []

    def test_line_of_another_set_is_not_there(self, send):
        assert send(("a.pdf", samples.PDF), code="17.12").status_code == 404


class TestFilesAndRowsTogether:
    def test_file_goes_when_its_row_fails(self, world):
        fit = examine([SimpleUploadedFile("a.pdf", samples.PDF)]).fit

        def save_rows_about_nothing():
            with stored(fit, world.staff) as rows, transaction.atomic():
                assert files_on_disk() == [str(rows[0].key)]
                Evidence.objects.bulk_create(rows)

        with pytest.raises(IntegrityError):
            save_rows_about_nothing()
        assert files_on_disk() == []

    def test_sweep_deletes_what_a_crash_left_and_nothing_else(self, world, send, monkeypatch):
        send(("a.pdf", samples.PDF))
        default_storage.save("evidence/orphan", SimpleUploadedFile("a", b"a"))
        call_command("sweep_evidence", stdout=None)
        assert "orphan" in files_on_disk()
        late = timezone.now() + timedelta(days=2)
        monkeypatch.setattr(timezone, "now", lambda: late)
        call_command("sweep_evidence")
        assert files_on_disk() == [str(Evidence.objects.get().key)]


class TestReading:
    @pytest.fixture
    def paths(self, send):
        send(("Biên bản nghiệm thu.pdf", samples.PDF))
        key = Evidence.objects.get().key
        return {name: reverse(f"criteria:{name}", args=[key]) for name in self.names}

    names = ["evidence", "evidence_preview"]

    def test_download_keeps_its_name_and_is_no_page(self, world, client, paths):
        client.force_login(world.officer)
        answer = client.get(paths["evidence"])
        assert content(answer) == samples.PDF
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "private" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Disposition"] == (
            "attachment; filename*=utf-8''Bi%C3%AAn%20b%E1%BA%A3n%20nghi%E1%BB%87m%20thu.pdf"
        )

    def test_preview_is_shown_cut_off_from_the_site(self, world, client, paths):
        client.force_login(world.officer)
        answer = client.get(paths["evidence_preview"])
        assert content(answer) == samples.PDF
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Disposition"].startswith("inline")
        assert set(answer.headers["Content-Security-Policy"].split("; ")) == {
            "default-src 'none'",
            "style-src 'unsafe-inline'",
            "frame-ancestors 'none'",
            "sandbox",
        }
        assert answer.headers["X-Frame-Options"] == "DENY"

    def test_office_file_has_no_preview(self, send, client):
        send(("a.docx", samples.openxml()))
        address = reverse("criteria:evidence_preview", args=[Evidence.objects.get().key])
        assert client.get(address).status_code == 404

    @pytest.mark.parametrize("name", names)
    def test_stranger_finds_nothing(self, world, client, paths, name):
        strangers = [
            world.make_user(Role.COMMUNE_STAFF, commune=world.other_commune),
            world.make_user(Role.DISTRICT_STAFF, district=world.other_district),
            world.make_user(Role.VIEWER, province=world.province),
            make_user(role=Role.ADMINISTRATOR),
        ]
        for stranger in strangers:
            client.force_login(stranger)
            assert client.get(paths[name]).status_code == 404

    @pytest.mark.parametrize("name", names)
    def test_nobody_reads_without_signing_in(self, client, paths, name):
        client.logout()
        assert client.get(paths[name]).status_code == 302

    def test_folder_of_files_is_not_served(self, client, paths):
        name = Evidence.objects.get().file.name
        assert client.get(f"/media/{name}").status_code == 404


class TestTakingAway:
    @pytest.fixture
    def take_away(self, send, client):
        send(("a.pdf", samples.PDF))
        key = Evidence.objects.get().key

        def take_away(user):
            client.force_login(user)
            return client.post(reverse("criteria:evidence_remove", args=[key]), follow=True)

        return take_away

    def test_file_is_kept_for_the_history(self, world, client, take_away):
        answer = take_away(world.district_staff)
        found = Evidence.objects.get()
        assert (found.removed_by, kept_names()) == (world.district_staff, [])
        assert files_on_disk() == [str(found.key)]
        assert "Đã gỡ 1 tệp" in answer.content.decode()
        answer = client.get(reverse("criteria:evidence", args=[found.key]))
        assert content(answer) == samples.PDF

    def test_second_of_two_is_told(self, world, take_away):
        take_away(world.staff)
        answer = take_away(world.district_staff)
        assert said(answer) == ["Tệp “a.pdf” đã được gỡ trước đó."]
        assert Evidence.objects.get().removed_by == world.staff

    def test_not_once_submitted(self, world, take_away):
        world.fill()
        world.take(steps.submit, by=world.staff)
        assert "đã nộp" in said(take_away(world.staff))[0].lower()
        assert kept_names() == ["a.pdf"]

    def test_not_by_a_stranger(self, world, take_away):
        stranger = world.make_user(Role.COMMUNE_STAFF, commune=world.other_commune)
        assert take_away(stranger).status_code == 404
        assert kept_names() == ["a.pdf"]

    def test_not_by_who_follows_but_does_not_enter(self, world, take_away):
        ReportingPeriod.objects.update(who_enters="commune")
        assert take_away(world.district_staff).status_code == 404
        assert kept_names() == ["a.pdf"]

    def test_by_who_sent_it_though_they_enter_no_more(self, world, take_away):
        Evidence.objects.update(uploaded_by=world.district_staff)
        ReportingPeriod.objects.update(who_enters="commune")
        take_away(world.district_staff)
        assert kept_names() == []

    def test_not_by_following_a_link(self, world, client, take_away):
        client.force_login(world.staff)
        key = Evidence.objects.get().key
        assert client.get(reverse("criteria:evidence_remove", args=[key])).status_code == 405
