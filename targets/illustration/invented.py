"""The numbers that no source gives: the path between published figures, and who does better.

Everything here is invented for the illustration. What is published comes from the database.
"""

from datetime import date

SOURCE = (
    "Số liệu minh họa: sinh tự động cho khớp với các số tổng đã công bố,"
    " không phải kết quả đánh giá hay quyết định có thật."
)
EVIDENCE = "Minh họa"

FIRST_YEAR, LAST_YEAR = 2020, 2025
QUARTERS = tuple(
    (year, quarter)
    for year in range(FIRST_YEAR, LAST_YEAR + 1)
    for quarter in range(1, 5)
    if (2020, 4) <= (year, quarter) <= (2025, 2)
)
# Places in QUARTERS of the knots of the paths below.
END_2020, END_2021, NEW_SET, LAST = 0, 4, 5, len(QUARTERS) - 1
END_OF = {2020: 0, 2021: 4, 2022: 8, 2023: 12, 2024: 16, 2025: LAST}
FIRST_DAY = date(2020, 10, 1)
LAST_DAY = date(2025, 6, 30)  # the communes of the programme end with it
# The day by which the published district count of 2024 was taken.
BEFORE_MERGER_2024 = date(2024, 11, 30)

# Newly recognised in years whose total was not published. 2025 follows from its total.
NEW_STANDARD = {2022: 9, 2023: 11, 2024: 11}
NEW_ADVANCED = {2022: 5, 2023: 6, 2024: 5}
NEW_MODEL = {2022: 1, 2023: 3, 2024: 4}
NEW_IN_2020 = 13  # aimed at in the province's plan for 2020; what was reached is not published
NEW_ADVANCED_IN_2020 = 3  # the same
BORDER_RECOGNISED_2020 = 7
YEARS_BETWEEN_GRADES = 2
MODEL_FIELDS = (
    "Sản xuất",
    "Văn hóa",
    "Giáo dục",
    "An ninh trật tự",
    "Chuyển đổi số",
    "Cảnh quan môi trường",
)

# How far a district's communes are ahead of the province, in standard deviations.
DISTRICT_LEAD = {
    "178": 2.5,
    "186": 0.7,
    "185": 0.6,
    "187": 0.6,
    "183": 0.2,
    "182": 0.1,
    "184": 0.0,
    "188": -0.3,
    "189": -0.4,
    "180": -0.35,
    "181": -0.8,
}
BORDER_LEAD = -0.1

# Average criteria at knots that are not published (place in QUARTERS: average).
MEANS = {NEW_SET: 12.45, 8: 13.35, 12: 14.2, 16: 14.95}
BORDER_MEANS = {END_2020: 12.3, NEW_SET: 12.2, 8: 13.3, 12: 14.2, 16: 15.0, LAST: 15.3}
UNDER_TEN_AT_END = 5
NEXT_IN_LINE_AT_END = 7

# The advanced set: looked at once a year, and of some communes that are not advanced yet.
ADVANCED_QUARTERS = (8, 12, 16, LAST)
ADVANCED_CANDIDATES = 8

# How much harder than the average a criterion is, by its number in both sets of 19.
DIFFICULTY = {
    1: -2.2,  # planning
    2: 1.7,  # roads
    3: -0.6,
    4: -1.9,  # electricity
    5: 0.4,
    6: 0.7,
    7: -0.5,
    8: -1.2,
    9: 1.0,  # housing
    10: 1.6,  # income
    11: 1.4,  # poverty
    12: -0.2,
    13: 0.2,
    14: -1.0,
    15: -0.4,
    16: -0.3,
    17: 1.3,  # environment
    18: -1.3,
    19: -2.2,  # security
}
# The set of 2022 asks more of these.
HARDER_SINCE_2022 = {8: 0.5, 13: 0.4, 15: 0.4, 17: 0.4}
# The advanced set has other criteria under some numbers: public administration, access to law,
# environment, quality of the living environment.
DIFFICULTY_ADVANCED = DIFFICULTY | {5: 0.6, 14: 0.3, 15: -0.6, 16: -0.9, 17: 1.4, 18: 1.2}

SHARE_BASICALLY = 0.25  # of the criteria nearest to being met
SHARE_OF_FLAWS = 0.35  # of the indicators in a criterion that is not met, beside the worst
# Indicators that do not apply to some communes, and in what share: craft villages, aquaculture
# and craft village businesses, tourism.
NOT_FOR_ALL = {"13.4": 0.5, "17.2": 0.2}
NOT_FOR_ALL_ADVANCED = {"13.7": 0.5, "18.3": 0.2}
# Stand-ins where no threshold is known, only to give a percentage some plausible place.
STAND_IN = {"at_least": 80.0, "at_most": 20.0}
