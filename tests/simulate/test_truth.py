"""The answers follow from the written files alone, worked out here a second time."""

from bangfu.kernel.ids import check_character
from tests.simulate.ledgers import HOUSEHOLDS, ROSTER, cell

LINE = 295_200


def _fen(value):
    """Return yuan as whole fen; None for a blank; fails for words."""
    return None if value is None else round(float(value) * 100)


def _members(place):
    """Return the usable roster rows of each household, first in order of the file."""
    members = {}
    for file, sheet, number, row in place.rows(ROSTER):
        if (file, sheet, number) not in place.rejected:
            members.setdefault(cell(row, "household_no"), []).append(row)
    return members


def _by_items(row, members):
    """Return the outcome by items, or None when an item is missing."""
    items = [_fen(cell(row, name)) for name in ("wage", "business", "property", "transfer", "cost")]
    if any(item is None for item in items):
        return None
    if int(cell(row, "members")) != len(members):
        return "unknown"
    return "yes" if sum(items[:4]) - items[4] < LINE * len(members) else "no"


def test_the_expected_outcome_follows_from_the_ledgers(place):
    members = _members(place)
    usable = {
        cell(row, "household_no"): row
        for file, sheet, number, row in place.rows(HOUSEHOLDS)
        if (file, sheet, number) not in place.rejected
    }
    outcomes = {}
    for household in place.households:
        mine = members.get(household, [])
        outcome = _by_items(usable[household], mine) if household in usable else None
        stated = [fen for fen in (_fen(cell(person, "per_head")) for person in mine) if fen is not None]
        if outcome is None and stated:
            outcome = "yes" if stated[0] < LINE else "no"
        outcomes[household] = outcome or "unknown"
    assert outcomes == {number: row["expected_poor"] for number, row in place.households.items()}


def test_the_true_outcome_is_net_income_per_head_strictly_below_the_line(place):
    for row in place.households.values():
        assert (int(row["net_income_fen"]) < LINE * int(row["members"])) == (row["true_poor"] == "yes")


def test_only_a_planted_problem_makes_expected_and_true_outcome_differ(place):
    for row in place.households.values():
        if row["expected_poor"] != row["true_poor"]:
            assert row["expected_poor"] == "unknown"
            assert row["kinds"]


def test_households_stand_on_the_line_and_one_fen_beside_it(place):
    boundary = [row for row in place.households.values() if row["boundary"] == "yes"]
    distances = {int(row["net_income_fen"]) - LINE * int(row["members"]) for row in boundary}
    assert {0, -1, 1} <= distances
    assert all(not row["kinds"] for row in boundary)
    for row in boundary:
        below = int(row["net_income_fen"]) < LINE * int(row["members"])
        assert row["expected_poor"] == ("yes" if below else "no")


def test_true_income_stands_in_the_ledger_of_households_without_planted_problem(place):
    for *_, row in place.rows(HOUSEHOLDS):
        truth = place.households.get(cell(row, "household_no"))
        if not truth or truth["kinds"]:
            continue
        wage, business, wealth, transfer, cost, total, net = (
            _fen(cell(row, name)) for name in ("wage", "business", "property", "transfer", "cost", "total", "net")
        )
        parts = [_fen(row[label]) for label in row if label and label.endswith("金(元)") and "公积" not in label]
        others = next(_fen(row[label]) for label in row if label and "其他转移性收入" in label)
        assert wage + business + wealth + transfer == total
        assert total - cost == net == int(truth["net_income_fen"])
        assert sum(parts) + others == transfer
        assert int(cell(row, "members")) == int(truth["members"])


def test_every_valid_identity_number_is_of_a_region_that_does_not_exist(place):
    seen = 0
    for name, text in _texts(place):
        if len(text) == 18 and text[:17].isdigit() and check_character(text[:17]) == text[17].upper():
            seen += 1
            assert text.startswith("99"), name
    assert seen > place.summary.persons


def _texts(place):
    """Yield every text of every sheet with the name of its file."""
    for (name, _), rows in (place.ledger_cells | place.department_cells).items():
        for row in rows:
            yield from ((name, value.strip()) for value in row if isinstance(value, str))


def test_every_phone_begins_with_digits_that_stand_for_nobody(place):
    phones = [cell(row, "phone") for *_, row in place.rows(ROSTER) if cell(row, "phone")]
    assert phones
    assert all(str(phone).startswith("19900") for phone in phones)


def test_identity_numbers_are_given_once_but_for_planted_doubles(place):
    numbers = {}
    for file, sheet, number, row in place.rows(ROSTER):
        written = str(cell(row, "id_no") or "9" * 18)
        if (file, sheet, number) not in place.rejected and written != "9" * 18:
            numbers.setdefault(written[:18], []).append(cell(row, "person_no"))
    assert not {number: people for number, people in numbers.items() if len(people) > 1}


def test_about_two_fifths_are_poor_and_few_are_unknown(county):
    outcomes = county.summary.outcomes
    assert 0.35 < outcomes["yes"] / 5000 < 0.55
    assert 0 < outcomes["unknown"] < 100
    assert sum(outcomes.values()) == 5000
