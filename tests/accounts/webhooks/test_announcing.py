"""What is written down for webhooks when official data change, and when it is sent."""

import json

import pytest
from django.db import transaction

from accounts.models import Delivery, Webhook
from accounts.webhooks import tasks
from communes.models import Province
from communes.news import News
from criteria import steps
from criteria.models import Recognition
from criteria.recognising import acts
from tests.accounts.webhooks.makers import make_webhook
from tests.criteria.world import World
from tests.factories import make_commune, make_province

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def begun(monkeypatch):
    """The deliveries that are handed over for sending."""
    handed = []
    monkeypatch.setattr("accounts.webhooks.announcing.begin_sending", handed.append)
    return handed


@pytest.fixture
def hook(province, administrator):
    return make_webhook(province=province, by=administrator)


def raise_version(province, *news):
    Province.objects.filter(pk=province.pk).raise_data_version(*news)


def messages(**of):
    return [json.loads(row.body) for row in Delivery.objects.filter(**of).order_by("pk")]


def test_change_is_written_in_the_transaction_and_sent_after_it(province, hook, begun):
    with transaction.atomic():
        raise_version(province)
        assert begun == []
        assert Delivery.objects.count() == 1
    assert begun == [Delivery.objects.get().pk]


def test_rollback_writes_and_sends_nothing(province, hook, begun):
    with transaction.atomic():
        raise_version(province)
        transaction.set_rollback(True)
    assert not Delivery.objects.exists()
    assert begun == []


def test_message_says_what_changed_and_where_to_read_it(province, hook, begun, settings):
    settings.SITE_URL = "https://ntm.example"
    raise_version(province)
    [delivery] = Delivery.objects.all()
    [message] = messages()
    version = Province.objects.get(pk=province.pk).data_version
    assert message.pop("occurred_at").endswith("+07:00")
    assert message == {
        "id": str(delivery.key),
        "event": "data_version.changed",
        "province": province.code,
        "data_version": version,
        "data": {},
        "links": {"provinces": "https://ntm.example/api/v1/provinces"},
    }


def test_many_changes_of_a_transaction_are_told_once_with_the_last_version(province, hook, begun):
    with transaction.atomic():
        raise_version(province)
        raise_version(province)
    with transaction.atomic():
        raise_version(province)
    version = Province.objects.get(pk=province.pk).data_version
    assert [message["data_version"] for message in messages()] == [version - 1, version]
    assert len(begun) == 2


def test_change_that_a_savepoint_took_back_does_not_swallow_the_next(province, hook, begun):
    with transaction.atomic():
        with transaction.atomic():
            raise_version(province)
            transaction.set_rollback(True)
        raise_version(province)
    [message] = messages()
    assert message["data_version"] == Province.objects.get(pk=province.pk).data_version
    assert len(begun) == 1


def test_each_province_is_told_of_its_own(province, hook, administrator, begun):
    other = make_province()
    theirs = make_webhook(province=other, by=administrator)
    silent = make_province()
    Province.objects.filter(pk__in=[province.pk, other.pk, silent.pk]).raise_data_version()
    assert {row.webhook_id for row in Delivery.objects.all()} == {hook.pk, theirs.pk}
    raise_version(silent)
    assert Delivery.objects.count() == 2


def test_only_what_was_chosen_is_told(province, administrator, begun):
    make_webhook(province=province, by=administrator, events=["assessment.approved"])
    raise_version(province, News("recognition.recorded", dict))
    assert not Delivery.objects.exists()
    raise_version(province, News("assessment.approved", lambda: {"commune": "06076"}))
    assert [message["data"] for message in messages()] == [{"commune": "06076"}]


def test_paused_webhook_is_told_nothing(province, hook, begun):
    Webhook.objects.update(is_active=False)
    raise_version(province)
    assert not Delivery.objects.exists()


def test_change_costs_one_query_more_where_nobody_follows(
    province, administrator, django_assert_num_queries
):
    make_webhook(province=make_province(), by=administrator)
    raise_it = Province.objects.filter(pk=province.pk).raise_data_version
    never = News("assessment.approved", lambda: pytest.fail("made for nobody"))
    # the change itself, the webhooks of the province
    with django_assert_num_queries(2):
        raise_it(never)


def test_approval_is_told_with_its_counts(administrator, begun):
    world = World()
    make_webhook(province=world.province, by=administrator)
    world.fill()
    world.take(steps.submit, by=world.staff)
    world.take(steps.check, by=world.district_staff, version=2)
    world.take(steps.approve, by=world.officer, version=3)
    approved, changed = messages()
    assert approved["event"] == "assessment.approved"
    assert approved["data"] == {
        "assessment": world.assessment.pk,
        "commune": world.commune.code,
        "period": "2025-Q2",
        "criteria_set": world.criteria_set.code,
        "criteria_met": 3,
        "criteria_basically": 0,
        "criteria_applicable": 3,
        "is_illustrative": False,
    }
    assert changed["event"] == "data_version.changed"
    assert world.officer.full_name not in json.dumps(approved, ensure_ascii=False)


class TestRecognitions:
    @pytest.fixture(autouse=True)
    def _hook(self, hook, begun):
        pass

    def recognition(self, province, **fields):
        commune = make_commune(province=province, code="06076")
        fields = {"decision": "9/QĐ", "decided_on": "2025-03-01", "year": 2025} | fields
        made = Recognition(province=province, commune=commune, source="thử", **fields)
        made.clean_fields()
        return made

    @transaction.atomic
    def record(self, province, administrator, rows):
        acts.record(acts.lock(province), rows, by=administrator)

    def test_recording_is_told_once_with_codes(self, province, administrator):
        row = self.recognition(province)
        self.record(province, administrator, [row])
        [message] = messages(event="recognition.recorded")
        assert message["data"] == {
            "count": 1,
            "recognitions": [
                {
                    "recognition": row.pk,
                    "kind": "commune",
                    "commune": "06076",
                    "district": None,
                    "grade": "standard",
                    "year": 2025,
                    "decision": "9/QĐ",
                    "decided_on": "2025-03-01",
                    "is_illustrative": False,
                }
            ],
        }

    def test_name_of_a_garden_is_not_told(self, province, administrator):
        garden = self.recognition(province, kind="garden", place="Vườn ông Hoàng Văn A")
        self.record(province, administrator, [garden])
        assert "Hoàng Văn A" not in Delivery.objects.get(event="recognition.recorded").body

    def test_table_without_new_entries_records_nothing(self, province, administrator):
        self.record(province, administrator, [])
        assert [message["event"] for message in messages()] == ["data_version.changed"]


class TestWhereItIsSent:
    @pytest.fixture
    def queued(self, monkeypatch):
        queued = []
        monkeypatch.setattr(
            tasks.send_delivery.__class__, "enqueue", lambda task, pk: queued.append(pk)
        )
        return queued

    def test_worker_gets_it_after_the_commit(self, province, hook, queued, settings):
        settings.TASKS_WHERE = "database"
        with transaction.atomic():
            raise_version(province)
            assert queued == []
        assert queued == [Delivery.objects.get().pk]

    def test_without_a_worker_it_waits_for_cron(self, province, hook, queued):
        raise_version(province)
        assert queued == []
        assert Delivery.objects.due().count() == 1
