"""What the workflow or a check does not allow, in words for the person who tried."""


class Refused(Exception):
    """Something that is not allowed. Its text is meant for the person who tried."""


class Conflicts(Refused):
    """Scores that somebody else changed meanwhile: pairs of what was sent and what is stored."""

    def __init__(self, text, pairs):
        super().__init__(text)
        self.pairs = pairs
