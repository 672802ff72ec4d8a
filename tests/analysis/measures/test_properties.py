"""What holds for any table of people: order, units, copies, names, and the bounds of every index."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bangfu.analysis.measures.line import Line
from tests.analysis.measures.people import measured, whole

PERSON = st.tuples(
    st.integers(1, 500).map(float), st.integers(1, 20).map(float), st.sampled_from(["x", "y", "z"])
)  # fmt: skip
PEOPLE = st.lists(PERSON, min_size=2, max_size=12)
LINES = st.integers(2, 600).map(float)
INDICES = (
    "fgt0",
    "fgt1",
    "fgt2",
    "watts",
    "sen",
    "sst",
    "gini",
    "theil_t",
    "theil_l",
    "ge2",
    "atkinson_05",
    "atkinson_1",
    "atkinson_2",
    "qsr",
    "rmpg",
)
BOUNDED = tuple(name for name in INDICES if name not in {"watts", "theil_t", "theil_l", "ge2", "qsr"})
few = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def alike(found, expected, tolerance=1e-9):
    """Tell whether the same indices are known and equal."""
    known = {name: value for name, value in expected.items() if value is not None}
    for name, value in known.items():
        dust = 1e-6 if name.endswith("_se") else tolerance  # the root of what rounding leaves of a variance
        assert found[name] == pytest.approx(value, rel=max(dust, tolerance), abs=max(dust, tolerance)), name
    return {name for name in found if found[name] is None} == expected.keys() - known.keys()


def indices(people, line, scale=1.0):
    welfare, weights, _ = map(list, zip(*people, strict=True))
    found = whole([each * scale for each in welfare], weights, line * scale)
    return {name: found[name] for name in (*INDICES, *(f"{name}_se" for name in INDICES))}


@few
@given(people=PEOPLE, line=LINES, seed=st.randoms(use_true_random=False))
def test_the_order_of_people_changes_nothing(people, line, seed):
    shuffled = seed.sample(people, len(people))
    assert alike(indices(shuffled, line), indices(people, line))


@few
@given(people=PEOPLE, line=LINES, scale=st.sampled_from([0.01, 0.5, 100.0, 7.3]))
def test_another_currency_changes_nothing(people, line, scale):
    near = [each for each in people if abs(each[0] - line) > 1e-9]
    if len(near) > 1:
        assert alike(indices(near, line, scale), indices(near, line), 1e-7)


@few
@given(people=PEOPLE, line=LINES)
def test_every_person_and_a_copy_have_the_same_indices(people, line):
    once, twice = indices(people, line), indices([*people, *people], line)
    assert alike({name: twice[name] for name in INDICES}, {name: once[name] for name in INDICES})


@few
@given(people=PEOPLE, line=LINES)
def test_a_row_of_weight_two_is_two_people(people, line):
    rows = [(welfare, 1.0, town) for welfare, weight, town in people for _ in range(int(weight))]
    once, spread = indices(people, line), indices(rows, line)
    assert alike({name: spread[name] for name in INDICES}, {name: once[name] for name in INDICES})


@few
@given(people=PEOPLE, line=LINES)
def test_poverty_of_groups_adds_up_by_their_people(people, line):
    welfare, weights, towns = map(list, zip(*people, strict=True))
    found = measured(welfare, weights, Line(line), by=towns)
    for name in ("fgt0", "fgt1", "fgt2", "watts"):
        added = (found.groups[name] * found.groups["people"]).sum() / found.groups["people"].sum()
        assert added == pytest.approx(found.whole[name])
    assert found.groups["gap_money"].sum() == pytest.approx(found.whole["gap_money"])


@few
@given(people=PEOPLE, line=LINES)
def test_every_index_stays_within_its_bounds(people, line):
    found = indices(people, line)
    dust = 1e-12
    for name in BOUNDED:
        assert found[name] is None or -dust <= found[name] <= 1 + dust
    assert all(found[name] >= -dust for name in ("watts", "theil_t", "theil_l", "ge2"))
    assert found["fgt2"] <= found["fgt1"] + dust
    assert found["fgt1"] <= found["fgt0"] + dust
    assert found["sen"] >= found["fgt1"] - dust
    assert all(found[f"{name}_se"] is None or found[f"{name}_se"] >= 0 for name in INDICES)


@few
@given(people=PEOPLE, line=LINES)
def test_equal_weights_are_no_weights(people, line):
    welfare = [each for each, _, _ in people]
    plain, weighted = whole(welfare, None, line), whole(welfare, [7.0] * len(welfare), line)
    names = [*INDICES, *(f"{name}_se" for name in INDICES if name != "rmpg")]  # a density's width knows the people
    assert alike({name: weighted[name] for name in names}, {name: plain[name] for name in names})


@few
@given(people=PEOPLE)
def test_a_transfer_to_a_poorer_person_lowers_every_inequality(people):
    welfare = sorted(each for each, _, _ in people)
    if welfare[-1] - welfare[0] > 2:
        moved = [welfare[0] + 1, *welfare[1:-1], welfare[-1] - 1]
        before, after = whole(welfare), whole(moved)
        names = ("gini", "theil_t", "theil_l", "ge2", "atkinson_05", "atkinson_2")
        assert all(after[name] < before[name] + 1e-12 for name in names)
