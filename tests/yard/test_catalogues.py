"""Every text of the program is there in Chinese and in English."""

import re

import pytest

from tools import messages

LANGUAGES = pytest.mark.parametrize("language", messages.LANGUAGES)


@LANGUAGES
def test_a_catalogue_is_complete_fresh_and_fills_the_same_places(language):
    assert not list(messages.problems(language))


def test_english_is_what_the_source_says():
    assert not [message.id for message in messages.read("en") if message.id and message.string != message.id]


def test_chinese_is_written_in_chinese():
    chinese = re.compile(r"[\u4e00-\u9fff]")
    worded = [m for m in messages.read("zh_Hans") if m.id and m.string and any(map(str.isalpha, str(m.id)))]
    assert not [str(m.id) for m in worded if not chinese.search(str(m.string))]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param("%(a)s is %(b)d", ["%(a)s", "%(b)d"], id="two places"),
        pytest.param("100 %% of %(a)s", ["%%", "%(a)s"], id="a percent sign is a place of its own"),
        pytest.param("nothing", [], id="none"),
    ],
)
def test_places_to_fill_are_found_in_any_order(text, places):
    assert messages.places(text) == places
