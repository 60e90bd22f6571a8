"""A small province with a plan like the announced one, and an officer to keep it."""

from accounts.models import Role
from communes.models import Commune
from criteria.models import Recognition
from targets.models import Baseline, Plan
from tests.factories import LONG_AGO, make_district, make_plan, make_province, make_user

PATH = {2021: 75, 2022: 85, 2023: 95, 2024: 105, 2025: 115}
COUNT = {"metric": "communes_standard", "kind": "cumulative_count"}


class PlanWorld:
    """Two districts of 60 communes each; 65 recognised in 2020; the path 75 … 115."""

    def __init__(self):
        self.province = make_province()
        self.districts = [
            make_district(province=self.province, name=name) for name in ("Bắc Sơn", "Cao Lộc")
        ]
        communes = self.make_communes()
        Recognition.objects.bulk_create(
            Recognition(
                kind="commune",
                province=self.province,
                commune=commune,
                grade="standard",
                year=2020,
                source="thử nghiệm",
            )
            for commune in communes[:65]
        )
        self.province.register_complete = True
        self.province.save()
        self.plan = make_plan(
            province=self.province,
            code="ke-hoach",
            targets=[COUNT | {"year": year, "low": low} for year, low in PATH.items()],
        )
        Baseline.objects.create(
            plan=self.plan, metric="communes_standard", value=65, base=120, source="thử nghiệm"
        )
        self.officer = make_user(role=Role.PROVINCIAL_OFFICER, province=self.province)

    def make_communes(self):
        communes = [
            Commune(
                province=self.province,
                district=district,
                code=f"{district.code}{number:02}",
                name="Xã thử",
                valid_from=LONG_AGO,
            )
            for district in self.districts
            for number in range(60)
        ]
        for commune in communes:
            commune.set_keys()
        return Commune.objects.bulk_create(communes)

    def path(self, plan=None) -> dict[int, int]:
        rows = Plan.objects.get(pk=(plan or self.plan).pk).targets.filter(**COUNT, district=None)
        return {target.year: int(target.low) for target in rows}
