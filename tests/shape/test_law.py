"""No number of law stands in Python: lines, shares and periods are dated parameters with a source."""

import ast

from tests.shape.tree import functions, modules


def test_no_whole_number_above_one_stands_in_the_rules():
    literals = [
        f"{path}:{node.lineno} {node.value}"
        for path, tree in modules("src").items()
        if path.parts[2] == "rules"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, int) and abs(node.value) > 1
    ]
    assert not literals, "put it into params/ with its start day and source"


def test_no_broken_number_stands_on_the_way_to_a_decision():
    literals = [
        f"{path}:{node.lineno} {node.value}"
        for path, tree in modules("src").items()
        if path.parts[2] in {"kernel", "params", "rules"}
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, float)
    ]
    assert not literals, "whole numbers in the smallest unit"


def test_no_division_stands_in_the_rules_but_in_figures_for_people_to_read():
    """A figure for people is called `whole_...`; what decides compares products."""
    for_people = {
        id(inner)
        for tree in modules("src").values()
        for function in functions(tree)
        if function.name.startswith("whole_")
        for inner in ast.walk(function)
    }
    divisions = [
        f"{path}:{node.lineno}"
        for path, tree in modules("src").items()
        if path.parts[2] == "rules"
        for node in ast.walk(tree)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div | ast.FloorDiv) and id(node) not in for_people
    ]
    assert not divisions, "compare products"
