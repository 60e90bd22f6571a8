"""Rows of the access matrix: the registers that a province keeps up."""

from tests.access.rows import (
    EVERYBODY,
    OFFICERS,
    Row,
    boundary,
    change,
    dashboard,
    draft,
    draft_line,
    draft_unit,
    file_of,
    in_province,
    of_published,
    of_recognition,
    own_set,
    plan,
    plan_district,
    plan_file,
    plan_line,
    province,
    recognition,
    register,
    set_criterion,
    set_indicator,
    threshold,
    upload,
)

FIGURES = {"table": lambda scene: "figures", "kind": lambda scene: "xlsx"}
HISTORY = {"table": lambda scene: "history", "kind": lambda scene: "xlsx"}
ROWS = [
    # boundary changes
    boundary("boundaries", args=province),
    boundary("boundaries_file", args=lambda scene: province(scene) | {"kind": "csv"}),
    boundary("boundary_add", args=province),
    boundary("boundary_add", "post", args=province),
    boundary("boundary", args=change),
    boundary("boundary_undo", args=change),
    boundary("boundary_undo", "post", args=change),
    boundary("boundary_draft"),
    *(
        boundary(name, method)
        for name in ["boundary_change_draft", "boundary_discard", "boundary_upload"]
        for method in ("get", "post")
    ),
    boundary("boundary_units_file", args=lambda scene: draft(scene) | {"kind": "csv"}),
    boundary("boundary_lines_file", args=lambda scene: draft(scene) | {"kind": "csv"}),
    boundary("boundary_preview"),
    boundary("boundary_apply", "post"),
    *(
        boundary(name, method, args=args)
        for name, args in {
            "boundary_unit_add": draft,
            "boundary_unit": draft_unit,
            "boundary_line_add": draft,
            "boundary_line": draft_line,
        }.items()
        for method in ("get", "post")
    ),
    boundary("boundary_unit_remove", "post", args=draft_unit),
    boundary("boundary_line_remove", "post", args=draft_line),
    # plans and targets
    *(
        Row(name, OFFICERS, method, refused=403, neighbour="alike", args=arguments)
        for name, arguments, methods in [
            ("plans", province, ["get"]),
            ("plan", plan, ["get"]),
            ("plan_add", province, ["get", "post"]),
            ("plan_change", plan, ["get", "post"]),
            ("plan_edit", plan, ["get", "post"]),
            ("plan_edit_district", plan_district, ["get", "post"]),
            ("plan_allocate", plan_line, ["get", "post"]),
            ("plan_copy", plan, ["get", "post"]),
            ("plan_version", plan, ["get", "post"]),
            ("plan_adopt", plan, ["get", "post"]),
            ("plan_drop", plan, ["get", "post"]),
            ("plan_upload", plan, ["get", "post"]),
            ("plan_file", plan_file, ["get"]),
        ]
        for method in methods
    ),
    # thresholds and criteria sets
    in_province("thresholds", OFFICERS),
    in_province("thresholds_file", OFFICERS, args=lambda s: province(s) | {"kind": "csv"}),
    *(
        in_province(name, OFFICERS, method)
        for name in ["threshold_verify", "threshold_unverify"]
        for method in ("get", "post")
    ),
    in_province("threshold", OFFICERS, args=threshold),
    in_province("threshold_change", OFFICERS, args=threshold),
    in_province("threshold_change", OFFICERS, "post", args=threshold),
    in_province("criteria_sets", OFFICERS),
    in_province("criteria_sets_file", OFFICERS, args=lambda s: province(s) | {"kind": "csv"}),
    in_province("set_add", OFFICERS),
    in_province("set_add", OFFICERS, "post"),
    in_province("criteria_set", OFFICERS, args=own_set),
    in_province("criteria_set_file", OFFICERS, args=lambda s: own_set(s) | {"kind": "csv"}),
    *(
        in_province(name, OFFICERS, method, args=own_set)
        for name in ["set_copy", "set_change", "set_force", "set_drop", "set_import"]
        for method in ("get", "post")
    ),
    *(
        in_province(name, OFFICERS, method, args=set_criterion)
        for name in ["criterion_change", "criterion_drop", "indicator_add"]
        for method in ("get", "post")
    ),
    *(
        in_province(name, OFFICERS, method, args=set_indicator)
        for name in ["indicator_change", "indicator_drop"]
        for method in ("get", "post")
    ),
    in_province("criterion_add", OFFICERS, args=own_set),
    in_province("criterion_add", OFFICERS, "post", args=own_set),
    *(
        in_province(
            "crosswalk",
            OFFICERS,
            method,
            args=lambda s: own_set(s) | {"other": s.criteria_set.pk},
        )
        for method in ("get", "post")
    ),
    # recognitions
    dashboard("criteria:recognitions"),
    dashboard("criteria:recognitions_file", kind=lambda scene: "csv"),
    dashboard("criteria:recognition", pk=lambda scene: scene.recognition.pk),
    Row(
        "criteria:decision_file",
        EVERYBODY,
        neighbour="alike",
        args=lambda scene: {"key": scene.recognition.file.key},
    ),
    in_province("recognitions_history", OFFICERS),
    in_province("recognition_add", OFFICERS),
    in_province("recognition_add", OFFICERS, "post"),
    in_province("recognitions_upload", OFFICERS),
    in_province("recognitions_upload", OFFICERS, "post"),
    in_province("register_complete", OFFICERS),
    of_recognition("recognition_correct"),
    of_recognition("recognition_correct", "post"),
    of_recognition("recognition_revoke"),
    of_recognition("recognition_revoke", "post"),
    of_recognition("recognition_restore", "post"),
    of_recognition("recognition_remove"),
    of_recognition("recognition_remove", "post"),
    of_recognition("recognition_carry"),
    of_recognition("recognition_carry", "post"),
    # published figures
    of_published("published_register"),
    of_published("published_file", kind=lambda scene: "csv"),
    of_published("published_history"),
    of_published("published_upload"),
    of_published("published_upload", "post"),
    of_published("published_add"),
    of_published("published_add", "post"),
    of_published("published_change", pk=lambda scene: scene.published.pk),
    of_published("published_change", "post", pk=lambda scene: scene.published.pk),
    of_published("published_remove", pk=lambda scene: scene.published.pk),
    of_published("published_remove", "post", pk=lambda scene: scene.published.pk),
    # areas of communes for the map
    register("boundary_areas"),
    register("boundary_areas", "post"),
    register("boundary_areas_table", args=file_of("uploads", province)),
    register("area_upload", args=upload("waiting")),
    register("area_apply", "post", args=upload("waiting")),
    register("area_remove", args=upload("applied")),
    register("area_remove", "post", args=upload("applied")),
    # tables of the registers as files
    boundary("boundaries_table", args=file_of("history", province)),
    boundary("boundary_table", args=file_of("lines", change)),
    boundary("boundary_draft_table", args=file_of("history", draft)),
    Row("plans_table", OFFICERS, refused=403, neighbour="alike", args=file_of("plans", province)),
    Row("plan_table", OFFICERS, refused=403, neighbour="alike", args=file_of("history", plan)),
    in_province("threshold_table", OFFICERS, args=file_of("history", threshold)),
    in_province("criteria_set_table", OFFICERS, args=file_of("history", own_set)),
    in_province("recognition_table", OFFICERS, args=file_of("history", recognition)),
    in_province("recognitions_history_table", OFFICERS, args=file_of("recognitions", province)),
    of_published("published_history_table", **FIGURES),
    of_published("published_change_table", pk=lambda scene: scene.published.pk, **HISTORY),
]
