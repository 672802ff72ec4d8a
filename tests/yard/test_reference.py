"""The reference pages say what the code and the parameters say."""

import re
from pathlib import Path

import pytest

from tests.shape.tree import ROOT
from tools import programme_pages, reference


@pytest.fixture(scope="module")
def pages():
    return reference.pages()


def test_the_pages_are_as_fresh_as_what_they_describe(pages):
    present = reference.present()
    assert sorted(name for name in pages.keys() | present.keys() if pages.get(name) != present.get(name)) == []


def test_every_error_is_described(pages):
    known = [one.code for one in reference.classes(reference.BangfuError) if one.message]
    assert known
    assert not [code for code in known if f"`{code}`" not in pages["errors.md"]]


def test_an_error_code_means_one_thing():
    own = [one for one in reference.classes(reference.BangfuError) if "code" in vars(one)]
    codes = [one.code for one in own]
    assert not sorted(one.__name__ for one in own if codes.count(one.code) > 1)


@pytest.mark.parametrize(
    ("tree", "said"),
    [
        pytest.param("a", "`a`", id="one criterion"),
        pytest.param(("not", "a"), "not `a`", id="its opposite"),
        pytest.param(("all_of", ("a", ("any_of", ("b", "c")))), "(`a` and (`b` or `c`))", id="both of two"),
    ],
)
def test_a_rule_is_written_as_one_line(tree, said):
    assert programme_pages.rule(tree) == said


def test_every_link_in_the_documents_leads_somewhere():
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "changelog.d").glob("*.md")]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert not broken


def test_every_page_of_the_documents_can_be_reached():
    linked = set()
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for word in page.read_text(encoding="utf-8").split("](")[1:]:
            linked.add((page.parent / word.split(")")[0].split("#")[0]).resolve())
    pages = {path.resolve() for path in (ROOT / "docs").rglob("*.md")}
    assert not sorted(str(Path(page).relative_to(ROOT)) for page in pages - linked)
