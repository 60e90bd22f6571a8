"""What a row of the access matrix says, and short ways to write one."""

from collections.abc import Callable
from dataclasses import dataclass, field

from accounts.models import Role

ADMINISTRATOR, OFFICER, DISTRICT, COMMUNE, VIEWER = Role
EVERYBODY = frozenset(Role)
OFFICERS = frozenset({ADMINISTRATOR, OFFICER})
REVIEWERS = OFFICERS | {DISTRICT}
STAFF = REVIEWERS | {COMMUNE}


@dataclass(frozen=True)
class Row:
    """One method of one address. `may`: roles that get in; the others meet `refused`.

    `refused` is one status, or one a role. `neighbour` is the status for staff of another
    district or commune of the province, "alike" where areas make no difference; `stranger` the
    same for people of another province. `args` and `data` are made from a `Scene`.
    """

    name: str
    may: frozenset
    method: str = "get"
    refused: int | dict = 404
    neighbour: int | str = 404
    stranger: int | str = 404
    args: Callable = lambda scene: {}
    data: Callable = field(default=lambda scene: {})

    def __str__(self):
        return f"{self.method} {self.name}"

    def refusal(self, role) -> int:
        return self.refused[role] if isinstance(self.refused, dict) else self.refused


def one(scene):
    return {"pk": scene.assessment.pk}


def line(scene):
    return {"pk": scene.assessment.pk, "code": "1.1"}


def province(scene):
    return {"province": scene.province.code}


def period(scene):
    return {"province": scene.province.code, "year": 2025, "quarter": 2}


def plan(scene):
    return {"province": scene.province.code, "plan": scene.province.plans.get().code}


def plan_district(scene):
    return plan(scene) | {"district": scene.district.code}


def plan_line(scene):
    return plan(scene) | {"metric": "communes_standard", "kind": "cumulative_count"}


def plan_file(scene):
    return plan(scene) | {"kind": "xlsx"}


def threshold(scene):
    return province(scene) | {"indicator": scene.poor.pk, "group": "TDMNPB"}


def own_set(scene):
    return province(scene) | {"pk": scene.own_set.pk}


def set_criterion(scene):
    return own_set(scene) | {"criterion": scene.own_set.criteria.get(number=1).pk}


def set_indicator(scene):
    first = scene.own_set.criteria.get(number=1)
    return own_set(scene) | {"indicator": first.indicators.get().pk}


def file(scene):
    return {"key": scene.evidence.key}


def person(scene):
    return {"pk": scene.staff.pk}


def of_assessment(name, method="get", may=STAFF, **more):
    """Followed by its own area alone; for everybody else it is not there."""
    return Row(f"criteria:{name}", may, method, args=more.pop("args", one), **more)


def review(name, may=OFFICERS, method="post", **more):
    """Who follows it but does not decide lacks a right; for others it is not there."""
    refused = {VIEWER: 404, COMMUNE: 403, DISTRICT: 403}
    return Row(f"criteria:{name}", may, method, refused, args=one, **more)


def in_province(name, may, method="get", neighbour="alike", **more):
    more = {"args": province} | more
    return Row(f"criteria:{name}", may, method, refused=403, neighbour=neighbour, **more)


def workbook(scene):
    return province(scene) | {"key": scene.workbook.key}


def of_workbook(name, method="get"):
    """For its sender and whoever decides; other staff does not find it, viewers lack the right."""
    refused = {VIEWER: 403, DISTRICT: 404}
    return Row(f"criteria:{name}", OFFICERS | {COMMUNE}, method, refused, args=workbook)


def of_people(name, method="get", **more):
    """For administrators of the person's province."""
    more = {"args": person, "neighbour": 403} | more
    refused = dict.fromkeys(EVERYBODY - {ADMINISTRATOR}, 403)
    return Row(f"accounts:{name}", frozenset({ADMINISTRATOR}), method, refused, **more)


def file_of(table, page=lambda scene: {}):
    """The arguments of a table of a page as a workbook."""
    return lambda scene: page(scene) | {"table": table, "kind": "xlsx"}


def dashboard_table(page, table, **args):
    kind = {"table": lambda scene: table, "kind": lambda scene: "xlsx"}
    return dashboard(f"{page}_table", **args, **kind)


def draft(scene):
    return province(scene) | {"pk": scene.draft.pk}


def draft_unit(scene):
    return draft(scene) | {"unit": scene.draft.units.get().pk}


def draft_line(scene):
    return draft(scene) | {"line": scene.draft.parts.first().pk}


def change(scene):
    return province(scene) | {"pk": scene.change.pk}


def boundary(name, method="get", *, args=draft):
    """For those who decide for the province; others lack the right."""
    return Row(name, OFFICERS, method, refused=403, neighbour="alike", args=args)


def dashboard(name, /, **args):
    return Row(
        name,
        EVERYBODY,
        neighbour="alike",
        args=lambda scene: (
            {"province": scene.province.code} | {key: make(scene) for key, make in args.items()}
        ),
    )


def recognition(scene):
    return {"province": scene.province.code, "pk": scene.recognition.pk}


def of_recognition(name, method="get", **more):
    return in_province(name, OFFICERS, method, args=recognition, **more)


def of_published(name, method="get", **args):
    return Row(
        name,
        OFFICERS,
        method,
        403,
        "alike",
        args=lambda scene: province(scene) | {key: make(scene) for key, make in args.items()},
    )


def register(name, method="get", **more):
    """A page of what the province keeps up."""
    more = {"args": province} | more
    return Row(name, OFFICERS, method, refused=403, neighbour="alike", **more)


def upload(state):
    """A file of areas that waits to be applied, or was."""
    return lambda scene: province(scene) | {"pk": scene.area_uploads[state].pk}


def begin(scene):
    return {"period": scene.period.pk, "commune": scene.commune.pk, "grade": "standard"}


def of_api(name, may=EVERYBODY, method="get", **more):
    """An operation of the API; a list or an official figure that everybody asks for alike."""
    more = {"neighbour": "alike", "stranger": "alike"} | more
    return Row(f"api:{name}", may, method, **more)
