"""Examples of answers for the schema: Lạng Sơn on 30 June 2025, cut short."""

from drf_spectacular.utils import OpenApiExample

OF = {
    "province": "20",
    "as_of": "2025-06-30",
    "boundary_day": "2025-06-30",
    "plan": "lang-son-2021-2025",
    "criteria_set": "XA_NTM_2021_2025",
    "data_version": 3,
    "is_illustrative": True,
}
ROADS = {"number": 2, "title": "Giao thông"}


def _example(**members) -> list[OpenApiExample]:
    return [OpenApiExample("Lạng Sơn", value=OF | members, response_only=True)]


PROGRESS = _example(
    results=[
        {
            "metric": "communes_standard",
            "kind": "cumulative_count",
            "value": 106.0,
            "value_on": "2025-06-30",
            "base": 175.0,
            "of": 175.0,
            "state_of_truth": "recognised",
            "is_illustrative": True,
            "start_on": "2020-12-31",
            "start_value": 65.0,
            "low": 115.0,
            "high": None,
            "expected": 109.95890410958904,
            "gap": -3.95890410958904,
            "pace_needed": 17.853260869565219,
            "status": "slightly_behind",
            "target_this_year": 115.0,
            "is_interpolated": False,
            "target_final": 115.0,
            "published_value": 106.0,
            "published_base": 175.0,
            "published_on": "2025-06-30",
            "year": 2025,
            "restated_value": None,
            "restated_base": None,
            "lacking": [],
            "note": "",
        }
    ]
)

SERIES = _example(
    metric="communes_standard",
    kind="cumulative_count",
    district=None,
    results=[
        {
            "date": "2021-12-31",
            "computed": 75.0,
            "published": None,
            "base": 181.0,
            "plan": 75.0,
            "needed": None,
            "source": "",
        }
    ],
)

DISTRICTS = _example(
    results=[
        {
            "code": "185",
            "name": "Bắc Sơn",
            "of": 17,
            "recognised": 13.0,
            "share": 76.47058823529412,
            "advanced": 6.0,
            "model": 4.0,
            "mean": 16.58823529411765,
            "base": 17,
            "change": 0.0588235294117645,
            "below": 0.0,
            "target": None,
            "is_illustrative": True,
        }
    ]
)

MATRIX = _example(
    criteria=[ROADS],
    results=[
        {
            "code": "06343",
            "name": "Bắc Quỳnh",
            "district": "Bắc Sơn",
            "grade": "model",
            "counted": 19.0,
            "total": 19.0,
            "verdicts": {"2": "met"},
        }
    ],
)

BOTTLENECKS = _example(
    results=[
        ROADS
        | {
            "met": 82,
            "basically": 7,
            "not_met": 86,
            "not_applicable": 0,
            "not_assessed": 0,
            "base": 175,
            "share": 46.857142857142854,
        }
    ]
)

NEXT_IN_LINE = _example(
    results=[
        {
            "code": "06133",
            "name": "Bắc La",
            "district": "Văn Lãng",
            "counted": 17.0,
            "total": 19.0,
            "missing": 2.0,
            "lacking": [ROADS, {"number": 10, "title": "Thu nhập"}],
        }
    ]
)

MAP = _example(
    type="FeatureCollection",
    features=[
        {
            "type": "Feature",
            "id": "06610",
            "geometry": {"type": "Point", "coordinates": [106.893808, 21.529296]},
            "properties": {
                "code": "06610",
                "name": "Ái Quốc",
                "district": "Lộc Bình",
                "met": 10.0,
                "total": 19.0,
                "grade": "none",
                "band": 2,
            },
        }
    ],
)

STANDING = _example(
    commune={
        "code": "05986",
        "name": "Hoàng Đồng",
        "kind": "commune",
        "district": "178",
        "valid_from": "2011-01-01",
        "valid_to": "2025-06-30",
    },
    note="",
    recognised_as="model",
    recognitions=[
        {
            "kind": "commune",
            "grade": "model",
            "place": "",
            "year": 2023,
            "decision": "",
            "decided_on": None,
            "revoked_on": None,
            "is_illustrative": False,
            "counts": True,
            "state": "recognised",
        }
    ],
    missing=[
        {
            "heading": "Để giữ chuẩn NTM theo bộ tiêu chí hiện hành",
            "sheet": "standard",
            "note": "",
            "criteria": [ROADS],
        }
    ],
    sheets=[
        {
            "grade": "standard",
            "criteria_set": "XA_NTM_2021_2025",
            "period_end": "2025-06-30",
            "period_before": "2025-03-31",
            "age_days": 0,
            "approved_at": "2025-07-12T09:00:00+07:00",
            "counted": 18,
            "total": 19,
            "is_illustrative": True,
            "criteria": [
                ROADS
                | {
                    "verdict": "not_met",
                    "verdict_before": "met",
                    "indicators": [
                        {
                            "code": "2.1",
                            "title": "Tỷ lệ đường xã được nhựa hóa hoặc bê tông hóa",
                            "unit": "%",
                            "value": "76.8",
                            "value_before": "84.4",
                            "threshold": None,
                            "threshold_text": "UBND cấp tỉnh quy định cụ thể",
                            "threshold_is_verified": False,
                            "threshold_source": "Quyết định 318/QĐ-TTg ngày 08/3/2022",
                            "by_hand": "mức giao cho tỉnh quy định, tỉnh chưa quy định",
                            "verdict": "not_met",
                            "verdict_before": "met",
                        }
                    ],
                }
            ],
        }
    ],
)
