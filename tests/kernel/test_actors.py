"""Who acts is asked for exactly one right, and a refusal says which and where."""

from types import SimpleNamespace

import pytest

from bangfu.kernel.actors import COUNTRY_NAME, RIGHT_NAMES, Can, require
from bangfu.kernel.errors.access import NotPermitted

VILLAGE = 990101100201


@pytest.fixture
def clerk():
    """Somebody who may stage imports in one village, and nothing else."""
    return SimpleNamespace(name="李文员", may=lambda right, place: (right, place) == (Can.STAGE_IMPORT, VILLAGE))


def test_who_may_is_let_through(clerk):
    assert require(clerk, Can.STAGE_IMPORT, VILLAGE) is None


@pytest.mark.parametrize(
    ("right", "place", "said"),
    [
        pytest.param(Can.APPROVE_IMPORT, VILLAGE, VILLAGE, id="another right"),
        pytest.param(Can.STAGE_IMPORT, VILLAGE + 1, VILLAGE + 1, id="another place"),
        pytest.param(Can.STAGE_IMPORT, 0, COUNTRY_NAME, id="the whole country"),
    ],
)
def test_who_may_not_is_told_what_and_where(clerk, right, place, said):
    with pytest.raises(NotPermitted) as refused:
        require(clerk, right, place)
    assert refused.value.facts == {"actor": "李文员", "permission": RIGHT_NAMES[right], "place": said}


def test_every_right_has_its_words():
    assert {*RIGHT_NAMES} == {*Can}
