"""Days and periods in the words of a report."""

from datetime import date, timedelta

from ntm_tracker.web.numbers import day

QUARTERS = {3: "I", 6: "II", 9: "III", 12: "IV"}
SO_FAR = {3: "quý I", 6: "6 tháng đầu năm", 9: "9 tháng đầu năm"}


def is_quarter_end(on: date) -> bool:
    return on.month % 3 == 0 and (on + timedelta(days=1)).day == 1


def is_year_end(on: date) -> bool:
    return (on.month, on.day) == (12, 31)


def until(on: date) -> str:
    """As in “Đến hết quý II/2025”."""
    if is_year_end(on):
        return f"hết năm {on.year}"
    if is_quarter_end(on):
        return f"hết quý {QUARTERS[on.month]}/{on.year}"
    return f"ngày {day(on)}"


def period(on: date) -> str:
    """What a report as of a day is about: the year up to it."""
    if is_year_end(on):
        return f"năm {on.year}"
    if is_quarter_end(on):
        joint = " năm" if on.month == 3 else ""
        return f"{SO_FAR[on.month]}{joint} {on.year}"
    return f"từ đầu năm đến ngày {day(on)}"


def year_before(on: date) -> date:
    """The same day of the year before; the last of February stays the last of February."""
    is_leap_day = (on.month, on.day) == (2, 29)
    return on.replace(year=on.year - 1, day=28 if is_leap_day else on.day)
