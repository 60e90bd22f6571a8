"""What is refused because somebody else was quicker."""

from accounts.refusals import Refused


class Conflicts(Refused):
    """Scores that somebody else changed meanwhile: pairs of what was sent and what is stored."""

    def __init__(self, text, pairs):
        super().__init__(text)
        self.pairs = pairs
