"""What a step or a check does not allow, in words for the person who tried."""


class Refused(Exception):
    """Something that is not allowed. Its text is meant for the person who tried."""
