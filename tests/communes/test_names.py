"""Vietnamese names: their order, and how they are found."""

import unicodedata

import pytest

from communes.models import Commune
from communes.names import search_key, sort_key
from tests.factories import make_commune


@pytest.mark.parametrize(
    "names",
    [
        ["An", "Ăn", "Ân", "Ba", "Ca"],
        ["Da", "Đa", "Ea", "Êa"],
        ["Oa", "Ôa", "Ơa", "Ua", "Ưa", "Va"],
        ["ma", "mà", "mả", "mã", "má", "mạ"],
        ["Bắc La", "Bắc Sơn", "Bắc Xa", "Bằng Hữu", "Bằng Mạc"],
        ["Chi Lăng", "Chiến Thắng", "Chiêu Vũ"],
        ["Tân Lập", "Tân Liên", "Tân Văn", "Thái Bình"],
    ],
)
def test_names_sort_as_in_a_vietnamese_dictionary(names):
    backwards = names[::-1]
    assert sorted(backwards, key=sort_key) == names


def test_tone_decides_only_between_names_alike_in_letters():
    assert sort_key("Hòa An") < sort_key("Hoa Bình") < sort_key("Hòa Bình")


def test_either_place_of_the_tone_sorts_alike_but_for_the_tone():
    letters = [sort_key(name).split("00")[0] for name in ("Hòa Bình", "Hoà Bình")]
    assert letters[0] == letters[1]


def test_composed_and_decomposed_letters_are_the_same():
    decomposed = unicodedata.normalize("NFD", "Đồng Ý")
    assert sort_key(decomposed) == sort_key("Đồng Ý")
    assert search_key(decomposed) == search_key("Đồng Ý")


@pytest.mark.parametrize("text", ["hoa binh", "HÒA BÌNH", "Hoà  Bình", "hòa binh"])
def test_a_name_is_found_however_it_is_typed(db, text):
    commune = make_commune(name="Hòa Bình")
    make_commune(name="Tân Lập")
    assert list(Commune.objects.search(text)) == [commune]


def test_dong_is_found_with_or_without_its_stroke():
    assert search_key("Đồng Đăng") == "dong dang"
