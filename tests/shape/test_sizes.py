"""A module fits on a few screens, a function on one."""

import ast
from pathlib import Path

from django.apps import apps

from tests.shape.tree import ROOT, functions, length, modules

STAND_ALONE = {Path("src/bangfu/audit/verifier.py"): 400}
"""Files that must be readable, copied and run alone, with the lines that this may cost."""

LONG_FUNCTIONS = 1
"""How many functions may be longer than 40 lines. This number may only fall."""


def test_no_module_is_longer_than_300_lines():
    long = {
        str(path): lines
        for path in modules("src", "tests", "tools", "benchmarks")
        if (lines := len((ROOT / path).read_text(encoding="utf-8").splitlines())) > STAND_ALONE.get(path, 300)
    }
    assert not long, "split by noun or verb"


def _lengths():
    return {
        f"{path}:{node.lineno} {node.name}": length(node)
        for path, tree in modules("src", "tools", "benchmarks").items()
        for node in functions(tree)
    }


def test_no_function_is_longer_than_70_lines():
    assert not {name: lines for name, lines in _lengths().items() if lines > 70}


def test_functions_over_40_lines_only_become_fewer():
    long = sorted(f"{name} ({lines})" for name, lines in _lengths().items() if lines > 40)
    assert len(long) <= LONG_FUNCTIONS, long


def test_a_function_takes_at_most_five_arguments_by_position():
    many = []
    for path, tree in modules("src", "tools", "benchmarks").items():
        if path.parts[2:3] == ("cli",):
            continue  # an argument there is an option of the command line
        for node in functions(tree):
            names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
            count = len(names) - (names[:1] in (["self"], ["cls"]))
            if count > 5:
                many.append(f"{path}:{node.lineno} {node.name} ({count})")
    assert not many, "take them by keyword, or as one dataclass"


def test_a_model_has_at_most_20_fields():
    wide = {
        model._meta.label: len(model._meta.local_concrete_fields)
        for model in apps.get_models()
        if len(model._meta.local_concrete_fields) > 20
    }
    assert not wide


def test_every_module_imports_at_the_top_but_for_its_stated_reasons():
    """A late import hides a cycle; where one is right (a slow library, a command), the line says why."""
    late = []
    for path, tree in modules("src").items():
        if path.parts[2:3] == ("cli",):
            continue  # a command imports what it needs when it runs
        lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
        for function in functions(tree):
            late += [
                f"{path}:{node.lineno}"
                for node in ast.walk(function)
                if isinstance(node, ast.Import | ast.ImportFrom) and "PLC0415" not in lines[node.lineno - 1]
            ]
    assert not late
