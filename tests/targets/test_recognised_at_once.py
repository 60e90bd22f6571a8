"""Dashboards count what officers record the moment it is recorded."""

import pytest
from django.urls import reverse

from tests.factories import (
    make_assessment,
    make_commune,
    make_criteria_set,
    make_district,
    make_period,
    make_plan,
    make_province,
    make_recognition,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_recognised_communes_rise_with_the_decision(client):
    province = make_province(name="Lạng Sơn", register_complete=True)
    district = make_district(province=province)
    communes = [make_commune(district=district, name=name) for name in ("Hội Hoan", "Bắc Ái")]
    make_plan(
        province=province,
        targets=[
            {"metric": "communes_standard", "kind": "cumulative_count", "year": 2025, "low": 2}
        ],
    )
    make_assessment(
        commune=communes[0],
        criteria_set=make_criteria_set(criteria=1),
        period=make_period(province=province, year=2024),
        met=1,
    )
    make_recognition(commune=communes[1], year=2020)
    client.force_login(make_user(role="provincial_officer", province=province))
    page = reverse("province", kwargs={"province": province.code})
    before = client.get(page).content.decode()
    client.post(
        reverse("criteria:recognition_add", kwargs={"province": province.code}),
        {
            "decision": "9/QĐ-UBND",
            "decided_on": "2025-01-10",
            "year": 2024,
            "grade": "standard",
            "communes_given": [communes[0].pk],
        },
    )
    after = client.get(page).content.decode()
    assert "Lạng Sơn đạt 1/2 xã" in before
    assert "Lạng Sơn đạt 2/2 xã" in after
