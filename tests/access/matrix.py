"""Who may open which address: the table that the tests in this folder try out.

An address that is missing here fails a test. A row says what a member of each role meets in
their own area; what a neighbour of the same province meets, and somebody from another province.
"""

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


def dashboard(name, /, **args):
    return Row(
        name,
        EVERYBODY,
        neighbour="alike",
        args=lambda scene: (
            {"province": scene.province.code} | {key: make(scene) for key, make in args.items()}
        ),
    )


def begin(scene):
    return {"period": scene.period.pk, "commune": scene.commune.pk, "grade": "standard"}


ROWS = [
    # what is one's own, whatever the role
    Row("criteria:work", EVERYBODY, neighbour="alike", stranger="alike"),
    Row("criteria:notices", EVERYBODY, neighbour="alike", stranger="alike"),
    Row("criteria:notices_read", EVERYBODY, "post", neighbour="alike", stranger="alike"),
    Row("accounts:me", EVERYBODY, neighbour="alike", stranger="alike"),
    # the notice in the scene is the commune staff's
    Row(
        "criteria:notice_read",
        frozenset({COMMUNE}),
        "post",
        args=lambda scene: {"pk": scene.notice.pk},
    ),
    # entry
    Row("criteria:start_assessment", STAFF, "post", data=begin),
    of_assessment("assessment"),
    of_assessment("assessment", "post"),
    of_assessment("submit", "post"),
    of_assessment("carry", "post"),
    of_assessment("withdraw", "post"),
    of_assessment("assessment_history"),
    of_assessment("score", args=line),
    of_assessment("score", "post", args=line),
    of_assessment("verdict", args=line),
    of_assessment("line_talk", args=line),
    of_assessment("comment_add", "post", args=line),
    of_assessment("evidence_add", "post", args=line),
    of_assessment("evidence", args=file),
    of_assessment("evidence_preview", args=file),
    of_assessment("evidence_remove", "post", args=file),
    in_province("grid", STAFF),
    in_province("grid", STAFF, "post"),
    in_province("excel", STAFF),
    in_province("excel_template", STAFF),
    in_province("excel_upload", STAFF, "post"),
    # the workbook in the scene was sent by the commune's staff
    of_workbook("excel_import"),
    of_workbook("excel_apply", "post"),
    of_workbook("excel_undo"),
    of_workbook("excel_undo", "post"),
    of_workbook("excel_run", "post"),
    # summary workbooks
    in_province("summary_upload", STAFF),
    in_province("summary_upload", STAFF, "post"),
    of_workbook("summary_mapping"),
    of_workbook("summary_mapping", "post"),
    # review
    in_province("review_queue", REVIEWERS),
    in_province("check_selected", REVIEWERS, "post"),
    in_province("approve_selected", OFFICERS, "post"),
    review("review", REVIEWERS, "get"),
    review("check", REVIEWERS),
    review("approve"),
    review("return", REVIEWERS),
    review("undo"),
    review("reopen"),
    # periods and the log
    in_province("periods", OFFICERS),
    in_province("add_period", OFFICERS, "post"),
    in_province("limits", OFFICERS, "post"),
    in_province("period", OFFICERS, args=period),
    in_province("change_period", OFFICERS, "post", args=period),
    in_province("open_period", OFFICERS, "post", args=period),
    in_province("complete_period", OFFICERS, "post", args=period),
    in_province("close_period", OFFICERS, args=period),
    in_province("close_period", OFFICERS, "post", args=period),
    in_province("reopen_period", OFFICERS, args=period),
    in_province("reopen_period", OFFICERS, "post", args=period),
    in_province("grant_exception", OFFICERS, "post", args=period),
    in_province(
        "withdraw_exception",
        OFFICERS,
        args=lambda scene: province(scene) | {"pk": scene.exception.pk},
    ),
    in_province(
        "withdraw_exception",
        OFFICERS,
        "post",
        args=lambda scene: province(scene) | {"pk": scene.exception.pk},
    ),
    in_province("log", STAFF),
    in_province("log_csv", STAFF),
    # people
    of_people("people", args=lambda scene: {}, stranger="alike"),
    of_people("invite", args=lambda scene: {}, stranger="alike"),
    of_people("invite", "post", args=lambda scene: {}, stranger="alike"),
    *(
        of_people(name, method)
        for name in [
            "change_person",
            "give_role",
            "close_account",
            "open_account",
            "reset_password",
            "reset_second_step",
        ]
        for method in ("get", "post")
    ),
    of_people("person"),
    of_people("link"),
    of_people("link", "post"),
    of_people("take_role", args=lambda scene: {"pk": scene.staff.memberships.get().pk}),
    of_people("take_role", "post", args=lambda scene: {"pk": scene.staff.memberships.get().pk}),
    # dashboards
    Row("home", EVERYBODY, neighbour="alike", stranger="alike"),
    Row("search", EVERYBODY, neighbour="alike", stranger="alike"),
    dashboard("province"),
    dashboard("district", district=lambda scene: scene.district.code),
    dashboard("commune", commune=lambda scene: scene.commune.code),
    dashboard("criterion", number=lambda scene: 1),
    Row("registers", OFFICERS, refused=403, neighbour="alike", args=province),
    dashboard("published"),
    dashboard("matrix"),
    dashboard("chart", name=lambda scene: "recognised"),
    dashboard("chart_json", name=lambda scene: "recognised"),
    dashboard("chart_csv", name=lambda scene: "recognised"),
]

# Signing in, and what belongs to whoever is signed in: `tests/accounts` tries these.
OF_SIGN_IN = {
    "set_language",
    "set_theme",
    "accounts:set_password",
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_login_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "openid_connect_login",
    "openid_connect_callback",
}
