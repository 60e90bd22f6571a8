"""Documents are asked for once, made, kept, cancelled, and read by whoever may."""

import re
from datetime import timedelta
from hashlib import sha256
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from reports import steps, tasks
from reports.models import Document, Letterhead
from tests.criteria.world import World
from tests.factories import make_plan, make_user

pytestmark = pytest.mark.django_db
State = Document.State
TARGET = {"metric": "communes_standard", "kind": "cumulative_count", "year": 2025, "low": 2}


@pytest.fixture
def world():
    world = World()
    make_plan(province=world.province, targets=[TARGET])
    return world


@pytest.fixture
def ask(client, world):
    """Asks as somebody for a document; gives the document."""

    def asked(user=None, **changes):
        client.force_login(user or world.officer)
        data = {"kind": "pack", "as_of": "2020-12-31", "format": "pdf", "district": ""} | changes
        response = client.post(address(world), data)
        assert response.status_code == 302, response.content.decode()
        return Document.objects.get(key=response.url.rstrip("/").rpartition("/")[2])

    return asked


def address(world, name="documents", **more):
    return reverse(f"reports:{name}", kwargs={"province": world.province.code} | more)


def content_of(response) -> bytes:
    return b"".join(response.streaming_content)


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF-"), ("docx", b"PK")])
def test_what_is_asked_for_is_made_and_kept(client, world, ask, form, begins):
    document = ask(format=form)
    assert document.state == State.DONE
    assert document.by == world.officer
    assert document.data_version == world.province.data_version
    response = client.get(document.file_url)
    content = content_of(response)
    assert content.startswith(begins)
    assert sha256(content).hexdigest() == document.sha256
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    name = f"bao-cao-ntm-{world.province.code}-2020-12-31.{form}"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_a_summary_workbook_is_made_as_excel(client, ask):
    document = ask(kind="workbook", format="xlsx")
    response = client.get(document.file_url)
    assert response.headers["Content-Type"].endswith("spreadsheetml.sheet")
    assert document.filename.startswith("bieu-tong-hop-ntm-")
    assert sha256(content_of(response)).hexdigest() == document.sha256


def test_a_document_is_refused_in_a_format_that_it_has_not(client, world):
    client.force_login(world.officer)
    data = {"kind": "workbook", "as_of": "2020-12-31", "format": "pdf", "district": ""}
    response = client.post(address(world), data)
    assert response.status_code == 422
    assert not Document.objects.exists()


def test_two_who_ask_for_the_same_share_one(world, ask):
    first = ask()
    assert ask(world.staff) == first
    assert Document.objects.count() == 1


def test_made_again_from_the_same_version_it_has_the_same_bytes(ask):
    first = ask()
    Document.objects.filter(pk=first.pk).update(state=State.CANCELLED)
    again = ask()
    assert again != first
    assert again.sha256 == first.sha256


@pytest.mark.parametrize("change", ["data", "letterhead"])
def test_other_data_or_another_letterhead_make_another_document(world, ask, change):
    first = ask()
    if change == "data":
        type(world.province).objects.filter(pk=world.province.pk).raise_data_version()
    else:
        letterhead = Letterhead.of(world.province)
        letterhead.signer = "Nguyễn Văn A"
        letterhead.save()
    again = ask()
    assert again != first
    assert again.sha256 != first.sha256


def test_data_that_changed_while_it_waited_are_those_that_it_names(world, ask, settings):
    document = waiting(world, ask)
    type(world.province).objects.filter(pk=world.province.pk).raise_data_version()
    tasks.make_document.func(document.pk, "vi")
    document.refresh_from_db()
    assert document.state == State.DONE
    assert document.data_version == world.province.data_version + 1


def waiting(world, ask):
    """A document that was asked for and that no worker has taken yet."""
    document = ask()
    Document.objects.filter(pk=document.pk).update(state=State.WAITING, file="", sha256="")
    document.refresh_from_db()
    return document


def test_what_waits_shows_its_progress_and_asks_again(client, world, ask):
    document = waiting(world, ask)
    page = client.get(document.get_absolute_url()).content.decode()
    assert "Chờ lập" in page
    assert 'hx-trigger="every 1s"' in page
    assert client.get(document.file_url).status_code == 404


def test_a_page_that_waited_is_loaded_anew_once_it_is_made(client, ask):
    document = ask()
    response = client.get(document.get_absolute_url(), headers={"HX-Request": "true"})
    assert response.headers["HX-Refresh"] == "true"


def test_a_cancelled_document_is_not_made(client, world, ask):
    document = waiting(world, ask)
    client.post(document.cancel_url)
    tasks.make_document.func(document.pk, "vi")
    document.refresh_from_db()
    assert document.state == State.CANCELLED
    assert document.file == ""


def test_one_that_is_cancelled_while_it_is_made_stops(world, ask, monkeypatch):
    document = waiting(world, ask)

    def cancelled_meanwhile(found, done, total):
        Document.objects.filter(pk=found.pk).update(state=State.CANCELLED)
        return real(found, done, total)

    real = steps.step
    monkeypatch.setattr(steps, "step", cancelled_meanwhile)
    tasks.make_document.func(document.pk, "vi")
    document.refresh_from_db()
    assert (document.state, document.file) == (State.CANCELLED, "")


def test_what_is_made_cannot_be_cancelled(client, ask):
    document = ask()
    client.post(document.cancel_url)
    document.refresh_from_db()
    assert document.state == State.DONE


def test_somebody_else_cannot_cancel_it(client, world, ask):
    document = waiting(world, ask)
    client.force_login(world.staff)
    assert client.post(document.cancel_url).status_code == 404
    document.refresh_from_db()
    assert document.state == State.WAITING


def test_a_crash_leaves_a_sentence_and_may_be_asked_for_again(world, ask, monkeypatch):
    document = waiting(world, ask)

    def crash(*_args, **_options):
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr("reports.pack.making.build", crash)
        with pytest.raises(ZeroDivisionError):
            tasks.make_document.func(document.pk, "vi")
    document.refresh_from_db()
    assert document.state == State.FAILED
    assert "không lập được" in document.refusal
    assert ask().state == State.DONE


def test_what_a_worker_left_is_done_here_on_demand(client, world, ask):
    document = waiting(world, ask)
    long_ago = timezone.now() - timedelta(minutes=5)
    Document.objects.filter(pk=document.pk).update(state=State.RUNNING, touched_at=long_ago)
    client.post(document.run_url)
    document.refresh_from_db()
    assert document.state == State.DONE


def test_a_stranger_finds_nothing(client, ask):
    document = ask()
    client.force_login(make_user(role=Role.PROVINCIAL_OFFICER))
    for url in (document.get_absolute_url(), document.file_url):
        assert client.get(url).status_code == 404


def test_a_district_that_is_not_there_is_refused_in_words(client, world):
    world.district.communes.update(valid_to="2019-12-31")
    client.force_login(world.officer)
    data = {"kind": "pack", "as_of": "2020-12-31", "format": "pdf"}
    response = client.post(address(world), data | {"district": world.district.code})
    assert response.status_code == 422
    assert "không có xã nào thuộc chương trình" in response.content.decode()
    assert not Document.objects.exists()


def test_a_district_pack_is_about_the_district(world, ask):
    document = ask(district=world.district.code)
    assert document.district == world.district
    assert f"/districts/{world.district.code}/" in document.link


def test_the_link_opens_the_page_with_the_same_state(client, world, ask):
    document = ask()
    plan = world.province.plans.get()
    assert document.link.endswith(
        f"/provinces/{world.province.code}/?as_of=2020-12-31&plan={plan.code}"
    )
    assert client.get(document.link).status_code == 200


def test_the_list_costs_the_same_for_any_number(client, world, ask, django_assert_num_queries):
    ask()
    client.get(address(world))
    with django_assert_num_queries(6) as few:
        client.get(address(world))
    for number in range(5):
        document = Document.objects.first()
        document.pk, document.key = None, None
        document.key = Document._meta.get_field("key").default()
        document.fingerprint = str(number)
        document.save()
    with django_assert_num_queries(len(few)):
        client.get(address(world))


def test_the_page_of_the_province_leads_to_its_reports(client, world):
    client.force_login(world.staff)
    page = client.get(reverse("province", kwargs={"province": world.province.code}))
    assert f'href="{address(world)}?as_of=' in page.content.decode()


def test_the_page_of_a_district_leads_to_the_form_filled_for_it(client, world):
    client.force_login(world.staff)
    place = {"province": world.province.code, "district": world.district.code}
    page = client.get(reverse("district", kwargs=place)).content.decode()
    link = next(url for url in re.findall(r'href="([^"]+)"', page) if "/reports/?" in url)
    form = client.get(unescape(link)).content.decode()
    assert f'value="{world.district.code}" selected' in form


class TestLetterhead:
    FIELDS = {
        "parent_agency": "",
        "agency": "BAN CHỈ ĐẠO TỈNH",
        "symbol": "BC-BCĐ",
        "place": "Lạng Sơn",
        "authority": "TM. BAN CHỈ ĐẠO",
        "position": "TRƯỞNG BAN",
        "signer": "Nguyễn Văn A",
        "recipients": "Bộ Nông nghiệp và Môi trường;\n\nLưu: VT.",
    }

    def save(self, client, world, **changes):
        client.force_login(world.officer)
        page = client.get(address(world, "letterhead")).content.decode()
        seen = page.split('name="seen" value="')[1].split('"')[0]
        data = self.FIELDS | {"seen": seen} | changes
        return client.post(address(world, "letterhead"), data)

    def test_is_kept_with_its_history(self, client, world):
        assert self.save(client, world).status_code == 302
        kept = Letterhead.objects.get(province=world.province)
        assert kept.letter.recipients == ("Bộ Nông nghiệp và Môi trường;", "Lưu: VT.")
        assert kept.history.get().history_user == world.officer

    def test_a_stale_one_is_refused_with_what_is_stored(self, client, world):
        self.save(client, world)
        response = self.save(client, world, seen="khac", signer="Trần Thị B")
        assert response.status_code == 422
        page = response.content.decode()
        assert "Nguyễn Văn A" in page
        assert "Trần Thị B" in page
        assert Letterhead.objects.get().signer == "Nguyễn Văn A"
