"""What is typed or sent outside of a Django form: read, or refused in a sentence."""

from django.utils.translation import gettext as _

from accounts.refusals import Refused

LONGEST_TEXT = 2000
MOST_DIGITS = 9


def read_text(text: str) -> str:
    """A text as it is kept, by the rules of a form's text field. Raises Refused.

    The end of a line counts as one character.
    """
    kept = text.replace("\r\n", "\n").strip()
    if "\0" in kept:
        raise Refused(_("The text holds a character that cannot be kept. Type it anew."))
    if len(kept) > LONGEST_TEXT:
        raise Refused(
            _("The text is longer than %(length)d characters; shorten it.")
            % {"length": LONGEST_TEXT}
        )
    return kept


def read_text_of(code: str, text: str) -> str:
    """As `read_text`; a refusal names the line that the text is about."""
    try:
        return read_text(text)
    except Refused as refusal:
        raise Refused(f"{code}: {refusal}") from refusal


def read_whole(text: str | None) -> int:
    """A version or key that a page sends back; 0, which is none, for what is no such number."""
    is_number = bool(text) and text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if is_number else 0
