"""Vietnamese place names: how they sort and how they are searched.

Neither database needs a Vietnamese collation: names sort by a stored key of digits only,
which every collation orders alike.
"""

import unicodedata

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the dictionaries' order
_MARKS_OF_LETTERS = "\u0302\u0306\u031b"  # circumflex, breve, horn: part of the letter
_RANK = {letter: f"{rank:02}" for rank, letter in enumerate(LETTERS, start=20)}
_SPACE, _END, _OTHER = "01", "00", "99"


def _split(name: str):
    """Each letter of a name in composed lower case, with the rank of its tone (0: none)."""
    letter, tone = "", 0
    for char in unicodedata.normalize("NFD", name.casefold()) + "\0":
        if char in TONES:
            tone = TONES.index(char) + 1
        elif char in _MARKS_OF_LETTERS:
            letter += char
        else:
            if letter:
                yield unicodedata.normalize("NFC", letter), tone
            letter, tone = char, 0


def sort_key(name: str) -> str:
    """A string of digits that orders names as a Vietnamese dictionary does.

    Letters decide first, over the whole name; tones only between names alike in letters.
    """
    letters, tones = [], []
    for letter, tone in _split(" ".join(name.split())):
        if letter == " ":
            letters.append(_SPACE)
        elif letter.isdigit():
            letters.append(f"{int(letter) + 2:02}")
        else:
            letters.append(_RANK.get(letter, _OTHER))
        tones.append(str(tone))
    return "".join(letters) + _END + "".join(tones)


def search_key(text: str) -> str:
    """Lower case without diacritics, so that `hoa binh` finds both Hòa Bình and Hoà Bình."""
    plain = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())
