"""Names are words of the field; words that say nothing are kept out."""

import ast
import re

from tests.shape.tree import modules

EMPTY_WORDS = {"data", "info", "util", "utils", "helper", "helpers", "manager", "handle", "handler", "misc", "stuff"}
WORDS_OF_THE_FIELD = {"CITY_MANAGER", "DATA_UPLOAD_MAX_MEMORY_SIZE"}
"""Names that an empty word enters from the field itself, or from a library's settings."""

WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")


def _defined(tree: ast.Module):
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.lineno, node.name
        if isinstance(node, ast.arg):
            yield node.lineno, node.arg
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id


def test_no_name_is_made_of_an_empty_word():
    empty = [
        f"{path}:{line} {name}"
        for path, tree in modules("src", "tools", "benchmarks").items()
        for line, name in [(0, path.stem), *_defined(tree)]
        if {word.lower() for word in WORD.findall(name)} & EMPTY_WORDS and name not in WORDS_OF_THE_FIELD
    ]
    assert not empty


def test_a_test_is_named_by_a_sentence():
    short = [
        f"{path}:{node.lineno} {node.name}"
        for path, tree in modules("tests").items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and len(node.name.split("_")) < 4
    ]
    assert not short, "say what is true"


def test_an_empty_word_is_found_inside_a_name():
    assert {word.lower() for word in WORD.findall("HouseholdManager")} & EMPTY_WORDS
    assert {word.lower() for word in WORD.findall("read_data_file")} & EMPTY_WORDS
    assert not {word.lower() for word in WORD.findall("database_url")} & EMPTY_WORDS
