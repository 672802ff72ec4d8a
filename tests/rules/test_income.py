"""Income beside a line: exact to the fen, on a table and on one household."""

from types import SimpleNamespace

import polars as pl
import pytest

from bangfu.rules import income_above_line, income_below_line
from bangfu.rules.income import (
    FORM_GROUPS,
    TRANSFER_PARTS,
    Basis,
    income_basis,
    income_compared,
    income_from_items,
    transfer_income,
    whole_fen_per_head,
)
from tests.rules.asking import ask

LINE = 295_200
NET = {
    "wage_fen": "add",
    "business_fen": "add",
    "business_cost_fen": "subtract",
    "property_fen": "add",
    "transfer_fen": "add",
    "relief_fen": "exclude",
}
NO_PARTS = {name: [None] for name in TRANSFER_PARTS}


@pytest.mark.parametrize(
    ("income_fen", "heads", "below", "above"),
    [
        pytest.param(1_180_799, 4, True, False, id="one fen below"),
        pytest.param(1_180_800, 4, False, False, id="exactly on the line is neither below nor above"),
        pytest.param(1_180_801, 4, False, True, id="one fen above"),
        pytest.param(-1, 1, True, False, id="a loss"),
        pytest.param(0, 1, True, False, id="nothing at all"),
    ],
)
def test_a_household_stands_below_on_or_above_the_line(income_fen, heads, below, above):
    household = SimpleNamespace(income_fen=income_fen, income_heads=heads)
    assert income_below_line(household, LINE) is below
    assert income_above_line(household, LINE) is above
    columns = {"income_fen": [income_fen], "income_heads": [heads]}
    assert ask(lambda table: income_below_line(table, LINE), **columns) == [below]
    assert ask(lambda table: income_above_line(table, LINE), **columns) == [above]


def test_words_that_include_the_line_do():
    household = SimpleNamespace(income_fen=LINE, income_heads=1)
    assert income_below_line(household, LINE, "<=")
    assert income_above_line(household, LINE, ">=")


def test_income_is_neither_below_nor_above_while_it_or_its_heads_are_unknown():
    columns = {"income_fen": [None, 100], "income_heads": [1, None]}
    assert ask(lambda table: income_below_line(table, LINE), **columns) == [None, None]
    assert ask(lambda table: income_above_line(table, LINE), **columns) == [None, None]


def test_items_add_up_with_their_signs_and_leave_out_what_the_programme_excludes():
    known = {"wage_fen": [5], "business_fen": [3], "business_cost_fen": [10], "property_fen": [1], "transfer_fen": [4]}
    table = known | {"relief_fen": [1000]} | NO_PARTS
    assert ask(lambda household: income_from_items(household, NET), **table) == [3]


@pytest.mark.parametrize("group", ["wage_fen", "business_fen", "business_cost_fen", "property_fen", "transfer_fen"])
def test_items_are_unknown_while_one_group_is(group):
    known = {"wage_fen": [5], "business_fen": [3], "business_cost_fen": [1], "property_fen": [1], "transfer_fen": [4]}
    table = known | {group: [None], "relief_fen": [0]} | NO_PARTS
    assert ask(lambda household: income_from_items(household, NET), **table) == [None]


def test_an_item_outside_the_form_counts_when_it_is_recorded():
    items = NET | {"education_aid_fen": "add"}
    known = {name: [1, 1] for name in FORM_GROUPS}
    table = known | {name: [None, None] for name in TRANSFER_PARTS} | {"education_aid_fen": [None, 50]}
    assert ask(lambda household: income_from_items(household, items), **table) == [3, 53]


def test_an_unknown_deduction_leaves_income_open():
    items = NET | {"transfer_expense_fen": "subtract"}
    known = {name: [1, 1] for name in FORM_GROUPS}
    table = known | {name: [None, None] for name in TRANSFER_PARTS} | {"transfer_expense_fen": [None, 2]}
    assert ask(lambda household: income_from_items(household, items), **table) == [None, 1]


def test_transfers_are_the_stated_group_else_the_sum_of_known_parts():
    table = {name: [None, None, 7] for name in TRANSFER_PARTS} | {
        "dibao_fen": [100, 3, 7],
        "transfer_fen": [50, None, None],
    }
    assert ask(transfer_income, **table) == [50, 3, 42]


def test_transfers_are_unknown_without_group_and_parts():
    assert ask(transfer_income, transfer_fen=[None], **NO_PARTS) == [None]


@pytest.mark.parametrize(
    ("items", "per_head", "total", "expected"),
    [
        pytest.param(900, 100, 800, (900, 3, Basis.ITEMS), id="items first"),
        pytest.param(None, 100, 800, (100, 1, Basis.STATED_PER_HEAD), id="then the stated figure per head"),
        pytest.param(None, None, 800, (800, 3, Basis.STATED_TOTAL), id="then the stated total"),
        pytest.param(None, None, None, (None, 3, None), id="else unknown"),
    ],
)
def test_the_best_known_income_is_compared(items, per_head, total, expected):
    columns = {
        "income_from_items_fen": [items],
        "net_income_pc_fen": [per_head],
        "net_income_fen": [total],
        "members": [3],
    }
    found = [ask(lambda table, n=n: income_compared(table, "net")[n], **columns)[0] for n in range(2)]
    basis = pl.DataFrame(columns, schema_overrides=dict.fromkeys(columns, pl.Int64)).select(basis=income_basis("net"))
    assert (*found, basis["basis"][0]) == expected


def test_disposable_income_is_never_told_by_a_net_figure():
    columns = {"income_from_items_fen": [None, None], "disposable_income_pc_fen": [5, None], "members": [3, 3]}
    stated = columns | {"net_income_pc_fen": [7, 7], "net_income_fen": [9, 9]}
    assert ask(lambda table: income_compared(table, "disposable")[0], **stated) == [5, None]
    assert ask(lambda table: income_compared(table, "disposable")[1], **stated) == [1, 3]
    table = pl.DataFrame(stated, schema_overrides=dict.fromkeys(stated, pl.Int64))
    assert table.select(basis=income_basis("disposable"))["basis"].to_list() == [Basis.STATED_PER_HEAD, None]


def test_income_per_head_is_shown_rounded_down_and_so_stands_on_the_side_of_the_line_where_the_income_is():
    fen, heads = [1_180_799, 1_180_800, -1, -100_001, -100_000, None, 5], [4, 4, 2, 2, 2, 2, None]
    table = pl.DataFrame({"fen": fen, "heads": heads})
    shown = table.select(shown=whole_fen_per_head(pl.col("fen"), pl.col("heads")))["shown"].to_list()
    assert shown == [295_199, 295_200, -1, -50_001, -50_000, None, None]
