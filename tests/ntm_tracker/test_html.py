"""HTML put together in Python."""

from ntm_tracker.web.templatetags.html import attributes


def test_attributes_are_escaped_and_keep_their_order():
    assert attributes({"name": "q", "title": 'a "b"'}) == ' name="q" title="a &quot;b&quot;"'


def test_attribute_that_is_true_has_no_value_and_one_that_is_false_is_left_out():
    assert attributes({"required": True, "checked": False, "rows": 0}) == ' required rows="0"'
