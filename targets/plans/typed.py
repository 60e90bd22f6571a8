"""What somebody typed into cells of a plan, against what they saw and what is stored by now."""

import json
from dataclasses import dataclass, field

from targets.plans.cells import Key, Unfit, Value, read, text_of
from targets.plans.checks import faults
from targets.plans.limits import Limits

SEEN = "seen"
LONGEST = 40


@dataclass
class Typed:
    """A grid as it was sent: cells left as they were seen follow what is stored by now.

    `contested` are cells that somebody else changed meanwhile, with what is stored; they are
    written only once they have been seen.
    """

    keys: list[Key]
    stored: dict[Key, Value]
    texts: dict[Key, str] = field(default_factory=dict)
    changes: dict[Key, Value | None] = field(default_factory=dict)
    faults: dict[Key, str] = field(default_factory=dict)
    contested: dict[Key, str] = field(default_factory=dict)

    @classmethod
    def untouched(cls, keys: list[Key], stored: dict[Key, Value]) -> "Typed":
        return cls(keys, stored, {key: text_of(key, stored.get(key)) for key in keys})

    @classmethod
    def sent(cls, keys, stored, data, limits: Limits) -> "Typed":
        """What a form sent; its cells are named as `Key.name` says."""
        typed = cls.untouched(keys, stored)
        seen = _seen_in(data)
        for key in keys:
            was = seen.get(key.name, "")
            text = data.get(key.name, was).strip()[:LONGEST]
            if text != was:
                typed._take(key, text, was)
        if not typed.faults:
            typed.faults |= faults(typed.values, set(typed.changes), limits)
        return typed

    def _take(self, key: Key, text: str, was: str):
        now = self.texts[key]
        self.texts[key] = text
        try:
            value = read(key, text)
        except Unfit as error:
            self.faults[key] = error.sentence
            return
        if value == self.stored.get(key):
            return
        self.changes[key] = value
        if now != was:
            self.contested[key] = now

    @property
    def values(self) -> dict[Key, Value]:
        """The plan as it would be stored."""
        after = self.stored | self.changes
        return {key: value for key, value in after.items() if value is not None}

    @property
    def seen(self) -> str:
        """The stored texts, to be sent along."""
        texts = {key.name: text_of(key, self.stored.get(key)) for key in self.keys}
        return json.dumps({name: text for name, text in texts.items() if text})

    @property
    def is_ready(self) -> bool:
        """May the changes be written?"""
        return bool(self.changes) and not self.faults and not self.contested


def _seen_in(data) -> dict[str, str]:
    """Whatever a client sends: without a note of what was seen, every cell is contested."""
    try:
        found = json.loads(data.get(SEEN, ""))
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: text for name, text in found.items() if isinstance(text, str)}
