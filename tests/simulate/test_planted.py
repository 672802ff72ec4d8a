"""Every planted problem stands where the list says, and is what it claims to be."""

from dataclasses import dataclass

from bangfu.kernel.ids import check_character
from bangfu.simulate import simulate
from bangfu.simulate.faults import KINDS
from tests.simulate.ledgers import LABELS, ROSTER, cell

FEMALE = {"女", "孙女", "外孙女", "母", "儿媳", "婆婆"}
MALE = {"子", "孙子", "外孙子", "父", "女婿", "公公"}
CHILD, OLD = 16, 60


def _valid(number):
    return len(number) == 18 and number[:17].isdigit() and check_character(number[:17]) == number[17]


def _sex(row):
    return "男" if int(str(cell(row, "id_no"))[16]) % 2 else "女"


@dataclass
class Look:
    """A planted row, the roster rows of its household, and those of everybody."""

    row: dict
    people: list
    everybody: list

    def cell(self, field):
        return cell(self.row, field)

    def yuan(self, field):
        return float(self.cell(field) or 0)

    @property
    def number(self):
        return str(self.cell("id_no") or "")

    @property
    def age(self):
        return 2016 - int(self.number[6:10])

    @property
    def sex(self):
        return _sex(self.row)

    @property
    def parts(self):
        return sum(float(self.row[label] or 0) for label in self.row if label and label in LABELS["parts"])

    def doubles(self, field, rows):
        return [other for other in rows if other is not self.row and cell(other, field) == self.cell(field)]


CLAIMS = {
    "id_scientific": lambda at: "E+" in at.number,
    "id_lost_digits": lambda at: at.number.endswith("000") and not _valid(at.number),
    "id_full_width": lambda at: not at.number.isascii(),
    "id_lower_x": lambda at: at.number.endswith("x") and _valid(at.number.upper()),
    "id_spaces": lambda at: " " in at.number and _valid(at.number.replace(" ", "")),
    "id_fifteen": lambda at: len(at.number) == 15 and at.number.isdigit(),
    "id_disability_20": lambda at: len(at.number) == 20 and _valid(at.number[:18]),
    "id_disability_22": lambda at: len(at.number) == 22 and at.number[20] == "B",
    "disability_without_certificate": lambda at: "残疾" in at.cell("health") and len(at.number) == 18,
    "id_wrong_check": lambda at: len(at.number) == 18 and not _valid(at.number),
    "id_impossible_birth": lambda at: at.number[10:14] == "0230" and _valid(at.number),
    "id_wrong_length": lambda at: len(at.number) == 16,
    "id_placeholder": lambda at: at.number == "9" * 18,
    "id_masked": lambda at: at.number[6:14] == "*" * 8,
    "id_future_birth": lambda at: at.number[6:10] == "2071" and _valid(at.number),
    "birth_impossible": lambda at: at.cell("born_on").endswith("-02-30"),
    "label_bare_number": lambda at: at.cell("education") == "3",
    "name_with_digits": lambda at: at.cell("name")[-1] == "1",
    "phone_two": lambda at: len(at.cell("phone").split("/")) == 2,
    "id_missing": lambda at: at.number == "",
    "sex_contradiction": lambda at: at.cell("sex") != at.sex,
    "birth_contradiction": lambda at: at.number[6:14] != str(at.cell("born_on"))[:10].replace("-", ""),
    "same_person_twice": lambda at: len(at.doubles("id_no", at.people)) == 1,
    "person_in_two_households": lambda at: (
        not at.doubles("id_no", at.people) and len(at.doubles("id_no", at.everybody)) == 1
    ),
    "phone_wrong": lambda at: len(str(at.cell("phone"))) == 10,
    "phone_shared": lambda at: len(at.doubles("phone", at.everybody)) == 2,
    "two_heads": lambda at: sum(cell(p, "relation") == "户主" for p in at.people) == 2,
    "no_head": lambda at: all(cell(p, "relation") != "户主" for p in at.people),
    "spouses_same_sex": lambda at: {_sex(p) for p in at.people if cell(p, "relation") in {"户主", "配偶"}} == {at.sex},
    "relation_sex_mismatch": lambda at: at.cell("relation") in (FEMALE if at.sex == "男" else MALE),
    "labour_under_16": lambda at: at.age < CHILD and at.cell("labour") == "普通劳动力",
    "work_under_16": lambda at: at.age < CHILD and at.cell("work_region") == "省外",
    "adult_without_labour": lambda at: (
        CHILD <= at.age < OLD
        and at.cell("health") == "健康"
        and at.cell("labour") == "无劳动力"
        and at.cell("enrolment") == "非在校"
    ),
    "elder_labourer": lambda at: at.age >= OLD and at.cell("labour") == "普通劳动力",
    "severe_disability_labourer": lambda at: (
        at.number[18] == "4" and at.number[19] in "12" and at.cell("labour") == "普通劳动力"
    ),
    "post_at_70": lambda at: at.age >= 70 and at.cell("post") == "是",
    "post_under_16": lambda at: at.age < CHILD and at.cell("post") == "是",
    "education_beyond_age": lambda at: at.age < 13 and at.cell("education") == "高中",
    "enrolment_beyond_age": lambda at: at.age < 13 and "高中" in at.cell("enrolment"),
    "both_insurances": lambda at: at.cell("resident_medical") == at.cell("employee_medical") == "是",
    "uninsured": lambda at: at.cell("resident_medical") == at.cell("employee_medical") == "否",
    "dropout": lambda at: 6 <= at.age < CHILD and at.cell("enrolment") == "非在校",
    "label_unknown": lambda at: at.cell("health") == "身体还行",
    "name_missing": lambda at: at.cell("name") is None and at.number != "",
    "exit_year_without_status": lambda at: (
        {cell(p, "exit_status") for p in at.people} == {"未脱贫"} and all(cell(p, "exit_year") for p in at.people)
    ),
    "exit_status_without_year": lambda at: (
        {cell(p, "exit_status") for p in at.people} == {"已脱贫"} and not any(cell(p, "exit_year") for p in at.people)
    ),
    "exit_below_line": lambda at: {cell(p, "exit_status") for p in at.people} == {"已脱贫"},
    "exit_without_guarantee": lambda at: at.cell("exit_status") == "已脱贫",
    "per_head_differs": lambda at: len({cell(p, "per_head") for p in at.people}) == 1,
}
"""What a row of the roster shows."""

HOUSEHOLD_CLAIMS = {
    "household_no_missing": lambda at: at.cell("household_no") is None,
    "household_no_scientific": lambda at: "E+" in at.cell("household_no"),
    "village_missing": lambda at: at.cell("village") is None and at.cell("town"),
    "count_fractional": lambda at: at.cell("members") == "2.5",
    "year_not_number": lambda at: not str(at.cell("built")).isdecimal(),
    "formula_error": lambda at: at.cell("transfer") == "#REF!",
    "amount_too_large": lambda at: float(at.cell("business")) > 1e12,
    "flag_unknown": lambda at: at.row["卫生厕所"] == "不清楚",
    "amount_not_number": lambda at: at.cell("wage") == "约3000" and not cell(at.people[0], "per_head"),
    "amount_not_number_but_stated": lambda at: at.cell("business") == "三千多" and cell(at.people[0], "per_head"),
    "area_negative": lambda at: float(at.cell("cultivated")) < 0,
    "year_in_future": lambda at: int(at.cell("built")) > 2016,
    "income_missing": lambda at: at.cell("wage") is None and not any(cell(p, "per_head") for p in at.people),
    "income_missing_but_stated": lambda at: at.cell("wage") is None and cell(at.people[0], "per_head"),
    "net_income_differs": lambda at: at.yuan("net") != at.yuan("total") - at.yuan("cost"),
    "total_income_differs": lambda at: (
        at.yuan("total") != sum(at.yuan(name) for name in ("wage", "business", "property", "transfer"))
    ),
    "transfer_parts_differ": lambda at: at.parts != at.yuan("transfer"),
    "land_above_limit": lambda at: float(at.cell("cultivated")) > 100,
    "forest_above_limit": lambda at: float(at.cell("forest")) > 200,
    "road_above_limit": lambda at: float(at.cell("road")) > 5,
    "irrigated_above_cultivated": lambda at: float(at.cell("irrigated")) > float(at.cell("cultivated")),
    "declared_count_differs": lambda at: int(at.cell("members")) == len(at.people) + 1,
    "cause_missing": lambda at: not at.cell("cause") and not any(cell(p, "cause") for p in at.people),
    "label_unknown_household": lambda at: at.cell("structure") == "老屋",
    "house_unsafe_not_monitored": lambda at: at.cell("grade") in {"C级", "D级"},
    "water_unsafe": lambda at: at.cell("water") == "否",
}
"""What a row of the household ledger shows."""

BETWEEN = {"contradictory_row", "village_unknown", "village_of_other_town", "village_by_alias", "village_merged"}
"""Kinds that only a look beyond the household shows; they have tests of their own."""


def _people(place):
    rows = [row for *_, row in place.rows(ROSTER)]
    households = {}
    for row in rows:
        households.setdefault(cell(row, "household_no"), []).append(row)
    return rows, households


def _row(place, line):
    return place.ledgers[line["file"], line["sheet"]].rows[int(line["row"])]


def test_every_planted_problem_is_what_it_claims(place):
    everybody, households = _people(place)
    for line in place.planted:
        look = Look(_row(place, line), households[line["household_no"]], everybody)
        claim = (CLAIMS | HOUSEHOLD_CLAIMS).get(line["kind"])
        assert claim(look) if claim else line["kind"] in BETWEEN, line


def test_every_planted_problem_names_its_row_column_and_person(place):
    for line in place.planted:
        row = _row(place, line)
        assert cell(row, "household_no") == line["household_no"] or line["kind"].startswith("household_no_")
        assert line["column"] in row, line
        if line["person_no"]:
            assert cell(row, "person_no") == line["person_no"]


def test_every_kind_is_planted_at_least_three_times_in_a_county(county):
    planted = county.summary.planted
    assert set(planted) == set(CLAIMS) | set(HOUSEHOLD_CLAIMS) | BETWEEN
    assert not {kind: count for kind, count in planted.items() if count < 3}


def test_a_contradictory_row_tells_the_same_household_otherwise(place):
    for line in place.planted:
        if line["kind"] == "contradictory_row":
            sheet = place.ledgers[line["file"], line["sheet"]].rows
            rows = [row for row in sheet.values() if cell(row, "household_no") == line["household_no"]]
            assert len(rows) == 2
            assert cell(rows[0], "wage") != cell(rows[1], "wage")


def test_villages_are_unknown_elsewhere_or_called_by_an_older_name_as_planted(place):
    places = place.table("places.csv")
    names = {row["name"]: row for row in places}
    aliases = {alias for row in places for alias in row["aliases"].split(";") if alias}
    towns = {row["code"]: row["name"] for row in places if row["level"] == "4"}
    for line in place.planted:
        if not line["kind"].startswith("village") or line["kind"] not in BETWEEN:
            continue
        row = _row(place, line)
        village, town = cell(row, "village"), cell(row, "town")
        found = names.get(village)
        shown = {
            "village_unknown": found is None and village not in aliases,
            "village_by_alias": village in aliases,
            "village_merged": bool(found and found["valid_to"]),
            "village_of_other_town": bool(found and towns[found["parent"]] != town),
        }
        assert shown[line["kind"]], line


def test_a_household_carries_one_planted_problem_at_most(place):
    assert all(";" not in row["kinds"] for row in place.households.values())


def test_three_to_five_households_of_a_hundred_carry_a_planted_problem_in_a_county(county):
    faulty = sum(bool(row["kinds"]) for row in county.households.values())
    assert 0.03 < faulty / len(county.households) < 0.06


def test_the_hamlet_has_each_of_the_main_kinds_whatever_the_seed(tmp_path):
    main = {kind.name for kind in KINDS.values() if kind.hamlet and not kind.natural}
    for seed in range(1, 13):
        planted = simulate("hamlet", seed, tmp_path / str(seed)).planted
        assert main <= set(planted), (seed, main - set(planted))
