"""Whoever carries no planted problem lives a life that fits together."""

import pytest

from tests.simulate.ledgers import HOUSEHOLDS, ROSTER, cell

FEMALE = {"女", "孙女", "外孙女", "母", "岳母", "儿媳", "婆婆"}
MALE = {"子", "孙子", "外孙子", "父", "岳父", "女婿", "公公"}
ABLE = {"普通劳动力", "技能劳动力"}
YOUNGER = {"子", "女", "孙子", "孙女", "外孙子", "外孙女"}
OLDER = {"父", "母", "公公", "婆婆"}


@pytest.fixture(scope="session")
def families(county):
    """Roster rows of the households without planted problem, by household."""
    families = {}
    for *_, row in county.rows(ROSTER):
        if not county.households[cell(row, "household_no")]["kinds"]:
            families.setdefault(cell(row, "household_no"), []).append(row)
    return list(families.values())


def _born(row):
    return int(str(cell(row, "id_no"))[6:14])


def _age(row):
    return 2016 - _born(row) // 10_000


def _sex(row):
    return "男" if int(str(cell(row, "id_no"))[16]) % 2 else "女"


def test_every_household_has_one_head_who_stands_first(families):
    for rows in families:
        assert [cell(row, "relation") for row in rows].index("户主") == 0
        assert sum(cell(row, "relation") == "户主" for row in rows) == 1


def test_relations_fit_sex_and_age(families):
    for rows in families:
        head = rows[0]
        for row in rows[1:]:
            relation = cell(row, "relation")
            assert relation == "配偶" or _sex(row) == ("女" if relation in FEMALE else "男")
            assert relation != "配偶" or _sex(row) != _sex(head)
            assert relation not in YOUNGER or _age(head) - _age(row) >= 16
            assert relation not in OLDER or _age(row) - _age(head) >= 16


def test_labour_fits_age_health_and_school(families):
    for row in (row for rows in families for row in rows):
        labour, age, studies = cell(row, "labour"), _age(row), cell(row, "enrolment") != "非在校"
        if age < 16 or studies:
            assert labour == "无劳动力"
            assert cell(row, "work_region") is None
        elif age >= 60:
            assert labour not in ABLE
        elif cell(row, "health") == "健康":
            assert labour in ABLE


def test_whoever_works_can_work_and_says_for_how_long(families):
    for row in (row for rows in families for row in rows):
        if cell(row, "work_region"):
            assert cell(row, "labour") in ABLE
            assert 1 <= int(cell(row, "work_months")) <= 12


def test_schooling_fits_age(families):
    spans = {"小学": (6, 11), "七年级": (12, 13), "八年级": (12, 17), "九年级": (12, 17), "大专及以上": (18, 30)}
    for row in (row for rows in families for row in rows):
        enrolment = cell(row, "enrolment")
        first, last = spans.get(enrolment, (15, 20) if "中职" in enrolment or "高中" in enrolment else (0, 120))
        assert first <= _age(row) <= last


def test_whoever_is_disabled_has_the_certificate(families):
    for row in (row for rows in families for row in rows):
        assert ("残疾" in cell(row, "health")) == (len(str(cell(row, "id_no"))) == 20)


def test_lack_of_labour_is_a_cause_only_where_labour_is_lacking(families):
    for rows in families:
        if cell(rows[0], "cause") == "缺劳力":
            assert sum(cell(row, "labour") in ABLE for row in rows) * 4 <= len(rows)


def test_areas_and_ways_stay_within_the_limits(county):
    for *_, row in county.rows(HOUSEHOLDS):
        truth = county.households.get(cell(row, "household_no"))
        if truth and not truth["kinds"]:
            assert 0 <= float(cell(row, "irrigated")) <= float(cell(row, "cultivated")) <= 100
            assert 0 <= float(cell(row, "forest")) <= 200
            assert 0 <= float(cell(row, "road")) <= 5


def test_names_include_rare_characters_and_middle_dots(county):
    names = {str(cell(row, "name")) for *_, row in county.rows(ROSTER)}
    assert any("·" in name for name in names)
    assert any(name.startswith("贠") for name in names)


def test_whoever_left_poverty_stands_above_the_line(county):
    for row in county.households.values():
        if row["exit_status"] == "已脱贫":
            assert int(row["net_income_fen"]) > 295_200 * int(row["members"])
