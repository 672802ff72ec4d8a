"""What the documents tell a reader to do works, and prints what they say."""

import pytest

from tests.shape.tree import ROOT
from tests.yard.documents import Change, Command, follow, steps

TUTORIALS = ROOT / "docs" / "tutorial"


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_tutorial_works_word_for_word(tmp_path, language):
    page = TUTORIALS / f"clerk.{language}.md"
    assert len(steps(page)) > 5
    assert "\n".join(follow(page, tmp_path, language)) == ""


def test_both_tutorials_tell_the_same_steps():
    def told(language):
        return [s.line if isinstance(s, Command) else s for s in steps(TUTORIALS / f"clerk.{language}.md")]

    assert told("zh") == told("en")


def test_a_document_is_read_step_by_step(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        "```console\n$ a b\nx ... y\n$ c\n```\ntext\n<!-- Excel: f.xlsx | s | B2 | 5 -->\n", encoding="utf-8"
    )
    assert steps(page) == [Command("a b", "x ... y\n"), Command("c", ""), Change("f.xlsx", "s", "B2", "5")]


def test_a_difference_is_seen(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("```console\n$ echo one\ntwo\n$ echo one two\none ...\n```\n", encoding="utf-8")
    assert len(follow(page, tmp_path, "en")) == 1


def _five_minutes(name):
    block = (ROOT / name).read_text(encoding="utf-8").split("```sh\n")[1].split("```")[0]
    return [line.split("#")[0].strip() for line in block.splitlines()]


def test_both_readmes_show_the_same_commands():
    assert _five_minutes("README.md") == _five_minutes("README.zh.md")


@pytest.mark.slow
def test_the_five_minutes_of_the_readme_work(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("```console\n" + "".join(f"$ {line}\n...\n" for line in _five_minutes("README.md")) + "```\n")
    assert "\n".join(follow(page, tmp_path, "zh")) == ""
