"""Texts of the program are said in the language of who asks."""

import pytest

from bangfu.kernel.errors import NotPermitted
from bangfu.kernel.texts import Text
from bangfu.kernel.translation import chosen_language, say

REFUSED = NotPermitted(actor="Li", permission="approve", place="Qingxi")


def test_an_error_is_said_with_its_code_and_its_facts():
    assert say(REFUSED, language="en").startswith("BF401 Li may not approve in Qingxi.")


def test_an_error_is_said_in_chinese_too():
    said = say(REFUSED, language="zh")
    assert said.startswith("BF401 ")
    assert all(fact in said for fact in ("Li", "approve", "Qingxi"))
    assert said != say(REFUSED, language="en")


def test_a_message_without_translation_is_said_as_it_stands():
    assert say("no such message 100 %", language="zh") == "no such message 100 %"


def test_a_fact_in_both_languages_is_said_in_the_language_of_its_sentence():
    facts = {"line": Text(zh="贫困线", en="the line")}
    assert say("%(line)s", facts, "en") == "the line"
    assert say("%(line)s", facts, "zh_Hans") == "贫困线"


def test_an_empty_message_stays_empty():
    assert say("", language="zh") == ""


@pytest.mark.parametrize(
    ("wish", "language"),
    [
        pytest.param("en", "en", id="English"),
        pytest.param("en_GB.UTF-8", "en", id="a kind of English"),
        pytest.param("zh_CN", "zh", id="Chinese"),
        pytest.param("", "zh", id="nothing said means Chinese"),
        pytest.param("fr", "zh", id="a language that is not here means Chinese"),
    ],
)
def test_the_environment_chooses_the_language(monkeypatch, wish, language):
    monkeypatch.setenv("BANGFU_LANG", wish)
    assert chosen_language() == language
    assert say(REFUSED) == say(REFUSED, language=language)
