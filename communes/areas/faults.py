"""Why a file of areas is not read. The child names the reason; `refusals` has the words."""

from enum import StrEnum


class Fault(StrEnum):
    TOO_LARGE = "too_large"
    TOO_MUCH = "too_much"
    TOO_SLOW = "too_slow"
    NOT_GEOJSON = "not_geojson"
    NO_CODES = "no_codes"
    NO_SUCH_PROPERTY = "no_such_property"
    TWICE = "twice"
    NOT_AN_AREA = "not_an_area"
    ELSEWHERE = "elsewhere"
    EMPTY_AREA = "empty_area"


class Unfit(Exception):
    """A file that is not read, why, and what in it: codes or properties."""

    def __init__(self, fault: Fault, found=()):
        super().__init__(fault)
        self.fault = fault
        self.found = [str(name) for name in found][:MOST_NAMED]


MOST_NAMED = 10
