"""The layers hold in places that import-linter cannot see: tables, migrations, tests."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

from tests.shape.tree import HEIGHT, ROOT, modules, room

PURE = {"kernel", "params", "rules", "analysis", "documents", "reading", "simulate"}
WHOLE_HOUSE = {"cli", "shape", "yard", "simulate", "whole", "law_cases", "trust"}
"""Test folders that may look at every floor."""
FILLS_THE_REGISTER = {"intake"}
"""Rooms above that a test of the register may use to have something in it."""


def _label(app: str) -> str:
    return apps.get_app_config(app).name.removeprefix("bangfu.")


def test_every_room_of_the_house_has_its_height():
    rooms = {path.parent.name for path in (ROOT / "src" / "bangfu").glob("*/__init__.py")}
    assert rooms == set(HEIGHT)


def test_foreign_keys_point_down_or_stay_in_their_room():
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and model.__module__.startswith("bangfu.")
        if HEIGHT[_label(field.related_model._meta.app_label)] > HEIGHT[_label(model._meta.app_label)]
    ]
    assert not upward


def test_no_table_uses_a_generic_foreign_key():
    own = [model for model in apps.get_models() if model.__module__.startswith("bangfu.")]
    generic = [m._meta.label for m in own for f in m._meta.private_fields if hasattr(f, "ct_field")]
    assert not generic, "a subject is (kind, id)"


def _imports(tree: ast.Module) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


TESTS = [pytest.param(path, tree, id=str(path)) for path, tree in modules("tests").items() if room(path)]


@pytest.mark.parametrize(("path", "tree"), TESTS)
def test_a_test_looks_at_its_own_floor_and_below(path: Path, tree: ast.Module):
    own = room(path)
    if own in WHOLE_HOUSE or path.name == "conftest.py":
        return  # what a test stands on may come from every floor
    assert own in HEIGHT, "a folder of tests bears the name of its room"
    rooms = {name.split(".")[1] for name in _imports(tree) if name.startswith("bangfu.")} & set(HEIGHT)
    if own in PURE:
        above = {name for name in rooms if HEIGHT[name] > HEIGHT[own] and name != "simulate"}
    else:
        above = {name for name in rooms if HEIGHT[name] > HEIGHT[own]} - FILLS_THE_REGISTER - {"site"}
    assert not above
    if own in PURE:
        assert not {name for name in _imports(tree) if name.split(".")[0] == "django"}


@pytest.mark.parametrize(("path", "tree"), TESTS)
def test_no_test_module_imports_another(path: Path, tree: ast.Module):
    others = {name for name in _imports(tree) if name.startswith("tests.") and name.split(".")[-1].startswith("test_")}
    assert not others, f"what {path.name} shares belongs into a module that is no test"
