"""Why a file is not read. The child names the reason; `refusals` has the words for it."""

from enum import StrEnum


class Fault(StrEnum):
    """What is wrong with an uploaded file."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MUCH = "too_much"
    NOT_A_TABLE = "not_a_table"
    WEB_PAGE = "web_page"
    OTHER_KIND = "other_kind"
    ENDING = "ending"
    LOCKED = "locked"
    MACROS = "macros"
    DOCTYPE = "doctype"
    DAMAGED = "damaged"
    QUOTES = "quotes"
    TOO_SLOW = "too_slow"


class Unfit(Exception):
    """A file that is not read, and why."""

    def __init__(self, fault: Fault):
        super().__init__(fault)
        self.fault = fault
