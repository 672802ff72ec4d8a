"""Money is whole fen inside, and yuan where people read."""

import pytest

from bangfu.kernel.money import fen_per_head, yuan


@pytest.mark.parametrize(
    ("fen", "shown"),
    [
        pytest.param(0, "0.00", id="nothing"),
        pytest.param(1, "0.01", id="one fen"),
        pytest.param(123456, "1,234.56", id="thousands are set apart"),
        pytest.param(-285500, "-2,855.00", id="a loss"),
        pytest.param(9_007_199_254_740_993, "90,071,992,547,409.93", id="more than a broken number holds exactly"),
    ],
)
def test_fen_are_shown_as_yuan_with_two_decimals(fen, shown):
    assert yuan(fen) == shown


@pytest.mark.parametrize(
    ("fen", "members", "per_head"),
    [
        pytest.param(100, 3, 33, id="just under half is rounded down"),
        pytest.param(101, 2, 51, id="exactly half is rounded up"),
        pytest.param(-101, 2, -51, id="half a loss is rounded away from zero"),
    ],
)
def test_income_per_head_is_rounded_for_showing_only(fen, members, per_head):
    assert fen_per_head(fen, members) == per_head
