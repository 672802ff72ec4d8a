"""Places, village figures, the monitored list, and what other departments write."""

from tests.simulate.ledgers import Sheet, cell

FORMS = {"vehicles", "companies", "housing", "payroll", "deaths", "allowances"}


def test_codes_have_the_structure_of_the_national_ones_in_a_region_that_does_not_exist(place):
    parents = {row["code"]: row for row in place.table("places.csv")}
    for code, row in parents.items():
        assert len(code) == 12
        assert code.startswith("99")
        if row["level"] == "4":
            assert 100 <= int(code[6:9]) < 400
            assert (int(code[6:9]) < 200) == row["name"].endswith("镇")
        if row["level"] == "5":
            assert 200 <= int(code[9:]) < 400
            assert row["parent"] == code[:9] + "000"
        assert row["parent"] in parents or row["level"] == "1"


def test_one_village_was_merged_into_a_living_one(place):
    rows = place.table("places.csv")
    merged = [row for row in rows if row["valid_to"]]
    assert len(merged) == 1
    assert [row["level"] for row in rows if row["code"] == merged[0]["successor"]] == ["5"]
    assert any(row["aliases"] for row in rows)


def test_two_villages_of_different_towns_may_have_one_name(county):
    villages = [row for row in county.table("places.csv") if row["level"] == "5"]
    names = [row["name"] for row in villages]
    doubled = {name for name in names if names.count(name) == 2}
    assert doubled
    for name in doubled:
        assert len({row["parent"] for row in villages if row["name"] == name}) == 2


def test_registered_persons_are_a_part_of_their_village(place):
    for row in place.table("truth/villages.csv"):
        assert int(row["poor_persons"]) <= int(row["registered_persons"]) < int(row["population"])


def test_amounts_in_wan_yuan_are_those_in_yuan_of_the_village_table(place):
    tables = {file.split("_")[1]: sheet for (file, _), sheet in place.ledgers.items() if "澄屏县" in file}
    yuan = {(row["乡(镇)"], row["行政村"]): row for row in tables["行政村基本情况表"].rows.values()}
    assert tables["帮扶村情况表"].rows
    for row in tables["帮扶村情况表"].rows.values():
        same = yuan[row["乡镇"], row["帮扶村"]]
        assert round(row["村人均纯收入(万元)"] * 10_000) == same["农民人均纯收入(元)"]
        assert round(row["村集体收入(万元)"] * 10_000) == same["村级集体经济收入(元)"]
        assert row["人数"] == same["总人口数"]


def test_monitored_households_are_told_with_risk_class_and_months(place):
    for (file, _), sheet in place.ledgers.items():
        if "监测对象" not in file:
            continue
        assert {row["户编号"] for row in sheet.rows.values()} == {
            number for number, row in place.households.items() if row["monitored"] == "yes"
        }
        for row in sheet.rows.values():
            assert row["致贫/返贫风险1"]
            assert row["监测对象类别"] in {"脱贫不稳定户", "突发严重困难户"}
            if row["风险是否已消除"] == "是":
                assert int(row["消除监测时间"]) - int(row["识别监测时间"]) >= 6
                assert place.households[row["户编号"]]["housing_safe"] == "yes"


def test_every_department_sends_its_list(place):
    assert {path.stem for path in (place.out / "departments").iterdir()} == FORMS


def test_a_hit_names_a_registered_person_and_a_namesake_does_not(place):
    known = {}
    for *_, row in place.rows("_贫困人口名单_"):
        known.setdefault(cell(row, "person_no"), (cell(row, "name"), str(cell(row, "id_no"))[:18]))
    sheets = {place_of: Sheet(rows).rows for place_of, rows in place.department_cells.items()}
    hits = place.table("truth/hits.csv")
    for hit in hits:
        row = sheets[hit["file"], hit["sheet"]][int(hit["row"])]
        name, number = known[hit["person_no"]]
        assert name in row.values()
        assert (number in row.values()) == (hit["kind"] != "namesake"), hit
    assert {hit["file"].split("/")[1].removesuffix(".xlsx") for hit in hits} == FORMS
    assert {hit["genuine"] for hit in hits} == {"yes", "no"}


def test_whoever_is_in_no_hit_is_not_in_the_register(place):
    registered = {str(cell(row, "id_no"))[:18] for *_, row in place.rows("_贫困人口名单_") if cell(row, "id_no")}
    hits = {(hit["file"], hit["sheet"], int(hit["row"])) for hit in place.table("truth/hits.csv")}
    for (file, sheet), rows in place.department_cells.items():
        for number, row in Sheet(rows).rows.items():
            if (file, sheet, number) not in hits:
                assert not registered & {str(value) for value in row.values()}
