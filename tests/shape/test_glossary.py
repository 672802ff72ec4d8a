"""The glossary and the code use the same words."""

import re

from django.apps import apps

from tests.shape.tree import ROOT, texts

ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| `([a-z_0-9]+)` \|$", re.MULTILINE)
TERMS = ROW.findall((ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"))
NAMES = [name for _, _, name in TERMS]


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def test_every_word_has_one_name_and_every_name_one_word():
    assert len(TERMS) > 50
    assert sorted(NAMES) == sorted(set(NAMES))
    assert len({chinese for chinese, _, _ in TERMS}) == len(TERMS)


def test_every_name_of_the_glossary_is_used_in_the_source():
    source = "\n".join(
        text for path, text in texts().items() if path.parts[0] == "src" and path.suffix in {".py", ".yaml"}
    )
    unused = [name for name in NAMES if not re.search(rf"(?<![A-Za-z]){name}(?![a-z])", source)]
    assert not unused


def test_every_table_is_named_by_a_word_of_the_glossary():
    own = [model.__name__ for model in apps.get_models() if model.__module__.startswith("bangfu.")]
    assert not sorted(name for name in own if _snake(name) not in NAMES)


def test_the_chinese_term_stands_in_chinese():
    assert not [chinese for chinese, _, _ in TERMS if not re.search(r"[\u4e00-\u9fff]", chinese)]
